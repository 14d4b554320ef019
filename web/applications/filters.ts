import { STATUS_WORDS, type StatusWord } from "../../worker/features/pipelines/words";
import { queryValue } from "../lib/url";

/** What a list of applications can be narrowed by; an empty text is no filter. */
export interface Filters {
  q: string;
  jobId: string;
  clientId: string;
  stage: string;
  status: string;
  tag: string;
  source: string;
  starred: string;
  flagged: string;
  answer: string;
  archived: string;
}

export const NO_FILTERS: Filters = {
  q: "",
  jobId: "",
  clientId: "",
  stage: "",
  status: "",
  tag: "",
  source: "",
  starred: "",
  flagged: "",
  answer: "",
  archived: "",
};

const NAMES = Object.keys(NO_FILTERS) as (keyof Filters)[];

/** The filters that the address names. */
export function readFilters(): Filters {
  return Object.fromEntries(NAMES.map((name) => [name, queryValue(name)])) as unknown as Filters;
}

export function isFiltered(filters: Filters): boolean {
  return NAMES.some((name) => filters[name] !== "");
}

export const STATUS_LABELS: Record<StatusWord, string> = {
  NEW: "New",
  IN_REVIEW: "In review",
  IN_PROGRESS: "In progress",
  SHORTLISTED: "Shortlisted",
  REJECTED: "Rejected",
  SELECTED: "Selected",
};

export const STATUS_OPTIONS = [
  { value: "", label: "Any status" },
  ...STATUS_WORDS.map((value) => ({ value, label: STATUS_LABELS[value] })),
];

/** An answer's filter as the server reads it: `key:value`, the key without spaces. */
export function answerFault(text: string): string | null {
  if (text === "" || /^[^:\s]{1,120}:.+/s.test(text)) return null;
  return "Write the question’s key and the answer: visa:yes, or years:>=5 for numbers.";
}

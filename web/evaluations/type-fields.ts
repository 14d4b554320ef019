import type {
  EvaluationType,
  EvaluationTypeChange,
  NewEvaluationType,
} from "../../worker/features/evaluations/schema";
import type { EvaluationVisibility } from "../../worker/features/evaluations/words";

/** A line of a scorecard while it is written. */
export interface CriterionDraft {
  id: string;
  /** Empty until it is stored: marks are kept by it. */
  key: string;
  label: string;
  weight: string;
}

/** A type of evaluation while it is written. */
export interface TypeDraft {
  name: string;
  description: string;
  minScore: string;
  maxScore: string;
  passScore: string;
  criteria: CriterionDraft[];
  visibility: EvaluationVisibility;
}

let made = 0;
export const newCriterion = (): CriterionDraft => ({ id: `c${++made}`, key: "", label: "", weight: "1" });

export const NEW_TYPE: TypeDraft = {
  name: "",
  description: "",
  minScore: "0",
  maxScore: "100",
  passScore: "",
  criteria: [],
  visibility: "person",
};

/** A stored type, to be changed. */
export function draftOf(type: EvaluationType): TypeDraft {
  return {
    name: type.name,
    description: type.description ?? "",
    minScore: String(type.minScore),
    maxScore: String(type.maxScore),
    passScore: type.passScore === null ? "" : String(type.passScore),
    criteria: type.criteria.map(({ key, label, weight }) => ({
      ...newCriterion(),
      key,
      label,
      weight: String(weight),
    })),
    visibility: type.visibility,
  };
}

/** A number as people write it, with a point or a comma; null where it is none. */
export function numberOf(text: string): number | null {
  const word = text.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : null;
}

export type Faults = Partial<Record<"name" | "minScore" | "maxScore" | "passScore" | "criteria", string>>;

/** What has to be mended before a type can be saved. */
export function faultsOf(draft: TypeDraft): Faults {
  const faults: Faults = {};
  const min = numberOf(draft.minScore);
  const max = numberOf(draft.maxScore);
  const pass = numberOf(draft.passScore);
  if (draft.name.trim() === "") faults.name = "Write a name.";
  if (min === null) faults.minScore = "Write a number.";
  if (max === null) faults.maxScore = "Write a number.";
  else if (min !== null && max <= min) faults.maxScore = "The scale must end above its beginning.";
  if (draft.passScore.trim() !== "") {
    if (pass === null) faults.passScore = "Write a number, or nothing.";
    else if (min !== null && max !== null && (pass < min || pass > max))
      faults.passScore = `Write a number from ${min} to ${max}.`;
  }
  const labels = draft.criteria.map(({ label }) => label.trim().toLowerCase());
  if (labels.includes("")) faults.criteria = "Name every line, or take it out.";
  else if (new Set(labels).size < labels.length) faults.criteria = "Two lines have the same name.";
  else if (draft.criteria.some(({ weight }) => !inRange(numberOf(weight))))
    faults.criteria = "A weight is a number above 0, at most 100.";
  return faults;
}

const inRange = (weight: number | null) => weight !== null && weight > 0 && weight <= 100;

/** A key made from a name: what integrations and requirements call it. */
export function keyFrom(name: string, taken: readonly string[] = []): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  const base = words || "line";
  let key = base;
  for (let count = 2; taken.includes(key); count += 1) key = `${base}_${count}`;
  return key;
}

function criteriaOf(criteria: readonly CriterionDraft[]): EvaluationType["criteria"] {
  const taken = criteria.map(({ key }) => key).filter(Boolean);
  return criteria.map(({ key: kept, label, weight }) => {
    const key = kept || keyFrom(label, taken);
    if (!kept) taken.push(key);
    return { key, label: label.trim(), weight: numberOf(weight) ?? 1 };
  });
}

/** A new type as it is sent; the draft has no faults. */
export function toNew(draft: TypeDraft): NewEvaluationType {
  return {
    key: keyFrom(draft.name),
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    minScore: numberOf(draft.minScore) ?? 0,
    maxScore: numberOf(draft.maxScore) ?? 100,
    passScore: numberOf(draft.passScore),
    criteria: criteriaOf(draft.criteria),
    visibility: draft.visibility,
  };
}

/** Only what differs. */
export function toChange(draft: TypeDraft, before: TypeDraft): Omit<EvaluationTypeChange, "key"> {
  const { key: _key, ...now } = toNew(draft);
  const { key: _was, ...then } = toNew(before);
  return Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name as keyof typeof then]),
    ),
  );
}

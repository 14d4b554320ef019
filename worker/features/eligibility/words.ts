import type { StageKind } from "../pipelines/words";

/** How well a language is spoken: the levels of the Common European Framework, and whoever grew up with it. */
export const LANGUAGE_LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"] as const;
export type LanguageLevel = (typeof LANGUAGE_LEVELS)[number];

/** Groups inside groups, and requirements in all, at most. */
export const MOST_DEPTH = 5;
export const MOST_REQUIREMENTS = 60;

/** What is known of an agent, kept as one small row. Times in milliseconds. */
export interface Facts {
  /** The key of the stage in the agent pool. */
  stage: string;
  documents: {
    type: string;
    status: "pending" | "approved" | "rejected";
    /** When it was approved. */
    at: number;
    /** From when it no longer counts; null for never. */
    expiresAt: number | null;
  }[];
  evaluations: { type: string; score: number; at: number }[];
  /** Steps that apply to this agent, and those that are complete, by id. */
  onboarding: { applies: string[]; complete: string[] };
  skills: string[];
  /** As in a profile: `en`, `en:C1`. */
  languages: string[];
  country: string | null;
  tags: string[];
}

/** What the organization has that requirements name. */
export interface World {
  stages: { key: string; name: string; position: number; kind: StageKind }[];
  documentTypes: { key: string; name: string }[];
  evaluationTypes: { key: string; name: string; archived: boolean }[];
  steps: { id: string; key: string; title: string }[];
}

const displayNames = new Map<string, Intl.DisplayNames>();

function named(type: "language" | "region", code: string): string {
  try {
    const names = displayNames.get(type) ?? new Intl.DisplayNames(["en"], { type });
    displayNames.set(type, names);
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The name of a language, by a code like `fr`. */
export const languageName = (code: string): string => named("language", code);

/** The name of a country, by a code like `CA`. */
export const countryName = (code: string): string => named("region", code);

/** How well a language is to be spoken, as what follows its name. */
export function levelWords(level: string | undefined): string {
  if (level === undefined) return "";
  return level === "native" ? " as a first language" : ` at ${level} or better`;
}

/** What an organization calls what its requirements name. */
export interface Names {
  stages: readonly { key: string; name: string }[];
  documentTypes: readonly { key: string; name: string }[];
  evaluationTypes: readonly { key: string; name: string }[];
  steps: readonly World["steps"][number][];
}

/** What is missing, as far as it takes words; `Missing` has more of it. */
export interface Lack {
  kind: string;
  state: string;
  type?: string | undefined;
  min?: string | undefined;
  minScore?: number | undefined;
  /** Of an evaluation: the best score that counts. */
  score?: number | undefined;
  step?: string | undefined;
  name?: string | undefined;
  code?: string | undefined;
  level?: string | undefined;
  country?: string | undefined;
  /** Of `any`: what is missing of each way. */
  options?: Lack[][] | undefined;
}

/**
 * What somebody lacks in words for the team; `text` of it speaks to the agent.
 * @param own says, too, how it stands with this one person: what waits, what was turned down, which score they have
 */
export function lackWords(missing: Lack, names: Names, own = true): string {
  const words = bare(missing, names, own);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const nameOf = (list: readonly { key: string; name: string }[], key = "") =>
  list.find((one) => one.key === key)?.name ?? key;

function bare(missing: Lack, names: Names, own: boolean): string {
  const words = whole(missing, names, own);
  if (missing.state === "unmeetable") return `${words}, which no longer exists here`;
  return own ? words + standing(missing) : words;
}

function whole(missing: Lack, names: Names, own: boolean): string {
  const { kind, min, type, minScore, step, name, code = "", level, country = "", options = [] } = missing;
  switch (kind) {
    case "stage":
      if (min === undefined) return "a place in the pool: their stage takes no part in campaigns";
      return `the stage ${nameOf(names.stages, min)} or a later one`;
    case "document":
      return `an approved ${nameOf(names.documentTypes, type)}`;
    case "evaluation":
      return `${minScore} or more in ${nameOf(names.evaluationTypes, type)}`;
    case "onboarding": {
      if (step === undefined) return "the whole onboarding";
      const known = names.steps.find(({ id, key }) => id === step || key === step);
      return `the step ${known?.title ?? step}`;
    }
    case "skill":
      return `the skill ${name}`;
    case "language":
      return `${languageName(code)}${levelWords(level)}`;
    case "location":
      return `living in ${countryName(country)}`;
    case "tag":
      return `the tag ${name}`;
    case "none":
      return "something holds that keeps them out";
    default:
      return `one of: ${options.map((way) => way.map((one) => bare(one, names, own)).join(" and ")).join("; or ")}`;
  }
}

/** How far somebody is with it. */
function standing({ kind, state, score }: Lack): string {
  if (kind === "document") {
    if (state === "pending") return " (it waits for review)";
    if (state === "rejected") return " (theirs was rejected)";
    if (state === "expired") return " (theirs is too old)";
  }
  if (kind !== "evaluation" || score === undefined) return "";
  return state === "expired" ? ` (has ${score}, too long ago)` : ` (has ${score})`;
}

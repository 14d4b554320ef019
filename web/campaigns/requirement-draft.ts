import type { RequirementKind, RequirementLeaf } from "../../worker/features/eligibility/schema";
import type { LanguageLevel } from "../../worker/features/eligibility/words";

/** One requirement while it is written: what is typed stays as typed. */
export interface Draft {
  kind: RequirementKind;
  /** A stage, type, step, skill, language, country or tag, by its key. */
  what: string;
  /** Of an evaluation. */
  score: string;
  /** Of a document and of an evaluation: how many days old at most; empty for any age. */
  age: string;
  /** Of a language; empty for any. */
  level: string;
}

/** A requirement of this kind that asks for `what`. */
export function draft(kind: RequirementKind, what = "", rest: Partial<Draft> = {}): Draft {
  return { kind, what, score: "", age: "", level: "", ...rest };
}

const text = (value: number | undefined) => (value === undefined ? "" : String(value));

/** A stored requirement, to be changed. */
export function draftOf(leaf: RequirementLeaf): Draft {
  switch (leaf.kind) {
    case "stage":
      return draft(leaf.kind, leaf.min);
    case "document":
      return draft(leaf.kind, leaf.type, { age: text(leaf.maxAgeDays) });
    case "evaluation":
      return draft(leaf.kind, leaf.type, { score: text(leaf.minScore), age: text(leaf.maxAgeDays) });
    case "onboarding":
      return draft(leaf.kind, leaf.step ?? "");
    case "language":
      return draft(leaf.kind, leaf.code, { level: leaf.level ?? "" });
    case "location":
      return draft(leaf.kind, leaf.country);
    default:
      return draft(leaf.kind, leaf.name);
  }
}

const EMPTY: Record<RequirementKind, string> = {
  stage: "Choose a stage.",
  document: "Choose a type of document.",
  evaluation: "Choose an evaluation.",
  onboarding: "",
  skill: "Write the skill.",
  language: "Choose a language.",
  location: "Choose a country.",
  tag: "Write the tag.",
};

/** What has to be mended before a requirement can be sent; null when all is well. */
export function faultOf({ kind, what, score, age }: Draft): string | null {
  if (kind !== "onboarding" && what.trim() === "") return EMPTY[kind];
  if (kind === "evaluation") {
    if (score.trim() === "") return "Write the score that is needed.";
    const points = numberOf(score);
    if (Number.isNaN(points) || Math.abs(points) > 1_000_000) return "Write the score as a number, like 80.";
  }
  if (age.trim() === "") return null;
  const days = numberOf(age);
  return Number.isInteger(days) && days >= 1 && days <= 3650 ? null : "Write days, from 1 to 3650.";
}

/** A number as one types it, with a point or a comma; NaN for what is none. */
function numberOf(typed: string): number {
  const plain = typed.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A requirement as it is sent; it must have no fault. */
export function leafOf({ kind, what, score, age, level }: Draft): RequirementLeaf {
  const named = what.trim();
  const aged = age.trim() === "" ? {} : { maxAgeDays: numberOf(age) };
  switch (kind) {
    case "stage":
      return { kind, min: named };
    case "document":
      return { kind, type: named, ...aged };
    case "evaluation":
      return { kind, type: named, minScore: numberOf(score), ...aged };
    case "onboarding":
      return named === "" ? { kind } : { kind, step: named };
    case "language":
      return { kind, code: named, ...(level === "" ? {} : { level: level as LanguageLevel }) };
    case "location":
      return { kind, country: named };
    default:
      return { kind, name: named };
  }
}

import type { Requirement } from "../../worker/features/eligibility/schema";

/** What an agent can be told by: where they live, what they speak and can do, how the team tagged them. */
export const CONDITION_KINDS = ["location", "language", "skill", "tag"] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

export interface Condition {
  kind: ConditionKind;
  /** A country, a language, a skill or a tag. */
  value: string;
}

/** Whom a step applies to, as one builds it; without conditions to everybody. */
export interface Audience {
  mode: "all" | "any";
  conditions: Condition[];
}

export const EVERYBODY: Audience = { mode: "all", conditions: [] };

function leafOf({ kind, value }: Condition): Requirement {
  const word = value.trim();
  if (kind === "location") return { kind, country: word.toUpperCase() };
  if (kind === "language") return { kind, code: word.toLowerCase() };
  return { kind, name: word };
}

function conditionOf(leaf: Requirement): Condition | null {
  if (!("kind" in leaf)) return null;
  if (leaf.kind === "location") return { kind: "location", value: leaf.country };
  // A level would be lost.
  if (leaf.kind === "language") return leaf.level ? null : { kind: "language", value: leaf.code };
  if (leaf.kind === "skill" || leaf.kind === "tag") return { kind: leaf.kind, value: leaf.name };
  return null;
}

/** The requirement that says so; null for everybody. */
export function requirementOf({ mode, conditions }: Audience): Requirement | null {
  if (conditions.length === 0) return null;
  const leaves = conditions.map(leafOf);
  return mode === "any" ? { any: leaves } : { all: leaves };
}

/** The conditions of a requirement; null where it says more than they can. */
export function audienceOf(requirement: Requirement | null): Audience | null {
  if (requirement === null) return EVERYBODY;
  if ("none" in requirement) return null;
  const mode = "any" in requirement ? "any" : "all";
  const parts =
    "any" in requirement ? requirement.any : "all" in requirement ? requirement.all : [requirement];
  const conditions = parts.map(conditionOf).filter((one) => one !== null);
  return conditions.length === parts.length ? { mode, conditions } : null;
}

/** What is wrong with the conditions, by their place. */
export function audienceFaults({ conditions }: Audience): Map<number, string> {
  const faults = new Map<number, string>();
  conditions.forEach(({ kind, value }, at) => {
    const word = value.trim();
    if (kind === "location" && !/^[a-z]{2}$/i.test(word)) faults.set(at, "Choose a country.");
    else if (kind === "language" && !/^[a-z]{2,3}$/i.test(word)) faults.set(at, "Choose a language.");
    else if (word === "") faults.set(at, kind === "skill" ? "Write the skill." : "Write the tag.");
  });
  return faults;
}

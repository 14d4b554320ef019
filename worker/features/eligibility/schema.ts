import { z } from "zod";
import { LANGUAGE_LEVELS, type Lack, MOST_DEPTH, MOST_REQUIREMENTS } from "./words";

export { LANGUAGE_LEVELS, type LanguageLevel, MOST_DEPTH, MOST_REQUIREMENTS } from "./words";

const key = z.string().trim().min(1).max(60);
const maxAgeDays = z.number().int().min(1).max(3650).optional();

const WHICH =
  "Name one kind: stage, document, evaluation, onboarding, skill, language, location or tag; or make a group: all, any or none.";
const Leaf = z.discriminatedUnion(
  "kind",
  [
    /** Stands in this stage of the agent pool, or in a later one that is open or of kind `hired`. */
    z.strictObject({ kind: z.literal("stage"), min: key }),
    /** An approved document of this type that has not expired. */
    z.strictObject({ kind: z.literal("document"), type: key, maxAgeDays }),
    z.strictObject({
      kind: z.literal("evaluation"),
      type: key,
      /** On the type's own scale. */
      minScore: z.number().min(-1_000_000).max(1_000_000),
      maxAgeDays,
    }),
    /** All of the onboarding that applies, or one step by its id or key. */
    z.strictObject({ kind: z.literal("onboarding"), step: key.optional() }),
    z.strictObject({ kind: z.literal("skill"), name: key }),
    z.strictObject({
      kind: z.literal("language"),
      /** As in ISO 639, like `en`. */
      code: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z]{2,3}$/, "Use a language code, like en."),
      level: z.enum(LANGUAGE_LEVELS).optional(),
    }),
    z.strictObject({
      kind: z.literal("location"),
      /** As in ISO 3166, like `US`. */
      country: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{2}$/, "Use a two-letter country code, like US."),
    }),
    /** A tag that the team put on the agent; in `none` it keeps somebody out. */
    z.strictObject({ kind: z.literal("tag"), name: key }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? WHICH : undefined) },
);
export type RequirementLeaf = z.infer<typeof Leaf>;
export type RequirementKind = RequirementLeaf["kind"];

/** What must hold: one thing, all of several, any of them, or none. */
export type Requirement =
  | RequirementLeaf
  | { all: Requirement[] }
  | { any: Requirement[] }
  | { none: Requirement[] };

const Nested: z.ZodType<Requirement> = z
  .lazy(() =>
    z.union([
      Leaf,
      z.strictObject({ all: z.array(Nested).max(MOST_REQUIREMENTS) }),
      z.strictObject({ any: z.array(Nested).min(1).max(MOST_REQUIREMENTS) }),
      z.strictObject({ none: z.array(Nested).min(1).max(MOST_REQUIREMENTS) }),
    ]),
  )
  .meta({ id: "Requirement" });

/** The requirements of a group, none for a leaf. */
export function partsOf(requirement: Requirement): Requirement[] {
  if ("all" in requirement) return requirement.all;
  if ("any" in requirement) return requirement.any;
  if ("none" in requirement) return requirement.none;
  return [];
}

/** Every leaf of a requirement, in its order. */
export function leavesOf(requirement: Requirement): RequirementLeaf[] {
  return "kind" in requirement ? [requirement] : partsOf(requirement).flatMap(leavesOf);
}

const depthOf = (requirement: Requirement): number =>
  "kind" in requirement ? 0 : 1 + Math.max(0, ...partsOf(requirement).map(depthOf));

/** Requirements as they are written: a group, or one alone. */
export const Requirements = Nested.refine((one) => depthOf(one) <= MOST_DEPTH, {
  message: `Groups can stand in groups at most ${MOST_DEPTH} deep.`,
}).refine((one) => leavesOf(one).length <= MOST_REQUIREMENTS, {
  message: `There can be at most ${MOST_REQUIREMENTS} requirements in all.`,
});

/** Nothing is asked. */
export const NO_REQUIREMENTS: Requirement = { all: [] };

/** Why something is missing: never done, in the team's hands, turned down, too old, too low, not to be met. */
export const MISSING_STATES = [
  "missing",
  "pending",
  "rejected",
  "expired",
  "low",
  "excluded",
  "unmeetable",
] as const;
export type MissingState = (typeof MISSING_STATES)[number];

/** One thing that is missing, in words, with the place in the portal that resolves it. */
export interface Missing extends Lack {
  kind: RequirementKind | "any" | "none";
  state: MissingState;
  /** A sentence for the agent. */
  text: string;
  /** The path in the portal that resolves it; null where only the team can. */
  resolve: string | null;
  options?: Missing[][] | undefined;
}
export const Missing: z.ZodType<Missing> = z
  .object({
    kind: z.string(),
    state: z.enum(MISSING_STATES),
    text: z.string(),
    resolve: z.string().nullable(),
    type: z.string().optional(),
    min: z.string().optional(),
    minScore: z.number().optional(),
    score: z.number().optional(),
    step: z.string().optional(),
    name: z.string().optional(),
    code: z.string().optional(),
    level: z.string().optional(),
    country: z.string().optional(),
    get options() {
      return z.array(z.array(Missing)).optional();
    },
  })
  .meta({ id: "Missing" }) as unknown as z.ZodType<Missing>;

/** Whether an agent may take a campaign now, or exactly what is missing. */
export const Eligibility = z
  .object({ eligible: z.boolean(), missing: z.array(Missing) })
  .meta({ id: "Eligibility" });
export type Eligibility = z.infer<typeof Eligibility>;

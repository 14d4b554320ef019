import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluate } from "./engine";
import type { Requirement } from "./schema";
import type { Facts, World } from "./words";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 26);
const STAGES = ["applied", "onboarding", "active"];
const TYPES = ["w9", "nda"];
const world: World = {
  stages: STAGES.map((key, position) => ({
    key,
    name: key,
    position,
    kind: position === 2 ? "hired" : "open",
  })),
  documentTypes: TYPES.map((key) => ({ key, name: key })),
  evaluationTypes: [{ key: "english", name: "English", archived: false }],
  steps: ["s1", "s2"].map((id) => ({ id, key: id, title: id })),
};

const time = fc.integer({ min: -40, max: 0 }).map((days) => NOW + days * DAY);
const facts: fc.Arbitrary<Facts> = fc.record({
  stage: fc.constantFrom(...STAGES),
  documents: fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      status: fc.constantFrom("pending" as const, "approved" as const, "rejected" as const),
      at: time,
      expiresAt: fc.option(fc.integer({ min: -20, max: 40 }).map((days) => NOW + days * DAY)),
    }),
    { maxLength: 4 },
  ),
  evaluations: fc.array(
    fc.record({ type: fc.constant("english"), score: fc.integer({ min: 0, max: 100 }), at: time }),
    { maxLength: 3 },
  ),
  onboarding: fc.record({ applies: fc.subarray(["s1", "s2"]), complete: fc.subarray(["s1", "s2"]) }),
  skills: fc.subarray(["sales", "welding"]),
  languages: fc.subarray(["en:C1", "de:A2"]),
  country: fc.option(fc.constantFrom("US", "SE")),
  tags: fc.subarray(["trusted", "blocked"]),
});
const maxAgeDays = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
const leaf: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ kind: fc.constant("stage" as const), min: fc.constantFrom(...STAGES) }),
  fc.record({ kind: fc.constant("document" as const), type: fc.constantFrom(...TYPES), maxAgeDays }),
  fc.record({
    kind: fc.constant("evaluation" as const),
    type: fc.constant("english"),
    minScore: fc.integer({ min: 0, max: 100 }),
    maxAgeDays,
  }),
  fc.record({
    kind: fc.constant("onboarding" as const),
    step: fc.option(fc.constantFrom("s1", "s2"), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("skill" as const), name: fc.constantFrom("sales", "welding") }),
  fc.record({ kind: fc.constant("language" as const), code: fc.constantFrom("en", "de") }),
  fc.record({ kind: fc.constant("location" as const), country: fc.constantFrom("US", "SE") }),
  fc.record({ kind: fc.constant("tag" as const), name: fc.constantFrom("trusted", "blocked") }),
);
const group = (inner: fc.Arbitrary<Requirement>, more: boolean): fc.Arbitrary<Requirement> =>
  fc.oneof(
    inner,
    fc.array(inner, { maxLength: 3 }).map((all) => ({ all })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    ...(more ? [fc.array(inner, { minLength: 1, maxLength: 2 }).map((none) => ({ none }))] : []),
  );
/** Without `none`. */
const rising = group(group(leaf, false), false);
const any = group(group(leaf, true), true);
const RUNS = { numRuns: 2000 };

it("knowing more of somebody never takes a campaign away, where nothing is excluded", () => {
  fc.assert(
    fc.property(rising, facts, facts, (requirement, had, more) => {
      fc.pre(evaluate(requirement, had, world, NOW).eligible);
      const union: Facts = {
        stage: STAGES[Math.max(STAGES.indexOf(had.stage), STAGES.indexOf(more.stage))] ?? "",
        documents: [...had.documents, ...more.documents],
        evaluations: [...had.evaluations, ...more.evaluations],
        onboarding: {
          applies: had.onboarding.applies,
          complete: [...new Set([...had.onboarding.complete, ...more.onboarding.complete])],
        },
        skills: [...had.skills, ...more.skills],
        languages: [...had.languages, ...more.languages],
        country: had.country ?? more.country,
        tags: [...had.tags, ...more.tags],
      };
      expect(evaluate(requirement, union, world, NOW).eligible).toBe(true);
    }),
    RUNS,
  );
});

it("whoever is eligible lacks nothing, and whoever isn't is told what", () => {
  fc.assert(
    fc.property(any, facts, (requirement, had) => {
      const { eligible, missing } = evaluate(requirement, had, world, NOW);
      expect(missing.length === 0).toBe(eligible);
    }),
    RUNS,
  );
});

it("the order in which things are known doesn't matter", () => {
  fc.assert(
    fc.property(any, facts, (requirement, had) => {
      const turned = {
        ...had,
        documents: had.documents.toReversed(),
        evaluations: had.evaluations.toReversed(),
        skills: had.skills.toReversed(),
        tags: had.tags.toReversed(),
      };
      expect(evaluate(requirement, turned, world, NOW)).toEqual(evaluate(requirement, had, world, NOW));
    }),
    RUNS,
  );
});

it("what has expired never counts", () => {
  fc.assert(
    fc.property(rising, facts, (requirement, had) => {
      const alive = had.documents.filter((one) => one.expiresAt === null || one.expiresAt > NOW);
      const without = evaluate(requirement, { ...had, documents: alive }, world, NOW).eligible;
      expect(evaluate(requirement, had, world, NOW).eligible).toBe(without);
    }),
    RUNS,
  );
});

it("says honestly until when an answer holds", () => {
  fc.assert(
    fc.property(rising, facts, (requirement, had) => {
      const { eligible, until } = evaluate(requirement, had, world, NOW);
      fc.pre(eligible);
      const at = (now: number) => evaluate(requirement, had, world, now).eligible;
      if (until === null) {
        expect(at(NOW + 10_000 * DAY)).toBe(true);
        return;
      }
      expect(until).toBeGreaterThan(NOW);
      expect(at(until - 1)).toBe(true);
      expect(at(until)).toBe(false);
    }),
    RUNS,
  );
});

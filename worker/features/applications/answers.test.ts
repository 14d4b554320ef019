import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FormField, KnockOut } from "../jobs/schema";
import { FIELD_TYPES } from "../jobs/words";
import { knocksOut, readAnswers } from "./answers";

const field = (more: Partial<FormField>): FormField => ({
  key: "q",
  label: "Question",
  type: "text",
  required: false,
  help: null,
  options: [],
  consentText: null,
  knockOut: null,
  ...more,
});

describe("answers are typed as their question asks", () => {
  it.each([
    ["number", "5", 5],
    ["number", "4,5", 4.5],
    ["number", 0, 0],
    ["yes_no", "yes", true],
    ["yes_no", "no", false],
    ["yes_no", false, false],
    ["consent", "on", true],
    ["date", "2026-02-28", "2026-02-28"],
    ["text", "  hello ", "hello"],
  ] as const)("%s: %j is %j", (type, given, wanted) => {
    expect(readAnswers([field({ type })], { q: given }, true)).toMatchObject({
      answers: { q: wanted },
      errors: [],
    });
  });

  it.each([
    ["number", "many"],
    ["number", true],
    ["yes_no", "perhaps"],
    ["date", "2026-02-30"],
    ["date", "yesterday"],
    ["text", 5],
  ] as const)("%s: %j is refused with the question's path", (type, given) => {
    const { errors, answers } = readAnswers([field({ type })], { q: given }, true);
    expect(errors).toEqual([{ path: "formAnswers.q", message: expect.stringMatching(/\.$/) }]);
    expect(answers).toEqual({});
  });

  it("choices are among the options, and a consent that is required has to be given", () => {
    const select = field({ type: "select", options: ["a", "b"] });
    expect(readAnswers([select], { q: "c" }, true).errors).toHaveLength(1);
    const several = field({ type: "multi_select", options: ["a", "b"] });
    expect(readAnswers([several], { q: "a" }, true).answers).toEqual({ q: ["a"] });
    expect(readAnswers([several], { q: ["a", "c"] }, true).errors).toHaveLength(1);
    const consent = field({ type: "consent", required: true });
    expect(readAnswers([consent], { q: "no" }, true).errors).toHaveLength(1);
  });

  it("keeps what the form lacks, asks for what is required of the public, and lets the team leave it out", () => {
    const required = field({ required: true });
    expect(readAnswers([required], { other: 1 }, true)).toMatchObject({
      extra: { other: 1 },
      errors: [{ path: "formAnswers.q" }],
    });
    expect(readAnswers([required], {}, false).errors).toEqual([]);
  });

  it("never throws, whatever is sent", () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), fc.anything(), (type, value) => {
        const read = readAnswers([field({ type, options: ["a"] })], { q: value }, true);
        expect(Object.keys(read.answers).length + read.errors.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("a rule raises a flag and nothing else", () => {
  it.each([
    ["no", false, true],
    ["no", true, false],
    [false, false, true],
    [{ min: 2 }, 1, true],
    [{ min: 2 }, 2, false],
    [{ max: 10 }, 11, true],
    [{ in: ["night"] }, ["early", "night"], true],
    [{ notIn: ["early", "late"] }, ["night"], true],
    [{ notIn: ["early", "late"] }, ["late"], false],
    [{ equals: "Berlin" }, "berlin", true],
    [{ notEquals: "Berlin" }, "Lisbon", true],
    [{ operator: "less_than", value: "2026-06-01" }, "2026-01-31", true],
  ])("%j at %j: %s", (rule, answer, flagged) => {
    expect(knocksOut(KnockOut.parse(rule), answer)).toBe(flagged);
  });

  it("says which answer it was", () => {
    const asked = field({ type: "yes_no", label: "May you work here?", knockOut: KnockOut.parse("no") });
    expect(readAnswers([asked], { q: "no" }, true)).toMatchObject({
      answers: { q: false },
      flags: [{ key: "q", label: "May you work here?", answer: false }],
      errors: [],
    });
  });
});

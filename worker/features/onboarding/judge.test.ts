import { describe, expect, it } from "vitest";
import { DomainError } from "../../lib/errors";
import { judge } from "./judge";
import type { Paper } from "./progress";
import type { StepRow } from "./table";

const NOW = Date.UTC(2026, 10, 26);
const step = (more: Partial<StepRow>) => ({ title: "A step", passScore: null, ...more }) as StepRow;
const ask = (more: Partial<StepRow>, data: Record<string, unknown>, papers: Paper[] = []) =>
  judge(step(more), data, papers, NOW);
const pathsOf = (more: Partial<StepRow>, data: Record<string, unknown>) => {
  try {
    ask(more, data);
  } catch (error) {
    if (error instanceof DomainError) return error.extra.errors?.map(({ path }) => path) ?? [error.code];
    throw error;
  }
  return [];
};

const form = {
  kind: "form" as const,
  schema: {
    type: "object",
    properties: {
      iban: { type: "string", minLength: 5 },
      hours: { type: "integer", minimum: 1, maximum: 60 },
      start: { type: "string", format: "date" },
      shift: { enum: ["day", "night"] },
    },
    required: ["iban", "hours"],
    additionalProperties: false,
  },
};
const quiz = {
  kind: "quiz" as const,
  questions: [
    { key: "a", label: "One and one?", answer: 2 },
    { key: "b", label: "The sky?", options: ["blue", "green"], answer: "blue" },
    { key: "c", label: "Safe?", answer: true },
    { key: "d", label: "Capital of France?", answer: "Paris" },
    { key: "e", label: "Who?", answer: "we" },
  ],
};
const right = { a: 2, b: "blue", c: true, d: "paris ", e: "We" };

describe("what is sent for a step", () => {
  it("a form is judged by its schema, with the path of each field", () => {
    const data = { iban: "DE123", hours: 20, start: "2027-01-01", shift: "day" };
    expect(ask(form, data)).toEqual({ outcome: "completed", data });
    expect(pathsOf(form, {})).toEqual(["data.iban", "data.hours"]);
    expect(pathsOf(form, { iban: "1", hours: 61, start: "soon", shift: "noon" }).sort()).toEqual(
      ["data.hours", "data.iban", "data.shift", "data.start"].sort(),
    );
    expect(pathsOf(form, { ...data, more: 1 })).toEqual(["data.more"]);
    expect(pathsOf(form, { iban: "x".repeat(60_000), hours: 1 })).toEqual(["data"]);
  });

  it("an acknowledgement takes a typed name and nothing else", () => {
    const signed = { kind: "acknowledgement" as const, text: "I do." };
    expect(ask(signed, { signature: " Ada Lund " })).toMatchObject({ signature: "Ada Lund" });
    for (const data of [{}, { signature: " " }, { signature: 7 }, { signature: "A\nB" }])
      expect(pathsOf(signed, data)).toEqual(["data.signature"]);
    expect(pathsOf(signed, { signature: "Ada", name: "x" })).toEqual(["data.name"]);
  });

  it.each([
    [right, 100, "completed"],
    [{ ...right, a: "2", c: "TRUE" }, 100, "completed"],
    [{ ...right, e: "they" }, 80, "completed"],
    [{ ...right, e: "they", b: "green" }, 60, "tried"],
    [{ a: 0, b: "green", c: false, d: "Rome", e: "no" }, 0, "tried"],
  ])("a quiz with %j is worth %d", (answers, score, outcome) => {
    expect(ask(quiz, { answers })).toMatchObject({ score, outcome });
  });

  it("a quiz wants every question answered, by its options", () => {
    expect(pathsOf(quiz, {})).toEqual(["data.answers"]);
    expect(pathsOf(quiz, { answers: [] })).toEqual(["data.answers"]);
    expect(pathsOf(quiz, { answers: { ...right, b: "red" } })).toEqual(["data.answers.b"]);
    expect(pathsOf(quiz, { answers: { ...right, e: undefined } })).toEqual(["data.answers.e"]);
    expect(pathsOf(quiz, { answers: { ...right, z: 1 } })).toEqual(["data.answers.z"]);
    expect(pathsOf(quiz, { answers: { ...right, a: {} } })).toEqual(["data.answers.a"]);
  });

  it("a document counts once it is approved", () => {
    const w9 = { kind: "document" as const, documentType: "w9" };
    const paper = (status: Paper["status"], expiresAt: number | null = null): Paper => ({
      id: "doc_1",
      type: "w9",
      status,
      reason: null,
      reviewedAt: NOW,
      createdAt: NOW,
      expiresAt,
    });
    expect(ask(w9, {}, [paper("approved")])).toMatchObject({ outcome: "completed", documentId: "doc_1" });
    expect(ask(w9, {}, [paper("pending")])).toMatchObject({ outcome: "waiting" });
    expect(() => ask(w9, {}, [paper("rejected")])).toThrow(/Upload the document/);
    expect(() => ask(w9, {}, [paper("approved", NOW)])).toThrow(/Upload the document/);
  });

  it("nobody completes an external step by themselves", () => {
    expect(pathsOf({ kind: "external", url: "https://example.com" }, {})).toEqual(["conflict"]);
    expect(pathsOf({ kind: "video" }, { x: 1 })).toEqual(["data.x"]);
    expect(ask({ kind: "video" }, {})).toEqual({ outcome: "completed", data: {} });
  });
});

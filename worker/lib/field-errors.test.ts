import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Requirements } from "../features/eligibility/schema";
import { fieldErrors } from "./field-errors";

const refusals = (schema: z.ZodType, value: unknown, under: PropertyKey[] = []) => {
  const { error } = schema.safeParse(value);
  return fieldErrors(error?.issues ?? [], under).map(({ path, message }) => `${path}: ${message}`);
};

describe("words of a schema that has none of its own", () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, "This is missing: it has to be a text."],
    [z.string(), 5, "This has to be a text."],
    [z.number().int(), 1.5, "This has to be a whole number."],
    [z.number(), "many", "This has to be a number."],
    [z.boolean(), "yes", "This has to be true or false."],
    [z.array(z.string()), {}, "This has to be a list."],
    [z.record(z.string(), z.string()), [], "This has to be an object."],
    [z.enum(["draft", "open"]), "lost", "Choose one of these: draft, open."],
    [z.literal("all"), "any", "This has to be all."],
    [z.number().min(4), 2, "This has to be 4 or more."],
    [z.number().positive(), 0, "This has to be more than 0."],
    [z.number().max(9), 10, "This has to be 9 or less."],
    [z.number().lt(9), 9, "This has to be less than 9."],
    [z.number().multipleOf(5), 6, "This has to be a multiple of 5."],
    [z.string().min(1), "", "Write something."],
    [z.string().min(3), "ab", "Write at least 3 characters."],
    [z.string().max(1), "ab", "Write at most 1 characters."],
    [z.array(z.string()).min(2), [], "Send at least 2."],
    [z.array(z.string()).max(0), ["a"], "Send at most 0."],
    [z.iso.date(), "tomorrow", "Write a day like 2026-12-31."],
    [z.iso.datetime(), "noon", "Write a time like 2026-12-31T09:00:00Z."],
    [z.email(), "ada", "Write an e-mail address like name@example.com."],
    [z.url(), "here", "Write an address like https://example.com."],
    [z.union([z.string(), z.number()]), [], "This has to be a text or a number."],
    [z.string("Write a name."), 5, "Write a name."],
  ])("%# say what to do", (schema, value, words) => {
    expect(refusals(schema, value)).toEqual([`: ${words}`]);
  });
});

describe("the path of a refusal", () => {
  it("names each unknown field, and starts where the value stood", () => {
    const schema = z.strictObject({ pay: z.strictObject({ amount: z.number() }) });
    expect(refusals(schema, { pay: { amount: 5, tip: 1 }, color: 1 }, ["data"])).toEqual([
      "data.pay.tip: There is no such field here.",
      "data.color: There is no such field here.",
    ]);
  });

  it("goes into the one of several shapes that was meant", () => {
    const kinds = expect.stringMatching(
      /kind: Name one kind: stage, .* or make a group: all, any or none\.$/,
    );
    const of = (...all: unknown[]) => refusals(Requirements, { all });
    expect(of({ kind: "magic" })).toEqual([kinds]);
    expect(of({ some: [] })).toEqual([kinds]);
    expect(of({ kind: "document" })).toEqual(["all.0.type: This is missing: it has to be a text."]);
    expect(of({ any: [] })).toEqual(["all.0.any: Send at least 1."]);
    expect(of({ any: "x" })).toEqual(["all.0.any: This has to be a list."]);
    expect(of({ none: [{ kind: "skill", name: "a", level: 3 }] })).toEqual([
      "all.0.none.0.level: There is no such field here.",
    ]);
    expect(of({ any: [{ all: [{ kind: "location", country: "Norway" }] }] })).toEqual([
      "all.0.any.0.all.0.country: Use a two-letter country code, like US.",
    ]);
    expect(of(5)).toEqual(["all.0: This has to be an object."]);
    expect(refusals(Requirements, null)).toEqual([": This has to be an object."]);
  });
});

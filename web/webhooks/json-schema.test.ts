import { expect, it } from "vitest";
import { z } from "zod";
import { fieldsOfSchema } from "./json-schema";

it("says each field's type in words, and which may be missing", () => {
  const schema = z.toJSONSchema(
    z.strictObject({
      id: z.string(),
      round: z.number().int(),
      score: z.number().nullable(),
      fields: z.array(z.string()),
      kind: z.enum(["new", "old"]),
      done: z.boolean(),
      reason: z.string().optional(),
    }),
  );
  expect(fieldsOfSchema(schema as Record<string, unknown>)).toEqual([
    { name: "id", type: "text", required: true },
    { name: "round", type: "whole number", required: true },
    { name: "score", type: "number or null", required: true },
    { name: "fields", type: "list of text", required: true },
    { name: "kind", type: '"new" or "old"', required: true },
    { name: "done", type: "true or false", required: true },
    { name: "reason", type: "text", required: false },
  ]);
  expect(fieldsOfSchema({})).toEqual([]);
});

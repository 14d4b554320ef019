import { z } from "zod";
import { DomainError, invalid } from "../../lib/errors";
import { fieldErrors, wordsOf } from "../../lib/field-errors";
import type { FormSchema } from "./schema";
import { MOST_FORM_DATA, MOST_SCHEMA, MOST_SCHEMA_DEPTH } from "./words";

const depthOf = (value: unknown): number =>
  value !== null && typeof value === "object"
    ? 1 + Math.max(0, ...Object.values(value as Record<string, unknown>).map(depthOf))
    : 0;

/**
 * Refuses a schema by which no form can be judged.
 * @throws DomainError `invalid`
 */
export function checkFormSchema(schema: FormSchema, path = "schema"): void {
  if (JSON.stringify(schema).length > MOST_SCHEMA)
    throw invalid(path, `The schema of a form may have ${MOST_SCHEMA} characters at most.`);
  if (depthOf(schema) > MOST_SCHEMA_DEPTH)
    throw invalid(path, `The schema of a form may nest ${MOST_SCHEMA_DEPTH} levels deep at most.`);
  if (schema.type !== "object")
    throw invalid(
      `${path}.type`,
      'A form is an object: write "type": "object", and its fields as properties.',
    );
  const fields = schema.properties;
  if (fields === null || typeof fields !== "object" || Object.keys(fields).length === 0)
    throw invalid(`${path}.properties`, "A form needs at least one field.");
  try {
    judgeOf(schema).safeParse({});
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 200) : "it can't be understood";
    throw invalid(path, `This is no JSON Schema that a form can be judged by: ${said}.`);
  }
}

const judgeOf = (schema: FormSchema) => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

/**
 * What was filled in, by the schema of its form.
 * @throws DomainError `invalid` with the path of each field
 */
export function judgeForm(schema: FormSchema, data: Record<string, unknown>): Record<string, unknown> {
  if (JSON.stringify(data).length > MOST_FORM_DATA)
    throw invalid("data", `A form may hold ${MOST_FORM_DATA} characters at most.`);
  const result = judgeOf(schema).safeParse(data, {
    error: (issue) =>
      issue.code === "invalid_type" && issue.input === undefined ? "Fill this in." : wordsOf(issue),
  });
  if (result.success) return result.data as Record<string, unknown>;
  const errors = fieldErrors(result.error.issues.slice(0, 50), ["data"]);
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join(" ");
  throw new DomainError("invalid", detail.slice(0, 500), { errors });
}

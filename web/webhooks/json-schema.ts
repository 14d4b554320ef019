/** A field of an event's data, as the catalogue shows it. */
export interface Field {
  name: string;
  /** In words: `text`, `whole number`, `list of text`. */
  type: string;
  required: boolean;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  anyOf?: Schema[];
}

const WORDS: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
  null: "null",
};

/** The fields of a JSON Schema of an object, in its order. */
export function fieldsOfSchema(schema: Record<string, unknown>): Field[] {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).map(([name, field]) => ({
    name,
    type: typeWords(field),
    required: required.includes(name),
  }));
}

function typeWords(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.anyOf) return schema.anyOf.map(typeWords).join(" or ");
  if (schema.type === "array") return `list of ${schema.items ? typeWords(schema.items) : "anything"}`;
  const types = [schema.type ?? ""].flat();
  return types.map((type) => WORDS[type] ?? "anything").join(" or ");
}

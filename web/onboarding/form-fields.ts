import type { FormSchema } from "../../worker/features/onboarding/schema";
import { numberOf } from "../evaluations/type-fields";
import { keyFrom } from "../jobs/question";

export const FIELD_KINDS = [
  "text",
  "long_text",
  "number",
  "date",
  "yes_no",
  "one_of",
  "several_of",
  "email",
  "link",
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field of a step's form while it is written. */
export interface FormField {
  /** Stays with it wherever it is moved. */
  id: string;
  label: string;
  key: string;
  /** Answers are kept by the key, so one that is stored no longer follows the label. */
  keyKept: boolean;
  kind: FieldKind;
  required: boolean;
  hint: string;
  /** An option a line. */
  options: string;
  /** Of a number: that it has no fraction, and between which it lies; nothing where it may be any. */
  whole: boolean;
  least: string;
  most: string;
}

/** The longest answer of one line, and of several: by it a form tells one from the other. */
const LINE = 200;
const TEXT = 5000;

let made = 0;
const newId = () => `f${++made}`;

/** A field that nobody has written yet. */
export function newField(kind: FieldKind): FormField {
  const words = { label: "", key: "", hint: "", options: "", least: "", most: "" };
  return { id: newId(), ...words, keyKept: false, kind, required: true, whole: false };
}

export const hasOptions = (kind: FieldKind) => kind === "one_of" || kind === "several_of";

/** What is written as a line each, without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** Every key as it will be sent: made from the label where nothing is stored yet. */
export function withKeys(fields: readonly FormField[]): FormField[] {
  const taken = fields.filter(({ keyKept }) => keyKept).map(({ key }) => key);
  return fields.map((field) => {
    if (field.keyKept) return field;
    const key = keyFrom(field.label, taken);
    taken.push(key);
    return { ...field, key };
  });
}

type Property = Record<string, unknown>;

function judgeOf(field: FormField): Property {
  const options = linesOf(field.options);
  // An empty text is no answer.
  const least = field.required ? { minLength: 1 } : {};
  switch (field.kind) {
    case "text":
      return { type: "string", ...least, maxLength: LINE };
    case "long_text":
      return { type: "string", ...least, maxLength: TEXT };
    case "number":
      return {
        type: field.whole ? "integer" : "number",
        ...bound("minimum", field.least),
        ...bound("maximum", field.most),
      };
    case "date":
      return { type: "string", format: "date" };
    case "yes_no":
      return { type: "boolean" };
    case "one_of":
      return { type: "string", enum: options };
    case "several_of":
      return {
        type: "array",
        items: { type: "string", enum: options },
        ...(field.required ? { minItems: 1 } : {}),
      };
    case "email":
      return { type: "string", format: "email" };
    case "link":
      return { type: "string", format: "uri" };
  }
}

function bound(word: "minimum" | "maximum", text: string): Property {
  const value = numberOf(text);
  return value === null ? {} : { [word]: value };
}

/** The JSON Schema of an object that has these fields, in their order. */
export function schemaOf(fields: readonly FormField[]): FormSchema {
  const keyed = withKeys(fields);
  const properties = Object.fromEntries(
    keyed.map((field) => [
      field.key,
      {
        title: field.label.trim(),
        ...(field.hint.trim() ? { description: field.hint.trim() } : {}),
        ...judgeOf(field),
      },
    ]),
  );
  const required = keyed.filter((field) => field.required).map(({ key }) => key);
  return {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

const isRecord = (value: unknown): value is Property =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");

function kindOf({ type, format, enum: options, maxLength, items }: Property): FieldKind | null {
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "yes_no";
  if (type === "array") return isRecord(items) && isWords(items.enum) ? "several_of" : null;
  if (type !== "string") return null;
  if (isWords(options)) return "one_of";
  if (format === "date") return "date";
  if (format === "email") return "email";
  if (format === "uri") return "link";
  return maxLength === TEXT ? "long_text" : "text";
}

function fieldOf(key: string, property: unknown, required: boolean): FormField | null {
  if (!isRecord(property)) return null;
  const kind = kindOf(property);
  if (!kind) return null;
  const options = kind === "several_of" ? (property.items as Property).enum : property.enum;
  return {
    id: newId(),
    label: typeof property.title === "string" ? property.title : "",
    key,
    keyKept: true,
    kind,
    required,
    hint: typeof property.description === "string" ? property.description : "",
    options: isWords(options) ? options.join("\n") : "",
    whole: property.type === "integer",
    least: typeof property.minimum === "number" ? String(property.minimum) : "",
    most: typeof property.maximum === "number" ? String(property.maximum) : "",
  };
}

/**
 * The fields of a schema; null where it says something that fields can't say. Such a schema is kept as it
 * is and shown as JSON, for what the fields leave out would be lost with the next saving.
 */
export function fieldsOf(schema: FormSchema | null): FormField[] | null {
  if (schema === null) return [];
  const { properties, required = [] } = schema;
  if (!isRecord(properties) || !Array.isArray(required)) return null;
  const fields = Object.entries(properties).map(([key, property]) =>
    fieldOf(key, property, required.includes(key)),
  );
  const known = fields.filter((field) => field !== null);
  if (known.length < fields.length) return null;
  return same(schemaOf(known), { additionalProperties: false, ...schema }) ? known : null;
}

/** Whether two values of JSON say the same: the order of names means nothing, but for that of a form's fields. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, at) => same(value, other[at]));
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

function boundFault({ least, most }: FormField): string {
  const [from, to] = [numberOf(least), numberOf(most)];
  if ((least.trim() && from === null) || (most.trim() && to === null)) return "Write a number, or nothing.";
  return from !== null && to !== null && from > to ? "The least is more than the most." : "";
}

/** What has to be mended in the fields, by their ids. */
export function fieldFaults(fields: readonly FormField[]): Map<string, string> {
  const faults = new Map<string, string>();
  for (const field of fields) {
    const options = linesOf(field.options);
    if (field.label.trim() === "") faults.set(field.id, "Write what is asked.");
    else if (hasOptions(field.kind) && options.length < 2)
      faults.set(field.id, "Write at least two options.");
    else if (hasOptions(field.kind) && new Set(options).size < options.length)
      faults.set(field.id, "Two options are the same.");
    else if (field.kind === "number" && boundFault(field)) faults.set(field.id, boundFault(field));
  }
  return faults;
}

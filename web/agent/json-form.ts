import type { FormSchema } from "../../worker/features/onboarding/schema";

export type FieldKind =
  | "text"
  | "area"
  | "email"
  | "url"
  | "date"
  | "number"
  | "check"
  | "choice"
  | "choices"
  | "list";

/** One question of a form, as a JSON Schema describes it. */
export interface FormField {
  /** Where its value stands in what is sent, like `address.city`. */
  name: string;
  kind: FieldKind;
  label: string;
  hint: string | null;
  required: boolean;
  /** The heading of the part that it stands in; null at the top. */
  group: string | null;
  options: { value: string; label: string; sent: unknown }[];
  whole: boolean;
  min: number | string | null;
  max: number | string | null;
  minLength: number | null;
  maxLength: number | null;
  pattern: string | null;
  /** A box that has to be ticked. */
  mustTick: boolean;
  initial: string | boolean;
}

/** What a form holds while it is filled in: lists have a line an entry. */
export type FormValues = Record<string, string | boolean>;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

/** `firstName` and `first_name` as people read them. */
export function worded(key: string): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1).toLocaleLowerCase();
}

/** The fields of a form, in the order of its schema. Objects inside are parts with a heading. */
export function fieldsOf(schema: FormSchema): FormField[] {
  return partOf(schema, "", null);
}

function partOf(schema: Json, prefix: string, group: string | null): FormField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([key, given]) => {
    if (!isObject(given)) return [];
    const name = prefix + key;
    const label = textOf(given.title) ?? worded(key);
    if (isObject(given.properties)) return partOf(given, `${name}.`, label);
    return [fieldOf(given, { name, label, group, required: required.includes(key) })];
  });
}

function fieldOf(schema: Json, place: Pick<FormField, "name" | "label" | "group" | "required">): FormField {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  const items = isObject(schema.items) ? schema.items : {};
  const options = optionsOf(type === "array" ? items : schema);
  const kind = kindOf(schema, type, options.length > 0);
  const bound = (low: "min" | "max") =>
    numberOf(schema[`${low}imum`]) ?? textOf(schema[`format${low === "min" ? "Minimum" : "Maximum"}`]);
  return {
    ...place,
    kind,
    hint: textOf(schema.description),
    options,
    whole: type === "integer",
    min: bound("min"),
    max: bound("max"),
    minLength: numberOf(schema.minLength) ?? numberOf(schema.minItems),
    maxLength: numberOf(schema.maxLength) ?? numberOf(schema.maxItems),
    pattern: textOf(schema.pattern),
    mustTick: kind === "check" && schema.const === true,
    initial: initialOf(schema.default, kind, options),
  };
}

function optionsOf(schema: Json): FormField["options"] {
  if (Array.isArray(schema.enum)) {
    return schema.enum
      .filter((one) => one !== null)
      .map((sent) => ({ value: String(sent), label: String(sent), sent }));
  }
  const ways = Array.isArray(schema.oneOf) ? schema.oneOf : schema.anyOf;
  if (!Array.isArray(ways)) return [];
  return ways
    .filter((way): way is Json => isObject(way) && "const" in way)
    .map((way) => ({
      value: String(way.const),
      label: textOf(way.title) ?? String(way.const),
      sent: way.const,
    }));
}

const LONG = 200;

function kindOf(schema: Json, type: unknown, offered: boolean): FieldKind {
  if (type === "array") return offered ? "choices" : "list";
  if (offered) return "choice";
  if (type === "boolean" || typeof schema.const === "boolean") return "check";
  if (type === "number" || type === "integer") return "number";
  if (schema.format === "email" || schema.format === "date") return schema.format;
  if (schema.format === "uri" || schema.format === "url") return "url";
  const most = numberOf(schema.maxLength);
  return most !== null && most > LONG ? "area" : "text";
}

function initialOf(given: unknown, kind: FieldKind, options: FormField["options"]): string | boolean {
  if (kind === "check") return given === true;
  if (Array.isArray(given)) return given.map(String).join("\n");
  if (given === undefined || given === null || isObject(given)) return "";
  const text = String(given);
  return kind === "choice" && !options.some(({ value }) => value === text) ? "" : text;
}

/** What the form holds before anybody has written. */
export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
}

/** The entries of a list, a line each. */
export const entriesOf = (text: string | boolean | undefined) =>
  String(text ?? "")
    .split("\n")
    .filter((line) => line !== "");

/** What is sent: numbers as numbers, lists as lists, nothing for what was left empty. */
export function dataOf(fields: readonly FormField[], values: FormValues): Record<string, unknown> {
  const data: Json = {};
  for (const field of fields) {
    const sent = sentOf(field, values[field.name]);
    if (sent === undefined) continue;
    const path = field.name.split(".");
    const last = path.pop() ?? field.name;
    let inside = data;
    for (const key of path) {
      const next = isObject(inside[key]) ? inside[key] : {};
      inside[key] = next;
      inside = next;
    }
    inside[last] = sent;
  }
  return data;
}

function sentOf({ kind, required, options }: FormField, value: string | boolean | undefined): unknown {
  if (kind === "check") return value === true;
  if (kind === "choices" || kind === "list") {
    const entries = entriesOf(value);
    if (entries.length === 0 && !required) return undefined;
    return entries.map((entry) => options.find((one) => one.value === entry)?.sent ?? entry);
  }
  const text = String(value ?? "").trim();
  if (text === "") return undefined;
  if (kind === "number") return Number(text);
  if (kind === "choice") return options.find((one) => one.value === text)?.sent ?? text;
  if (kind === "url") return /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
  return text;
}

/** The field that an error of the server belongs to, whose path may go deeper. */
export function nameOf(path: string, fields: readonly FormField[]): string {
  const names = new Set(fields.map(({ name }) => name));
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    if (names.has(name)) return name;
  }
  return path;
}

import { calendarDay } from "../lib/time";
import { entriesOf, type FormField, type FormValues } from "./json-form";

/** What can be said about each field before the form is sent; none when all is well. */
export function troublesOf(fields: readonly FormField[], values: FormValues): Record<string, string> {
  const found = fields.map((field) => [field.name, troubleOf(field, values[field.name])] as const);
  return Object.fromEntries(found.filter((one): one is [string, string] => one[1] !== null));
}

function troubleOf(field: FormField, value: string | boolean | undefined): string | null {
  if (field.kind === "check") return field.mustTick && value !== true ? "Tick this to go on." : null;
  if (field.kind === "choices" || field.kind === "list") return ofEntries(field, entriesOf(value));
  const text = String(value ?? "").trim();
  if (text === "") {
    if (!field.required) return null;
    return field.kind === "choice"
      ? "Choose one."
      : field.kind === "date"
        ? "Choose a day."
        : "Fill this in.";
  }
  if (field.kind === "number") return ofNumber(field, text);
  if (field.kind === "date") return ofDay(field, text);
  if (field.kind === "email" && !/^\S+@\S+\.\S+$/.test(text)) {
    return "Write an e-mail address like name@example.com.";
  }
  if (field.kind === "url" && !/^\S+\.\S+$/.test(text)) return "Write an address like https://example.com.";
  return ofText(field, text);
}

function ofEntries({ kind, required, minLength, maxLength }: FormField, entries: string[]): string | null {
  const verb = kind === "choices" ? "Choose" : "Write";
  const least = Math.max(minLength ?? 0, required ? 1 : 0);
  if (entries.length < least && (required || entries.length > 0)) return `${verb} at least ${least}.`;
  if (maxLength !== null && entries.length > maxLength) return `${verb} at most ${maxLength}.`;
  return null;
}

function ofNumber({ whole, min, max }: FormField, text: string): string | null {
  const value = Number(text);
  if (!Number.isFinite(value)) return "Write a number.";
  if (whole && !Number.isInteger(value)) return "Write a whole number.";
  if (typeof min === "number" && value < min) return `It has to be ${min} or more.`;
  if (typeof max === "number" && value > max) return `It has to be ${max} or less.`;
  return null;
}

function ofDay({ min, max }: FormField, text: string): string | null {
  if (typeof min === "string" && text < min) return `It has to be ${calendarDay(min)} or later.`;
  if (typeof max === "string" && text > max) return `It has to be ${calendarDay(max)} or earlier.`;
  return null;
}

function ofText({ minLength, maxLength, pattern, hint }: FormField, text: string): string | null {
  const length = [...text].length;
  if (minLength !== null && length < minLength) return `Write at least ${minLength} characters.`;
  if (maxLength !== null && length > maxLength) {
    return `Write at most ${maxLength} characters; these are ${length}.`;
  }
  if (pattern !== null && !matches(pattern, text)) {
    return hint ? "Write it as the line above says." : "It isn’t written in the way that is asked for.";
  }
  return null;
}

/** A pattern that this browser can't read is left to the server. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

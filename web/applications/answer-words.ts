import type { FormField } from "../../worker/features/jobs/schema";
import { calendarDay } from "../lib/time";

/** An answer as one reads it. */
export function answerText(value: unknown, field: Pick<FormField, "type"> | undefined): string {
  if (value === null || value === undefined || value === "") return "No answer";
  if (typeof value === "boolean") {
    if (field?.type === "consent") return value ? "Agreed" : "Not agreed";
    return value ? "Yes" : "No";
  }
  if (typeof value === "number") return value.toLocaleString();
  if (Array.isArray(value)) return value.map((one) => answerText(one, field)).join(", ") || "No answer";
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  return field?.type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(text) ? calendarDay(text) : text;
}

/** A key as words, for answers whose question is not known: `notice_period` is "Notice period". */
export function keyWords(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

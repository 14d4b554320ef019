import { type SQL, sql } from "drizzle-orm";
import type { FieldError } from "../../lib/errors";
import type { FormField, KnockOutRule } from "../jobs/schema";
import { applications } from "../pipelines/table";
import type { Flag } from "./schema";

type Answer = Flag["answer"];
const YES = new Set(["yes", "true", "on", "1"]);
const NO = new Set(["no", "false", "off", "0", ""]);

/** An answer in the type of its question, or what is wrong with it in words. */
function typed(field: FormField, value: unknown): { answer: Answer } | { problem: string } {
  const text = typeof value === "string" ? value.trim() : value;
  switch (field.type) {
    case "number": {
      const number = typeof text === "number" ? text : Number(String(text).replace(",", "."));
      return Number.isFinite(number) && typeof text !== "boolean"
        ? { answer: number }
        : { problem: "Write a number." };
    }
    case "date": {
      const day = String(text);
      const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
      return real && new Date(day).toISOString().startsWith(day)
        ? { answer: day }
        : { problem: "Write a day as YYYY-MM-DD." };
    }
    case "yes_no":
    case "consent": {
      const word = String(text).toLowerCase();
      if (text === true || YES.has(word)) return { answer: true };
      return text === false || NO.has(word) ? { answer: false } : { problem: "Answer yes or no." };
    }
    case "select":
      return field.options.includes(String(text))
        ? { answer: String(text) }
        : { problem: `Choose one of: ${field.options.join(", ")}.` };
    case "multi_select": {
      const chosen = (Array.isArray(text) ? text : [text]).map(String);
      return chosen.every((one) => field.options.includes(one))
        ? { answer: [...new Set(chosen)] }
        : { problem: `Choose among: ${field.options.join(", ")}.` };
    }
    default:
      if (typeof text !== "string") return { problem: "Write text." };
      return text.length > (field.type === "text" ? 1000 : 20_000)
        ? { problem: `Write at most ${field.type === "text" ? "1,000" : "20,000"} characters.` }
        : { answer: text };
  }
}

const empty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

export interface ReadAnswers {
  answers: Record<string, Answer>;
  /** Answers that the form did not ask for: kept, never refused. */
  extra: Record<string, unknown>;
  flags: Flag[];
  errors: FieldError[];
}

/**
 * What somebody answered, typed as the form asks, with what it flags.
 * @param strict false for the team, who may add people without their answers
 */
export function readAnswers(
  fields: FormField[],
  given: Record<string, unknown>,
  strict: boolean,
): ReadAnswers {
  const read: ReadAnswers = { answers: {}, extra: {}, flags: [], errors: [] };
  const known = new Map(fields.map((field) => [field.key, field]));
  for (const [key, value] of Object.entries(given)) if (!known.has(key)) read.extra[key] = value;
  for (const field of fields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined;
    const path = `formAnswers.${field.key}`;
    if (empty(value)) {
      if (strict && field.required) read.errors.push({ path, message: `Answer this: ${field.label}` });
      continue;
    }
    const result = typed(field, value);
    if ("problem" in result) {
      read.errors.push({ path, message: result.problem });
      continue;
    }
    if (strict && field.required && field.type === "consent" && result.answer !== true) {
      read.errors.push({ path, message: "We need your consent to take the application." });
      continue;
    }
    read.answers[field.key] = result.answer;
    if (field.knockOut && knocksOut(field.knockOut, result.answer)) {
      read.flags.push({ key: field.key, label: field.label, answer: result.answer });
    }
  }
  return read;
}

/** Values as people compare them: yes is true, "5" is 5, case doesn't matter. */
function plain(value: unknown): string {
  const word = String(value).trim().toLowerCase();
  return word === "yes" ? "true" : word === "no" ? "false" : word;
}

/** True where an answer raises the flag of a rule. It never rejects anybody. */
export function knocksOut(rule: KnockOutRule, answer: Answer): boolean {
  const given = (Array.isArray(answer) ? answer : [answer]).map(plain);
  const wanted = (Array.isArray(rule.value) ? rule.value : [rule.value]).map(plain);
  const number = typeof answer === "number" ? answer : Number(answer);
  switch (rule.operator) {
    case "equals":
    case "includes":
      return given.some((one) => wanted.includes(one));
    case "not_equals":
    case "excludes":
      return !given.some((one) => wanted.includes(one));
    case "less_than":
      // A day is compared as a day.
      return typeof answer === "string" && Number.isNaN(number)
        ? answer < String(rule.value)
        : number < Number(rule.value);
    case "greater_than":
      return typeof answer === "string" && Number.isNaN(number)
        ? answer > String(rule.value)
        : number > Number(rule.value);
  }
}

/** The condition that an application's answer to `key` is, holds or compares to a value. */
export function answerFilter(key: string, operator: string | undefined, value: string): SQL {
  const answers = applications.formAnswers;
  const its = sql`(select a.value from json_each(${answers}) a where a.key = ${key})`;
  if (operator) {
    const against = Number.isNaN(Number(value)) ? sql`${value}` : sql`${Number(value)}`;
    return sql`${its} ${sql.raw(operator)} ${against}`;
  }
  const word = value.trim();
  const flag = /^(yes|true)$/i.test(word) ? 1 : /^(no|false)$/i.test(word) ? 0 : null;
  return sql`exists (select 1 from json_each(${answers}) a where a.key = ${key} and (
    lower(a.value) = lower(${word})
    or (a.type in ('true', 'false') and a.value = ${flag})
    or (a.type = 'array' and exists (select 1 from json_each(a.value) o where lower(o.value) = lower(${word})))))`;
}

import { z } from "zod";
import type { FieldError } from "./errors";

type Issue = z.core.$ZodIssue;
type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const FORMATS: Record<string, string> = {
  date: "Write a day like 2026-12-31.",
  datetime: "Write a time like 2026-12-31T09:00:00Z.",
  email: "Write an e-mail address like name@example.com.",
  url: "Write an address like https://example.com.",
};

/** What is wrong with a value and what to write instead, where its schema has no words of its own. */
export function wordsOf(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const kind = KINDS[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `This is missing: it has to be ${kind}.` : `This has to be ${kind}.`;
    }
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      if ("options" in issue && Array.isArray(issue.options)) return oneOf(issue.options);
      return kindsOf(issue.errors);
    case "invalid_format":
      return FORMATS[issue.format];
    case "too_small":
      return atLeast(issue.origin, issue.minimum, issue.inclusive !== false);
    case "too_big":
      return atMost(issue.origin, issue.maximum, issue.inclusive !== false);
    case "not_multiple_of":
      return `This has to be a multiple of ${issue.divisor}.`;
    default:
      return undefined;
  }
}

function kindsOf(shapes: readonly Issue[][]): string | undefined {
  const kinds = shapes.flatMap(([issue]) => (issue?.code === "invalid_type" ? [issue.expected] : []));
  const words = [...new Set(kinds.map((kind) => KINDS[kind] ?? kind))];
  return words.length === 0 ? undefined : `This has to be ${words.join(" or ")}.`;
}

const oneOf = (values: readonly unknown[]) =>
  values.length === 1 ? `This has to be ${values[0]}.` : `Choose one of these: ${values.join(", ")}.`;

function atLeast(origin: string, least: number | bigint, inclusive: boolean): string {
  if (origin === "string") return least === 1 ? "Write something." : `Write at least ${least} characters.`;
  if (origin === "array") return `Send at least ${least}.`;
  return inclusive ? `This has to be ${least} or more.` : `This has to be more than ${least}.`;
}

function atMost(origin: string, most: number | bigint, inclusive: boolean): string {
  if (origin === "string") return `Write at most ${most} characters.`;
  if (origin === "array") return `Send at most ${most}.`;
  return inclusive ? `This has to be ${most} or less.` : `This has to be less than ${most}.`;
}

z.config({ customError: wordsOf });

/**
 * What a schema refuses, by the path of each field.
 * @param under the path of the value in what was sent
 */
export function fieldErrors(issues: readonly Issue[], under: PropertyKey[] = []): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path: [...path, key].join("."),
        message: "There is no such field here.",
      }));
    const meant = issue.code === "invalid_union" ? likeliest(issue.errors) : undefined;
    return meant ? fieldErrors(meant, path) : [{ path: path.join("."), message: issue.message }];
  });
}

/** Of several shapes the one that was meant: that which knows most of what was sent, if it is one of their kind. */
function likeliest(shapes: readonly Issue[][]): Issue[] | undefined {
  const near = shapes.filter((issues) => !issues.some(isOtherKind));
  return near.toSorted((a, b) => strangers(a) - strangers(b))[0];
}

const isOtherKind = ({ code, path }: Issue) =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

/** How strange a shape finds what was sent: fields at the top that it lacks or doesn't know, and a kind most of all. */
const strangers = (issues: Issue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.path.length === 0 && issue.code === "unrecognized_keys") return sum + issue.keys.length;
    if (issue.path.length !== 1) return sum;
    return sum + (issue.code === "invalid_union" ? 1.5 : 1);
  }, 0);

import type { Mend, Values } from "#careers/apply";
import type { DomainError } from "../../lib/errors";
import { fieldOf } from "../apply/read-form";
import type { DraftData } from "../apply/schema";
import { EQUAL_PREFIX, HIDDEN_FIELDS } from "../apply/words";

/** What stood in the fields of a form that was sent, files apart. */
export function valuesOfForm(form: FormData): Values {
  const values = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value === "string") values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries(values);
}

/** The same of a draft, which keeps answers in whatever type they came. */
export function valuesOfDraft({ candidateData, formAnswers }: DraftData): Values {
  const { links, ...person } = candidateData;
  const values = Object.entries({ ...formAnswers, ...person }).map(([name, value]): [string, string[]] => [
    name,
    (Array.isArray(value) ? value : [value]).flatMap(textOf),
  ]);
  const lines = (Array.isArray(links) ? links : []).flatMap(textOf).join("\n");
  return { ...Object.fromEntries(values), [HIDDEN_FIELDS.links]: [lines] };
}

function textOf(value: unknown): string[] {
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

/** Web addresses as people write them, made whole: `linkedin.com/in/ada`. */
export function wholeLinks(text: string): string {
  return text
    .split(/\s+/)
    .filter((link) => link !== "")
    .map((link) => (/^[a-z][a-z\d+.-]*:/i.test(link) ? link : `https://${link}`))
    .join("\n");
}

/**
 * What is to be mended, by the fields of the page. What has none there stands above the form.
 * @param known the names of the fields that the page has
 */
export function mendsOf(error: DomainError, known: ReadonlySet<string>): Mend[] {
  const { errors } = error.extra;
  if (!errors || errors.length === 0) return [{ field: null, message: error.message }];
  const mends: Mend[] = [];
  for (const { path, message } of errors) {
    const name = fieldOf(path);
    const field = known.has(name) ? name : null;
    // The page says which question it is before what is wrong with it.
    const words = message.startsWith("Answer this:") ? "This is needed." : message;
    // One thing a field: the first says what to do.
    if (field === null || !mends.some((mend) => mend.field === field)) mends.push({ field, message: words });
  }
  return mends;
}

/** The names of all fields that a page with these questions has. */
export function fieldNames(
  fields: readonly { key: string }[],
  equal: readonly { key: string }[],
): Set<string> {
  return new Set([
    ...["cv", "firstName", "lastName", "email", "phone", HIDDEN_FIELDS.links],
    ...fields.map(({ key }) => key),
    ...equal.map(({ key }) => `${EQUAL_PREFIX}${key}`),
  ]);
}

/** Why an application was refused as a whole, where it was. */
export function causeOf(error: DomainError): "applied-already" | "closed" | null {
  const cause = error.extra.more?.cause;
  return cause === "applied-already" || cause === "closed" ? cause : null;
}

import { invalid } from "../../lib/errors";
import type { ApplyInput, SentFile } from "./apply";
import { EQUAL_PREFIX, HIDDEN_FIELDS } from "./words";

/** Fields of the form that say who somebody is; the others are answers. */
const PERSON = new Set(["firstName", "lastName", "name", "email", "phone"]);

type Parts = Map<string, string[]>;
const one = (parts: Parts, name: string) => parts.get(name)?.find((value) => value.trim() !== "");

/** The name of the page's field that an error is about: `formAnswers.notice` is `notice`. */
export function fieldOf(path: string): string {
  return path
    .replace(/^(candidateData|formAnswers)\./, "")
    .replace(/^links(\..*)?$/, HIDDEN_FIELDS.links)
    .replace(/^equalOpportunity\./, EQUAL_PREFIX);
}

/**
 * Reads the form of an application: flat, as the page sends it, or with the person and the answers as JSON in
 * `candidateData` and `formAnswers`. Files keep the name of their field.
 *
 * @param job the job that the address names, where it does
 * @returns the organization's short name, where it was sent, and what is sent to it
 * @throws DomainError `invalid`
 */
export async function readApplyForm(
  form: FormData,
  by: ApplyInput["signs"]["by"],
  job?: string,
): Promise<{ org: string | undefined; input: ApplyInput }> {
  const parts: Parts = new Map();
  const files: SentFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === "string") parts.set(name, [...(parts.get(name) ?? []), value]);
    // A field for a file that was left empty is sent without a name.
    else if (value.size > 0 || value.name !== "") {
      const bytes = new Uint8Array(await value.arrayBuffer());
      files.push({ field: name, bytes, fileName: value.name, declaredType: value.type || null });
    }
  }
  const input = parts.has("candidateData") ? structured(parts) : flat(parts);
  return {
    org: one(parts, "org"),
    input: {
      ...input,
      job: job ?? one(parts, "job") ?? "",
      source: one(parts, "source")?.trim().slice(0, 100),
      files,
      signs: {
        by,
        stamp: one(parts, HIDDEN_FIELDS.stamp),
        proof: one(parts, HIDDEN_FIELDS.proof),
        trap: one(parts, HIDDEN_FIELDS.trap),
      },
    },
  };
}

type Said = Pick<ApplyInput, "candidateData" | "formAnswers" | "equalOpportunity" | "formVersion" | "draft">;

function flat(parts: Parts): Said {
  // `__proto__` is no key of an object like others.
  const hidden = new Set<string>([...Object.values(HIDDEN_FIELDS), "org", "job", "source", "__proto__"]);
  const said: Said = {
    candidateData: {},
    formAnswers: {},
    equalOpportunity: {},
    formVersion: versionOf(one(parts, HIDDEN_FIELDS.version), HIDDEN_FIELDS.version),
    draft: one(parts, HIDDEN_FIELDS.draft),
  };
  for (const [name, values] of parts) {
    const value = values.length === 1 ? values[0] : values.filter((text) => text !== "");
    if (hidden.has(name) || value === "") continue;
    if (PERSON.has(name)) said.candidateData[name] = one(parts, name) ?? "";
    else if (name.startsWith(EQUAL_PREFIX)) {
      said.equalOpportunity[name.slice(EQUAL_PREFIX.length)] = one(parts, name) ?? "";
    } else said.formAnswers[name] = value;
  }
  const links = (parts.get(HIDDEN_FIELDS.links) ?? []).flatMap((text) => text.split(/\s+/));
  if (links.some((text) => text !== "")) said.candidateData.links = links.filter((text) => text !== "");
  return said;
}

function structured(parts: Parts): Said {
  const object = (name: string): Record<string, unknown> => {
    const text = one(parts, name);
    if (text === undefined) return {};
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = null;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw invalid(name, "Write this part as a JSON object, or send its fields one by one.");
    }
    return value as Record<string, unknown>;
  };
  return {
    candidateData: object("candidateData"),
    formAnswers: object("formAnswers"),
    equalOpportunity: object("equalOpportunity"),
    formVersion: versionOf(one(parts, "formVersion"), "formVersion"),
    draft: one(parts, "draft"),
  };
}

function versionOf(text: string | undefined, path: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw invalid(path, "The version of the form is a number.");
  return Number(text);
}

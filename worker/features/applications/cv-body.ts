import type { Context } from "hono";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { parsed } from "../../http/validate";
import { DomainError, invalid } from "../../lib/errors";
import { ENVELOPE_BYTES, tooLarge } from "../documents/upload-body";
import { MAX_FILE_BYTES } from "../documents/words";
import { JobCandidate } from "./schema";

export interface SentCandidate {
  candidate: JobCandidate;
  cv: { bytes: Uint8Array; fileName: string; declaredType: string | null } | null;
}

/**
 * Somebody whom the team adds to a job: JSON, or a form with the CV as `cv` and the same fields as text;
 * lists are separated by commas.
 * @throws DomainError `too-large`, `malformed`, `invalid`, `unsupported-type`
 */
export async function readCandidate(c: Context<HttpEnv>): Promise<SentCandidate> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  await readBody(c, MAX_FILE_BYTES + ENVELOPE_BYTES, tooLarge);
  if (type === "application/json") {
    let sent: unknown;
    try {
      sent = await c.req.json();
    } catch {
      throw new DomainError("malformed", "The body is not valid JSON.");
    }
    return { candidate: parsed(JobCandidate, sent), cv: null };
  }
  if (type !== "multipart/form-data") {
    throw new DomainError("unsupported-type", "Send JSON, or a form with the CV as the field `cv`.");
  }
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  const fields: Record<string, unknown> = {};
  let cv: SentCandidate["cv"] = null;
  for (const [name, value] of form) {
    if (typeof value === "string") {
      if (value === "") continue;
      fields[name] = LISTS.has(name) ? value.split(",").map((one) => one.trim()) : value;
    } else if (name === "cv" || name === "file") {
      const bytes = new Uint8Array(await value.arrayBuffer());
      cv = { bytes, fileName: value.name, declaredType: value.type || null };
    } else {
      throw invalid(name, "Send the CV as the field `cv`; other files belong to the person's documents.");
    }
  }
  return { candidate: parsed(JobCandidate, fields), cv };
}

const LISTS = new Set(["skills", "tags", "languages", "certifications", "links"]);

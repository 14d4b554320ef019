import type { Context } from "hono";
import { z } from "zod";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { DomainError, invalid } from "../../lib/errors";
import type { ImportUpload } from "./import";

/** A table of 50,000 people has about half of this. */
const MAX_BYTES = 20 * 1024 * 1024;
const ENVELOPE_BYTES = 1024 * 1024;

const Mapping = z.record(z.string().max(500), z.string().max(60).nullable());
const badMapping = () =>
  invalid("mapping", 'Write the mapping as JSON: {"Column of the file": "field" or null}.');

/**
 * The file of an import, its mapping and whether it is only tried.
 * @throws DomainError `too-large`, `unsupported-type`, `malformed`, `invalid`
 */
export async function readImport(c: Context<HttpEnv>): Promise<ImportUpload> {
  const contentType = c.req.header("content-type")?.toLowerCase() ?? "";
  if (!contentType.startsWith("multipart/form-data"))
    throw new DomainError("unsupported-type", "Send a form with the file as the field `file`.");
  await readBody(
    c,
    MAX_BYTES + ENVELOPE_BYTES,
    () => new DomainError("too-large", "An import may have 20 MB at most. Cut the file in parts."),
  );
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw invalid("file", "Attach the file as the field `file`.");
  const dryRun = form.get("dryRun") ?? "false";
  if (dryRun !== "true" && dryRun !== "false") throw invalid("dryRun", "Write true or false.");
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name,
    mapping: mappingOf(form.get("mapping")),
    dryRun: dryRun === "true",
  };
}

function mappingOf(sent: unknown): ImportUpload["mapping"] {
  if (sent === null || sent === "") return undefined;
  if (typeof sent !== "string") throw badMapping();
  let parsed: unknown;
  try {
    parsed = JSON.parse(sent);
  } catch {
    throw badMapping();
  }
  const read = Mapping.safeParse(parsed);
  if (!read.success) throw badMapping();
  return read.data;
}

import type { Context } from "hono";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { DomainError, invalid } from "../../lib/errors";
import { UploadQuery } from "./schema";
import type { Upload } from "./upload";
import { MAX_FILE_BYTES } from "./words";

/** A form's envelope beside its file. */
export const ENVELOPE_BYTES = 1024 * 1024;

/**
 * The file of an upload, from a form or as the raw body. The length is looked at before a byte is read,
 * and the bytes are counted while they arrive.
 *
 * @throws DomainError `too-large`, `invalid`, `malformed`
 */
export async function readUpload(c: Context<HttpEnv>): Promise<Upload> {
  const contentType = c.req.header("content-type")?.toLowerCase() ?? "";
  const form = contentType.startsWith("multipart/form-data");
  const most = MAX_FILE_BYTES + (form ? ENVELOPE_BYTES : 0);
  const bytes = await readBody(c, most, tooLarge);
  return form ? await fromForm(c) : fromBody(c, contentType, bytes);
}

/**
 * The file of a form that holds nothing else.
 * @throws DomainError `too-large`, `invalid`, `malformed`
 */
export async function readFormFile(
  c: Context<HttpEnv>,
): Promise<Pick<Upload, "bytes" | "fileName" | "declaredType">> {
  if (!c.req.header("content-type")?.toLowerCase().startsWith("multipart/form-data"))
    throw new DomainError("unsupported-type", "Send the file as a form, in the field `file`.");
  await readBody(c, MAX_FILE_BYTES + ENVELOPE_BYTES, tooLarge);
  return await fromForm(c);
}

/** The refusal of a file that is too large. */
export const tooLarge = () =>
  new DomainError("too-large", "A file may have 10 MB at most. Make it smaller and try again.");

async function fromForm(c: Context<HttpEnv>): Promise<Upload> {
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw invalid("file", "Attach the document as the field `file`.");
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name,
    declaredType: file.type || null,
    type: text("type") ?? "other",
    agentId: text("agentId"),
    candidateId: text("candidateId"),
  };
}

function fromBody(c: Context<HttpEnv>, contentType: string, bytes: Uint8Array): Upload {
  const sent = UploadQuery.safeParse(c.req.query());
  if (!sent.success)
    throw invalid("type", "A raw upload takes type, fileName, agentId and candidateId in its address.");
  const { type, fileName, agentId, candidateId } = sent.data;
  if (type === undefined) throw invalid("type", "Say what it is: ?type=w9.");
  if (fileName === undefined) throw invalid("fileName", "Name the file: ?fileName=w9.pdf.");
  return {
    bytes,
    fileName,
    declaredType: contentType.split(";")[0]?.trim() || null,
    type,
    agentId,
    candidateId,
  };
}

import type { Context } from "hono";
import type { ZodType } from "zod";
import { noteSchema } from "../../http/endpoint";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { type body, parsed } from "../../http/validate";
import { DomainError, invalid } from "../../lib/errors";
import { ENVELOPE_BYTES, tooLarge } from "../documents/upload-body";
import { MAX_FILE_BYTES } from "../documents/words";
import type { SentFile } from "./apply";
import type { Outside } from "./drafts";

/** What a verb gets of a request whose organization only a secret names. */
export function worldOf(c: Context<HttpEnv>): Outside {
  return {
    env: c.env,
    requestId: c.get("requestId"),
    after: (work) => c.executionCtx.waitUntil(work),
    meter: c.get("meter"),
  };
}

/**
 * The file of a draft: the raw body with its name in the address, or a form with the field `file`.
 * @throws DomainError `too-large`, `malformed`, `invalid`
 */
export async function readFileOf(c: Context<HttpEnv>, field: string): Promise<SentFile> {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(field)) {
    throw invalid("field", "Send the CV to the field `cv`, other files to the key of their question.");
  }
  const contentType = c.req.header("content-type")?.toLowerCase() ?? "";
  const isForm = contentType.startsWith("multipart/form-data");
  const bytes = await readBody(c, MAX_FILE_BYTES + (isForm ? ENVELOPE_BYTES : 0), tooLarge);
  if (!isForm) {
    const fileName = c.req.query("fileName") ?? "";
    if (fileName === "" || fileName.length > 255) {
      throw invalid("fileName", "Name the file: ?fileName=cv.pdf.");
    }
    return { field, bytes, fileName, declaredType: contentType.split(";")[0]?.trim() || null };
  }
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw invalid("file", "Attach the document as the field `file`.");
  return {
    field,
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name,
    declaredType: file.type || null,
  };
}

/** A beacon says one thing. */
const BEACON_BYTES = 5000;
const BEACON_TYPES = ["application/json", "text/plain"];

/** The JSON of a beacon, by its schema: browsers send one as plain text. */
export function beacon<S extends ZodType>(schema: S) {
  const handler: ReturnType<typeof body<S>> = async (c, next) => {
    const context = c as unknown as Context<HttpEnv>;
    const type = context.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
    if (!BEACON_TYPES.includes(type)) {
      throw new DomainError("unsupported-type", "Send JSON with content-type: application/json.");
    }
    const bytes = await readBody(
      context,
      BEACON_BYTES,
      () => new DomainError("too-large", `This body may have ${BEACON_BYTES} bytes at most.`),
    );
    let sent: unknown;
    try {
      sent = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      throw new DomainError("malformed", "The body is not valid JSON.");
    }
    c.req.addValidatedData("json", parsed(schema, sent) as object);
    await next();
  };
  noteSchema(handler, "json", schema);
  return handler;
}

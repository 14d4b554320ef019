import type { Context } from "hono";
import { readBody } from "../../http/read-body";
import type { HttpEnv } from "../../http/types";
import { DomainError, invalid } from "../../lib/errors";
import type { LogoUpload } from "./logo";
import { MAX_LOGO_BYTES } from "./words";

/** A form's envelope beside its file. */
const ENVELOPE_BYTES = 64 * 1024;
const EXTENSIONS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg" };

const tooLarge = () =>
  new DomainError("too-large", "A logo may have 512 kB at most. Make it smaller and try again.");

/**
 * A logo, from a form as its field `file` or as the raw body, whose type then says what it is.
 * @throws DomainError `too-large`, `malformed`, `invalid`, `unsupported-type`
 */
export async function readLogo(c: Context<HttpEnv>): Promise<LogoUpload> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const form = type === "multipart/form-data";
  const bytes = await readBody(c, MAX_LOGO_BYTES + (form ? ENVELOPE_BYTES : 0), tooLarge);
  if (form) return await fromForm(c);
  const extension = EXTENSIONS[type];
  if (extension === undefined)
    throw new DomainError(
      "unsupported-type",
      "Send a PNG or JPEG picture, raw or as the field `file` of a form.",
    );
  return { bytes, fileName: `logo.${extension}`, declaredType: type };
}

async function fromForm(c: Context<HttpEnv>): Promise<LogoUpload> {
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new DomainError("malformed", "The upload broke off or is no form. Try it again.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw invalid("file", "Attach the picture as the field `file`.");
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name,
    declaredType: file.type || null,
  };
}

import type { Context } from "hono";
import { DomainError } from "../lib/errors";
import type { HttpEnv } from "./types";

/** The largest JSON body, in bytes; files have their own limit. */
export const MAX_JSON_BYTES = 1024 * 1024;

/**
 * The bytes of a stream, counted while they arrive, since a length can lie or be missing. A stream longer
 * than `most` is cut soon after it: whoever gets more than `most` knows that it was.
 */
export async function readUpTo(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size > most) break;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/**
 * The body of a request. Whoever reads it after us, as text or as a form, finds it in Hono's cache: the
 * stream can be read once only.
 *
 * @param tooLarge makes the refusal of a longer one
 * @throws DomainError that, or `malformed` for a body that broke off
 */
export async function readBody(
  c: Context<HttpEnv>,
  most: number,
  tooLarge: () => DomainError,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(c.req.header("content-length") ?? 0) > most) throw tooLarge();
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readUpTo(c.req.raw.body, most);
  } catch {
    throw new DomainError("malformed", "The request broke off before its end. Send it again.");
  }
  if (bytes.byteLength > most) throw tooLarge();
  // Hono keeps promises here, whatever its types say.
  Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(bytes.buffer) });
  return bytes;
}

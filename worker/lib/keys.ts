import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { randomBytes } from "./clock";

/** The root key can't be used. Whatever needs it must stop: there is no weaker way to go on. */
export class KeyError extends Error {
  override name = "KeyError";
}

const encoder = new TextEncoder();

/** WebCrypto's types refuse shared memory, which a Worker doesn't have. */
const plainBytes = (data: string | Uint8Array) =>
  (typeof data === "string" ? encoder.encode(data) : data) as Uint8Array<ArrayBuffer>;

/** 32 bytes in base64 or base64url; a secret pasted from a file often ends with a newline. */
const MASTER = /^[A-Za-z0-9+/_-]{43}=?$/;

function masterBytes(masterBase64: string | undefined): Uint8Array {
  const text = masterBase64?.trim() ?? "";
  const advice = "Set it to 32 random bytes in base64, for example from: openssl rand -base64 32";
  if (text === "") throw new KeyError(`PORTICO_KEY is missing. ${advice}`);
  if (!MASTER.test(text)) throw new KeyError(`PORTICO_KEY is not 32 bytes in base64. ${advice}`);
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** Finished keys and not their promises: a Worker must not wait for another request's promise. */
const derived = new Map<string, Uint8Array>();

/**
 * A key for one purpose, by HKDF-SHA-256 from the root key, remembered for the life of the isolate.
 *
 * @param info names the purpose and its generation, like "cursor-1"; another name is another key
 * @throws KeyError when the root key is missing or is not 32 bytes
 */
export async function deriveKey(masterBase64: string, info: string, bytes = 32): Promise<Uint8Array> {
  const name = `${bytes}\0${info}\0${masterBase64}`;
  const known = derived.get(name);
  if (known !== undefined) return known.slice();
  const master = await crypto.subtle.importKey("raw", plainBytes(masterBytes(masterBase64)), "HKDF", false, [
    "deriveBits",
  ]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: plainBytes(info) };
  const key = new Uint8Array(await crypto.subtle.deriveBits(parameters, master, bytes * 8));
  derived.set(name, key);
  return key.slice();
}

// For the few bytes of a token or a cursor the waiting of WebCrypto takes longer than its work.

/** The HMAC-SHA-256 of `data`: 32 bytes. */
export async function hmacSha256(key: Uint8Array, data: string | Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(createHmac("sha256", key).update(data).digest());
}

/** The SHA-256 of `data` as 64 small hexadecimal digits. */
export async function sha256Hex(data: string | Uint8Array): Promise<string> {
  return createHash("sha256").update(data).digest("hex");
}

/** Base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/**
 * The bytes of a base64url text. Each byte string has one spelling only, so that a signed text can't be
 * varied without changing its bytes.
 *
 * @throws Error when the text is not what `base64url` would write
 */
export function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, "base64url"));
  if (base64url(bytes) !== text) throw new Error("not base64url");
  return bytes;
}

/** Whether two byte strings are equal, in a time that tells nothing about where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

function aesKey(key: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  // AES would also take 16 and 24 bytes; ours are always 32.
  if (key.byteLength !== 32) throw new KeyError("A sealing key must have 32 bytes.");
  return crypto.subtle.importKey("raw", plainBytes(key), "AES-GCM", false, [use]);
}

/**
 * Encrypts with AES-256-GCM under a fresh random 96-bit IV.
 *
 * @param aad where the text belongs (organization, table, row, field, key id): elsewhere it won't open
 * @returns base64url of IV, ciphertext and tag
 */
export async function seal(key: Uint8Array, plain: string, aad: string): Promise<string> {
  const iv = plainBytes(randomBytes(IV_BYTES));
  const parameters = { name: "AES-GCM", iv, additionalData: plainBytes(aad) };
  const sealed = await crypto.subtle.encrypt(parameters, await aesKey(key, "encrypt"), plainBytes(plain));
  return base64url(Buffer.concat([iv, new Uint8Array(sealed)]));
}

/**
 * The plain text of what `seal` made.
 * @throws Error when the text was altered, or belongs to another key or another `aad`
 */
export async function open(key: Uint8Array, sealed: string, aad: string): Promise<string> {
  const aes = await aesKey(key, "decrypt");
  try {
    const bytes = plainBytes(fromBase64url(sealed));
    if (bytes.byteLength < IV_BYTES + TAG_BYTES) throw new Error("too short");
    const parameters = { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES), additionalData: plainBytes(aad) };
    const plain = await crypto.subtle.decrypt(parameters, aes, bytes.slice(IV_BYTES));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    throw new Error(
      "This sealed text can't be opened: it was altered, or it belongs to another key or place.",
    );
  }
}

/** As `seal`, for a value that JSON can hold. */
export function sealJson(key: Uint8Array, value: unknown, aad: string): Promise<string> {
  return seal(key, JSON.stringify(value), aad);
}

/** As `open`, for what `sealJson` made; the caller parses the value with its schema. */
export async function openJson(key: Uint8Array, sealed: string, aad: string): Promise<unknown> {
  return JSON.parse(await open(key, sealed, aad));
}

import { randomBytes } from "../../lib/clock";
import { base64url, deriveKey, equalBytes, fromBase64url, hmacSha256, sha256Hex } from "../../lib/keys";
import { PROOF_BITS } from "./words";

interface Keyed {
  PORTICO_KEY: string;
}

/** A page that was open for longer says nothing any more. */
const STAMP_MS = 14 * 24 * 60 * 60 * 1000;

async function signed(env: Keyed, jobId: string, text: string): Promise<Uint8Array> {
  return await hmacSha256(await deriveKey(env.PORTICO_KEY, "apply-stamp-1"), `${jobId}\n${text}`);
}

/**
 * When a page with the form of a job was made, signed: `<milliseconds>.<nonce>.<HMAC-SHA256>`, the first in
 * base 36 and the others in base64url.
 */
export async function newStamp(env: Keyed, jobId: string, now: number): Promise<string> {
  const text = `${now.toString(36)}.${base64url(randomBytes(12))}`;
  return `${text}.${base64url(await signed(env, jobId, text))}`;
}

/** How old a stamp of this job is, in milliseconds; null for one that isn't ours or is two weeks old. */
export async function stampAge(
  env: Keyed,
  jobId: string,
  stamp: string,
  now: number,
): Promise<number | null> {
  const [at = "", nonce = "", mac = ""] = stamp.slice(0, 200).split(".");
  let given: Uint8Array;
  try {
    given = fromBase64url(mac);
  } catch {
    return null;
  }
  if (!equalBytes(given, await signed(env, jobId, `${at}.${nonce}`))) return null;
  const age = now - Number.parseInt(at, 36);
  return age <= STAMP_MS ? Math.max(age, 0) : null;
}

/** True for a number that makes SHA-256 of `<stamp>:<number>` begin with enough zero bits. */
export async function proofHolds(stamp: string, proof: string): Promise<boolean> {
  if (!/^\d{1,15}$/.test(proof)) return false;
  const first = Number.parseInt((await sha256Hex(`${stamp}:${proof}`)).slice(0, 8), 16);
  return first >>> (32 - PROOF_BITS) === 0;
}

import { equalBytes, hmacSha256 } from "../../lib/keys";
import { type Headers, SCHEME_RULES, type Signed } from "./schemes";
import { type Scheme, TOLERANCE_MS } from "./words";

export interface Claimed {
  scheme: Scheme;
  headers: Headers;
  /** The bytes of the body as they came. */
  body: Uint8Array;
  /** Secrets that count now. */
  secrets: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

/** What a request without a readable signature is measured by, so that it takes as long as another. */
const NOTHING: Signed = { signatures: [new Uint8Array(32)], prefix: "0.", seconds: null, eventId: null };

/** Keys that each request is measured by: today's and the one before it. */
const KEYS = 2;

export type Verdict = { ok: true; eventId: string | null } | { ok: false; why: "signature" | "time" };

/**
 * Whether a key that counts signed these bytes, and lately. The work is the same whatever is wrong: every
 * request costs two HMACs over its body, and comparisons that tell nothing by their time.
 */
export async function verify({ scheme, headers, body, secrets, now }: Claimed): Promise<Verdict> {
  const rules = SCHEME_RULES[scheme];
  const read = rules.read(headers);
  const { signatures, prefix, seconds, eventId } = read ?? NOTHING;
  const signed = Buffer.concat([Buffer.from(prefix), body]);
  let good = false;
  for (let i = 0; i < KEYS; i++) {
    const secret = secrets[i];
    const made = await hmacSha256(rules.key(secret ?? "whsec_none"), signed);
    for (const signature of signatures) {
      const same = equalBytes(made, signature);
      good ||= same && secret !== undefined && read !== null;
    }
  }
  if (!good) return { ok: false, why: "signature" };
  const late = seconds !== null && Math.abs(now - seconds * 1000) > TOLERANCE_MS;
  return late ? { ok: false, why: "time" } : { ok: true, eventId };
}

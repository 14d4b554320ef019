import { clock, randomBytes } from "./clock";

/** Crockford's base32 in small letters: no i, l, o, u, and its order is the order of the values. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export type IdPrefix =
  | "org"
  | "usr"
  | "ses"
  | "tok"
  | "agt"
  | "cand"
  | "app"
  | "clt"
  | "job"
  | "pipe"
  | "wft"
  | "task"
  | "note"
  | "imp"
  | "stg"
  | "act"
  | "doc"
  | "req"
  | "eqo"
  | "int"
  | "slot"
  | "ntf"
  | "mail"
  | "evt"
  | "chg"
  | "aud"
  | "whe"
  | "whd"
  | "wha"
  | "intg"
  | "inb"
  | "pas"
  | "key"
  | "camp"
  | "step"
  | "done"
  | "eval"
  | "rem";

/**
 * A new id: type prefix, 48 bits of time and 80 random bits, so that ids sort by creation.
 * The layout is that of a ULID (https://github.com/ulid/spec).
 *
 * @param at milliseconds since 1970; now unless a past is being written
 */
export function newId(prefix: IdPrefix, at: number = clock.now()): string {
  let time = "";
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  let random = "";
  for (const byte of randomBytes(16)) random += ALPHABET[byte & 31];
  return `${prefix}_${time}${random}`;
}

/** A secret for links and sessions: 32 random bytes as base64url. */
export function newSecret(): string {
  return Buffer.from(randomBytes(32)).toString("base64url");
}

import { createHmac, scryptSync } from "node:crypto";
import { randomBytes } from "./clock";
import { commonPasswords } from "./common-passwords";
import { equalBytes } from "./keys";

/** A secret outside the database, so that a stolen table of hashes alone can't be attacked. */
export interface Pepper {
  /** Stored with each hash, so that it is known which key made it. */
  id: string;
  key: Uint8Array;
}

interface Cost {
  ln: number;
  r: number;
  p: number;
}

/** 32 MiB and about 200 ms. Cloudflare refuses N * r * p above 2^20. */
const COST: Cost = { ln: 15, r: 8, p: 3 };
const MAX_WORK = 2 ** 20;
const MAX_MEMORY = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

/** The same letters can be typed as different code points, by other keyboards and systems. */
const normal = (password: string) => password.normalize("NFC");

function scrypt(password: string, pepper: Pepper, salt: Uint8Array, { ln, r, p }: Cost): Uint8Array {
  const peppered = createHmac("sha256", pepper.key).update(normal(password), "utf8").digest();
  return scryptSync(peppered, salt, HASH_BYTES, { N: 2 ** ln, r, p, maxmem: MAX_MEMORY });
}

function write(cost: Cost, pepperId: string, salt: Uint8Array, hash: Uint8Array): string {
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p},k=${pepperId}$${base64(salt)}$${base64(hash)}`;
}

interface Stored extends Cost {
  k: string;
  salt: Uint8Array;
  hash: Uint8Array;
}

const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2}),k=([\w-]{1,32})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

/** The parts of a PHC string, or null where it is none that this machine could compute. */
function read(phc: string): Stored | null {
  const [, ln, r, p, k, salt, hash] = PHC.exec(phc) ?? [];
  if (!ln || !r || !p || !k || !salt || !hash) return null;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  if (cost.ln < 1 || cost.r < 1 || cost.p < 1) return null;
  if (2 ** cost.ln * cost.r * cost.p > MAX_WORK || 128 * 2 ** cost.ln * cost.r > MAX_MEMORY / 2) return null;
  return { ...cost, k, salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") };
}

const NOBODY: Stored = {
  ...COST,
  k: "none",
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

/** A hash that no password has. Verifying it costs what verifying a real one does. */
export const DUMMY = write(COST, NOBODY.k, NOBODY.salt, NOBODY.hash);

/**
 * Hashes a password for storage. It blocks its thread for about 200 ms: call it through `passwordPool`.
 * The password is taken whole, in Unicode's NFC form, and neither cut nor trimmed.
 *
 * @returns a PHC string: `$scrypt$ln=15,r=8,p=3,k=<pepper id>$<salt>$<hash>`
 */
export function hashPassword(password: string, pepper: Pepper): string {
  const salt = randomBytes(SALT_BYTES);
  return write(COST, pepper.id, salt, scrypt(password, pepper, salt, COST));
}

/**
 * Whether a password is the stored one. It does the same work for a hash that can't be right (`DUMMY`, broken,
 * made with another pepper), so that time tells nothing.
 *
 * @returns `rehash`: the password is right, and its hash was made at another cost than today's
 */
export function verifyPassword(
  phc: string,
  password: string,
  pepper: Pepper,
): { ok: boolean; rehash: boolean } {
  const stored = read(phc) ?? NOBODY;
  const equal = equalBytes(scrypt(password, pepper, stored.salt, stored), stored.hash);
  const ok = equal && stored.k === pepper.id;
  const today = stored.ln === COST.ln && stored.r === COST.r && stored.p === COST.p;
  return { ok, rehash: ok && !(today && stored.salt.byteLength === SALT_BYTES) };
}

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** Keys next to each other, in the orders that people slide along. */
const RUNS = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
].flatMap((run) => [run, [...run].reverse().join("")]);

/**
 * Short runs ("87654321") and repeats ("aaaaaaaa", "123123123") are among the most common passwords too, but the
 * list leaves them out, because the tool that it comes from finds them by rule as well.
 */
function isPattern(word: string): boolean {
  if ([...word].length > 12) return false;
  return /^(.{1,4})\1+$/u.test(word) || RUNS.some((run) => run.includes(word));
}

const folded = (text: string) => normal(text).toLowerCase().replace(/\s+/gu, "");

/**
 * Why a new password can't be taken, in words for the person, or null when it is fine. There is no rule about
 * which characters it must have: such rules make passwords worse.
 *
 * @param person whose password it is: it must not repeat what everybody knows about them
 */
export function passwordProblem(
  password: string,
  person: { email?: string; name?: string } = {},
): string | null {
  if (!password.isWellFormed()) return "The password has a broken character. Type it again.";
  const length = [...normal(password)].length;
  if (length < MIN_LENGTH) return `Use at least ${MIN_LENGTH} characters; 15 or more are better.`;
  if (length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters.`;
  const word = normal(password).toLowerCase();
  if (commonPasswords().has(word) || isPattern(word)) {
    return "This is one of the passwords that attackers try first. Choose another one.";
  }
  const known = folded(password);
  const { email = "", name = "" } = person;
  if (known !== "" && [email, email.split("@")[0] ?? ""].some((part) => folded(part) === known)) {
    return "Your password can't be your e-mail address. Choose another one.";
  }
  if (known !== "" && folded(name) === known) return "Your password can't be your name. Choose another one.";
  return null;
}

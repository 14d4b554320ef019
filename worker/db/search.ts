import { type SQL, sql } from "drizzle-orm";

/** The text index, one row a person; made by hand in a migration because it is a virtual table. */
export const PEOPLE_INDEX = sql.raw("people_index");

/** What a row of the index is about. Agents have the bare word, since they came first. */
export type Indexed = "agent" | "candidate" | "job" | "client";
const LETTERS: Record<Indexed, string> = { agent: "", candidate: "c", job: "j", client: "l" };

/** An organization's own word in the index, one for each kind, so that no query can see another's. */
function orgWord(orgId: string, kind: Indexed): string {
  return orgId.replace(/[^a-z0-9]/gi, "") + LETTERS[kind];
}

/**
 * The MATCH expression for words that people type: each must start a word of the person's name, e-mail,
 * phone, skills or tags. Null where nothing searchable was typed.
 */
export function matchWords(orgId: string, typed: string, kind: Indexed = "agent"): string | null {
  const words = typed.normalize("NFKC").match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  const terms = words.slice(0, 8).map((word) => `"${word}"*`);
  return `org:"${orgWord(orgId, kind)}" AND text:(${terms.join(" AND ")})`;
}

/** Search keys of those who match, for an `in (...)`. */
export function matching(orgId: string, typed: string, kind: Indexed = "agent"): SQL | null {
  const match = matchWords(orgId, typed, kind);
  return match === null ? null : sql`(select rowid from ${PEOPLE_INDEX} where people_index match ${match})`;
}

/**
 * Replaces the row of a person or thing in the index.
 * @param text everything they should be found by
 * @param won the guard of the commit that changes them, where there is one
 */
export function indexPerson(
  orgId: string,
  searchKey: number,
  text: string,
  won: SQL = sql`1`,
  kind: Indexed = "agent",
): SQL[] {
  return [
    sql`delete from ${PEOPLE_INDEX} where rowid = ${searchKey} and ${won}`,
    sql`insert into ${PEOPLE_INDEX} (rowid, org, text) select ${searchKey}, ${orgWord(orgId, kind)}, ${text} where ${won}`,
  ];
}

/**
 * Replaces many rows of the index at once.
 * @param found selects `key` and `text` of each, as its own table stands by then
 */
export function indexFound(orgId: string, found: SQL, kind: Indexed, won: SQL = sql`1`): SQL[] {
  return [
    sql`delete from ${PEOPLE_INDEX} where rowid in (select key from (${found})) and ${won}`,
    sql`insert into ${PEOPLE_INDEX} (rowid, org, text)
      select key, ${orgWord(orgId, kind)}, text from (${found}) where ${won}`,
  ];
}

/** Takes a row out of the index. */
export function unindex(searchKey: number, won: SQL): SQL {
  return sql`delete from ${PEOPLE_INDEX} where rowid = ${searchKey} and ${won}`;
}

/** A new key of the index: 52 random bits, unique by the index on its column. */
export function newSearchKey(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0xfffff) * 2 ** 32 + low;
}

/**
 * Keys that rise with time, so that the index can give the newest matches first and stop: the millisecond
 * and eleven random bits, and from there on by one for several at once.
 * @param at milliseconds since 1970
 */
export function timedSearchKeys(at: number, count: number): number[] {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const first = at * 2048 + (random & 2047);
  return Array.from({ length: count }, (_, i) => first + i);
}

import { type SQL, sql } from "drizzle-orm";

/** The text index, one row a person; made by hand in a migration because it is a virtual table. */
export const PEOPLE_INDEX = sql.raw("people_index");

/** An organization's own word in the index, so that one query can't see another's people. */
function orgWord(orgId: string): string {
  return orgId.replace(/[^a-z0-9]/gi, "");
}

/**
 * The MATCH expression for words that people type: each must start a word of the person's name, e-mail,
 * phone, skills or tags. Null where nothing searchable was typed.
 */
export function matchWords(orgId: string, typed: string): string | null {
  const words = typed.normalize("NFKC").match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  const terms = words.slice(0, 8).map((word) => `"${word}"*`);
  return `org:"${orgWord(orgId)}" AND text:(${terms.join(" AND ")})`;
}

/** Search keys of the people who match, for an `in (...)`. */
export function matching(orgId: string, typed: string): SQL | null {
  const match = matchWords(orgId, typed);
  return match === null ? null : sql`(select rowid from ${PEOPLE_INDEX} where people_index match ${match})`;
}

/**
 * Replaces a person's row in the index.
 * @param text everything they should be found by
 * @param won the guard of the commit that changes them, where there is one
 */
export function indexPerson(orgId: string, searchKey: number, text: string, won: SQL = sql`1`): SQL[] {
  return [
    sql`delete from ${PEOPLE_INDEX} where rowid = ${searchKey} and ${won}`,
    sql`insert into ${PEOPLE_INDEX} (rowid, org, text) select ${searchKey}, ${orgWord(orgId)}, ${text} where ${won}`,
  ];
}

/** A new key of the index: 52 random bits, unique by the index on its column. */
export function newSearchKey(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0xfffff) * 2 ** 32 + low;
}

import { localeOf } from "#careers/facts";
import { type ListPage, renderList } from "#careers/list";
import { isNarrowed, type ListFilter } from "#careers/search";
import { database } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { EMPLOYMENT_TYPES } from "../jobs/words";
import {
  choicesOf,
  type Position,
  presentOpen,
  saysPublicly,
  selectChoices,
  selectNewest,
  selectOpen,
} from "./open-jobs";
import type { KnownSite } from "./site";
import { JOBS_STYLE } from "./style";

/** Jobs of one page. */
const SHOWN = 20;
/** Jobs that are named where a search found none, or where one has closed. */
export const SOME = 5;

/** What an address of the list asks for. What it can't mean is left out: a page is never refused. */
export interface ListQuery {
  filter: ListFilter;
  after: Position | null;
  source: string | null;
}

const text = (value: string | undefined, most: number): string | null =>
  value?.toWellFormed().replace(/\s+/g, " ").trim().slice(0, most).toWellFormed().trim() || null;

/** Where a reader came from, as `source` or `utm_source` of the address says: 60 plain characters at most. */
export function sourceOf(query: Record<string, string>): string | null {
  const said = query.source ?? query.utm_source;
  return (
    said
      ?.replace(/[^\w.+ -]/g, "")
      .trim()
      .slice(0, 60)
      .trim() || null
  );
}

export function listQueryOf(query: Record<string, string>): ListQuery {
  const [, at, id = null] = /^(\d{1,16})(?:-(job_\w{1,40}))?$/.exec(query.after ?? "") ?? [];
  const q = text(query.q, 100);
  return {
    filter: {
      q,
      department: text(query.department, 100),
      location: text(query.location, 200),
      type: EMPLOYMENT_TYPES.find((type) => type === query.type) ?? null,
      remote: query.remote === "yes",
    },
    // A position among words is no position among dates.
    after: at !== undefined && (q === null) === (id !== null) ? { at: Number(at), id } : null,
    source: sourceOf(query),
  };
}

/** The address of the same list, in one spelling: what means the same is the same page to the cache. */
export function listAddress({ filter, after, source }: ListQuery): string {
  const query = new URLSearchParams();
  for (const name of ["q", "department", "location", "type"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (filter.remote) query.set("remote", "yes");
  if (after) query.set("after", after.id === null ? `${after.at}` : `${after.at}-${after.id}`);
  if (source !== null) query.set("source", source);
  return query.toString();
}

/** The page of open jobs, or of those that are searched for, in one round trip. */
export async function listPage(env: Env, known: KnownSite, query: ListQuery, meter?: Meter) {
  return renderList(await loadList(env, known, query, meter), JOBS_STYLE);
}

/** What the page of open jobs shows. */
export async function loadList(
  env: Env,
  { organization, site }: KnownSite,
  query: ListQuery,
  meter?: Meter,
): Promise<ListPage> {
  const db = database(env, organization.id, meter);
  const { filter, after, source } = query;
  const narrowed = isNarrowed(filter);
  const [rows, newest, ...values] = await db.read(
    selectOpen(db, filter, after, SHOWN + 1),
    selectNewest(db, narrowed ? SOME : 0),
    ...selectChoices(db),
  );
  const last = rows[SHOWN - 1];
  const more = last !== undefined && rows.length > SHOWN;
  const position = more
    ? { at: filter.q ? last.searchKey : (last.postedAt ?? 0), id: filter.q ? null : last.id }
    : null;
  const { q } = filter;
  const shown = rows.slice(0, SHOWN).filter((row) => q === null || saysPublicly(row, q));
  return {
    site,
    filter,
    choices: choicesOf(values, localeOf(site.language)),
    jobs: shown.map(presentOpen),
    next:
      position && shown.length > 0
        ? `/careers/${site.slug}?${listAddress({ ...query, after: position })}`
        : null,
    goesOn: after !== null,
    newest: newest.map(presentOpen),
    source,
  };
}

import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { OpenJob, PublicJob } from "#careers/facts";
import type { Choices, ListFilter } from "#careers/search";
import type { OrgDatabase, RowOf } from "../../db/database";
import { matchWords, PEOPLE_INDEX } from "../../db/search";
import { jobs } from "../jobs/table";
import { EMPLOYMENT_TYPES } from "../jobs/words";

/** Values of one filter that a page offers at most; the others are found by words. */
const MOST_CHOICES = 50;

/** Where a list of open jobs goes on: behind this job, or behind this row of the text index. */
export interface Position {
  at: number;
  id: string | null;
}

const OPEN = {
  id: jobs.id,
  searchKey: jobs.searchKey,
  slug: jobs.slug,
  title: jobs.title,
  department: jobs.department,
  location: jobs.location,
  remote: jobs.remote,
  employmentType: jobs.employmentType,
  salaryMin: jobs.salaryMin,
  salaryMax: jobs.salaryMax,
  salaryCurrency: jobs.salaryCurrency,
  requiredSkills: jobs.requiredSkills,
  niceToHaveSkills: jobs.niceToHaveSkills,
  postedAt: jobs.postedAt,
};

const WHOLE = {
  ...OPEN,
  description: jobs.description,
  experienceMin: jobs.experienceMin,
  experienceMax: jobs.experienceMax,
  openings: jobs.openings,
  startDate: jobs.startDate,
  status: jobs.status,
};

/** As the partial indexes say it, or they would not be used. */
const IS_OPEN = sql`${jobs.status} = 'open'`;
const NEWEST_FIRST = [desc(jobs.postedAt), desc(jobs.id)];
const behind = ({ at, id }: Position) => sql`(${jobs.postedAt}, ${jobs.id}) < (${at}, ${id ?? ""})`;

/** What the filters besides words ask of an open job. */
function narrowed({ department, location, type, remote }: ListFilter): SQL | undefined {
  return and(
    IS_OPEN,
    department === null ? undefined : eq(jobs.department, department),
    location === null ? undefined : eq(jobs.location, location),
    type === null ? undefined : eq(jobs.employmentType, type),
    remote ? sql`${jobs.remote} = 1` : undefined,
  );
}

/**
 * Search keys of the next open jobs that match. The index itself gives the newest first and stops, so that a
 * word that all jobs have is as cheap as a rare one.
 */
function found(db: OrgDatabase, filter: ListFilter, after: Position | null, limit: number): SQL {
  const match = matchWords(db.orgId, filter.q ?? "", "job");
  if (match === null) return sql`(select null where 0)`;
  // `cross` keeps SQLite on the index as the outer loop, whose order then holds.
  return sql`(select people_index.rowid from ${PEOPLE_INDEX} cross join ${jobs}
    on ${jobs.searchKey} = people_index.rowid and +${jobs.orgId} = ${db.orgId} and ${narrowed(filter)}
    where people_index match ${match} ${after ? sql`and people_index.rowid < ${after.at}` : sql``}
    order by people_index.rowid desc limit ${limit})`;
}

/** The next open jobs that the filter leaves, newest posting first; for words, newest job first. */
export function selectOpen(db: OrgDatabase, filter: ListFilter, after: Position | null, limit: number) {
  if (filter.q !== null) {
    return db.select(OPEN, jobs, {
      where: sql`${jobs.searchKey} in ${found(db, filter, after, limit)}`,
      byKey: true,
      orderBy: desc(jobs.searchKey),
      limit,
    });
  }
  return db.select(OPEN, jobs, {
    where: and(narrowed(filter), after ? behind(after) : undefined),
    orderBy: NEWEST_FIRST,
    limit,
  });
}
export type OpenRow = RowOf<typeof selectOpen>;

const ALL: ListFilter = { q: null, department: null, location: null, type: null, remote: false };

/** The newest open jobs. */
export const selectNewest = (db: OrgDatabase, limit: number) => selectOpen(db, ALL, null, limit);

/** Open jobs with all that a page or a feed shows of them, newest first. */
export function selectWhole(db: OrgDatabase, after: Position | null, limit: number) {
  const where = and(IS_OPEN, after ? behind(after) : undefined);
  return db.select(WHOLE, jobs, { where, orderBy: NEWEST_FIRST, limit });
}

/** One job of any status, by its slug or its id. */
export function selectPublic(db: OrgDatabase, key: string) {
  // Slugs have no `_`.
  const where = key.includes("_") ? eq(jobs.id, key) : eq(jobs.slug, key);
  return db.select(WHOLE, jobs, { where, limit: 1 });
}
export type WholeRow = RowOf<typeof selectPublic>;

/** A column's values among open jobs, a row of its index each: however many jobs share one. */
function valuesOf(db: OrgDatabase, column: string, index: string) {
  const [name, its] = [sql.raw(column), sql.raw(index)];
  const next = (above: SQL) => sql`select min(${name}) from ${jobs} indexed by ${its}
    where org_id = ${db.orgId} and status = 'open' and ${name} > ${above}`;
  return db.sql<{ value: string }>(sql`with recursive v(value) as (
      ${next(sql`''`)}
      union all select (${next(sql`v.value`)}) from v where v.value is not null
      limit ${MOST_CHOICES + 1})
    select value from v where value is not null limit ${MOST_CHOICES}`);
}

/** The statements that find what there is to filter by, in the order that `choicesOf` takes. */
export function selectChoices(db: OrgDatabase) {
  return [
    valuesOf(db, "department", "jobs_open_department"),
    valuesOf(db, "location", "jobs_open_location"),
    valuesOf(db, "employment_type", "jobs_open_type"),
    db.sql<{ value: string }>(sql`select 1 as value from ${jobs} indexed by jobs_open_remote
      where org_id = ${db.orgId} and status = 'open' and remote = 1 limit 1`),
  ] as const;
}

type Values = { value: string }[];

/** What there is to filter by, in the order of the organization's language. */
export function choicesOf(
  [departments, locations, types, remote]: [Values, Values, Values, Values],
  locale: string,
): Choices {
  const { compare } = new Intl.Collator(locale);
  const sorted = (values: Values) => values.map(({ value }) => value).sort(compare);
  return {
    departments: sorted(departments),
    locations: sorted(locations),
    types: EMPLOYMENT_TYPES.filter((type) => types.some(({ value }) => value === type)),
    remote: remote.length > 0,
  };
}

const folded = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Whether a job that the team's index found is also found by what the public sees of it: the index knows the
 * client too, and whom a job is for is not everybody's business.
 */
export function saysPublicly(row: OpenRow, typed: string): boolean {
  const { title, department, location, requiredSkills, niceToHaveSkills } = row;
  const own = folded([title, department, location, ...requiredSkills, ...niceToHaveSkills].join(" "));
  return folded(typed)
    .slice(0, 8)
    .every((word) => own.some((one) => one.startsWith(word)));
}

/** A job as lists show it. */
export function presentOpen(row: OpenRow): OpenJob {
  const { searchKey: _key, requiredSkills: _required, niceToHaveSkills: _nice, ...shown } = row;
  return { ...shown, department: row.department || null, location: row.location || null };
}

/** A job as its own page shows it. */
export function presentPublic(row: WholeRow): PublicJob {
  const { searchKey: _key, status: _status, ...shown } = row;
  return { ...shown, department: row.department || null, location: row.location || null };
}

import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { matchWords, PEOPLE_INDEX } from "../../db/search";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { clients } from "../clients/table";
import { jobs } from "../jobs/table";
import { applications, stages } from "../pipelines/table";
import type { Candidate, CandidateDetail, CandidateListQuery } from "./schema";
import { candidates } from "./table";

export type CandidateRow = typeof candidates.$inferSelect;

/** A candidate as the API shows it to the team. */
export function presentCandidate(row: CandidateRow): Candidate {
  return {
    id: row.id,
    name: `${row.firstName} ${row.lastName}`.trim(),
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    phone: row.phone,
    address: row.address,
    city: row.city,
    country: row.country,
    linkedinUrl: row.linkedinUrl,
    portfolioUrl: row.portfolioUrl,
    links: row.links,
    currentRole: row.currentRole,
    currentCompany: row.currentCompany,
    summary: row.summary,
    coverLetter: row.coverLetter,
    skills: row.skills,
    languages: row.languages,
    certifications: row.certifications,
    experienceYears: row.experienceYears,
    experience: row.experience,
    education: row.education,
    source: row.source,
    tags: row.tags,
    status: row.status,
    cvDocumentId: row.cvDocumentId,
    userId: row.userId,
    selectedAt: isoOrNull(row.selectedAt),
    version: row.version,
    createdBy: row.createdBy,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

const STANDING = {
  applicationId: applications.id,
  jobId: applications.jobId,
  jobTitle: jobs.title,
  clientName: clients.companyName,
  pipelineId: applications.pipelineId,
  stageId: applications.stageId,
  stage: applications.stageKey,
  stageName: stages.name,
  stageKind: stages.kind,
  enteredAt: applications.enteredAt,
  archived: applications.archived,
  sharedWithClient: applications.sharedWithClient,
  version: applications.version,
};
/** Applications of one person that are shown: far more than anybody has. */
const MOST_STANDINGS = 200;

/** Where somebody stands, the newest application first. */
export function selectStandings(ctx: Ctx, candidateId: string | SQL) {
  return ctx.db.select(STANDING, applications, {
    where: eq(applications.candidateId, candidateId),
    orderBy: desc(applications.id),
    limit: MOST_STANDINGS,
    join: [
      { table: stages, on: eq(stages.id, applications.stageId) },
      { table: jobs, on: eq(jobs.id, applications.jobId), left: true },
      { table: clients, on: eq(clients.id, applications.clientId), left: true },
    ],
  });
}
export type StandingRow = RowOf<typeof selectStandings>;

/** A candidate with where they stand. */
export function presentDetail(row: CandidateRow, standings: StandingRow[]): CandidateDetail {
  return {
    ...presentCandidate(row),
    applications: standings.map((one) => ({
      applicationId: one.applicationId,
      jobId: one.jobId,
      jobTitle: one.jobTitle ?? "",
      clientName: one.clientName ?? "",
      pipelineId: one.pipelineId,
      stage: one.stage,
      stageName: one.stageName,
      stageKind: one.stageKind,
      enteredAt: iso(one.enteredAt),
      archived: one.archived,
      version: one.version,
    })),
  };
}

/** The rows of one candidate and of their applications. @throws DomainError `not-found` */
export async function loadCandidate(
  ctx: Ctx,
  id: string,
): Promise<{ row: CandidateRow; standings: StandingRow[] }> {
  const [rows, standings] = await ctx.db.read(
    ctx.db.rows(candidates, { where: eq(candidates.id, id) }),
    selectStandings(ctx, id),
  );
  if (!rows[0]) throw notFound("candidate");
  return { row: rows[0], standings };
}

/** @throws DomainError `not-found` */
export async function getCandidate(ctx: Ctx, id: string): Promise<CandidateDetail> {
  const { row, standings } = await loadCandidate(ctx, id);
  return presentDetail(row, standings);
}

export type CandidateFilter = Pick<z.infer<typeof CandidateListQuery>, "q" | "status" | "skills" | "tag">;

/** What the filters besides `q` ask of a row of `candidates`. */
function filtered({ status, skills, tag }: CandidateFilter): SQL | undefined {
  const has = (column: SQL, word: string) =>
    sql`exists (select 1 from json_each(${column}) where value = ${word} collate nocase)`;
  const asked = (skills ?? "").split(",").map((skill) => skill.trim());
  return and(
    status ? eq(candidates.status, status) : undefined,
    ...asked.filter((skill) => skill !== "").map((skill) => has(sql`${candidates.skills}`, skill)),
    tag ? has(sql`${candidates.tags}`, tag) : undefined,
  );
}

/**
 * Search keys of a page of those who match, in their order. The index itself gives them newest or oldest
 * first and stops, so that a word that everybody has is as cheap as a rare one.
 */
function found(ctx: Ctx, filter: CandidateFilter, newestFirst: boolean, after: number | null, limit: number) {
  const match = matchWords(ctx.orgId, filter.q ?? "", "candidate");
  if (match === null) return null;
  const [order, beyond] = newestFirst ? ["desc", "<"] : ["asc", ">"];
  const also = filtered(filter);
  const from = also
    ? // `cross` keeps SQLite on the index as the outer loop, whose order then holds.
      sql`${PEOPLE_INDEX} cross join ${candidates} on ${candidates.searchKey} = people_index.rowid
        and ${candidates.orgId} = ${ctx.orgId} and ${also}`
    : PEOPLE_INDEX;
  return sql`(select people_index.rowid from ${from} where people_index match ${match}
    ${after === null ? sql`` : sql`and people_index.rowid ${sql.raw(beyond ?? "<")} ${after}`}
    order by people_index.rowid ${sql.raw(order ?? "desc")} limit ${limit})`;
}

/**
 * The next rows of the list with these filters, and where each row stands in it.
 * @param after the position of the last row that was shown
 */
export function selectCandidates(
  ctx: Ctx,
  filter: CandidateFilter,
  sort: "-createdAt" | "createdAt",
  after: (string | number | null)[] | null,
  limit: number,
) {
  const newestFirst = sort === "-createdAt";
  const order = newestFirst ? desc : asc;
  if (filter.q) {
    const keys = found(ctx, filter, newestFirst, (after?.[0] as number) ?? null, limit);
    return ctx.db.rows(candidates, {
      where: keys ? sql`${candidates.searchKey} in ${keys}` : sql`0`,
      byKey: true,
      orderBy: order(candidates.searchKey),
      limit,
    });
  }
  const beyond = newestFirst ? lt : gt;
  return ctx.db.rows(candidates, {
    where: and(filtered(filter), after ? beyond(candidates.id, after[0] as string) : undefined),
    orderBy: order(candidates.id),
    limit,
  });
}

/** Where a row stands in the list with these filters: what `after` names. */
export const positionOf = (filter: CandidateFilter) => (row: CandidateRow) => [
  filter.q ? row.searchKey : row.id,
];

/** A page of candidates, the newest first unless asked otherwise. */
export async function listCandidates(ctx: Ctx, query: z.infer<typeof CandidateListQuery>) {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "candidates", orgId: ctx.orgId, filters };
  const after = await readCursor(ctx.env, scope, cursor);
  const [rows] = await ctx.db.read(selectCandidates(ctx, filters, query.sort, after, limit + 1));
  return await page(ctx.env, scope, rows, limit, positionOf(filters), presentCandidate);
}

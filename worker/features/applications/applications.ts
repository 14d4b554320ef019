import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { matching } from "../../db/search";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { invalid, notFound } from "../../lib/errors";
import { agents } from "../agents/table";
import { presentCandidate } from "../candidates/candidates";
import { candidates } from "../candidates/table";
import { jobs } from "../jobs/table";
import { publicNameOf } from "../pipelines/public-words";
import { applications, stages } from "../pipelines/table";
import type { StageKind } from "../pipelines/words";
import { clientScope, isTeam } from "../users/scope";
import { answerFilter } from "./answers";
import type { Application, ApplicationDetail, ApplicationListQuery, Flag } from "./schema";

const APPLICATION = {
  id: applications.id,
  jobId: applications.jobId,
  clientId: applications.clientId,
  candidateId: applications.candidateId,
  agentId: applications.agentId,
  campaignId: applications.campaignId,
  startDate: applications.startDate,
  name: applications.name,
  pipelineId: applications.pipelineId,
  stageId: applications.stageId,
  stageKey: applications.stageKey,
  status: applications.status,
  enteredAt: applications.enteredAt,
  replyBy: applications.replyBy,
  reason: applications.reason,
  rating: applications.rating,
  tags: applications.tags,
  starred: applications.starred,
  archived: applications.archived,
  sharedWithClient: applications.sharedWithClient,
  notes: applications.notes,
  internalNotes: applications.internalNotes,
  source: applications.source,
  flags: applications.flags,
  version: applications.version,
  changeId: applications.changeId,
  createdAt: applications.createdAt,
  updatedAt: applications.updatedAt,
  jobTitle: jobs.title,
  outline: jobs.stages,
};

/** Applications with their job: two rows read for each. */
export function selectApplications(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number } = {},
) {
  return ctx.db.select(APPLICATION, applications, {
    where,
    ...find,
    join: [{ table: jobs, on: eq(jobs.id, applications.jobId), left: true }],
  });
}
export type ApplicationRow = RowOf<typeof selectApplications>;
type StageName = { key: string; name: string; kind: string; publicName?: string | null };

/** A stage as the person whose application it is may know it: its key is made of its name. */
function publicStage(row: ApplicationRow, stage: StageName | undefined) {
  const status = row.status ?? "NEW";
  const kind = (stage?.kind ?? "open") as StageKind;
  return {
    stage: kind === "open" ? status.toLowerCase() : kind,
    stageName: publicNameOf({ name: "", publicName: stage?.publicName ?? null, status, kind }),
  };
}

/**
 * An application as the caller may see it: what the team notes about somebody is the team's.
 * @param names the stages of its pipeline; those of its job if left out
 */
export function presentApplication(ctx: Ctx, row: ApplicationRow, names?: StageName[]): Application {
  const team = isTeam(ctx);
  const person = !team && clientScope(ctx) === null;
  const stage = (names ?? row.outline ?? []).find(({ key }) => key === row.stageKey);
  return {
    id: row.id,
    jobId: row.jobId,
    jobTitle: row.jobTitle,
    clientId: row.clientId,
    candidateId: row.candidateId,
    agentId: row.agentId,
    name: row.name,
    pipelineId: row.pipelineId,
    ...(person && row.jobId !== null
      ? publicStage(row, stage)
      : { stage: row.stageKey, stageName: stage?.name ?? row.stageKey }),
    stageKind: (stage?.kind ?? "open") as Application["stageKind"],
    status: row.status ?? "NEW",
    enteredAt: iso(row.enteredAt),
    // What is promised stands between the organization and the person.
    replyBy: team || person ? isoOrNull(row.replyBy) : null,
    reason: team ? row.reason : null,
    rating: person ? null : row.rating,
    tags: team ? row.tags : [],
    starred: team && row.starred,
    archived: row.archived,
    sharedWithClient: row.sharedWithClient,
    notes: person ? null : row.notes,
    internalNotes: team ? row.internalNotes : null,
    source: team ? row.source : null,
    flags: team ? (row.flags as Flag[]) : [],
    version: row.version,
    appliedAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** What the caller may see: the team all, a client user what is shared with the client, others their own. */
export function visibleApplications(ctx: Ctx): SQL | undefined {
  if (isTeam(ctx)) return undefined;
  const client = clientScope(ctx);
  if (client !== null) {
    // In the words of the partial indexes, so that SQLite uses them.
    return and(
      eq(applications.clientId, client),
      sql`${applications.sharedWithClient} = 1 and ${applications.archived} = 0`,
    );
  }
  const { candidateId, agentId } = userOf(ctx);
  return or(eq(applications.candidateId, candidateId ?? ""), eq(applications.agentId, agentId ?? ""));
}

const ORDERED = /^(.{1,120}?):(>=|<=|>|<)?(.*)$/s;

/**
 * A page of applications for jobs.
 * @param ofJob also asks whether the caller may see the job at all
 * @throws DomainError `invalid` for a filter that can't be read, `not-found` for the job
 */
export async function listApplications(ctx: Ctx, query: z.infer<typeof ApplicationListQuery>, ofJob = false) {
  const { limit, cursor, ...filters } = query;
  const client = clientScope(ctx);
  const scope = { list: "applications", orgId: ctx.orgId, filters: { ...filters, client } };
  const after = await readCursor(ctx.env, scope, cursor);
  const { stage, jobId } = filters;
  if (stage !== undefined && jobId === undefined) {
    throw invalid("stage", "Name the job too: stages belong to its pipeline.");
  }
  const keys = filters.q ? matching(ctx.orgId, filters.q, "candidate") : undefined;
  const answer = filters.answer === undefined ? undefined : ORDERED.exec(filters.answer);
  if (answer === null) throw invalid("answer", "Write key:value, or key:>=5 for numbers.");
  // Of one stage in the order of its board, so that the same index serves both.
  const byStage = stage !== undefined;
  const newestFirst = filters.sort === "-createdAt";
  const at = applications.enteredAt;
  const [first, second] = (after ?? []) as [number | string, string];
  const beyond = !after
    ? undefined
    : byStage
      ? or(lt(at, first as number), and(eq(at, first as number), lt(applications.id, second)))
      : newestFirst
        ? lt(applications.id, first as string)
        : gt(applications.id, first as string);
  const where = and(
    byStage
      ? sql`${applications.stageId} = (select s.id from ${stages} s where s.org_id = ${ctx.orgId} and s.key = ${stage}
          and s.pipeline_id = (select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${jobId}))
          and ${applications.pipelineId} = (select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${jobId})`
      : jobId
        ? eq(applications.jobId, jobId)
        : undefined,
    // Partial indexes are only used where their own words stand in the query.
    sql`${applications.jobId} is not null`,
    filters.archived === "yes" ? sql`${applications.archived} = 1` : sql`${applications.archived} = 0`,
    client === null ? undefined : sql`${applications.sharedWithClient} = 1`,
    client === null
      ? filters.clientId
        ? eq(applications.clientId, filters.clientId)
        : undefined
      : eq(applications.clientId, client),
    client !== null && filters.clientId && filters.clientId !== client ? sql`0` : undefined,
    filters.candidateId ? eq(applications.candidateId, filters.candidateId) : undefined,
    // Of one job by its own index, which is shorter than that of a status.
    filters.status ? sql`${sql.raw(jobId ? "+" : "")}${applications.status} = ${filters.status}` : undefined,
    filters.tag
      ? sql`exists (select 1 from json_each(${applications.tags}) where value = ${filters.tag})`
      : undefined,
    filters.source ? eq(applications.source, filters.source) : undefined,
    filters.starred ? sql`${applications.starred} = 1` : undefined,
    filters.flagged === "yes" ? sql`${applications.flags} <> '[]'` : undefined,
    filters.flagged === "no" ? sql`${applications.flags} = '[]'` : undefined,
    answer ? answerFilter(answer[1] ?? "", answer[2], answer[3] ?? "") : undefined,
    filters.q
      ? keys
        ? sql`${applications.candidateId} in (select id from ${candidates} where org_id = ${ctx.orgId} and search_key in ${keys})`
        : sql`0`
      : undefined,
    beyond,
  );
  const [seen, rows] = await ctx.db.read(
    ctx.db.select({ id: jobs.id }, jobs, {
      where: and(
        eq(jobs.id, ofJob ? (jobId ?? "") : ""),
        client === null ? undefined : sql`${jobs.clientId} = ${client} and ${jobs.status} <> 'draft'`,
      ),
    }),
    selectApplications(ctx, where, {
      orderBy: byStage
        ? [desc(at), desc(applications.id)]
        : [newestFirst ? desc(applications.id) : asc(applications.id)],
      limit: limit + 1,
    }),
  );
  if (ofJob && !seen[0]) throw notFound("job");
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => (byStage ? [row.enteredAt, row.id] : [row.id]),
    (row) => presentApplication(ctx, row),
  );
}

/**
 * One application with the person and their answers. A client user sees how to work with somebody, and
 * not how to reach them past the agency.
 * @throws DomainError `not-found`
 */
export async function getApplication(ctx: Ctx, id: string): Promise<ApplicationDetail> {
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${applications} where org_id = ${ctx.orgId} and id = ${id})`;
  const [rows, people, order, more] = await ctx.db.read(
    selectApplications(ctx, and(eq(applications.id, id), visibleApplications(ctx))),
    ctx.db.rows(candidates, { where: sql`${candidates.id} = ${its("candidate_id")}` }),
    stagesOf(ctx, its("pipeline_id")),
    ctx.db.select(
      {
        formVersion: applications.formVersion,
        formAnswers: applications.formAnswers,
        extraAnswers: applications.extraAnswers,
      },
      applications,
      { where: eq(applications.id, id) },
    ),
  );
  const [row, kept] = [rows[0], more[0]];
  if (!row || !kept) throw notFound("application");
  const team = isTeam(ctx);
  const person = people[0] ? presentCandidate(people[0]) : null;
  return {
    ...presentApplication(ctx, row, order),
    candidate:
      person === null || team || clientScope(ctx) === null
        ? person && (team ? person : { ...person, tags: [], source: null })
        : { ...person, email: "", phone: null, address: null, tags: [], source: null, userId: null },
    formVersion: kept.formVersion,
    formAnswers: kept.formAnswers as ApplicationDetail["formAnswers"],
    extraAnswers: team ? kept.extraAnswers : {},
  };
}

/** Makes sure that the caller may see an application. @throws DomainError `not-found` */
export async function visibleIn(ctx: Ctx, id: string): Promise<void> {
  const [rows] = await ctx.db.read(
    ctx.db.select({ id: applications.id }, applications, {
      where: and(eq(applications.id, id), visibleApplications(ctx)),
    }),
  );
  if (!rows[0]) throw notFound("application");
}

/** The stages of one pipeline in their order. */
export function stagesOf(ctx: Ctx, pipelineId: SQL) {
  return ctx.db.rows(stages, {
    where: sql`${stages.pipelineId} = ${pipelineId}`,
    orderBy: asc(stages.position),
  });
}

/** The login of the person behind an application, whose own channel shows what happens to it. */
export const personUserId = sql<string | null>`coalesce(
  (select user_id from ${candidates} c where c.id = ${applications.candidateId}),
  (select user_id from ${agents} a where a.id = ${applications.agentId}))`;

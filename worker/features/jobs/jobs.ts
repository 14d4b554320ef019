import { and, asc, desc, eq, gt, lt, ne, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { matching } from "../../db/search";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { clients } from "../clients/table";
import { clientScope } from "../users/scope";
import type { Job, JobListQuery } from "./schema";
import { jobs, jobTeam } from "./table";

const JOB = {
  id: jobs.id,
  searchKey: jobs.searchKey,
  clientId: jobs.clientId,
  clientName: clients.companyName,
  slug: jobs.slug,
  title: jobs.title,
  description: jobs.description,
  department: jobs.department,
  location: jobs.location,
  remote: jobs.remote,
  employmentType: jobs.employmentType,
  experienceMin: jobs.experienceMin,
  experienceMax: jobs.experienceMax,
  salaryMin: jobs.salaryMin,
  salaryMax: jobs.salaryMax,
  salaryCurrency: jobs.salaryCurrency,
  requiredSkills: jobs.requiredSkills,
  niceToHaveSkills: jobs.niceToHaveSkills,
  status: jobs.status,
  priority: jobs.priority,
  openings: jobs.openings,
  startDate: jobs.startDate,
  pipelineId: jobs.pipelineId,
  templateId: jobs.templateId,
  stages: jobs.stages,
  formVersion: jobs.formVersion,
  applicationCount: jobs.applicationCount,
  activeCount: jobs.activeCount,
  sharedCount: jobs.sharedCount,
  postedAt: jobs.postedAt,
  closedAt: jobs.closedAt,
  version: jobs.version,
  createdBy: jobs.createdBy,
  createdAt: jobs.createdAt,
  updatedAt: jobs.updatedAt,
};

/** The jobs that the caller may see: a client user those of their client, and no drafts. */
export function visibleJobs(ctx: Ctx): SQL | undefined {
  const own = clientScope(ctx);
  return own === null ? undefined : and(eq(jobs.clientId, own), ne(jobs.status, "draft"));
}

/** Jobs that the caller may see, with their client's name: two rows read for each. */
export function selectJobs(ctx: Ctx, where: SQL | undefined, find: { orderBy?: SQL[]; limit?: number } = {}) {
  return ctx.db.select(JOB, jobs, {
    where: and(visibleJobs(ctx), where),
    ...find,
    join: [{ table: clients, on: eq(clients.id, jobs.clientId) }],
  });
}
export type JobRow = RowOf<typeof selectJobs>;

/** A job as the caller may see it: a client user's counts hold what is shared with the client. */
export function presentJob(ctx: Ctx, row: JobRow): Job {
  const { searchKey: _, sharedCount, postedAt, closedAt, createdAt, updatedAt, ...shown } = row;
  const team = clientScope(ctx) === null;
  return {
    ...shown,
    applicationCount: team ? row.applicationCount : sharedCount,
    activeCount: team ? row.activeCount : null,
    postedAt: isoOrNull(postedAt),
    closedAt: isoOrNull(closedAt),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  };
}

/** @throws DomainError `not-found` */
export async function getJob(ctx: Ctx, id: string): Promise<Job> {
  const [rows] = await ctx.db.read(selectJobs(ctx, eq(jobs.id, id)));
  if (!rows[0]) throw notFound("job");
  return presentJob(ctx, rows[0]);
}

/** A page of jobs of all statuses, newest first unless asked otherwise. */
export async function listJobs(ctx: Ctx, query: z.infer<typeof JobListQuery>) {
  const { limit, cursor, ...filters } = query;
  const me = filters.mine ? userOf(ctx).id : undefined;
  const scope = { list: "jobs", orgId: ctx.orgId, filters: { ...filters, me, own: clientScope(ctx) } };
  const after = await readCursor(ctx.env, scope, cursor);
  const newestFirst = filters.sort === "-createdAt";
  const keys = filters.q ? matching(ctx.orgId, filters.q, "job") : undefined;
  const where = and(
    filters.status ? eq(jobs.status, filters.status) : undefined,
    filters.clientId ? eq(jobs.clientId, filters.clientId) : undefined,
    filters.priority ? eq(jobs.priority, filters.priority) : undefined,
    me === undefined
      ? undefined
      : sql`${jobs.id} in (select job_id from ${jobTeam} where org_id = ${ctx.orgId} and user_id = ${me})`,
    filters.q ? (keys ? sql`${jobs.searchKey} in ${keys}` : sql`0`) : undefined,
    after ? (newestFirst ? lt(jobs.id, after[0] as string) : gt(jobs.id, after[0] as string)) : undefined,
  );
  const [rows] = await ctx.db.read(
    selectJobs(ctx, where, {
      orderBy: [newestFirst ? desc(jobs.id) : asc(jobs.id)],
      limit: limit + 1,
    }),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => presentJob(ctx, row),
  );
}

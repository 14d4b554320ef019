import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { jobs } from "../jobs/table";
import { applications } from "../pipelines/table";
import type { JobSources } from "./schema";

/** Sources that are told apart: far more than a job has. */
const MOST = 50;

/**
 * How many of a job's applications came from where, those in the archive left out.
 * @throws DomainError `not-found`
 */
export async function sourcesOf(ctx: Ctx, jobId: string): Promise<JobSources> {
  const [found, counted] = await ctx.db.read(
    ctx.db.select({ id: jobs.id }, jobs, { where: eq(jobs.id, jobId) }),
    // In the words of the partial index, so that SQLite uses it.
    ctx.db.sql<{
      source: string | null;
      count: number;
    }>(sql`select source, count(*) as count from ${applications}
      where org_id = ${ctx.orgId} and job_id = ${jobId} and job_id is not null and archived = 0
      group by source order by count(*) desc, source limit ${MOST}`),
  );
  if (!found[0]) throw notFound("job");
  return { jobId, data: counted, nextCursor: null };
}

import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { applications } from "../pipelines/table";

/** True in SQL where somebody ever applied to a job, also where all of them are archived. */
export function someoneApplied(ctx: Ctx, jobId: string): SQL {
  // Each in the words of its own index.
  const where = sql`org_id = ${ctx.orgId} and job_id = ${jobId} and job_id is not null`;
  return sql`(exists (select 1 from ${applications} where ${where} and archived = 0)
    or exists (select 1 from ${applications} where ${where} and archived = 1))`;
}

/** The query that finds a row where `someoneApplied`. */
export const selectApplied = (ctx: Ctx, jobId: string) =>
  ctx.db.sql<{ applied: number }>(sql`select 1 as applied where ${someoneApplied(ctx, jobId)}`);

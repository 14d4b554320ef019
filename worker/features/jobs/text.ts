import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Statement } from "../../db/database";
import { indexFound } from "../../db/search";
import type { Ctx } from "../../events/context";
import { clients } from "../clients/table";
import { jobs } from "./table";

const words = (column: SQLiteColumn) =>
  sql`coalesce((select group_concat(value, ' ') from json_each(${column})), '')`;

/**
 * The statements that index jobs by what their rows and their client's row hold; they stand after the change
 * of either in its batch.
 * @param which of the jobs
 * @param won the guard of the commit that changes them, where there is one
 */
export function indexJobs(ctx: Ctx, which: SQL, won?: SQL): Statement[] {
  const found = sql`select ${jobs.searchKey} as key, ${jobs.title} || ' ' || coalesce(${jobs.department}, '')
      || ' ' || coalesce(${jobs.location}, '') || ' ' || ${clients.companyName}
      || ' ' || ${words(jobs.requiredSkills)} || ' ' || ${words(jobs.niceToHaveSkills)} as text
    from ${jobs} join ${clients} on ${clients.id} = ${jobs.clientId} and ${clients.orgId} = ${jobs.orgId}
    where ${jobs.orgId} = ${ctx.orgId} and ${which}`;
  return indexFound(ctx.orgId, found, "job", won).map((statement) => ctx.db.sql(statement));
}

import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { jobs } from "../jobs/table";
import { stages } from "./table";

/**
 * The statement that makes the counts kept on jobs those of their stages, which every change of somebody's
 * place keeps.
 * @param won the guard of the commit that changes them
 */
export function recountJobs(
  ctx: Pick<Ctx, "db" | "orgId">,
  pipelineIds: string[],
  won: SQL = sql`1`,
): Statement {
  const sum = (what: string, where = "") =>
    sql`coalesce((select sum(${sql.raw(what)}) from ${stages} s
      where s.org_id = ${ctx.orgId} and s.pipeline_id = ${jobs}.pipeline_id ${sql.raw(where)}), 0)`;
  return ctx.db.sql(sql`update ${jobs} set application_count = ${sum("s.count")},
      active_count = ${sum("s.count", "and s.kind = 'open'")}, shared_count = ${sum("s.shared_count")}
    where org_id = ${ctx.orgId} and pipeline_id in (select value from json_each(${JSON.stringify(pipelineIds)}))
      and ${won}`);
}

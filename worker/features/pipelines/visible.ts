import { type SQL, sql } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { campaigns } from "../campaigns/table";
import { jobs } from "../jobs/table";
import { can } from "../users/permissions";
import { clientScope } from "../users/scope";
import { applications, pipelines } from "./table";

/**
 * The pipelines that the caller may see: the team all that people stand in, a client user those of the
 * client's jobs and campaigns once they are posted, other people those that they stand in.
 */
export function visiblePipelines(
  ctx: Pick<Ctx, "orgId" | "actor">,
  permission: "pipeline.list" | "pipeline.board" | "pipeline.watch",
): SQL | undefined {
  const { role, agentId, candidateId } = userOf(ctx);
  // Templates are what pipelines are made of: nobody stands in them.
  if (can(role, permission, { own: false })) return sql`${pipelines.kind} <> 'template'`;
  const client = clientScope(ctx);
  if (client !== null) {
    const theirs = (table: typeof jobs | typeof campaigns) => sql`exists (select 1 from ${table}
      where org_id = ${ctx.orgId} and pipeline_id = ${pipelines.id} and client_id = ${client} and status <> 'draft')`;
    return sql`(${theirs(jobs)} or ${theirs(campaigns)})`;
  }
  return sql`exists (select 1 from ${applications} where org_id = ${ctx.orgId}
    and pipeline_id = ${pipelines.id} and (agent_id = ${agentId ?? ""} or candidate_id = ${candidateId ?? ""}))`;
}

import { type SQL, sql } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { can } from "../users/permissions";
import { applications, pipelines } from "./table";

/** The pipelines that the caller may see: the team sees all, other people those that they stand in. */
export function visiblePipelines(
  ctx: Pick<Ctx, "orgId" | "actor">,
  permission: "pipeline.list" | "pipeline.board" | "pipeline.watch",
): SQL | undefined {
  const { role, agentId, candidateId } = userOf(ctx);
  if (can(role, permission, { own: false })) return undefined;
  return sql`exists (select 1 from ${applications} where org_id = ${ctx.orgId}
    and pipeline_id = ${pipelines.id} and (agent_id = ${agentId ?? ""} or candidate_id = ${candidateId ?? ""}))`;
}

import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { stageActions, stages } from "../pipelines/table";
import type { ActionRow, StageRow } from "./pipeline";

const at = (i: number) => sql.raw(`json_extract(r.value, '$[${i}]')`);

/** One statement for any number of stages: a value each would be too many for D1. */
export function insertStages(
  ctx: Ctx,
  rows: Omit<StageRow, "orgId" | "count" | "sharedCount">[],
  won = sql`1`,
) {
  const values = rows.map((row) => [
    row.id,
    row.pipelineId,
    row.key,
    row.name,
    row.kind,
    row.status,
    row.position,
    row.description,
    row.sharesWithClient ? 1 : 0,
    row.publicName,
    row.publicNext,
    row.replyByDays,
  ]);
  return ctx.db.sql(sql`insert into ${stages}
      (id, org_id, pipeline_id, key, name, kind, status, position, description, shares_with_client,
        public_name, public_next, reply_by_days)
    select ${at(0)}, ${ctx.orgId}, ${at(1)}, ${at(2)}, ${at(3)}, ${at(4)}, ${at(5)}, ${at(6)}, ${at(7)}, ${at(8)},
      ${at(9)}, ${at(10)}, ${at(11)}
    from json_each(${JSON.stringify(values)}) r where ${won}`);
}

/** As `insertStages`, for actions. */
export function insertActions(ctx: Ctx, rows: ActionRow[], won = sql`1`) {
  const values = rows.map((row) => [
    row.id,
    row.stageId,
    row.type,
    row.name,
    row.position,
    JSON.stringify(row.config),
  ]);
  return ctx.db.sql(sql`insert into ${stageActions} (id, org_id, stage_id, type, name, position, config)
    select ${at(0)}, ${ctx.orgId}, ${at(1)}, ${at(2)}, ${at(3)}, ${at(4)}, ${at(5)}
    from json_each(${JSON.stringify(values)}) r where ${won}`);
}

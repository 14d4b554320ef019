import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { inboxHours } from "./table";

const HOUR_MS = 60 * 60 * 1000;

export type HourCount = "received" | "repeated" | "refused" | "processed" | "quarantined";

/**
 * Counts what became of a source's request or event in this hour.
 * @param won what must hold when the batch runs
 */
export function countHour(ctx: Ctx, integrationId: string, what: HourCount, won: SQL = sql`1`): Statement {
  const column = sql.raw(what);
  const now = ctx.now();
  return ctx.db.sql(sql`insert into ${inboxHours} (integration_id, hour, org_id, ${column})
    select ${integrationId}, ${now - (now % HOUR_MS)}, ${ctx.orgId}, 1 where ${won}
    on conflict (integration_id, hour) do update set ${column} = ${column} + 1`);
}

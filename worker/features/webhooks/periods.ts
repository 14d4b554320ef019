import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { webhookPeriods } from "./table";

/** The newest event there is, read in the batch that uses it: what is committed later has a greater number. */
const newest = sql`coalesce((select max(seq) from ${events}), 0)`;

/** Ends what an endpoint is subscribed to. Events until now still go to it. */
export function endPeriod(ctx: Ctx, endpointId: string, won: SQL): Statement {
  return ctx.db.update(
    webhookPeriods,
    { untilSeq: newest },
    and(eq(webhookPeriods.endpointId, endpointId), isNull(webhookPeriods.untilSeq), won),
  );
}

/** Subscribes an endpoint to some events from now on. A period that ended before any event came is begun again. */
export function beginPeriod(ctx: Ctx, endpointId: string, types: string[], won: SQL): Statement {
  return ctx.db.sql(sql`insert into ${webhookPeriods} (endpoint_id, from_seq, until_seq, org_id, events)
    select ${endpointId}, ${newest}, null, ${ctx.orgId}, ${JSON.stringify(types)} where ${won}
    on conflict (endpoint_id, from_seq) do update set until_seq = null, events = excluded.events`);
}

import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { notifications } from "./table";

export interface Notice {
  userId: string;
  type: string;
  title: string;
  message: string;
  entityType: string | null;
  entityId: string | null;
  /** The event that causes it. */
  eventSeq: number | null;
}

/**
 * The rows of some notifications, and the events that show each on its reader's own channel.
 * @param won the guard of the commit that causes them, where there is one
 */
export function notify(
  ctx: Ctx,
  notices: Notice[],
  won: SQL = sql`1`,
): { ids: string[]; writes: Statement[]; events: NewEvent[] } {
  const rows = notices.map((notice) => ({ ...notice, id: newId("ntf", ctx.now()), createdAt: ctx.now() }));
  return {
    ids: rows.map((row) => row.id),
    writes: rows.length > 0 ? [insert(ctx, rows, won)] : [],
    events: rows.map((row) =>
      event({
        type: "notification.created",
        entity: { type: "user", id: row.userId },
        userId: row.userId,
        data: {
          notificationId: row.id,
          type: row.type,
          title: row.title,
          message: row.message,
          entityType: row.entityType,
          entityId: row.entityId,
        },
      }),
    ),
  };
}

/** One statement for any number of them: a whole team is told of most things. */
function insert(ctx: Ctx, rows: (Notice & { id: string; createdAt: number })[], won: SQL): Statement {
  const values = rows.map((row) => [
    row.id,
    row.userId,
    row.type,
    row.title,
    row.message,
    row.entityType,
    row.entityId,
    row.eventSeq,
    row.createdAt,
  ]);
  const fields = values[0]?.map((_, i) => sql.raw(`json_extract(r.value, '$[${i}]')`)) ?? [];
  return ctx.db.sql(sql`insert into ${notifications}
      (org_id, id, user_id, type, title, message, entity_type, entity_id, event_seq, created_at)
    select ${ctx.orgId}, ${sql.join(fields, sql`, `)} from json_each(${JSON.stringify(values)}) r where ${won}
    order by r.key`);
}

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

/** The rows of some notifications, and the events that show each on its reader's own channel. */
export function notify(
  ctx: Ctx,
  notices: Notice[],
): { ids: string[]; writes: Statement[]; events: NewEvent[] } {
  const rows = notices.map((notice) => ({ ...notice, id: newId("ntf", ctx.now()), createdAt: ctx.now() }));
  return {
    ids: rows.map((row) => row.id),
    writes: rows.map((row) => ctx.db.insert(notifications, row)),
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

import { and, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit, event } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { users } from "../users/table";
import { notify } from "./notify";
import type { NewNotification, Notification, NotificationPage, NotificationQuery } from "./schema";
import { notifications } from "./table";

function present(row: typeof notifications.$inferSelect): Notification {
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    message: row.message,
    entityType: row.entityType,
    entityId: row.entityId,
    read: row.readAt !== null,
    createdAt: iso(row.createdAt),
  };
}

/** Unread ones are counted up to here, so that a full inbox costs no more than this. */
const COUNT_TO = 100;

/** The number of unread notifications of a user, counted up to 100. */
export function selectUnread(ctx: Ctx, userId: string) {
  return ctx.db.sql<{ unread: number }>(sql`select count(*) as unread from (select 1 from ${notifications}
    where org_id = ${ctx.orgId} and user_id = ${userId} and read_at is null limit ${COUNT_TO})`);
}

export async function listNotifications(
  ctx: Ctx,
  query: z.infer<typeof NotificationQuery>,
): Promise<NotificationPage> {
  const userId = userOf(ctx).id;
  const scope = { list: "notifications", orgId: ctx.orgId, filters: { userId, unread: query.unread } };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const [rows, counted] = await ctx.db.read(
    ctx.db.rows(notifications, {
      where: and(
        eq(notifications.userId, userId),
        query.unread === "true" ? isNull(notifications.readAt) : undefined,
        query.unread === "false" ? sql`${notifications.readAt} is not null` : undefined,
        after ? lt(notifications.id, after[0] as string) : undefined,
      ),
      orderBy: desc(notifications.id),
      limit: query.limit + 1,
    }),
    selectUnread(ctx, userId),
  );
  const found = await page(ctx.env, scope, rows, query.limit, (row) => [row.id], present);
  return { ...found, unread: counted[0]?.unread ?? 0 };
}

/** Marks one of the caller's own as read or unread. @throws DomainError `not-found` */
export async function markNotification(ctx: Ctx, id: string, read: boolean): Promise<Notification> {
  const userId = userOf(ctx).id;
  const own = and(eq(notifications.id, id), eq(notifications.userId, userId));
  const [rows] = await ctx.db.read(ctx.db.rows(notifications, { where: own }));
  const row = rows[0];
  if (!row) throw notFound("notification");
  const readAt = read ? (row.readAt ?? ctx.now()) : null;
  if ((row.readAt !== null) === read) return present(row);
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [ctx.db.update(notifications, { readAt }, own)],
    events: [readEvent(userId, id, read)],
    audit: [{ action: "NOTIFICATION_READ", entity: { type: "notification", id } }],
    result: present({ ...row, readAt }),
  });
}

/** Marks all of the caller's own as read, on every device. */
export async function markAllRead(ctx: Ctx): Promise<{ unread: number }> {
  const userId = userOf(ctx).id;
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      ctx.db.update(
        notifications,
        { readAt: ctx.now() },
        and(eq(notifications.userId, userId), sql`read_at is null`),
      ),
    ],
    events: [readEvent(userId, null, true)],
    audit: [{ action: "NOTIFICATION_READ", entity: { type: "user", id: userId } }],
    result: { unread: 0 },
  });
}

/** What takes back the notifications of a move, where they have not been read yet. */
export function withdrawNotices(ctx: Ctx, changeId: string, entityId: string): Promise<Effect | null> {
  // The plus keeps SQLite on the events of this one, off those of a bulk action of hundreds.
  return withdrawUnread(
    ctx,
    sql`${notifications.eventSeq} in (select seq from ${events}
      where org_id = ${ctx.orgId} and +change_id = ${changeId} and entity_id = ${entityId}
        and type in ('agent.status_changed', 'application.status_changed'))`,
  );
}

/** What takes back somebody's unread notifications of a type about one thing, because it no longer is so. */
export function withdrawNoticesAbout(
  ctx: Ctx,
  { userId, type, entityId }: { userId: string; type: string; entityId: string },
): Promise<Effect | null> {
  return withdrawUnread(
    ctx,
    and(eq(notifications.userId, userId), eq(notifications.type, type), eq(notifications.entityId, entityId)),
  );
}

async function withdrawUnread(ctx: Ctx, which: SQL | undefined): Promise<Effect | null> {
  const unread = and(which, isNull(notifications.readAt));
  const [rows] = await ctx.db.read(ctx.db.rows(notifications, { where: unread }));
  if (rows.length === 0) return null;
  return {
    writes: [ctx.db.delete(notifications, unread)],
    events: rows.map((row) => readEvent(row.userId, row.id, true)),
  };
}

function readEvent(userId: string, notificationId: string | null, read: boolean) {
  return event({
    type: "notification.read",
    entity: { type: "user", id: userId },
    userId,
    data: { notificationId, read },
  });
}

/** Writes a notification to somebody in the organization. @throws DomainError `not-found` */
export async function createNotification(
  ctx: Ctx,
  input: z.infer<typeof NewNotification>,
): Promise<Notification> {
  const [found] = await ctx.db.read(
    ctx.db.select({ id: users.id }, users, { where: eq(users.id, input.userId) }),
  );
  if (!found[0]) throw notFound("user");
  const notice = {
    userId: input.userId,
    type: input.type,
    title: input.title,
    message: input.message,
    entityType: input.entityType ?? null,
    entityId: input.entityId ?? null,
    eventSeq: null,
  };
  const noticed = notify(ctx, [notice]);
  const id = noticed.ids[0] ?? "";
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: noticed.writes,
    events: noticed.events,
    audit: [{ action: "NOTIFICATION_CREATE", entity: { type: "notification", id } }],
    result: present({ ...notice, id, orgId: ctx.orgId, readAt: null, changeId: null, createdAt: ctx.now() }),
  });
}

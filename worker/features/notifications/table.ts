import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, orgId, time } from "../../db/columns";

export const notifications = sqliteTable(
  "notifications",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id").notNull(),
    type: text("type").notNull(),
    title: text("title").notNull(),
    message: text("message").notNull(),
    entityType: text("entity_type"),
    entityId: text("entity_id"),
    /** The event that caused it; null for one written by a person. */
    eventSeq: integer("event_seq"),
    readAt: time("read_at"),
    changeId: text("change_id"),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("notifications_user").on(t.orgId, t.userId, t.id),
    index("notifications_unread").on(t.orgId, t.userId, t.id).where(sql`read_at is null`),
    index("notifications_event").on(t.eventSeq).where(sql`event_seq is not null`),
  ],
);

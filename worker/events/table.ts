import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { json, orgId, time } from "../db/columns";

export const DISPATCH_STATES = ["pending", "done", "parked"] as const;

/** Committed facts. `seq` is the commit order and the one cursor of everything that follows. */
export const events = sqliteTable(
  "events",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: text("id").notNull(),
    orgId: orgId(),
    type: text("type").notNull(),
    at: time("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id").notNull(),
    /** Counts one entity's events without a gap. */
    entitySeq: integer("entity_seq").notNull(),
    /** Channels: the pipeline whose watchers see it, the login of the person it is about. */
    pipelineId: text("pipeline_id"),
    userId: text("user_id"),
    /** True where people of the job's client may see it. */
    forClient: integer("for_client", { mode: "boolean" }).notNull().default(false),
    /** The catalogue's fields and nothing else: what leaves the building. */
    data: json<Record<string, unknown>>("data").notNull(),
    /** What subscribers and the team's timeline need besides; never sent outside. */
    detail: json<Record<string, unknown>>("detail").notNull(),
    changeId: text("change_id").notNull(),
    dispatch: text("dispatch", { enum: DISPATCH_STATES }).notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    nextAt: time("next_at").notNull(),
  },
  (t) => [
    uniqueIndex("events_entity").on(t.orgId, t.entityId, t.entitySeq),
    index("events_pipeline").on(t.pipelineId, t.seq).where(sql`pipeline_id is not null`),
    index("events_user").on(t.userId, t.seq).where(sql`user_id is not null`),
    index("events_move")
      .on(t.orgId, t.changeId)
      .where(sql`type in ('agent.status_changed', 'application.status_changed')`),
    index("events_pending").on(t.nextAt).where(sql`dispatch = 'pending'`),
  ],
);

/** Which subscriber has handled which event: written in the batch of its effect. */
export const handled = sqliteTable(
  "handled",
  {
    seq: integer("seq").notNull(),
    subscriber: text("subscriber").notNull(),
    orgId: orgId(),
    at: time("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.seq, t.subscriber] })],
);

export const auditEntries = sqliteTable(
  "audit_entries",
  {
    seq: integer("seq").primaryKey(),
    orgId: orgId(),
    at: time("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorRole: text("actor_role"),
    actionType: text("action_type").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id").notNull(),
    oldValue: json<Record<string, unknown>>("old_value"),
    newValue: json<Record<string, unknown>>("new_value"),
    metadata: json<Record<string, unknown>>("metadata"),
    requestId: text("request_id"),
    changeId: text("change_id").notNull(),
  },
  (t) => [index("audit_org").on(t.orgId, t.seq)],
);

/** Leases of named background work, so that two sweeps never overlap. */
export const leases = sqliteTable("leases", {
  name: text("name").primaryKey(),
  until: time("until").notNull(),
  holder: text("holder").notNull(),
});

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { INBOX_STATUSES, RESULT_KINDS, SCHEMES, SOURCE_STATUSES } from "./words";

/** Something outside that sends us events or exchanges records with us. */
export const integrations = sqliteTable(
  "integrations",
  {
    id: id(),
    orgId: orgId(),
    /** `portal` for the generic external portal; a provider's name otherwise. */
    type: text("type").notNull(),
    name: text("name").notNull(),
    scheme: text("scheme", { enum: SCHEMES }).notNull(),
    /** Sealed, as is the one before it, which counts too until `previousUntil`. */
    secret: text("secret").notNull(),
    previousSecret: text("previous_secret"),
    previousUntil: time("previous_until"),
    /** Addresses and ranges, v4 and v6; null for any. */
    ipAllowList: json<string[]>("ip_allow_list"),
    /** What a stored event is answered with; a few senders take nothing but 200. */
    acceptsWith: integer("accepts_with").notNull().default(202),
    status: text("status", { enum: SOURCE_STATUSES }).notNull().default("enabled"),
    lastEventAt: time("last_event_at"),
    lastErrorAt: time("last_error_at"),
    lastError: text("last_error"),
    /** True from the event `integration.failed` to `integration.recovered`. */
    toldFailing: integer("told_failing", { mode: "boolean" }).notNull().default(false),
    createdBy: text("created_by"),
    removedAt: time("removed_at"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [index("integrations_org").on(t.orgId, t.id)],
);

/** Every event that came in with a good signature, as it came. (source, event id) is unique for 45 days. */
export const inboxEvents = sqliteTable(
  "inbox_events",
  {
    id: id(),
    orgId: orgId(),
    integrationId: text("integration_id").notNull(),
    eventId: text("event_id").notNull(),
    eventType: text("event_type"),
    occurredAt: time("occurred_at"),
    receivedAt: time("received_at").notNull(),
    status: text("status", { enum: INBOX_STATUSES }).notNull(),
    /** Why it was quarantined or had no effect, in plain words. */
    reason: text("reason"),
    body: text("body").notNull(),
    /** Its headers, secrets and signatures left out. */
    headers: json<Record<string, string>>("headers").notNull(),
    hops: integer("hops").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    nextAt: time("next_at"),
    processedAt: time("processed_at"),
    /** What it changed: ids for the screen to link to. */
    result: json<Record<string, string>>("result"),
    changeId: changeId(),
  },
  (t) => [
    uniqueIndex("inbox_events_once").on(t.integrationId, t.eventId),
    index("inbox_events_org").on(t.orgId, t.id),
    index("inbox_events_source").on(t.orgId, t.integrationId, t.id),
    index("inbox_events_status").on(t.orgId, t.status, t.id),
    index("inbox_events_due").on(t.nextAt).where(sql`status = 'received'`),
    index("inbox_events_age").on(t.receivedAt),
  ],
);

/** The mark of an event's effect, written in the same batch: a second one of the same run breaks that batch. */
export const inboxEffects = sqliteTable(
  "inbox_effects",
  {
    inboxId: text("inbox_id").notNull(),
    run: integer("run").notNull(),
    orgId: orgId(),
    at: time("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.inboxId, t.run] })],
);

/** The newest time that a source has told us about each subject: what is older comes too late. */
export const inboxMarks = sqliteTable(
  "inbox_marks",
  {
    integrationId: text("integration_id").notNull(),
    /** What it is about, like `status:cand_…:job_…`. */
    subject: text("subject").notNull(),
    orgId: orgId(),
    occurredAt: time("occurred_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.subject] })],
);

/** Which of our records a source knows under which id. */
export const externalIds = sqliteTable(
  "external_ids",
  {
    integrationId: text("integration_id").notNull(),
    /** `candidate`, `job`, `interview`. */
    kind: text("kind").notNull(),
    externalId: text("external_id").notNull(),
    orgId: orgId(),
    localId: text("local_id").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.kind, t.externalId] }),
    index("external_ids_local").on(t.orgId, t.kind, t.localId),
  ],
);

/** Results that a portal sent about a candidate (document 001). */
export const portalAssessments = sqliteTable(
  "portal_assessments",
  {
    id: id(),
    orgId: orgId(),
    integrationId: text("integration_id").notNull(),
    kind: text("kind", { enum: RESULT_KINDS }).notNull(),
    candidateId: text("candidate_id").notNull(),
    applicationId: text("application_id"),
    assessmentType: text("assessment_type").notNull(),
    status: text("status").notNull(),
    score: real("score"),
    maxScore: real("max_score"),
    recommendation: text("recommendation"),
    summary: text("summary"),
    portalAssessmentId: text("portal_assessment_id").notNull(),
    completedAt: time("completed_at"),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("portal_assessments_once").on(t.integrationId, t.kind, t.portalAssessmentId),
    index("portal_assessments_candidate").on(t.orgId, t.candidateId, t.id),
  ],
);

/** What became of a source's requests in one hour. */
export const inboxHours = sqliteTable(
  "inbox_hours",
  {
    integrationId: text("integration_id").notNull(),
    /** The start of the hour, in milliseconds. */
    hour: time("hour").notNull(),
    orgId: orgId(),
    received: integer("received").notNull().default(0),
    repeated: integer("repeated").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    processed: integer("processed").notNull().default(0),
    quarantined: integer("quarantined").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.hour] }), index("inbox_hours_org").on(t.orgId, t.hour)],
);

export type SourceRow = typeof integrations.$inferSelect;
export type InboxRow = typeof inboxEvents.$inferSelect;

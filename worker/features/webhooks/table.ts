import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { CAUSES, CIRCUITS, DELIVERY_STATUSES, DISABLED_REASONS, ENDPOINT_STATUSES, ORDERINGS } from "./words";

/** Where an organization wants its events sent. A removed one stays until its deliveries are gone. */
export const webhookEndpoints = sqliteTable(
  "webhook_endpoints",
  {
    id: id(),
    orgId: orgId(),
    url: text("url").notNull(),
    description: text("description"),
    /** Event types, or `*`. */
    events: json<string[]>("events").notNull(),
    ordering: text("ordering", { enum: ORDERINGS }).notNull().default("none"),
    /** Own headers, sealed: they often carry a password. */
    headers: text("headers"),
    /** Requests a second at most; null for as fast as it answers. */
    ratePerSecond: integer("rate_per_second"),
    /** Sealed, as is the one before it, which signs too until `previousUntil`. */
    secret: text("secret").notNull(),
    previousSecret: text("previous_secret"),
    previousUntil: time("previous_until"),
    status: text("status", { enum: ENDPOINT_STATUSES }).notNull().default("enabled"),
    disabledReason: text("disabled_reason", { enum: DISABLED_REASONS }),
    disabledAt: time("disabled_at"),
    circuit: text("circuit", { enum: CIRCUITS }).notNull().default("closed"),
    /** Failures in a row, of whichever deliveries. */
    failures: integer("failures").notNull().default(0),
    /** Probes since the circuit opened. */
    probes: integer("probes").notNull().default(0),
    probeAt: time("probe_at"),
    /** The first failure since the last success. */
    failingSince: time("failing_since"),
    /** True from the event `integration.failed` to `integration.recovered`. */
    toldFailing: integer("told_failing", { mode: "boolean" }).notNull().default(false),
    lastSuccessAt: time("last_success_at"),
    lastFailureAt: time("last_failure_at"),
    lastCause: text("last_cause", { enum: CAUSES }),
    lastStatusCode: integer("last_status_code"),
    createdBy: text("created_by"),
    removedAt: time("removed_at"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("webhook_endpoints_org").on(t.orgId, t.id),
    index("webhook_endpoints_probe").on(t.probeAt).where(sql`circuit <> 'closed' and status = 'enabled'`),
  ],
);

/**
 * When an endpoint was on, and for which events: it gets those of its types with `fromSeq` < seq <= `untilSeq`.
 * Turning it on or off or changing its events ends one period and begins another, so that an event goes to whoever
 * was subscribed when it was committed, however late it is handed on.
 */
export const webhookPeriods = sqliteTable(
  "webhook_periods",
  {
    endpointId: text("endpoint_id").notNull(),
    fromSeq: integer("from_seq").notNull(),
    untilSeq: integer("until_seq"),
    orgId: orgId(),
    events: json<string[]>("events").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.endpointId, t.fromSeq] }),
    index("webhook_periods_org").on(t.orgId, t.untilSeq),
  ],
);

/** The bytes that are sent for an event: made once, the same for every endpoint, attempt and replay. */
export const webhookMessages = sqliteTable(
  "webhook_messages",
  {
    eventId: text("event_id").primaryKey(),
    orgId: orgId(),
    body: text("body").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("webhook_messages_age").on(t.createdAt)],
);

/** One event for one endpoint. The row is the truth; objects and queues only wake what stands here. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    id: id(),
    orgId: orgId(),
    endpointId: text("endpoint_id").notNull(),
    eventId: text("event_id").notNull(),
    /** 0 for a test. */
    eventSeq: integer("event_seq").notNull(),
    eventType: text("event_type").notNull(),
    entityId: text("entity_id").notNull(),
    entitySeq: integer("entity_seq").notNull(),
    /** Of the outside events that this one follows from. */
    hops: integer("hops").notNull().default(0),
    status: text("status", { enum: DELIVERY_STATUSES }).notNull(),
    /** All attempts ever, replays among them. */
    attempts: integer("attempts").notNull().default(0),
    /** Failures since it was last put in line: its place in the schedule. */
    failures: integer("failures").notNull().default(0),
    /** When it was last put in line: made, or sent again by somebody. */
    queuedAt: time("queued_at").notNull(),
    nextAt: time("next_at"),
    leaseUntil: time("lease_until"),
    deliveredAt: time("delivered_at"),
    lastCause: text("last_cause", { enum: CAUSES }),
    lastStatusCode: integer("last_status_code"),
    lastLatencyMs: integer("last_latency_ms"),
    replays: integer("replays").notNull().default(0),
    /** Why it was cancelled or given up, in plain words. */
    reason: text("reason"),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("webhook_deliveries_once").on(t.endpointId, t.eventId),
    index("webhook_deliveries_due").on(t.endpointId, t.nextAt, t.eventSeq).where(sql`status = 'pending'`),
    index("webhook_deliveries_parked").on(t.endpointId, t.eventSeq).where(sql`status = 'parked'`),
    index("webhook_deliveries_lane")
      .on(t.endpointId, t.entityId, t.entitySeq)
      .where(sql`status in ('pending', 'parked')`),
    index("webhook_deliveries_sweep").on(t.nextAt).where(sql`status = 'pending'`),
    index("webhook_deliveries_org").on(t.orgId, t.id),
    index("webhook_deliveries_endpoint").on(t.orgId, t.endpointId, t.id),
    index("webhook_deliveries_status").on(t.orgId, t.status, t.id),
    index("webhook_deliveries_type").on(t.orgId, t.eventType, t.id),
    index("webhook_deliveries_event").on(t.orgId, t.eventId),
    index("webhook_deliveries_age").on(t.createdAt),
  ],
);

/** What was sent, as it left, but for the signatures. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}
/** What came back: at most 4 kB of the body. */
export interface ReceivedAnswer {
  headers: Record<string, string>;
  body: string;
  cut: boolean;
}

/** One try of a delivery, written before it is made and filled in after. */
export const webhookAttempts = sqliteTable(
  "webhook_attempts",
  {
    id: id(),
    orgId: orgId(),
    deliveryId: text("delivery_id").notNull(),
    n: integer("n").notNull(),
    at: time("at").notNull(),
    /** Null for a success. */
    cause: text("cause", { enum: CAUSES }),
    statusCode: integer("status_code"),
    latencyMs: integer("latency_ms"),
    request: json<SentRequest>("request"),
    response: json<ReceivedAnswer>("response"),
  },
  (t) => [uniqueIndex("webhook_attempts_delivery").on(t.deliveryId, t.n)],
);

/** What became of an endpoint's attempts in one hour, and how long they took (`LATENCY_BOUNDS`). */
export const webhookHours = sqliteTable(
  "webhook_hours",
  {
    endpointId: text("endpoint_id").notNull(),
    /** The start of the hour, in milliseconds. */
    hour: time("hour").notNull(),
    orgId: orgId(),
    delivered: integer("delivered").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    l0: integer("l0").notNull().default(0),
    l1: integer("l1").notNull().default(0),
    l2: integer("l2").notNull().default(0),
    l3: integer("l3").notNull().default(0),
    l4: integer("l4").notNull().default(0),
    l5: integer("l5").notNull().default(0),
    l6: integer("l6").notNull().default(0),
    l7: integer("l7").notNull().default(0),
    l8: integer("l8").notNull().default(0),
    l9: integer("l9").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.endpointId, t.hour] }),
    index("webhook_hours_org").on(t.orgId, t.hour),
    index("webhook_hours_age").on(t.hour),
  ],
);

/** How many deliveries of an endpoint stand in each status; triggers keep it (see the migration). */
export const webhookCounts = sqliteTable(
  "webhook_counts",
  {
    endpointId: text("endpoint_id").notNull(),
    status: text("status", { enum: DELIVERY_STATUSES }).notNull(),
    orgId: orgId(),
    n: integer("n").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.endpointId, t.status] }), index("webhook_counts_org").on(t.orgId)],
);

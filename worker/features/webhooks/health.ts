import { and, asc, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { inboxEvents, inboxHours, integrations } from "../inbox/table";
import { failureWords } from "./failure-words";
import { addTo, emptyHistogram, type Histogram, latencyOf } from "./latency";
import type { HealthLine, WebhookHealth } from "./schema";
import { webhookCounts, webhookEndpoints, webhookHours } from "./table";
import { DELIVERY_STATUSES, type DeliveryStatus } from "./words";

export const HOUR_MS = 60 * 60 * 1000;

type HourRow = typeof webhookHours.$inferSelect;
type InboxHourRow = typeof inboxHours.$inferSelect;
type CountRow = typeof webhookCounts.$inferSelect;
type Waiting = RowOf<typeof selectWaiting>;

/** What one direction did in an hour. */
interface Done {
  delivered: number;
  failed: number;
}

/** Events from outside that wait or can't be understood; the others are in the hours. */
function selectWaiting(ctx: Ctx) {
  return ctx.db.sql<{ integrationId: string; status: "received" | "quarantined"; n: number }>(
    sql`select integration_id as integrationId, status, count(*) as n from ${inboxEvents}
      where ${and(eq(inboxEvents.orgId, ctx.orgId), inArray(inboxEvents.status, ["received", "quarantined"]))}
      group by integration_id, status`,
  );
}

/** Everything that health and metrics are made of, as queries for one round trip. */
export function selectHealth(ctx: Ctx, from: number, to: number) {
  return [
    ctx.db.rows(webhookEndpoints, {
      where: isNull(webhookEndpoints.removedAt),
      orderBy: asc(webhookEndpoints.id),
    }),
    ctx.db.rows(webhookCounts),
    ctx.db.rows(webhookHours, { where: and(gte(webhookHours.hour, from), lte(webhookHours.hour, to)) }),
    ctx.db.rows(integrations, { where: isNull(integrations.removedAt), orderBy: asc(integrations.id) }),
    ctx.db.rows(inboxHours, { where: and(gte(inboxHours.hour, from), lte(inboxHours.hour, to)) }),
    selectWaiting(ctx),
  ] as const;
}

/**
 * How deliveries and incoming events fared, over all and a line for each endpoint and source.
 * @param hours how many hours back, the one that runs among them
 */
export async function getHealth(ctx: Ctx, hours: number): Promise<WebhookHealth> {
  // Whole hours, so that the same rows are the same answer to whoever asks again.
  const to = (Math.floor(ctx.now() / HOUR_MS) + 1) * HOUR_MS;
  const from = to - hours * HOUR_MS;
  const [endpoints, counts, ours, sources, theirs, waiting] = await ctx.db.read(
    ...selectHealth(ctx, from, to),
  );
  const starts = Array.from({ length: hours }, (_, i) => from + i * HOUR_MS);
  const countsOf = Map.groupBy(counts, (row) => row.endpointId);
  const hoursOf = Map.groupBy(ours, (row) => row.endpointId);
  const inboxOf = Map.groupBy(theirs, (row) => row.integrationId);
  const waitingOf = Map.groupBy(waiting, (row) => row.integrationId);
  const lines = [
    ...endpoints.map((row) =>
      endpointLine(row, countsOf.get(row.id) ?? [], hoursOf.get(row.id) ?? [], starts),
    ),
    ...sources.map((row) => sourceLine(row, waitingOf.get(row.id) ?? [], inboxOf.get(row.id) ?? [], starts)),
  ];
  const sums = statusCounts(counts);
  return {
    from: iso(from),
    to: iso(to),
    successRate: rateOf(ours),
    latency: latencyOf(histogramOf(ours)),
    backlog: lines.reduce((sum, line) => sum + line.backlog, 0),
    counts: { total: DELIVERY_STATUSES.reduce((sum, status) => sum + sums[status], 0), ...sums },
    lines,
  };
}

function endpointLine(
  row: typeof webhookEndpoints.$inferSelect,
  counts: CountRow[],
  hours: HourRow[],
  starts: number[],
): HealthLine {
  const sums = statusCounts(counts);
  return {
    id: row.id,
    direction: "outgoing",
    name: row.url,
    status: row.status,
    circuit: row.circuit,
    successRate: rateOf(hours),
    latency: latencyOf(histogramOf(hours)),
    backlog: sums.pending + sums.parked,
    counts: sums,
    lastError: failureWords(row.lastCause, row.lastStatusCode),
    lastErrorAt: isoOrNull(row.lastFailureAt),
    lastSuccessAt: isoOrNull(row.lastSuccessAt),
    hours: points(hours, starts),
  };
}

function sourceLine(
  row: typeof integrations.$inferSelect,
  waiting: Waiting[],
  rows: InboxHourRow[],
  starts: number[],
): HealthLine {
  const now = (status: Waiting["status"]) => waiting.find((one) => one.status === status)?.n ?? 0;
  const hours = rows.map((hour) => ({ ...hour, ...doneOf(hour) }));
  const sum = (name: "received" | "repeated" | "refused" | "processed") =>
    rows.reduce((all, hour) => all + hour[name], 0);
  return {
    id: row.id,
    direction: "incoming",
    name: row.name,
    status: row.status,
    circuit: null,
    successRate: rateOf(hours),
    latency: null,
    backlog: now("received"),
    // What waits and what is quarantined is so now; the others are of the range.
    counts: {
      received: now("received"),
      quarantined: now("quarantined"),
      arrived: sum("received"),
      processed: sum("processed"),
      repeated: sum("repeated"),
      refused: sum("refused"),
    },
    lastError: row.lastError,
    lastErrorAt: isoOrNull(row.lastErrorAt),
    lastSuccessAt: isoOrNull(row.lastEventAt),
    hours: points(hours, starts),
  };
}

/** An hour of a source in the words of the other direction. A repeated event is neither: it was done before. */
export function doneOf(hour: InboxHourRow): Done {
  return { delivered: hour.processed, failed: hour.quarantined + hour.refused };
}

/** Deliveries by status, zero where there is none. */
export function statusCounts(rows: readonly CountRow[]): Record<DeliveryStatus, number> {
  const sums = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, 0])) as Record<
    DeliveryStatus,
    number
  >;
  for (const row of rows) sums[row.status] += row.n;
  return sums;
}

function rateOf(hours: readonly Done[]): number | null {
  const [delivered, failed] = hours.reduce(
    ([good, bad], hour) => [good + hour.delivered, bad + hour.failed],
    [0, 0],
  );
  return delivered + failed === 0 ? null : delivered / (delivered + failed);
}

/** How long the attempts of some hours took. */
export function histogramOf(hours: readonly HourRow[]): Histogram {
  const sum = emptyHistogram();
  for (const { l0, l1, l2, l3, l4, l5, l6, l7, l8, l9 } of hours)
    addTo(sum, [l0, l1, l2, l3, l4, l5, l6, l7, l8, l9]);
  return sum;
}

function points(hours: readonly (Done & { hour: number })[], starts: number[]): HealthLine["hours"] {
  const at = new Map(hours.map((hour) => [hour.hour, hour]));
  return starts.map((start) => ({
    hour: iso(start),
    delivered: at.get(start)?.delivered ?? 0,
    failed: at.get(start)?.failed ?? 0,
  }));
}

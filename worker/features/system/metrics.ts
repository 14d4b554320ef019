import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { events as eventsTable } from "../../events/table";
import { HOUR_MS, histogramOf, selectHealth } from "../webhooks/health";
import { quantile } from "../webhooks/latency";
import { CIRCUITS, DELIVERY_STATUSES } from "../webhooks/words";

/** The text format of Prometheus, version 0.0.4. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** How far back the numbers of a window reach, in hours. */
const WINDOW_HOURS = 24;
/** A backlog beyond this is written as this: counting further would make a bad hour worse. */
const MOST = 10_000;

interface Sample {
  labels: Record<string, string>;
  value: number;
}

const escaped = (value: string) =>
  value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

/** One gauge with its samples, as https://prometheus.io/docs/instrumenting/exposition_formats/ has it. */
function gauge(name: string, help: string, samples: Sample[]): string {
  const lines = samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ""].join("\n");
}

/**
 * The numbers of the caller's organization for a monitoring system. All are gauges: rows leave the tables when
 * their time is up, and a counter that falls would look like a restart.
 */
export async function metricsText(ctx: Ctx): Promise<string> {
  const now = ctx.now();
  const from = Math.floor(now / HOUR_MS) * HOUR_MS - (WINDOW_HOURS - 1) * HOUR_MS;
  const [endpoints, counts, ours, sources, theirs, inbox, events] = await ctx.db.read(
    ...selectHealth(ctx, from, now),
    selectUnsent(ctx),
  );
  const countsOf = Map.groupBy(counts, (row) => row.endpointId);
  const hoursOf = Map.groupBy(ours, (row) => row.endpointId);
  const inboxOf = Map.groupBy(theirs, (row) => row.integrationId);

  const sum = <T>(rows: readonly T[] | undefined, of: (row: T) => number) =>
    (rows ?? []).reduce((all, row) => all + of(row), 0);
  const perEndpoint = (of: (id: string) => Sample[]) => endpoints.flatMap(({ id }) => of(id));

  return [
    gauge("portico_events_waiting", `Events not yet handed on, at most ${MOST}.`, [
      { labels: {}, value: events[0]?.n ?? 0 },
    ]),
    gauge(
      "portico_webhook_deliveries",
      "Deliveries that are kept, by endpoint and status.",
      perEndpoint((endpoint) =>
        DELIVERY_STATUSES.map((status) => ({
          labels: { endpoint, status },
          value: sum(countsOf.get(endpoint), (row) => (row.status === status ? row.n : 0)),
        })),
      ),
    ),
    gauge(
      "portico_webhook_attempts_24h",
      "Attempts of the last 24 hours, by endpoint and outcome.",
      perEndpoint((endpoint) =>
        (["delivered", "failed"] as const).map((outcome) => ({
          labels: { endpoint, outcome },
          value: sum(hoursOf.get(endpoint), (row) => row[outcome]),
        })),
      ),
    ),
    gauge(
      "portico_webhook_latency_seconds_24h",
      "Time of the attempts of the last 24 hours, by endpoint and quantile.",
      perEndpoint((endpoint) =>
        [0.5, 0.95, 0.99].flatMap((share) => {
          const ms = quantile(histogramOf(hoursOf.get(endpoint) ?? []), share);
          return ms === null ? [] : [{ labels: { endpoint, quantile: String(share) }, value: ms / 1000 }];
        }),
      ),
    ),
    gauge(
      "portico_webhook_endpoint_enabled",
      "1 for an endpoint that is on.",
      endpoints.map(({ id, status }) => ({ labels: { endpoint: id }, value: status === "enabled" ? 1 : 0 })),
    ),
    gauge(
      "portico_webhook_circuit",
      "1 for the state of the circuit that an endpoint is in.",
      endpoints.flatMap(({ id, circuit }) =>
        CIRCUITS.map((state) => ({ labels: { endpoint: id, state }, value: circuit === state ? 1 : 0 })),
      ),
    ),
    gauge(
      "portico_inbox_events",
      "Events from outside that wait or are quarantined, by source and status.",
      sources.flatMap(({ id }) =>
        (["received", "quarantined"] as const).map((status) => ({
          labels: { source: id, status },
          value: sum(inbox, (row) => (row.integrationId === id && row.status === status ? row.n : 0)),
        })),
      ),
    ),
    gauge(
      "portico_inbox_requests_24h",
      "Requests from outside in the last 24 hours, by source and outcome.",
      sources.flatMap(({ id }) =>
        (["received", "repeated", "refused", "processed", "quarantined"] as const).map((outcome) => ({
          labels: { source: id, outcome },
          value: sum(inboxOf.get(id), (row) => row[outcome]),
        })),
      ),
    ),
  ].join("");
}

function selectUnsent(ctx: Ctx) {
  return ctx.db.sql<{ n: number }>(sql`select count(*) as n from (select 1 from ${eventsTable}
    where dispatch = 'pending' and org_id = ${ctx.orgId} limit ${MOST})`);
}

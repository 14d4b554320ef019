import { beforeAll, describe, expect, it } from "vitest";
import { inboxEvents, inboxHours, integrations } from "../../worker/features/inbox/table";
import { latencyOf, quantile } from "../../worker/features/webhooks/latency";
import type { WebhookHealth } from "../../worker/features/webhooks/schema";
import { webhookHours } from "../../worker/features/webhooks/table";
import { DELIVERY_STATUSES, LATENCY_BOUNDS } from "../../worker/features/webhooks/words";
import { newId } from "../../worker/lib/ids";
import { count } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person, worker } from "./org";
import { newEndpoint, putDeliveries } from "./sent";

const HOUR = 3_600_000;
const thisHour = () => Math.floor(Date.now() / HOUR) * HOUR;

let org: Org;
let admin: Person;
let endpointId: string;
let sourceId: string;
let quarantined: string[];
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
  endpointId = (await newEndpoint(admin)).id;
  ({ sourceId, quarantined } = await fill(org, endpointId));
});

/** Deliveries in each status, hours of an endpoint and of a source, and events of that source. */
async function fill(own: Org, endpoint: string) {
  const statuses = ["delivered", "delivered", "pending", "parked", "exhausted", "cancelled"] as const;
  await putDeliveries(own, endpoint, 12, (i) => ({
    status: statuses[i % 6] ?? "delivered",
    createdAt: Date.now() - 8 * HOUR + i * 60_000,
    lastCause: i % 6 === 4 ? "status" : null,
    lastStatusCode: i % 6 === 4 ? 503 : null,
    nextAt: i % 6 === 2 ? Date.now() + HOUR : null,
  }));
  const { db } = own.ctx;
  const at = thisHour();
  const source = newId("intg");
  const events = Array.from({ length: 6 }, (_, i) => ({
    id: newId("inb", Date.now() - 8 * HOUR + i * 60_000 + 30_000),
    integrationId: source,
    eventId: `theirs-${source}-${i}`,
    eventType: "candidate.created",
    receivedAt: Date.now() - HOUR + i,
    status: (["quarantined", "received", "processed"] as const)[i % 3] ?? "received",
    reason: i % 3 === 0 ? "It names nobody." : null,
    body: "{}",
    headers: {},
  }));
  await db.write([
    db.insert(webhookHours, { endpointId: endpoint, hour: at, delivered: 8, failed: 2, l0: 4, l3: 4, l9: 2 }),
    db.insert(webhookHours, { endpointId: endpoint, hour: at - 2 * HOUR, delivered: 2, l0: 2 }),
    db.insert(webhookHours, { endpointId: endpoint, hour: at - 30 * HOUR, failed: 100, l9: 100 }),
    db.insert(integrations, {
      id: source,
      type: "portal",
      name: `Portal of ${own.slug}`,
      scheme: "portal",
      secret: "sealed",
      lastError: "It names nobody.",
      createdAt: at,
      updatedAt: at,
    }),
    db.insert(inboxHours, {
      integrationId: source,
      hour: at,
      received: 6,
      processed: 3,
      quarantined: 1,
      refused: 1,
    }),
    ...events.map((event) => db.insert(inboxEvents, event)),
  ]);
  return {
    sourceId: source,
    quarantined: events.filter(({ status }) => status === "quarantined").map(({ id }) => id),
  };
}

const health = async (hours: number) =>
  await json<WebhookHealth>(
    await call("GET", `/api/webhooks/health?hours=${hours}`, { token: admin.token }),
    200,
  );

describe("health", () => {
  it("counts deliveries as the rows do, each in one status", async () => {
    const { counts } = await health(24);
    const { total, ...byStatus } = counts;
    for (const status of DELIVERY_STATUSES) {
      const real = "select count(*) from webhook_deliveries where org_id = ? and status = ?";
      expect(byStatus[status], status).toBe(await count(real, org.id, status));
    }
    expect(total).toBe(Object.values(byStatus).reduce((sum, n) => sum + n, 0));
    expect(total).toBe(12);
  });

  it("has a line for each endpoint and source, with rate, latency, backlog and hours", async () => {
    const { lines, successRate, backlog } = await health(24);
    const [out, into] = lines;
    expect(lines).toHaveLength(2);
    expect(out).toMatchObject({
      id: endpointId,
      direction: "outgoing",
      status: "enabled",
      circuit: "closed",
      successRate: 10 / 12,
      backlog: 4,
    });
    expect(into).toMatchObject({
      id: sourceId,
      direction: "incoming",
      name: `Portal of ${org.slug}`,
      circuit: null,
      latency: null,
      successRate: 3 / 5,
      backlog: 2,
      lastError: "It names nobody.",
      counts: { received: 2, quarantined: 2, arrived: 6, processed: 3, repeated: 0, refused: 1 },
    });
    expect([successRate, backlog]).toEqual([10 / 12, 6]);
    for (const line of lines) {
      expect(line.hours).toHaveLength(24);
      const hours = line.hours.map(({ hour }) => Date.parse(hour));
      expect(hours.at(-1)).toBe(thisHour());
      expect(hours.every((hour, i) => i === 0 || hour - (hours[i - 1] ?? 0) === HOUR)).toBe(true);
    }
    expect(out?.hours.at(-1)).toMatchObject({ delivered: 8, failed: 2 });
    expect(out?.hours.at(-3)).toMatchObject({ delivered: 2, failed: 0 });
    expect(into?.hours.at(-1)).toMatchObject({ delivered: 3, failed: 2 });
  });

  it("is of the hours that were asked for", async () => {
    expect((await health(1)).successRate).toBe(8 / 10);
    expect((await health(48)).successRate).toBe(10 / 112);
    for (const hours of ["0", "169", "x"]) {
      await json(await call("GET", `/api/webhooks/health?hours=${hours}`, { token: admin.token }), 422);
    }
  });

  it("of an organization without any has no rates", async () => {
    const by = await (await newOrg()).person("admin");
    const empty = await json<WebhookHealth>(
      await call("GET", "/api/webhooks/health", { token: by.token }),
      200,
    );
    expect(empty).toMatchObject({ successRate: null, latency: null, backlog: 0, lines: [] });
    expect(empty.counts.total).toBe(0);
  });

  it("leaves out what was removed, but for its deliveries in the sum", async () => {
    const own = await newOrg();
    const by = await own.person("admin");
    const { id } = await newEndpoint(by);
    await putDeliveries(own, id, 3);
    await call("DELETE", `/api/webhooks/endpoints/${id}`, { token: by.token });
    const after = await json<WebhookHealth>(
      await call("GET", "/api/webhooks/health", { token: by.token }),
      200,
    );
    expect([after.lines.length, after.counts.total, after.counts.delivered]).toEqual([0, 3, 3]);
  });

  it("is one round trip", async () => {
    await call("GET", "/api/auth/me", { token: admin.token });
    for (const path of ["/api/webhooks/health?hours=168", "/api/metrics"]) {
      const { trips, read } = costOf(await call("GET", path, { token: admin.token }));
      expect(trips, path).toBe(1);
      expect(read, path).toBeLessThanOrEqual(60);
    }
  });
});

describe("a latency", () => {
  const buckets = (counts: Record<number, number>) =>
    Array.from({ length: LATENCY_BOUNDS.length + 1 }, (_, i) => counts[i] ?? 0);

  it.each([
    [{}, 0.5, null],
    [{ 0: 10 }, 0.5, 13],
    [{ 0: 10 }, 1, 25],
    [{ 0: 9, 3: 1 }, 0.9, 25],
    [{ 0: 9, 3: 1 }, 0.95, 150],
    [{ 2: 4 }, 0.5, 75],
    [{ 9: 2 }, 0.5, 10_700],
    [{ 9: 1 }, 1, 15_000],
  ] as const)("of %j at %d is %s ms", (counts, share, expected) => {
    expect(quantile(buckets(counts), share)).toBe(expected);
  });

  it("is never less at a greater share", () => {
    const histogram = buckets({ 0: 3, 1: 1, 4: 7, 8: 2, 9: 1 });
    const { p50, p95, p99 } = latencyOf(histogram) ?? { p50: 0, p95: 0, p99: 0 };
    expect(p50).toBeLessThanOrEqual(p95);
    expect(p95).toBeLessThanOrEqual(p99);
    expect(latencyOf(buckets({}))).toBeNull();
  });
});

describe("dead letters", () => {
  interface Letter {
    id: string;
    direction: string;
    reason: string;
    peer: string;
  }
  it("are both directions in one order, in pages without gap or repeat", async () => {
    const found: Letter[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor ? `&cursor=${cursor}` : "";
      const answer = await call("GET", `/api/webhooks/dead-letters?limit=1${more}`, { token: admin.token });
      const page: { data: Letter[]; nextCursor: string | null } = await json(answer, 200);
      found.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    const times = found.map(({ id }) => id.slice(4));
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(found.map(({ id }) => id)).size).toBe(4);
    // Each event of the source came between two deliveries that were given up later on.
    expect(new Set(found.slice(0, 3).map(({ direction }) => direction)).size).toBe(2);
    const incoming = found.filter(({ direction }) => direction === "incoming");
    expect(incoming.map(({ id }) => id).sort()).toEqual([...quarantined].sort());
    expect(incoming[0]).toMatchObject({ reason: "It names nobody.", peer: `Portal of ${org.slug}` });
    const outgoing = found.filter(({ direction }) => direction === "outgoing");
    expect(outgoing[0]?.reason).toBe("The receiver answered 503");
  });
});

describe("metrics", () => {
  const LINE = /^([a-z_0-9]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[\d.]+(?:e[+-]?\d+)?)$/;

  it("are text that Prometheus reads, with a help and a type for each name", async () => {
    const answer = await call("GET", "/api/metrics", { token: admin.token });
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await answer.text();
    expect(text.endsWith("\n")).toBe(true);
    const typed = new Set<string>();
    for (const line of text.trimEnd().split("\n")) {
      const type = /^# TYPE (\S+) gauge$/.exec(line)?.[1];
      if (type) {
        expect(typed.has(type), "the lines of a name stand together").toBe(false);
        typed.add(type);
        continue;
      }
      if (line.startsWith("# HELP ")) continue;
      const name = LINE.exec(line)?.[1];
      expect(name, line).toBeTruthy();
      expect([...typed].at(-1), line).toBe(name);
    }
    expect(text).toContain(`portico_webhook_deliveries{endpoint="${endpointId}",status="parked"} 2\n`);
    expect(text).toContain(`portico_webhook_attempts_24h{endpoint="${endpointId}",outcome="failed"} 2\n`);
    expect(text).toContain(`portico_webhook_circuit{endpoint="${endpointId}",state="closed"} 1\n`);
    expect(text).toContain(`portico_inbox_events{source="${sourceId}",status="quarantined"} 2\n`);
    expect(text).toMatch(/portico_webhook_latency_seconds_24h\{endpoint="[^"]+",quantile="0.99"\} \d/);
  });

  it("are at /metrics too", async () => {
    const [one, two] = await Promise.all(
      ["/api/metrics", "/metrics"].map(async (path) => {
        const answer = await call("GET", path, { token: admin.token });
        expect(answer.status).toBe(200);
        return await answer.text();
      }),
    );
    expect(two).toBe(one);
    expect((await call("GET", "/metrics")).status).toBe(401);
  });

  it("are of the caller's organization and of no other", async () => {
    const other = await newOrg();
    const by = await other.person("admin");
    const mine = await newEndpoint(by);
    await fill(other, mine.id);
    await worker.DB.prepare("update events set dispatch = 'pending', next_at = 9e12 where org_id = ?")
      .bind(org.id)
      .run();
    const text = await (await call("GET", "/api/metrics", { token: by.token })).text();
    await worker.DB.prepare("update events set dispatch = 'done' where org_id = ?").bind(org.id).run();
    expect(text).toContain(mine.id);
    expect(text).not.toContain(endpointId);
    expect(text).not.toContain(sourceId);
    const pending = "select count(*) from events where org_id = ? and dispatch = 'pending'";
    expect(text).toContain(`portico_events_waiting ${await count(pending, other.id)}\n`);
  });
});

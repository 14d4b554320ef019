import { beforeAll, describe, expect, it } from "vitest";
import { webhookAttempts } from "../../worker/features/webhooks/table";
import { newId } from "../../worker/lib/ids";
import { count, rows } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person, worker } from "./org";
import { newEndpoint, putDeliveries } from "./sent";

let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
});

const ask = (method: string, path: string, body?: unknown, by = admin) =>
  call(method, `/api/webhooks${path}`, { token: by.token, ...(body === undefined ? {} : { json: body }) });
interface Line {
  id: string;
  status: string;
  eventId: string;
  eventType: string;
  replays: number;
  nextAt: string | null;
  reason: string | null;
  attemptCount: number;
  attempts: { n: number; cause: string | null; request: unknown; response: unknown }[];
  [field: string]: unknown;
}
interface Page {
  data: Line[];
  nextCursor: string | null;
  [field: string]: unknown;
}
const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Every page of a list, and the most rows that one of them read. */
async function walk(path: string, limit: number, by = admin) {
  const [found, costs]: [Line[], { trips: number; read: number }[]] = [[], []];
  let cursor: string | null = null;
  do {
    const more = `${path.includes("?") ? "&" : "?"}limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`;
    const answer = await ask("GET", `${path}${more}`, undefined, by);
    costs.push(costOf(answer));
    const shown: Page = await json<Page>(answer, 200);
    found.push(...shown.data);
    cursor = shown.nextCursor;
  } while (cursor !== null);
  return { found, costs };
}

describe("the list of deliveries", () => {
  let own: Org;
  let by: Person;
  let one: string;
  let two: string;
  let ids: string[];
  beforeAll(async () => {
    own = await newOrg();
    by = await own.person("admin");
    one = (await newEndpoint(by)).id;
    two = (await newEndpoint(by)).id;
    const statuses = ["delivered", "delivered", "delivered", "exhausted", "cancelled"] as const;
    ids = await putDeliveries(own, one, 400, (i) => ({
      status: statuses[i % 5] ?? "delivered",
      eventType: i % 50 === 0 ? "job.closed" : "job.posted",
    }));
    await putDeliveries(own, two, 20, { status: "exhausted", createdAt: Date.now() - 2 * HOUR });
    const attempts = ids.slice(-3).flatMap((deliveryId) =>
      [1, 2].map((n) => ({
        id: newId("wha"),
        deliveryId,
        n,
        at: Date.now(),
        cause: n === 1 ? ("status" as const) : null,
        statusCode: n === 1 ? 500 : 200,
        latencyMs: 12,
        request: { method: "POST", url: "https://a.test/", headers: { "webhook-id": "evt_1" } },
        response: { headers: {}, body: "no", cut: false },
      })),
    );
    await own.ctx.db.write([own.ctx.db.insert(webhookAttempts, attempts)]);
  });

  it("has every one once, the newest first, in pages", async () => {
    const { found } = await walk(`/deliveries?endpointId=${one}`, 90, by);
    expect(found.map(({ id }) => id)).toEqual([...ids].reverse());
    expect((await walk("/deliveries", 200, by)).found).toHaveLength(420);
  });

  it.each([
    ["status=exhausted", 100],
    ["status=exhausted,cancelled", 180],
    ["status=delivered, delivered", 240],
    ["eventType=job.closed", 8],
    ["status=exhausted&eventType=job.closed", 0],
    ["status=delivered&eventType=job.closed", 8],
    ["status=parked", 0],
  ] as const)("narrows to %s", async (filter, expected) => {
    const { found } = await walk(`/deliveries?${filter}`, 70, by);
    expect(found).toHaveLength(expected);
    expect(new Set(found.map(({ id }) => id)).size).toBe(expected);
    expect([...found].sort((a, b) => (a.id < b.id ? 1 : -1))).toEqual(found);
  });

  it("narrows to an endpoint's of a status, and to an event's", async () => {
    expect((await walk(`/deliveries?endpointId=${two}&status=exhausted`, 50, by)).found).toHaveLength(20);
    expect((await walk(`/deliveries?endpointId=${two}&status=delivered`, 50, by)).found).toHaveLength(0);
    const [first] = (await walk(`/deliveries?endpointId=${two}`, 50, by)).found;
    const { found } = await walk(`/deliveries?eventId=${first?.eventId}`, 50, by);
    expect(found).toEqual([first]);
  });

  it("is one round trip and about the rows that it shows", async () => {
    await ask("GET", "/event-types", undefined, by);
    const shown = 50;
    for (const filter of [
      "",
      "status=delivered",
      "status=exhausted",
      "status=exhausted,cancelled",
      "eventType=job.posted",
      `endpointId=${one}`,
      `endpointId=${two}`,
      `endpointId=${one}&status=delivered`,
    ]) {
      const cost = costOf(await ask("GET", `/deliveries?${filter}&limit=${shown}`, undefined, by));
      expect(cost.trips, filter).toBe(1);
      // Of each row: its place in an index of each status, itself, its endpoint, and all but the last for its attempts.
      expect(cost.read, filter).toBeLessThanOrEqual(12 * shown + 20);
    }
  });

  it("tells of each attempt; what was sent and answered is in the delivery itself", async () => {
    const { data } = await json<Page>(await ask("GET", "/deliveries?limit=3", undefined, by), 200);
    for (const line of data) {
      expect(line.attempts).toMatchObject([
        { n: 1, cause: "status", statusCode: 500, request: null, response: null },
        { n: 2, cause: null, statusCode: 200, latencyMs: 12 },
      ]);
    }
    const whole = await json<Line>(await ask("GET", `/deliveries/${ids.at(-1)}`, undefined, by), 200);
    expect(whole.attempts[0]).toMatchObject({
      request: { method: "POST", url: "https://a.test/", headers: { "webhook-id": "evt_1" } },
      response: { body: "no", cut: false },
    });
    expect(JSON.parse(String(whole.body))).toMatchObject({ id: whole.eventId });
  });

  it("refuses a status that is none, and a cursor of other filters", async () => {
    const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
      await ask("GET", "/deliveries?status=delivered,lost", undefined, by),
      422,
    );
    expect(problem.errors.map(({ path }) => path)).toEqual(["status"]);
    const { nextCursor } = await json<Page>(await ask("GET", "/deliveries?limit=1", undefined, by), 200);
    const other = await ask("GET", `/deliveries?status=exhausted&cursor=${nextCursor}`, undefined, by);
    await json(other, 422);
  });
});

describe("sending one again", () => {
  it.each(["delivered", "exhausted", "cancelled", "pending", "parked"] as const)(
    "takes the same row of one that is %s",
    async (status) => {
      const { id: endpointId } = await newEndpoint(admin);
      const [id = ""] = await putDeliveries(org, endpointId, 1, {
        status,
        failures: 12,
        attempts: 12,
        reason: "It failed for 120 hours.",
        nextAt: status === "pending" ? Date.now() + HOUR : null,
      });
      const before = await json<Line>(await ask("GET", `/deliveries/${id}`), 200);
      const again = await json<Line>(await ask("POST", `/deliveries/${id}/retry`), 202);
      expect(again).toMatchObject({
        id,
        status: "pending",
        replays: 1,
        reason: null,
        eventId: before.eventId,
      });
      expect(Date.parse(again.nextAt ?? "")).toBeLessThanOrEqual(Date.now());
      expect(await count("select count(*) from webhook_deliveries where endpoint_id = ?", endpointId)).toBe(
        1,
      );
      const after = await json<Line>(await ask("GET", `/deliveries/${id}`), 200);
      expect(after.body).toBe(before.body);
    },
  );

  it("while it is being sent is 409, and it is not put in line twice", async () => {
    const { id: endpointId } = await newEndpoint(admin);
    const until = Date.now() + 30_000;
    const [id = ""] = await putDeliveries(org, endpointId, 1, {
      status: "pending",
      leaseUntil: until,
      nextAt: until,
    });
    const problem = await json(await ask("POST", `/deliveries/${id}/retry`), 409);
    expect(problem.current).toMatchObject({ id });
    const [row] = await rows("select next_at, lease_until, replays from webhook_deliveries where id = ?", id);
    expect(row).toEqual({ next_at: until, lease_until: until, replays: 0 });
  });

  it("to an endpoint that is off, to a removed one or without its bytes is 409", async () => {
    const off = await newEndpoint(admin);
    const gone = await newEndpoint(admin);
    const bare = await newEndpoint(admin);
    const put = async (endpointId: string) => (await putDeliveries(org, endpointId, 1))[0] ?? "";
    const ids = [await put(off.id), await put(gone.id), await put(bare.id)];
    await json(await ask("PATCH", `/endpoints/${off.id}`, { status: "disabled" }), 200);
    await ask("DELETE", `/endpoints/${gone.id}`);
    const forget = `delete from webhook_messages where event_id =
      (select event_id from webhook_deliveries where id = ?)`;
    await worker.DB.prepare(forget).bind(ids[2]).run();
    const details: string[] = [];
    for (const id of ids) {
      const problem = await json<{ detail: string }>(await ask("POST", `/deliveries/${id}/retry`), 409);
      details.push(problem.detail);
      expect(await json(await ask("GET", `/deliveries/${id}`), 200)).toMatchObject({
        status: "delivered",
        replays: 0,
      });
    }
    expect(details.map((text) => /is off|was removed|kept for 30 days/.exec(text)?.[0])).toEqual([
      "is off",
      "was removed",
      "kept for 30 days",
    ]);
  });

  it("behind an open circuit makes it the probe, and joins none that is under way", async () => {
    for (const [circuit, due] of [
      ["open", true],
      ["half_open", false],
    ] as const) {
      const { id: endpointId } = await newEndpoint(admin);
      const [id] = await putDeliveries(org, endpointId, 1, { status: "parked" });
      const later = Date.now() + HOUR;
      const set = "update webhook_endpoints set circuit = ?, failures = 5, probe_at = ? where id = ?";
      await worker.DB.prepare(set).bind(circuit, later, endpointId).run();
      // Kept from its lane, which would be quicker than this test.
      await worker.DB.exec(
        "create trigger no_probe before update of circuit on webhook_endpoints when new.circuit <> old.circuit begin select raise(ignore); end",
      );
      await json(await ask("POST", `/deliveries/${id}/retry`), 202);
      const probeAt = await count("select probe_at from webhook_endpoints where id = ?", endpointId);
      await worker.DB.exec("drop trigger no_probe");
      expect(probeAt < later).toBe(due);
    }
  });
});

describe("sending a range again", () => {
  const statusesOf = async (endpointId: string) =>
    await rows<{ status: string; replays: number; failures: number }>(
      "select status, replays, failures from webhook_deliveries where endpoint_id = ? order by id",
      endpointId,
    );
  const replay = (body: object) => ask("POST", "/replay", body);

  it("counts first, then puts that many in line, each in its own row", async () => {
    const { id } = await newEndpoint(admin);
    // Nothing is sent in this test: an endpoint's lane takes what is due only from one that is on and closed.
    const statuses = ["delivered", "exhausted", "cancelled"] as const;
    await putDeliveries(org, id, 9, (i) => ({ status: statuses[i % 3] ?? "delivered", failures: 3 }));
    const waiting = await putDeliveries(org, id, 1, { status: "pending", nextAt: Date.now() + HOUR });
    const range = { endpointId: id, from: ago(HOUR) };
    const before = await statusesOf(id);
    const counted = await json(await replay({ ...range, dryRun: true }), 200);
    expect(counted).toEqual({ count: 9, dryRun: true });
    expect(await statusesOf(id)).toEqual(before);
    expect(await json(await replay(range), 200)).toEqual({ count: 9, dryRun: false });
    const after = await statusesOf(id);
    expect(after).toHaveLength(10);
    expect(after.filter(({ replays }) => replays === 1)).toHaveLength(9);
    expect(await json(await ask("GET", `/deliveries/${waiting[0]}`), 200)).toMatchObject({ replays: 0 });
  });

  it("takes only those of its times, type, status and endpoint", async () => {
    const [one, two] = [await newEndpoint(admin), await newEndpoint(admin)];
    const at = Date.now() - 5 * HOUR;
    await putDeliveries(org, one.id, 10, (i) => ({
      createdAt: at + i * 60_000,
      status: i < 5 ? "exhausted" : "delivered",
      eventType: i % 2 ? "job.closed" : "job.posted",
    }));
    await putDeliveries(org, two.id, 10, (i) => ({ createdAt: at + i * 60_000 }));
    const counted = async (body: object) =>
      (
        await json<{ count: number }>(
          await replay({ from: new Date(at).toISOString(), dryRun: true, ...body }),
          200,
        )
      ).count;
    const only = { endpointId: one.id };
    expect(await counted(only)).toBe(10);
    expect(await counted({ ...only, to: new Date(at + 3 * 60_000).toISOString() })).toBe(3);
    expect(await counted({ ...only, from: new Date(at + 60_000).toISOString() })).toBe(9);
    expect(await counted({ ...only, status: "exhausted" })).toBe(5);
    expect(await counted({ ...only, eventType: "job.closed", status: "exhausted" })).toBe(2);
    expect(await counted({ to: new Date(at + 60_000 * 10).toISOString() })).toBe(20);
  });

  it("passes over what is off, gone, without bytes or being sent", async () => {
    const [on, off, gone] = [await newEndpoint(admin), await newEndpoint(admin), await newEndpoint(admin)];
    const createdAt = Date.now() - 9 * HOUR;
    for (const { id } of [on, off, gone]) await putDeliveries(org, id, 2, { createdAt });
    await putDeliveries(org, on.id, 1, { createdAt, leaseUntil: Date.now() + HOUR });
    const [bare] = await putDeliveries(org, on.id, 1, { createdAt, eventId: "evt_bare" });
    await worker.DB.prepare("delete from webhook_messages where event_id = 'evt_bare'").run();
    await json(await ask("PATCH", `/endpoints/${off.id}`, { status: "disabled" }), 200);
    await ask("DELETE", `/endpoints/${gone.id}`);
    const range = { from: new Date(createdAt - 1).toISOString(), to: new Date(createdAt + 1).toISOString() };
    expect(await json(await replay(range), 200)).toEqual({ count: 2, dryRun: false });
    expect(await json(await ask("GET", `/deliveries/${bare}`), 200)).toMatchObject({ replays: 0 });
    await json(await replay({ ...range, endpointId: off.id }), 409);
    await json(await replay({ ...range, endpointId: gone.id }), 404);
  });

  it("parks them behind an open circuit, and asks for its probe", async () => {
    const { id } = await newEndpoint(admin);
    const createdAt = Date.now() - 11 * HOUR;
    await putDeliveries(org, id, 3, { createdAt, status: "exhausted" });
    const later = Date.now() + HOUR;
    const set = "update webhook_endpoints set circuit = 'open', failures = 5, probe_at = ? where id = ?";
    await worker.DB.prepare(set).bind(later, id).run();
    await worker.DB.exec(
      "create trigger no_probe before update of circuit on webhook_endpoints when new.circuit <> old.circuit begin select raise(ignore); end",
    );
    const range = { endpointId: id, from: new Date(createdAt - 1).toISOString() };
    await json(await replay(range), 200);
    const after = await statusesOf(id);
    const probeAt = await count("select probe_at from webhook_endpoints where id = ?", id);
    await worker.DB.exec("drop trigger no_probe");
    expect(after).toEqual(Array(3).fill({ status: "parked", replays: 1, failures: 0 }));
    expect(probeAt).toBeLessThan(later);
  });

  it("reaches back 30 days and ends after it begins", async () => {
    const DAY = 24 * HOUR;
    const paths = async (body: object) =>
      (
        await json<{ errors: { path: string }[]; [key: string]: unknown }>(await replay(body), 422)
      ).errors.map(({ path }) => path);
    expect(await paths({ from: ago(31 * DAY) })).toEqual(["from"]);
    expect(await paths({ from: ago(HOUR), to: ago(2 * HOUR) })).toEqual(["to"]);
    expect(await paths({ from: "yesterday" })).toEqual(["from"]);
    await json(await replay({ from: ago(30 * DAY - 60_000), dryRun: true }), 200);
  });

  it("is two round trips for a page of deliveries, and one more for each further page", async () => {
    const own = await newOrg();
    const by = await own.person("admin");
    const { id } = await newEndpoint(by);
    await json(await ask("PATCH", `/endpoints/${id}`, { ordering: "entity" }, by), 200);
    const fill = `insert into webhook_deliveries (id, org_id, endpoint_id, event_id, event_seq, event_type, entity_id,
        entity_seq, status, queued_at, created_at, updated_at)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)
      select ?2 || printf('%016d', i), ?3, ?4, 'evt_many', i, 'job.posted', 'job_1', i, 'delivered', ?5, ?5, ?5 from n`;
    const at = Date.now() - HOUR;
    const start = newId("whd", at).slice(0, 14);
    // Each has an event of its own but for the index, which this test does without.
    await worker.DB.exec("drop index webhook_deliveries_once");
    await worker.DB.prepare(fill).bind(4500, start, own.id, id, at).run();
    const message =
      "insert into webhook_messages (event_id, org_id, body, created_at) values ('evt_many', ?, '{}', ?)";
    await worker.DB.prepare(message).bind(own.id, at).run();
    // Kept from its lane, which would deliver them while they are counted.
    await worker.DB.prepare(
      "update webhook_endpoints set circuit = 'half_open', probe_at = 9e12 where id = ?",
    )
      .bind(id)
      .run();
    const few = { endpointId: id, from: new Date(at - 1).toISOString(), to: new Date(at + 1).toISOString() };
    const answer = await ask("POST", "/replay", few, by);
    const { trips } = costOf(answer);
    expect(await json(answer, 200)).toEqual({ count: 4500, dryRun: false });
    expect(trips).toBe(2 + 2);
    const again = "select count(*) from webhook_deliveries where org_id = ? and replays = 1";
    expect(await count(again, own.id)).toBe(4500);
    expect(
      await count("select sum(n) from webhook_counts where endpoint_id = ? and status = 'parked'", id),
    ).toBe(4500);
  });
});

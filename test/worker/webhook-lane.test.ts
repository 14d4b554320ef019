import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { database } from "../../worker/db/database";
import { newMeter } from "../../worker/db/meter";
import { drain } from "../../worker/events/drain";
import { changeEndpoint } from "../../worker/features/webhooks/change-endpoint";
import { claim } from "../../worker/features/webhooks/claim";
import { fanOut } from "../../worker/features/webhooks/fan-out";
import type { Lane } from "../../worker/features/webhooks/lane";
import { healthOf, settle } from "../../worker/features/webhooks/outcome";
import { LEASE_MS } from "../../worker/features/webhooks/policy";
import { attempt, openSender } from "../../worker/features/webhooks/send";
import { dropOldWebhooks, KEPT_MS, sweepWebhooks } from "../../worker/features/webhooks/sweep";
import { clock } from "../../worker/lib/clock";
import { count, rows } from "./facts";
import { lineBroken, watchedDb } from "./faults";
import { newOrg, type Org, settled, worker } from "./org";
import {
  attemptsOf,
  commitEvents,
  countsOf,
  deliveriesOf,
  dueIn,
  endpointRow,
  idle,
  newTarget,
  passToNext,
  runLane,
  sendEvents,
} from "./webhooks";

const laneOf = (id: string) => worker.LANE.get(worker.LANE.idFromName(id));
/** Gives a lane another database until it is given back. */
async function withDb(id: string, DB: D1Database, work: () => Promise<void>): Promise<void> {
  const set = (db: D1Database) =>
    runInDurableObject(laneOf(id), (lane: Lane) => {
      const inner = lane as unknown as { env: typeof worker };
      inner.env = { ...inner.env, DB: db };
    });
  await set(DB);
  await work();
  await set(worker.DB);
}

it("needs two round trips a batch, however many it holds", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  const trips = async (events: number) => {
    await sendEvents(org, events);
    let batches = 0;
    const db = watchedDb({
      before: () => {
        batches += 1;
      },
    });
    await withDb(target.id, db, () => runLane(target.id));
    return batches;
  };
  expect(await trips(1)).toBe(2);
  expect(await trips(99)).toBe(2);
  // A full batch may not be the last, so there is one more look.
  expect(await trips(100)).toBe(3);
  expect(await trips(220)).toBe(6);
  expect(await countsOf(target.id)).toEqual({ delivered: 420 });
  const got = await target.got();
  expect(got).toHaveLength(420);
  expect(new Set(got.map(({ id }) => id)).size).toBe(420);
});

it("reads about as many rows as it sends, whatever lies beside them", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 400);
  await runLane(target.id);
  await sendEvents(org, 200);
  const meter = newMeter();
  const ctx = { ...org.ctx, db: database(worker, org.id, meter) };
  const claimed = await claim(ctx, target.id);
  expect(claimed?.deliveries).toHaveLength(100);
  expect(meter).toMatchObject({ roundTrips: 1 });
  expect(meter.rowsRead).toBeLessThan(100 * 13);
  const before = meter.rowsRead;
  const row = claimed?.endpoint as never;
  const sender = await openSender(worker, row, clock.now());
  const done = await Promise.all((claimed?.deliveries ?? []).map((delivery) => attempt(sender, delivery)));
  await settle(ctx, claimed as never, { health: healthOf(row), done });
  expect(meter.roundTrips).toBe(2);
  expect(meter.rowsRead - before).toBeLessThan(100 * 12);
});

it("puts an event in line for fifty endpoints in one round trip, and a hundred events too", async () => {
  const org = await newOrg();
  const targets = [];
  for (let i = 0; i < 50; i++) targets.push(await newTarget(org));
  const cost = async (events: number) => {
    const seqs = await commitEvents(org, events);
    const meter = newMeter();
    await fanOut(
      { ...org.ctx, db: database(worker, org.id, meter), after: () => {} },
      seqs.map((seq) => ({ seq })),
    );
    return meter;
  };
  const one = await cost(1);
  expect(one.roundTrips).toBe(1);
  expect(await count("select count(*) from webhook_deliveries where org_id = ?", org.id)).toBe(50);
  const many = await cost(20);
  expect(many.roundTrips).toBe(1);
  expect(many.rowsRead).toBeLessThan(25 * one.rowsRead);
  expect(await count("select count(*) from webhook_messages where org_id = ?", org.id)).toBe(21);
  await settled();
});

it("gives an event to whoever was subscribed when it was committed, once", async () => {
  const org = await newOrg();
  const before = await newTarget(org);
  const off = await newTarget(org);
  const other = await newTarget(org, { events: ["job.posted"] });
  const stranger = await newTarget(await newOrg());
  const seqs = await commitEvents(org, 1);
  const after = await newTarget(org);
  await changeEndpoint(org.ctx, off.id, { status: "disabled" });
  await changeEndpoint(org.ctx, before.id, { events: ["job.posted"] });
  await Promise.all([drain(org.ctx, seqs), drain(org.ctx, seqs), drain(org.ctx, seqs)]);
  await drain(org.ctx, seqs);
  await settled();
  expect(await countsOf(before.id)).toEqual({ pending: 1 });
  expect(await countsOf(off.id)).toEqual({ cancelled: 1 });
  expect((await deliveriesOf(off.id))[0]?.reason).toContain("turned off");
  for (const { id } of [other, after, stranger]) expect(await deliveriesOf(id)).toEqual([]);
  // On again: from now on, and nothing of what came while it was off.
  await changeEndpoint(org.ctx, off.id, { status: "enabled" });
  await sendEvents(org, 1);
  expect(await countsOf(off.id)).toEqual({ cancelled: 1, pending: 1 });
});

it("stops what goes round in circles", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  const seqs = await commitEvents(org, 2);
  await worker.DB.prepare("update events set detail = json_object('hops', 5) where seq = ?")
    .bind(seqs[0])
    .run();
  await drain(org.ctx, seqs);
  expect(await countsOf(target.id)).toEqual({ cancelled: 1, pending: 1 });
  expect((await deliveriesOf(target.id))[0]?.reason).toContain("loop");
});

it("keeps an entity's order though its events are handed on in the wrong one and the receiver fails", async () => {
  const org = await newOrg();
  const target = await newTarget(org, { ordering: "entity" });
  await target.answer(["status", 500], ["ok"], ["status", 500], ["ok"]);
  const seqs = await commitEvents(org, 6, "cand_ordered");
  const others = await commitEvents(org, 3);
  for (const seq of [...seqs].reverse()) {
    await drain(org.ctx, [seq]);
    await settled();
    await runLane(target.id);
  }
  await drain(org.ctx, others);
  await settled();
  for (let i = 0; i < 20 && (await dueIn(target.id)) !== null; i++) {
    // What waits for an earlier one is due already, so the time of the next is not that of the rows.
    clock.advance(1000);
    await runLane(target.id);
  }
  expect(await countsOf(target.id)).toEqual({ delivered: 9 });
  const delivered = await rows<{ entity_seq: number }>(
    `select d.entity_seq from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id
      where d.endpoint_id = ? and d.entity_id = 'cand_ordered' and a.cause is null order by a.at, a.rowid`,
    target.id,
  );
  expect(delivered.map(({ entity_seq }) => entity_seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await target.got()).some(({ overlaps }) => overlaps)).toBe(false);
});

/** A lane that was killed after it claimed: its attempts are written, and nobody knows what became of them. */
async function killed(org: Org, id: string) {
  const claimed = await claim(org.ctx, id);
  return claimed?.deliveries ?? [];
}

it("sends again what a killed lane had claimed, after its lease and not before, as the same event", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 3);
  expect(await killed(org, target.id)).toHaveLength(3);
  await evictDurableObject(laneOf(target.id));
  await laneOf(target.id).poke(org.id, target.id);
  await runDurableObjectAlarm(laneOf(target.id));
  expect(await target.got()).toEqual([]);
  clock.advance(LEASE_MS + 1);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 3 });
  const attempts = await attemptsOf(target.id);
  expect(attempts.map(({ n, cause }) => [n, cause])).toEqual([
    ...Array(3).fill([1, "outcome_unknown"]),
    ...Array(3).fill([2, null]),
  ]);
  expect(await target.got()).toHaveLength(3);
});

it("probes again after the lease of a probe that was killed", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 500]);
  await sendEvents(org, 5);
  await runLane(target.id);
  clock.advance((await dueIn(target.id)) ?? 0);
  expect(await killed(org, target.id)).toHaveLength(1);
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "half_open" });
  expect(await killed(org, target.id), "a slot has one probe").toHaveLength(0);
  await target.answer(["ok"]);
  clock.advance(LEASE_MS + 1);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 5 });
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "closed" });
});

it("lets each of several claims at once take others", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 120);
  const claims = await Promise.all(Array.from({ length: 5 }, () => killed(org, target.id)));
  const ids = claims.flat().map(({ id }) => id);
  expect(ids).toHaveLength(120);
  expect(new Set(ids).size).toBe(120);
});

it("writes an outcome once more when D1 was away, and once only when its reply was lost", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 3);
  let [refused, lost] = [0, 0];
  const db = watchedDb({
    before: (sql) => {
      if (sql.includes("webhook_hours") && refused++ === 0) throw lineBroken();
    },
    after: (sql) => {
      if (sql.includes("webhook_hours") && lost++ === 0) throw lineBroken();
    },
  });
  await withDb(target.id, db, () => runLane(target.id));
  expect([refused, lost]).toEqual([3, 2]);
  expect(await countsOf(target.id)).toEqual({ delivered: 3 });
  expect(await target.got()).toHaveLength(3);
  expect(await rows("select delivered, failed from webhook_hours where endpoint_id = ?", target.id)).toEqual([
    { delivered: 3, failed: 0 },
  ]);
});

it("goes on by itself when D1 was away while it claimed", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 1);
  const db = watchedDb({
    before: () => {
      throw lineBroken();
    },
  });
  await withDb(target.id, db, async () => {
    await laneOf(target.id).poke(org.id, target.id);
    await runDurableObjectAlarm(laneOf(target.id));
  });
  expect(await countsOf(target.id)).toEqual({ pending: 1 });
  for (let i = 0; i < 100 && (await target.got()).length === 0; i++) await scheduler.wait(50);
  await idle(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
});

it("counts no failure of the receiver where a key of our own is missing", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await sendEvents(org, 1);
  await worker.DB.prepare("update webhook_endpoints set secret = 'broken' where id = ?")
    .bind(target.id)
    .run();
  await laneOf(target.id).poke(org.id, target.id);
  await runDurableObjectAlarm(laneOf(target.id));
  await idle(target.id);
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "closed", failures: 0, failing_since: null });
  expect(await countsOf(target.id)).toEqual({ pending: 1 });
  expect(await attemptsOf(target.id)).toEqual([]);
  await changeEndpoint(org.ctx, target.id, { status: "disabled" });
});

it("leaves cancelled what somebody cancelled while it was being sent", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["slow", 3000, ["ok"]]);
  await sendEvents(org, 1);
  const run = runLane(target.id);
  for (let i = 0; i < 100 && (await target.got()).length === 0; i++) await scheduler.wait(10);
  await changeEndpoint(org.ctx, target.id, { status: "disabled" });
  await run;
  for (let i = 0; i < 300 && (await attemptsOf(target.id))[0]?.cause !== null; i++) await scheduler.wait(20);
  expect(await countsOf(target.id)).toEqual({ cancelled: 1 });
  expect(await endpointRow(target.id)).toMatchObject({ status: "disabled", disabled_reason: "person" });
  expect((await attemptsOf(target.id))[0]).toMatchObject({ cause: null, status_code: 200 });
});

it("keeps to an endpoint's rate over batches", async () => {
  const org = await newOrg();
  const target = await newTarget(org, { ratePerSecond: 20 });
  await sendEvents(org, 15);
  await runLane(target.id);
  await sendEvents(org, 15);
  await runLane(target.id);
  const times = (await target.got()).map(({ at }) => at).sort((a, b) => a - b);
  expect(times).toHaveLength(30);
  for (let i = 0; i + 20 < times.length; i++) {
    // Twenty places of 50 ms, and some for the way.
    expect((times[i + 20] ?? 0) - (times[i] ?? 0)).toBeGreaterThan(900);
  }
});

it("survives a clock that jumps an hour back and forth: nothing is early, lost or doubled", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 500], ["status", 500], ["ok"]);
  await sendEvents(org, 1);
  await runLane(target.id);
  clock.advance(-3_600_000);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await attemptsOf(target.id), "not due by the clock").toHaveLength(1);
  clock.advance(3_600_000);
  await passToNext(target.id);
  expect(await killedLease(org, target.id)).toBe(true);
  clock.advance(-3_600_000);
  // The lease is of a time that is far ahead now: it ends as one of now does.
  await sweepWebhooks(worker, () => {});
  expect(await dueIn(target.id)).toBeLessThanOrEqual(LEASE_MS);
  clock.advance(LEASE_MS + 1);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
  clock.advance(3_600_000);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await target.got()).toHaveLength(3);
});

async function killedLease(org: Org, id: string): Promise<boolean> {
  clock.advance((await dueIn(id)) ?? 0);
  return (await killed(org, id)).length === 1;
}

it("is woken by the sweep alone where every poke was lost, and drops what is older than thirty days", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  const seqs = await commitEvents(org, 2);
  const lost = { ...org.ctx, after: () => {} };
  await fanOut(
    lost,
    seqs.map((seq) => ({ seq })),
  );
  expect(await target.got()).toEqual([]);
  expect(await sweepWebhooks(worker, () => {})).toBeGreaterThanOrEqual(1);
  await runDurableObjectAlarm(laneOf(target.id));
  await idle(target.id);
  for (let i = 0; i < 100 && (await target.got()).length < 2; i++) await scheduler.wait(20);
  await idle(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 2 });
  clock.advance(KEPT_MS - 60_000);
  await dropOldWebhooks(worker);
  expect(await deliveriesOf(target.id)).toHaveLength(2);
  clock.advance(120_000);
  // A page at a time, the other tests' among them.
  while ((await dropOldWebhooks(worker)) > 0);
  for (const table of ["webhook_deliveries", "webhook_messages"])
    expect(await count(`select count(*) from ${table} where org_id = ?`, org.id)).toBe(0);
  expect(await count("select count(*) from webhook_attempts where org_id = ?", org.id)).toBe(0);
  expect(await countsOf(target.id)).toEqual({});
});

import { expect, it } from "vitest";
import {
  GIVE_UP_MS,
  JITTER,
  LONG_MS,
  RETRY_AFTER_MOST_MS,
  SHORT_MS,
} from "../../worker/features/webhooks/policy";
import { retryDelivery } from "../../worker/features/webhooks/replay";
import { sweepWebhooks } from "../../worker/features/webhooks/sweep";
import { clock } from "../../worker/lib/clock";
import { noticesOf, outboxOf, rows } from "./facts";
import { newOrg, settled, worker } from "./org";
import {
  attemptsOf,
  countsOf,
  deliveriesOf,
  dueIn,
  endpointRow,
  follow,
  newTarget,
  passToNext,
  runLane,
  sendEvents,
} from "./webhooks";

const HOUR = 60 * 60 * 1000;
const typesOf = async (id: string) =>
  (await rows<{ type: string }>("select type from events where entity_id = ? order by seq", id)).map(
    ({ type }) => type,
  );

it("tries after 1, 2, 4, 8 and 16 s, never early; five failures open the circuit and a success closes it", async () => {
  const org = await newOrg();
  const admin = await org.person("admin");
  const target = await newTarget(org);
  const failure = ["status", 500, { body: "out of order" }] as const;
  await target.answer(...Array(5).fill(failure), ["ok"]);
  await sendEvents(org, 1);
  await runLane(target.id);
  for (const wait of SHORT_MS) {
    expect((await endpointRow(target.id)).circuit).toBe(wait === SHORT_MS.at(-1) ? "open" : "closed");
    const due = await dueIn(target.id);
    expect(due).toBeLessThanOrEqual(wait);
    expect(due).toBeGreaterThan(wait - 500);
    const before = (await attemptsOf(target.id)).length;
    clock.advance((due ?? 0) - 200);
    await runLane(target.id);
    expect(await attemptsOf(target.id), `not before ${wait} ms`).toHaveLength(before);
    await passToNext(target.id);
  }
  const times = (await attemptsOf(target.id)).map(({ at }) => at);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  for (const [i, wait] of SHORT_MS.entries()) expect(gaps[i]).toBeGreaterThanOrEqual(wait);
  expect(await endpointRow(target.id)).toMatchObject({
    circuit: "closed",
    failures: 0,
    probes: 0,
    probe_at: null,
    failing_since: null,
    told_failing: 0,
  });
  expect(await countsOf(target.id)).toMatchObject({ delivered: 1 });
  expect(await typesOf(target.id)).toEqual(["integration.failed", "integration.recovered"]);
  const got = await target.got();
  expect(new Set(got.filter(({ id }) => id === got[0]?.id).map(({ body }) => body)).size).toBe(1);
  expect(got.flatMap(({ problems }) => problems)).toEqual([]);
  expect(new Set(got.slice(0, 6).map(({ headers }) => headers["webhook-timestamp"])).size).toBeGreaterThan(4);
  await follow();
  const host = new URL(target.url).host;
  const told = await noticesOf(admin.user.id);
  expect(told.filter((title) => title === `Events don't reach ${host}`)).toHaveLength(1);
  expect(told.filter((title) => title === `${host} takes events again`)).toHaveLength(1);
});

it("parks behind an open circuit, probes with the oldest for four days, loses nothing and drains in order", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 503]);
  const seqs = await sendEvents(org, 7);
  await runLane(target.id);
  // Five at once have failed, which opens the circuit; the others were never tried.
  expect(await attemptsOf(target.id)).toHaveLength(5);
  expect(await countsOf(target.id)).toEqual({ parked: 7 });
  const began = clock.now();
  const probes: { wait: number; sent: string | null }[] = [];
  while (
    (await dueIn(target.id)) !== null &&
    clock.now() + ((await dueIn(target.id)) ?? 0) < began + 96 * HOUR
  ) {
    const before = (await target.got()).length;
    const wait = await passToNext(target.id);
    const got = (await target.got()).slice(before);
    expect(got, "one attempt a slot").toHaveLength(1);
    probes.push({ wait, sent: got[0]?.id ?? null });
    // Events that come meanwhile wait behind the others.
    seqs.push(...(await sendEvents(org, 1)));
    await runLane(target.id);
    expect((await target.got()).length, "and none in between").toBe(before + 1);
  }
  const [oldest] = await deliveriesOf(target.id);
  expect(new Set(probes.map(({ sent }) => sent))).toEqual(new Set([oldest?.event_id]));
  const least = [SHORT_MS.at(-1) ?? 0, ...LONG_MS];
  for (const [i, { wait }] of probes.entries()) {
    const own = least[Math.min(i, least.length - 1)] ?? 0;
    // The row was written some milliseconds before the clock was read.
    expect(wait).toBeGreaterThan(own - 1000);
    expect(wait).toBeLessThanOrEqual(own * (1 + JITTER));
  }
  expect(probes.length).toBeGreaterThanOrEqual(8);
  expect(await endpointRow(target.id)).toMatchObject({ status: "enabled", circuit: "open" });

  await target.answer(["ok"]);
  const before = (await target.got()).length;
  await passToNext(target.id);
  expect(await countsOf(target.id)).toMatchObject({ delivered: seqs.length });
  const drained = (await target.got())
    .slice(before)
    .map(({ body }) => (JSON.parse(body) as { seq: number }).seq);
  expect(drained[0], "the probe").toBe(seqs[0]);
  expect([...drained].sort((a, b) => a - b).slice(0, seqs.length)).toEqual(seqs);
  // Several go at once, so neighbours may change places, and no more than that.
  for (const [i, seq] of seqs.entries()) expect(Math.abs(drained.indexOf(seq) - i)).toBeLessThanOrEqual(5);
});

it("turns an endpoint off after 120 hours without success, tells its admins and keeps what was not delivered", async () => {
  const org = await newOrg();
  const admin = await org.person("admin");
  const target = await newTarget(org);
  await target.answer(["status", 500]);
  await sendEvents(org, 2);
  await runLane(target.id);
  await follow();
  const since = (await endpointRow(target.id)).failing_since ?? 0;
  for (;;) {
    const due = (await dueIn(target.id)) ?? 0;
    if (clock.now() + due >= since + GIVE_UP_MS) break;
    await passToNext(target.id);
    expect((await endpointRow(target.id)).status).toBe("enabled");
  }
  clock.advance(since + GIVE_UP_MS - clock.now() - 60_000);
  await sweepWebhooks(worker, () => {});
  expect((await endpointRow(target.id)).status).toBe("enabled");
  clock.advance(61_000);
  await sweepWebhooks(worker, () => {});
  expect(await endpointRow(target.id)).toMatchObject({ status: "disabled", disabled_reason: "failing" });
  await follow();
  const counts = await countsOf(target.id);
  expect(Object.keys(counts)).toEqual(["exhausted"]);
  expect((await deliveriesOf(target.id))[0]?.reason).toContain("120 hours");
  expect(await typesOf(target.id)).toEqual(["integration.failed", "integration.disabled"]);
  const host = new URL(target.url).host;
  expect(await noticesOf(admin.user.id)).toContain(`Events are no longer sent to ${host}`);
  expect((await outboxOf(admin.user.email)).map(({ subject }) => subject).join()).toContain(host);
  expect(
    await rows(
      "select action_type from audit_entries where entity_id = ? and action_type like '%DISABLE'",
      target.id,
    ),
  ).toEqual([{ action_type: "WEBHOOK_ENDPOINT_DISABLE" }]);
  const before = (await target.got()).length;
  await sendEvents(org, 1);
  await runLane(target.id);
  expect((await target.got()).length).toBe(before);
});

it("tries before it turns off an endpoint that nobody tried for days", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 500]);
  await sendEvents(org, 1);
  await runLane(target.id);
  for (let i = 0; i < 4; i++) await passToNext(target.id);
  await target.answer(["ok"]);
  clock.advance(6 * 24 * HOUR);
  await sweepWebhooks(worker, () => {});
  await runLane(target.id);
  expect(await endpointRow(target.id)).toMatchObject({ status: "enabled", circuit: "closed" });
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
});

it("turns an endpoint off at once where the receiver is gone for good", async () => {
  const org = await newOrg();
  const admin = await org.person("admin");
  const target = await newTarget(org, { ordering: "entity" });
  await target.answer(["status", 410]);
  await sendEvents(org, 1);
  await runLane(target.id);
  expect(await endpointRow(target.id)).toMatchObject({ status: "disabled", disabled_reason: "gone" });
  expect(await countsOf(target.id)).toEqual({ exhausted: 1 });
  await follow();
  const told = await noticesOf(admin.user.id);
  expect(told).toEqual([`Events are no longer sent to ${new URL(target.url).host}`]);
  expect(await dueIn(target.id)).toBeNull();
});

it.each<[string, unknown, number, number]>([
  ["seconds", "120", 120_000, 120_000],
  ["a date", () => new Date(clock.now() + 300_000).toUTCString(), 298_000, 301_000],
  ["a date in the past", "Wed, 21 Oct 2015 07:28:00 GMT", 1000, 1000],
  ["less than nothing", "-5", 1000, 1000],
  ["far too much", "1000000000000", RETRY_AFTER_MOST_MS, RETRY_AFTER_MOST_MS],
  ["an exponent", "1e12", 1000, 1000],
  ["garbage", "soon", 1000, 1000],
])("takes Retry-After with %s within bounds", async (_, header, least, most) => {
  const org = await newOrg();
  const target = await newTarget(org);
  const text = typeof header === "function" ? (header as () => string)() : header;
  await target.answer(["status", 503, { headers: { "retry-after": text } }]);
  const before = clock.now();
  await sendEvents(org, 1);
  await runLane(target.id);
  const due = clock.now() + ((await dueIn(target.id)) ?? 0);
  expect(due).toBeGreaterThanOrEqual(before + least);
  expect(due).toBeLessThanOrEqual(clock.now() + most);
});

it("takes the longer of two Retry-After, and lets it put off a probe", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 503, { headers: ["retry-after", "60", "retry-after", "120"] }]);
  await sendEvents(org, 5);
  await runLane(target.id);
  expect((await endpointRow(target.id)).circuit).toBe("open");
  const due = (await dueIn(target.id)) ?? 0;
  expect(due).toBeGreaterThan(118_000);
  expect(due).toBeLessThanOrEqual(120_000);
});

it("gives up a delivery that fails alone 120 hours after it was put in line, while others are taken", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 422]);
  await sendEvents(org, 1);
  await runLane(target.id);
  const began = clock.now();
  let fails = 1;
  for (;;) {
    const [alone] = await deliveriesOf(target.id);
    if (alone?.status === "exhausted") break;
    expect(alone).toMatchObject({ status: "pending", failures: fails });
    await target.answer(["ok"]);
    await sendEvents(org, 1);
    await runLane(target.id);
    await target.answer(["status", 422]);
    const wait = await passToNext(target.id);
    const own = [...SHORT_MS, ...LONG_MS][fails - 1] ?? LONG_MS.at(-1) ?? 0;
    expect(wait).toBeGreaterThan(own - 1500);
    expect(wait).toBeLessThanOrEqual(own * (1 + JITTER));
    fails += 1;
    expect(await endpointRow(target.id)).toMatchObject({ status: "enabled", circuit: "closed" });
  }
  expect(clock.now() - began).toBeGreaterThanOrEqual(GIVE_UP_MS - 5000);
  expect(await countsOf(target.id)).toEqual({ delivered: fails - 1, exhausted: 1 });
});

it("makes a retry by hand the next probe of an open circuit, and adds no second timer", async () => {
  const org = await newOrg();
  const target = await newTarget(org);
  await target.answer(["status", 500]);
  await sendEvents(org, 6);
  await runLane(target.id);
  await passToNext(target.id);
  const before = (await target.got()).length;
  const asked = (await deliveriesOf(target.id))[3];
  await retryDelivery(org.ctx, asked?.id ?? "");
  await settled();
  await runLane(target.id);
  const got = (await target.got()).slice(before);
  expect(got.map(({ id }) => id)).toEqual([asked?.event_id]);
  expect(await countsOf(target.id)).toEqual({ parked: 6 });
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "open", probes: 2 });
  const due = (await dueIn(target.id)) ?? 0;
  expect(due, "the next slot is a later one").toBeGreaterThan((LONG_MS[1] ?? 0) - 1000);
});

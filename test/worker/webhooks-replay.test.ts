import { beforeEach, expect, it } from "vitest";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import {
  attemptsOf,
  countsOf,
  deliveriesOf,
  endpointRow,
  idle,
  newTarget,
  runLane,
  sendEvents,
} from "./webhooks";

let org: Org;
let admin: Person;
beforeEach(async () => {
  org = await newOrg();
  admin = await org.person("admin");
});

const post = (path: string, body?: unknown) =>
  call("POST", `/api/webhooks${path}`, { token: admin.token, ...(body === undefined ? {} : { json: body }) });

/** Everything that is due there was sent and is written down. */
async function done(id: string) {
  await runLane(id);
  await idle(id);
}

it("a test arrives, signed like any event", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  const sent = await json<{ id: string; eventId: string }>(await post(`/endpoints/${target.id}/test`), 202);
  await done(target.id);
  const got = await target.got();
  expect(got.map(({ id, problems }) => [id, problems])).toEqual([[sent.eventId, []]]);
  expect(got[0]?.headers["x-webhook-event"]).toBe("webhook.test");
  const shown = await call("GET", `/api/webhooks/deliveries/${sent.id}`, { token: admin.token });
  expect(await json(shown, 200)).toMatchObject({
    status: "delivered",
    body: got[0]?.body,
    attempts: [{ n: 1, cause: null, statusCode: 200, request: { method: "POST", url: target.url } }],
  });
});

it("what is sent again has the same id and bytes, and a signature of its own", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  await sendEvents(org, 3);
  await done(target.id);
  const first = await target.got();
  expect(first).toHaveLength(3);
  const from = new Date(Date.now() - 3_600_000).toISOString();
  expect(await json(await post("/replay", { endpointId: target.id, from }), 200)).toEqual({
    count: 3,
    dryRun: false,
  });
  await done(target.id);
  const all = await target.got();
  expect(all).toHaveLength(6);
  for (const { id, body, problems } of first) {
    const copies = all.filter((got) => got.id === id);
    expect(copies.map((got) => got.body)).toEqual([body, body]);
    expect(problems).toEqual([]);
  }
  expect(await countsOf(target.id)).toEqual({ delivered: 3 });
  expect((await deliveriesOf(target.id)).map(({ attempts, replays }) => [attempts, replays])).toEqual([
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
});

it("one that was given up is sent again after the receiver was mended, and then is delivered", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  await sendEvents(org, 1);
  await done(target.id);
  const [delivery] = await deliveriesOf(target.id);
  const giveUp =
    "update webhook_deliveries set status = 'exhausted', reason = 'given up', failures = 13 where id = ?";
  await worker.DB.prepare(giveUp).bind(delivery?.id).run();
  const letters = async () =>
    (
      await json<{ data: { id: string }[] }>(
        await call("GET", "/api/webhooks/dead-letters", { token: admin.token }),
        200,
      )
    ).data.map(({ id }) => id);
  expect(await letters()).toEqual([delivery?.id]);
  await json(await post(`/deliveries/${delivery?.id}/retry`), 202);
  await done(target.id);
  expect(await countsOf(target.id)).toEqual({ delivered: 1 });
  expect(await deliveriesOf(target.id)).toMatchObject([
    { id: delivery?.id, replays: 1, failures: 0, reason: null },
  ]);
  expect(await letters()).toEqual([]);
});

it("one sent again behind an open circuit is its probe: a success closes it and lets out the others", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  const later = Date.now() + 86_400_000;
  const open =
    "update webhook_endpoints set circuit = 'open', failures = 9, probes = 4, probe_at = ? where id = ?";
  await worker.DB.prepare(open).bind(later, target.id).run();
  await sendEvents(org, 4);
  await done(target.id);
  expect(await target.got()).toEqual([]);
  expect(await countsOf(target.id)).toEqual({ parked: 4 });
  const asked = (await deliveriesOf(target.id))[2];
  await json(await post(`/deliveries/${asked?.id}/retry`), 202);
  await expect.poll(async () => (await target.got()).length, { timeout: 10_000 }).toBe(4);
  await idle(target.id);
  const [first, ...others] = await target.got();
  expect(first?.id).toBe(asked?.event_id);
  expect(others).toHaveLength(3);
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "closed", failures: 0, probe_at: null });
  expect(await countsOf(target.id)).toEqual({ delivered: 4 });
});

it("one that fails again behind an open circuit costs one attempt, and no second row or timer", async () => {
  const target = await newTarget(org);
  await target.answer(["status", 500]);
  const open =
    "update webhook_endpoints set circuit = 'open', failures = 9, probes = 4, probe_at = ? where id = ?";
  await worker.DB.prepare(open)
    .bind(Date.now() + 86_400_000, target.id)
    .run();
  await sendEvents(org, 3);
  await done(target.id);
  const asked = (await deliveriesOf(target.id))[1];
  await json(await post(`/deliveries/${asked?.id}/retry`), 202);
  await expect.poll(async () => (await attemptsOf(target.id)).length, { timeout: 10_000 }).toBe(1);
  await done(target.id);
  expect(await target.got()).toHaveLength(1);
  expect(await endpointRow(target.id)).toMatchObject({ circuit: "open", probes: 5 });
  expect(await countsOf(target.id)).toEqual({ parked: 3 });
});

it("an endpoint that was turned off gets what happens from then on, and nothing of between", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  const set = (status: string) =>
    call("PATCH", `/api/webhooks/endpoints/${target.id}`, { token: admin.token, json: { status } });
  await json(await set("disabled"), 200);
  await sendEvents(org, 2);
  await json(await set("enabled"), 200);
  const [seq] = await sendEvents(org, 1);
  await done(target.id);
  expect(await target.got()).toHaveLength(1);
  expect((await deliveriesOf(target.id)).map(({ event_seq, status }) => [event_seq, status])).toEqual([
    [seq, "delivered"],
  ]);
});

it("closing a circuit by hand lets out what is parked", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  const open =
    "update webhook_endpoints set circuit = 'open', failures = 9, probes = 4, probe_at = 9e12 where id = ?";
  await worker.DB.prepare(open).bind(target.id).run();
  await sendEvents(org, 3);
  await done(target.id);
  expect(await countsOf(target.id)).toEqual({ parked: 3 });
  await json(await post(`/endpoints/${target.id}/enable`), 200);
  await expect.poll(async () => await countsOf(target.id), { timeout: 10_000 }).toEqual({ delivered: 3 });
});

it("both secrets sign for a day after a rotation", async () => {
  const target = await newTarget(org);
  await target.answer(["ok"]);
  const next = await json<{ secret: string }>(await post(`/endpoints/${target.id}/rotate-secret`), 200);
  for (const secret of [target.secret, next.secret]) {
    await target.trust(secret);
    await sendEvents(org, 1);
    await done(target.id);
    expect((await target.got()).at(-1)?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  }
  // The receiver looked at each with one secret only; document 003's own header is the newest one's.
  const problems = (await target.got()).map((got) => got.problems);
  expect(problems[1]).toEqual([]);
  expect(problems[0]?.filter((problem) => !/x-webhook-signature/i.test(problem))).toEqual([]);
});

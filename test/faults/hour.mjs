// An hour's worth of trouble in a few minutes: receivers fail in every way they can, secrets are changed, the Worker
// is killed, its clock jumps; meanwhile people work. Then the trouble ends, and everything has to have arrived.
//
//   node test/faults/hour.mjs [--seed=N] [--minutes=60]
import { sleep } from "../../.tools/processes.mjs";
import * as answers from "../receiver/answers.mjs";
import { startReceiver } from "../receiver/receiver.mjs";
import { hire, newJob } from "./changes.mjs";
import * as invariants from "./invariants.mjs";
import { Client, startProduct } from "./product.mjs";
import { chance, options } from "./random.mjs";
import { finish, say, truth } from "./report.mjs";
import { MovedClock } from "./time.mjs";

const { seed, minutes } = options({ minutes: 60 });
const random = chance(seed);
/** A word of this run alone, on data that others may have used. */
const run = `${seed}-${Date.now().toString(36)}`;
say(`seed ${seed}: ${minutes} minutes of trouble`);

const product = await startProduct();
const clock = new MovedClock(product);
const receiver = await startReceiver({ clock: () => clock.possible() });
// A server of its own, because one that is down refuses all its paths.
const other = await startReceiver({ clock: () => clock.possible() });
const found = {};
let summary = "";

/** What an endpoint does for a minute, by its kind. Everything but `never` and the drips is over at once. */
const TROUBLE = {
  steady: () => answers.ok,
  flaky: () => (request, answer) =>
    random.weighted([
      [70, answers.ok],
      [10, answers.status(500, { body: "a bad moment" })],
      [5, answers.reset],
      [5, answers.half],
      [5, answers.hangUp],
      [5, answers.slow(300)],
    ])(request, answer),
  ordered: () => (request, answer) =>
    random.weighted([
      [75, answers.ok],
      [25, answers.status(random.pick([429, 500, 502, 503]), { headers: { "retry-after": "1" } })],
    ])(request, answer),
  bad: () =>
    random.weighted([
      [40, answers.ok],
      [6, answers.redirect(receiver.url("/caught"))],
      [6, answers.status(404)],
      [6, answers.status(500, { headers: ["retry-after", "120", "retry-after", "soon"] })],
      [6, answers.status(503, { headers: { "retry-after": random.pick(["-5", "1e12", "never", "0"]) } })],
      [6, answers.raw("HTTP/1.1 600 Odd\r\ncontent-length: 0\r\n\r\n")],
      [6, answers.raw("this is no HTTP\r\n\r\n")],
      [6, answers.huge()],
      [6, answers.reset],
      [2, answers.never],
      [2, answers.drip({ everyMs: 400 })],
      [2, answers.dripBody({ everyMs: 400 })],
    ]),
};

/** Endpoint by path: where it is, who plays it. */
const endpoints = {};
async function connect(client, path, server, ordering) {
  const made = await client.post("/api/webhooks/endpoints", {
    ...{ url: server.url(path), events: ["*"], ordering },
  });
  endpoints[path] = { ...made, server, client };
  server.trust(path, made.secret);
}

try {
  const client = await Client.signUp(product, `hour-${run}`);
  const stranger = await Client.signUp(product, `next-${run}`);
  const [job, strangerJob] = [await newJob(client), await newJob(stranger)];
  for (const [path, ordering] of [
    ["/steady", "entity"],
    ["/flaky", "none"],
    ["/ordered", "entity"],
    ["/bad", "none"],
  ])
    await connect(client, path, receiver, ordering);
  await connect(client, "/down", other, "none");
  await connect(stranger, "/stranger", receiver, "none");

  const changes = { [client.orgId]: [], [stranger.orgId]: [] };
  const work = (who, at, steps) =>
    hire(who, at, {
      run,
      steps,
      acknowledged: (type, names) => changes[who.orgId].push({ type, names }),
    });

  // Down once for long, as servers are: from somewhere in the first half for a quarter of the time.
  const down = { from: Math.floor(minutes * random.between(0.1, 0.4)), for: Math.ceil(minutes / 4) };
  const kills = new Set([random.whole(5, minutes - 1), random.whole(5, minutes - 1)]);
  const rotation = random.whole(2, minutes - 1);
  const old = {};
  for (let minute = 0; minute < minutes; minute++) {
    for (const kind of Object.keys(TROUBLE)) receiver.answer(`/${kind}`, TROUBLE[kind]());
    if (minute === down.from) await other.goDown();
    if (minute === down.from + down.for) await other.comeBack();
    if (minute === rotation) {
      const { secret } = await client.post(`/api/webhooks/endpoints/${endpoints["/flaky"].id}/rotate-secret`);
      old.secret = endpoints["/flaky"].secret;
      // What was signed a moment before is signed by the old one alone.
      receiver.trust("/flaky", secret, old.secret);
      old.until = Date.now() + 3000;
      endpoints["/flaky"].secret = secret;
    }
    if (old.until < Date.now()) receiver.trust("/flaky", endpoints["/flaky"].secret);
    const people = Array.from({ length: random.whole(0, 4) }, () => work(client, job, random.whole(0, 2)));
    if (random.next() < 0.2) people.push(work(stranger, strangerJob, 1));
    if (kills.has(minute)) {
      await sleep(random.between(0, 200));
      const back = await product.kill();
      // A new process knows nothing of the moved clock.
      await clock.again();
      say(`minute ${minute}: killed, back after ${back} ms`);
    }
    await Promise.all(people);
    // A minute in a few steps, so that short retries come at their times.
    for (let left = 60; left > 0; ) {
      const step = Math.min(left, random.whole(5, 30));
      await clock.advance(step);
      await sleep(50);
      left -= step;
    }
    if (minute % 10 === 9)
      say(`minute ${minute + 1}: ${receiver.received.length + other.received.length} requests`);
  }

  say("the trouble is over");
  for (const kind of Object.keys(TROUBLE)) receiver.answer(`/${kind}`, answers.ok);
  if (down.from + down.for >= minutes) await other.comeBack();
  const open = async () => {
    const [[row]] = await product.tables(
      "select count(*) as n from webhook_deliveries where status in ('pending', 'parked')",
    );
    return row.n;
  };
  let waited = 0;
  for (let step = 60; (await open()) > 0 && waited < 36 * 3600; step = Math.min(step * 2, 3600)) {
    await clock.advance(step);
    waited += step;
    await sleep(1500);
  }
  say(`what was left arrived within ${waited} s more of the product's time`);

  const paths = Object.keys(endpoints);
  const rows = { client: await truth(product, client), stranger: await truth(product, stranger) };
  for (const path of paths) {
    const { id, server, client: whose } = endpoints[path];
    const { events, deliveries, attempts } = whose === client ? rows.client : rows.stranger;
    const requests = server.at(path);
    found[`I1 nothing lost at ${path}`] = invariants.nothingLost(events, deliveries, id);
    found[`I2 no phantom at ${path}`] = invariants.noPhantom(events, requests);
    found[`I3 copies equal at ${path}`] = invariants.copiesEqual(requests);
    found[`I5 acknowledged changes arrived at ${path}`] = invariants.acknowledgedArrived(
      changes[whose.orgId],
      requests,
    );
    found[`I7 none at once at ${path}`] = invariants.noneAtOnce(requests);
    found[`I8 circuit held at ${path}`] = invariants.circuitHeld(attempts, id);
    found[`I9 all verified at ${path}`] = invariants.allVerified(requests);
  }
  for (const path of ["/steady", "/ordered"])
    found[`I6 in order at ${path}`] = invariants.inOrder(receiver.at(path));
  for (const [who, { attempts, deliveries, counts }] of Object.entries(rows)) {
    found[`I7 never early, ${who}`] = invariants.neverEarly(attempts);
    found[`I20 counts right, ${who}`] = invariants.countsRight(deliveries, counts);
  }
  found["no redirect was followed"] = receiver
    .at("/caught")
    .map((one) => `${one.id} was sent after a redirect`);
  found["I22 nothing answered 5xx"] = Client.failures;
  found["a steady endpoint was sent each event once"] = [...invariants.byId(receiver.at("/steady"))].flatMap(
    ([id, copies]) => (copies.length > 1 + kills.size ? [`${id} came ${copies.length} times`] : []),
  );

  // A day later the old secret signs no more.
  if (old.secret) {
    await clock.advance(25 * 3600);
    const since = receiver.at("/flaky").length;
    await work(client, job, 0);
    await receiver.until(() => receiver.at("/flaky").length > since, 60_000);
    receiver.trust("/flaky", old.secret);
    const again = receiver.at("/flaky").length;
    await work(client, job, 0);
    await receiver.until(() => receiver.at("/flaky").length > again, 60_000);
    found["I9 the old secret is over after a day"] = receiver
      .at("/flaky")
      .slice(again)
      .flatMap((one) => (one.problems.length === 2 ? [] : [`${one.id} is still signed by it`]));
    found["I9 the new one is good"] = invariants.allVerified(receiver.at("/flaky").slice(since, again));
  }

  const causes = new Map();
  for (const { cause } of rows.client.attempts) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  say(`attempts: ${[...causes].map(([cause, n]) => `${cause ?? "delivered"} ${n}`).join(", ")}`);
  summary = `${minutes} minutes, ${rows.client.events.length + rows.stranger.events.length} events, ${rows.client.attempts.length + rows.stranger.attempts.length} attempts of which ${rows.client.attempts.filter((one) => one.cause !== null).length} failed, ${kills.size} kills`;
} finally {
  await product.stop();
  await receiver.stop();
  await other.stop();
}
finish("hour", seed, summary, found);

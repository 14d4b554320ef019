// Kills the process that runs the Worker, again and again, while people make changes. Afterwards every change that
// was acknowledged has arrived at both endpoints, each as one event.
//
//   node test/faults/kill.mjs [--seed=N] [--kills=10] [--clients=3]
import { sleep } from "../../.tools/processes.mjs";
import * as answers from "../receiver/answers.mjs";
import { startReceiver } from "../receiver/receiver.mjs";
import { hire, newJob } from "./changes.mjs";
import * as invariants from "./invariants.mjs";
import { Client, startProduct } from "./product.mjs";
import { chance, options } from "./random.mjs";
import { finish, say, truth } from "./report.mjs";

/** How long after the last restart everything must have arrived: the sweep's minute, and half of one more. */
const LIMIT_MS = 90_000;

const { seed, kills, clients } = options({ kills: 10, clients: 3 });
const random = chance(seed);
/** A word of this run alone, on data that others may have used. */
const run = `${seed}-${Date.now().toString(36)}`;
say(`seed ${seed}: ${kills} kills, ${clients} people at work`);

const receiver = await startReceiver();
const product = await startProduct();
const found = {};
let summary = "";
try {
  const client = await Client.signUp(product, `kill-${run}`);
  const job = await newJob(client);
  const endpoints = {};
  for (const ordering of ["none", "entity"]) {
    const path = `/${ordering}`;
    const made = await client.post("/api/webhooks/endpoints", {
      url: receiver.url(path),
      events: ["*"],
      ordering,
    });
    endpoints[path] = made;
    receiver.trust(path, made.secret);
    // Now and then somebody's server has a bad moment too.
    receiver.answer(path, (request, answer) =>
      random.weighted([
        [90, answers.ok],
        [6, answers.slow(random.between(50, 400))],
        [3, answers.status(503)],
        [1, answers.reset],
      ])(request, answer),
    );
  }

  const changes = [];
  let atWork = true;
  const acknowledged = (type, names) => changes.push({ type, names, at: Date.now() });
  const pause = () => sleep(random.between(0, 60));
  const people = Array.from({ length: clients }, async () => {
    while (atWork) await hire(client, job, { run, steps: 2, acknowledged, pause });
  });
  // A failure of theirs must not go unseen while this waits for the next kill.
  const working = Promise.all(people);
  working.catch(() => {});

  for (let n = 1; n <= kills; n++) {
    await Promise.race([working, sleep(random.between(1500, 4500))]);
    const before = changes.length;
    const back = await product.kill();
    say(`kill ${n}: ${before} changes acknowledged so far, back after ${back} ms`);
  }
  const restarted = Date.now();
  await sleep(1000);
  atWork = false;
  await working;
  const paths = Object.keys(endpoints);
  const missing = () => paths.flatMap((path) => invariants.acknowledgedArrived(changes, receiver.at(path)));
  while (missing().length > 0 && Date.now() < restarted + LIMIT_MS) await sleep(500);
  const took = Date.now() - restarted;
  found["every acknowledged change arrived once"] = missing();

  // What was committed without being acknowledged has the same right.
  const rows = await truth(product, client);
  for (const path of paths) {
    const requests = receiver.at(path);
    found[`nothing lost at ${path}`] = invariants.nothingLost(
      rows.events,
      rows.deliveries,
      endpoints[path].id,
    );
    found[`no phantom at ${path}`] = invariants.noPhantom(rows.events, requests);
    found[`copies equal at ${path}`] = invariants.copiesEqual(requests);
    found[`none at once at ${path}`] = invariants.noneAtOnce(requests);
    found[`all verified at ${path}`] = invariants.allVerified(requests);
  }
  found["in order at /entity"] = invariants.inOrder(receiver.at("/entity"));
  found["never early"] = invariants.neverEarly(rows.attempts);
  found["nothing answered 5xx"] = Client.failures;
  found["no keyed change twice"] = await twice(product, client.orgId);
  const distinct = paths.reduce((sum, path) => sum + invariants.byId(receiver.at(path)).size, 0);
  const unknown = rows.attempts.filter((one) => one.cause === "outcome_unknown").length;
  summary = `${kills} kills, ${changes.length} acknowledged changes, ${rows.events.length} events to ${paths.length} endpoints, ${
    receiver.received.length - distinct
  } repeated copies, ${unknown} attempts cut off, all there ${(took / 1000).toFixed(1)} s after the last restart`;
} finally {
  await product.stop();
  await receiver.stop();
}
finish("kill", seed, summary, found);

/** A key that was sent again after a lost answer made nobody twice. */
async function twice(product, orgId) {
  const [people, moves] = await product.tables(
    `select email, count(*) as n from candidates where org_id = '${orgId}' group by email having n > 1`,
    `select entity_id, json_extract(data, '$.newStatus') as stage, count(*) as n from events
      where org_id = '${orgId}' and type = 'application.status_changed' group by 1, 2 having n > 1`,
  );
  return [
    ...people.map((row) => `${row.email} exists ${row.n} times`),
    ...moves.map((row) => `${row.entity_id} came to ${row.stage} ${row.n} times`),
  ];
}

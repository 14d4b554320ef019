// `npm run bench`: what the product costs against the bare platform, in one run on this machine.
//
//   npm run bench                     everything, within four minutes
//   npm run bench -- --quick          everything with fewer rounds, within one minute
//   npm run bench -- reads live       some parts: reads, moves, live, deliveries, lanes, counts, sizes
import { freePort } from "../../.tools/processes.mjs";
import { measureCounts } from "./counts.mjs";
import { measureDeliveries, measureLanes } from "./deliveries.mjs";
import { measureLive } from "./live.mjs";
import { measureMoves, measureReads } from "./reads.mjs";
import { print } from "./report.mjs";
import { buildOurs, cleanUp, startBoth } from "./servers.mjs";
import { measureSizes } from "./sizes.mjs";

const PARTS = ["reads", "moves", "live", "deliveries", "lanes", "counts", "sizes"];
const quick = process.argv.includes("--quick");
const named = process.argv.slice(2).filter((word) => word !== "--quick");
const parts = named.length > 0 ? named : PARTS;
const limit = quick ? 60_000 : 240_000;
const size = quick
  ? {
      rounds: 4,
      roundMs: 100,
      moveRounds: 3,
      moves: 16,
      trials: 4,
      posts: 3,
      events: 200,
      large: 3000,
      most: 3000,
    }
  : {
      rounds: 16,
      roundMs: 300,
      moveRounds: 10,
      moves: 48,
      trials: 20,
      posts: 7,
      events: 500,
      large: 20_000,
      most: 100_000,
    };

// The larger pool is there to see what grows with it.
const pools = {
  small: { people: 1000, applicants: 1000 },
  ...(parts.includes("counts") ? { large: { people: size.large, applicants: size.most } } : {}),
};

const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown) {
  console.error(`There is no part "${unknown}". Parts: ${PARTS.join(", ")}.`);
  process.exit(2);
}

const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
/** Filled as figures come, so that a run that is cut short still prints what it has. */
const found = { rates: [], live: [], lanes: [], counts: [], sizes: [] };
let ending = false;

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => end(1, "Stopped."));
// npm and its shell don't pass a signal on: started by npm, this ends when they end.
const parent = process.ppid;
if (process.env.npm_lifecycle_event === "bench")
  setInterval(() => process.ppid !== parent && end(1, "Stopped."), 500).unref();
const timer = setTimeout(() => end(1, `Cut short after ${limit / 1000} s: the machine is too busy.`), limit);

try {
  await measure();
  await end(0);
} catch (error) {
  await end(1, error instanceof Error ? error.stack : String(error));
}

async function end(code, problem) {
  if (ending) return;
  ending = true;
  clearTimeout(timer);
  print(found, {
    size,
    pools: Object.values(pools).map(({ people, applicants }) => Math.max(people, applicants)),
    seconds: seconds(),
  });
  if (problem) console.error(`\n${problem}`);
  await cleanUp();
  process.exit(code);
}

async function measure() {
  if (parts.some((part) => part !== "sizes")) {
    say("Building and seeding");
    const ports = [];
    while (ports.length < 4) {
      const port = await freePort();
      if (!ports.includes(port)) ports.push(port);
    }
    const { ours, bare, orgs } = await startBoth({ ports, pools, config: await buildOurs() });
    const both = { ours, bare, org: orgs.small };
    const { rounds, roundMs, moveRounds, moves, trials, posts, events } = size;
    await step("counts", async () => found.counts.push(...(await measureCounts({ ours, orgs }))));
    await step("reads", () => measureReads({ ...both, rounds, roundMs, report: found.rates }));
    await step("moves", () => measureMoves({ ...both, rounds: moveRounds, moves, report: found.rates }));
    await step("live", () => measureLive({ ...both, sizes: [1, 100, 1000], trials, report: found.live }));
    const own = { ...both, rounds: posts };
    await step("deliveries", () => measureDeliveries({ ...own, events, report: found.rates }));
    await step("lanes", () => measureLanes({ ...own, report: found.lanes }));
  }
  await step("sizes", async () => found.sizes.push(...(await measureSizes())));
}

function say(text) {
  console.error(`${String(seconds()).padStart(3)} s  ${text}`);
}

async function step(part, work) {
  if (!parts.includes(part)) return;
  say(part);
  await work();
}

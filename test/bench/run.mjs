// `npm run bench`: what the product costs against the bare platform, in one run on this machine.
//
//   npm run bench                     everything, within four minutes
//   npm run bench -- --quick          everything with fewer rounds, within one minute
//   npm run bench -- reads live       some parts: reads, moves, live, counts, sizes
import { freePort } from "../../.tools/processes.mjs";
import { measureCounts } from "./counts.mjs";
import { measureLive } from "./live.mjs";
import { measureMoves, measureReads } from "./reads.mjs";
import { buildOurs, cleanUp, startBoth } from "./servers.mjs";
import { measureSizes } from "./sizes.mjs";
import { kB, machine, ms, table, times } from "./table.mjs";

const PARTS = ["reads", "moves", "live", "counts", "sizes"];
const quick = process.argv.includes("--quick");
const named = process.argv.slice(2).filter((word) => word !== "--quick");
const parts = named.length > 0 ? named : PARTS;
const limit = quick ? 60_000 : 240_000;
const size = quick
  ? { rounds: 5, roundMs: 150, moveRounds: 4, moves: 24, trials: 5, large: 5000 }
  : { rounds: 16, roundMs: 300, moveRounds: 10, moves: 48, trials: 20, large: 20_000 };

const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown) {
  console.error(`There is no part "${unknown}". Parts: ${PARTS.join(", ")}.`);
  process.exit(2);
}

const started = Date.now();
/** The tables, filled as figures come, so that a run that is cut short still prints what it has. */
const rows = [["what", "ours", "bare", "ratio", "target", "CPU ours", "CPU bare"]];
const counts = [];
const sizes = [];
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
  print();
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
    const pools = parts.includes("counts") ? { small: 1000, large: size.large } : { small: 1000 };
    const { ours, bare, orgs } = await startBoth({ ports, pools, config: await buildOurs() });
    const both = { ours, bare, org: orgs.small };
    if (parts.includes("counts"))
      await step("Counts", async () => counts.push(...(await measureCounts({ ours, orgs }))));
    if (parts.includes("reads")) {
      await step("Hot reads", async () => {
        const { rounds, roundMs } = size;
        for (const found of await measureReads({ ...both, rounds, roundMs }))
          rows.push(rateRow(found, "at least 0.80"));
      });
    }
    if (parts.includes("moves")) {
      await step("Moves", async () => {
        const { moveRounds, moves } = size;
        for (const found of await measureMoves({ ...both, rounds: moveRounds, moves }))
          rows.push(rateRow(found, ""));
      });
    }
    if (parts.includes("live")) {
      await step("Live", async () => {
        for (const found of await measureLive({ ...both, sizes: [1, 100, 1000], trials: size.trials })) {
          rows.push(...liveRows(found));
        }
      });
    }
  }
  if (parts.includes("sizes")) await step("Sizes", async () => sizes.push(...(await measureSizes())));
}

function say(text) {
  console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s  ${text}`);
}

async function step(name, work) {
  say(name);
  await work();
}

function rateRow({ what, ours, bare, ratio, single }, target) {
  const rate = ({ perSecond }) => (single ? ms(1000 / perSecond) : `${perSecond.toFixed(0)}/s`);
  return [what, rate(ours), rate(bare), times(ratio), target, ms(ours.cpu), ms(bare.cpu)];
}

function liveRows({ size: sockets, opened, ours, bare, ratio }) {
  const name = `${sockets.toLocaleString("en")} socket${sockets === 1 ? "" : "s"}`;
  const target = sockets === 1000 ? "at most 2.00" : "";
  const found = [
    [
      `commit to ${name}, median`,
      ms(ours.median),
      ms(bare.median),
      times(ratio),
      target,
      ms(ours.cpu),
      ms(bare.cpu),
    ],
    [`commit to ${name}, p95`, ms(ours.p95), ms(bare.p95), times(ours.p95 / bare.p95), "", "", ""],
  ];
  if (opened < 100) return found;
  const [own, other] = [ours.opening, bare.opening];
  const label = `  opening ${opened} of them`;
  return [
    ...found,
    [label, ms(own.ms), ms(other.ms), times(own.ms / other.ms), "", ms(own.cpu), ms(other.cpu)],
  ];
}

function print() {
  if (rows.length > 1) {
    console.log(`\nAgainst a bare Worker with the same SQL and the same bytes, and a bare Durable Object that broadcasts

${table(rows)}

Rates: 32 connections for reads; a ratio is the median of ${size.rounds} (moves ${size.moveRounds}) alternating rounds, ours divided by bare.
Live: milliseconds from the commit until the last socket has it, ${size.trials} alternating trials. CPU: of the Worker's
process for one request or one change, with D1's engine in it, and for a move all that follows from it.`);
  }
  if (counts.length > 0) {
    const pools = ["1,000", size.large.toLocaleString("en")];
    const head = [
      "D1, session known",
      "trips",
      "target",
      ...pools.map((n) => `rows read at ${n}`),
      "target",
      "written",
      "target",
      "",
    ];
    const lines = counts.map(({ what, costs, target, ok }) => [
      what,
      Math.max(...costs.map((one) => one.trips)),
      target.trips,
      ...costs.map((one) => one.read),
      target.rows ?? "",
      Math.max(...costs.map((one) => one.written)),
      target.written ?? "",
      ok ? "" : "MISSED",
    ]);
    console.log(`\n${table([head, ...lines])}`);
  }
  if (sizes.length > 0) {
    const lines = sizes.map(({ what, bytes, files, target }) => [
      what,
      kB(bytes),
      target ? `under ${kB(target)}` : "",
      files ?? "",
      target && bytes >= target ? "MISSED" : "",
    ]);
    console.log(`\n${table([["gzipped", "size", "target", "files", ""], ...lines])}`);
  }
  console.log(`
${machine()}, ${((Date.now() - started) / 1000).toFixed(0)} s. Servers, load and sockets share these processors, and
so does whatever else runs: look at ratios, not at times, and run it again before you believe a tenth.`);
}

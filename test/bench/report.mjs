// The tables that a run prints.
import { kB, machine, ms, table, times } from "./table.mjs";

const COLUMNS = ["what", "ours", "bare", "ratio", "target", "CPU ours", "CPU bare", "CPU ratio"];

/** Rows of reads and moves: more is better, of the rate as of the processor that would give it. */
function rateRow({ what, ours, bare, ratio, single, target = "" }) {
  const rate = ({ perSecond }) => (single ? ms(1000 / perSecond) : `${perSecond.toFixed(0)}/s`);
  return [
    what,
    rate(ours),
    rate(bare),
    times(ratio),
    target,
    ...spent(ours.cpu, bare.cpu, bare.cpu / ours.cpu),
  ];
}

/** Rows of one number of sockets: less is better. */
function liveRows({ size, opened, ours, bare, ratio }) {
  const name = `commit to ${size.toLocaleString("en")} socket${size === 1 ? "" : "s"}`;
  const target = size === 1000 ? "at most 2.00" : "";
  const slower = times(ours.p95 / bare.p95);
  const cpu = spent(ours.cpu, bare.cpu, ours.cpu / bare.cpu);
  const found = [
    [`${name}, median`, ms(ours.median), ms(bare.median), times(ratio), target, ...cpu],
    [`${name}, p95`, ms(ours.p95), ms(bare.p95), slower, "", "", "", ""],
  ];
  if (opened < 100) return found;
  const [own, other] = [ours.opening, bare.opening];
  const longer = times(own.ms / other.ms);
  const label = `opening ${opened.toLocaleString("en")} sockets`;
  return [
    ...found,
    [label, ms(own.ms), ms(other.ms), longer, "", ...spent(own.cpu, other.cpu, own.cpu / other.cpu)],
  ];
}

/** Blank where the system doesn't say what a process spent. */
function spent(ours, bare, ratio) {
  return Number.isFinite(ratio) ? [ms(ours), ms(bare), times(ratio)] : ["", "", ""];
}

function countsTable(counts, pools) {
  const head = [
    "D1, session known",
    "trips",
    "target",
    ...pools.map((n) => `read at ${n.toLocaleString("en")}`),
  ];
  const lines = counts.map(({ what, costs, target, missed, grows }) => [
    what,
    Math.max(...costs.map((one) => one.trips)),
    target.trips,
    ...costs.map((one) => one.read),
    target.rows ?? "",
    Math.max(...costs.map((one) => one.written)),
    target.written ?? "",
    [missed && "MISSED", grows && "GROWS"].filter(Boolean).join(" "),
  ]);
  return table([[...head, "target", "written", "target", ""], ...lines]);
}

function sizesTable(sizes) {
  const lines = sizes.map(({ what, bytes, files, target }) => [
    what,
    kB(bytes),
    target ? `under ${kB(target)}` : "",
    files ?? "",
    target && bytes >= target ? "MISSED" : "",
  ]);
  return table([["gzipped", "size", "target", "files", ""], ...lines]);
}

/** How much later the others' webhooks arrive while one endpoint never answers: less is better. */
function lanesTable(lanes) {
  const lines = lanes.flatMap(({ alone, beside, count }) =>
    [
      ["median", alone.median, beside.median, ""],
      ["p95", alone.p95, beside.p95, "less than +10 %"],
    ].map(([name, own, other, target]) => [
      `commit to good endpoints, ${name} of ${count}`,
      ms(own),
      ms(other),
      `${other >= own ? "+" : ""}${((other / own - 1) * 100).toFixed(0)} %`,
      target,
    ]),
  );
  return table([["webhooks", "alone", "beside a dead one", "moved", "target"], ...lines]);
}

/** Everything that was found, also where a run was cut short. */
export function print({ rates, live, lanes, counts, sizes }, { size, pools, seconds }) {
  if (rates.length + live.length > 0) {
    console.log(`
Against a bare Worker with the same SQL and the same bytes, and a bare Durable Object that broadcasts

${table([COLUMNS, ...rates.map(rateRow), ...live.flatMap(liveRows)])}

Reads: answers a second on 32 connections, ours divided by bare, the median of ${size.rounds} alternating rounds (moves:
${size.moveRounds}). Live: from the commit until the last socket has it, ours divided by bare, the median of ${size.trials} alternating
trials. Webhooks: arrivals a second, against a queue of the same batches whose consumer does nothing but
fetch, ${size.posts} alternating rounds. CPU: of the Worker's process for one answer or one change, with D1's engine in it, and for a move all
that follows from it; a busy machine blurs it less than the clock.`);
  }
  if (lanes.length > 0) console.log(`\n${lanesTable(lanes)}`);
  if (counts.length > 0) console.log(`\n${countsTable(counts, pools)}`);
  if (sizes.length > 0) console.log(`\n${sizesTable(sizes)}`);
  console.log(`
${machine()}, ${seconds} s. Servers, load and sockets share these processors, and so does
whatever else runs: look at ratios, not at times, and run it again before you believe a tenth.`);
}

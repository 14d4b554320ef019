// What the Worker's own process spends. A busy neighbour changes it far less than it changes the clock, and
// wrangler's proxy and its printing of logs, which exist on a developer's machine only, are not in it.
import { readFileSync } from "node:fs";
import { descendants } from "../../.tools/processes.mjs";

/** Ticks a second of /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** The id of the process below `pid` that runs the Worker; null where the system doesn't show processes. */
export function workerProcess(pid) {
  if (process.platform !== "linux") return null;
  for (const one of descendants(pid)) {
    try {
      const line = readFileSync(`/proc/${one}/cmdline`, "utf8").split("\0");
      // Of wrangler's two runtimes only the one with the Worker can be inspected.
      if (line.some((word) => word.startsWith("--inspector-addr="))) return one;
    } catch {
      // It ended meanwhile.
    }
  }
  return null;
}

/** Milliseconds of processor time that a process has used, or NaN where nobody says. */
export function cpuOf(pid) {
  if (pid === null) return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name may hold spaces and brackets, so count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

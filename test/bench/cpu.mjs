// What a server's processes spent, which a busy neighbour on the machine changes less than it changes the clock.
import { readFileSync } from "node:fs";
import { descendants } from "../../.tools/processes.mjs";

/** Ticks a second of /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/**
 * Milliseconds of processor time that a process and all below it have used, or null where the system
 * doesn't tell.
 */
export function cpuOf(pid) {
  if (process.platform !== "linux") return null;
  let ticks = 0;
  for (const one of [pid, ...descendants(pid)]) {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return (ticks * 1000) / TICKS;
}

import type { Ctx } from "../../events/context";
import { invalid } from "../../lib/errors";
import { newId } from "../../lib/ids";
import type { NewInterview } from "./schema";
import type { Slot } from "./table";
import { MAX_MINUTES, MIN_MINUTES } from "./words";

const MINUTE_MS = 60_000;

/**
 * Proposed times as they are stored, the soonest first.
 * @param minutes how long one takes where its end is left out
 * @throws DomainError `invalid` for times that are over, too short, too long or named twice
 */
export function readSlots(
  ctx: Pick<Ctx, "now">,
  sent: NewInterview["proposedSlots"],
  minutes: number,
): Slot[] {
  const now = ctx.now();
  const seen = new Set<string>();
  const slots = sent.map(({ id, start: begins, end: ends }, i) => {
    const start = Date.parse(begins);
    const end = ends === undefined ? start + minutes * MINUTE_MS : Date.parse(ends);
    const path = `proposedSlots.${i}`;
    if (start <= now) throw invalid(`${path}.start`, "This time is over. Propose a later one.");
    const long = (end - start) / MINUTE_MS;
    if (long < MIN_MINUTES || long > MAX_MINUTES) {
      throw invalid(`${path}.end`, `An interview takes ${MIN_MINUTES} to ${MAX_MINUTES} minutes.`);
    }
    const key = id ?? newId("slot", now);
    if (seen.has(key)) throw invalid(`${path}.id`, "Two times have the same id.");
    if (seen.has(`${start}`)) throw invalid(`${path}.start`, "This time is proposed twice.");
    seen.add(key).add(`${start}`);
    return { id: key, start, end };
  });
  return slots.toSorted((a, b) => a.start - b.start);
}

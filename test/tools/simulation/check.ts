import {
  JITTER,
  LEASE_MS,
  leastWait,
  OPENS_AFTER,
  RETRY_AFTER_MOST_MS,
} from "../../../worker/features/webhooks/policy";
import type { Attempt } from "./lane";
import type { History } from "./run";

/** The invariants of reliability.md, looked at from outside: by what left and what stands in the rows at the end. */
export function problems(history: History): string[] {
  return [
    ...nothingLost(history),
    ...noPhantom(history),
    ...effectsOnce(history),
    ...inOrder(history),
    ...neverEarly(history),
    ...circuit(history),
    ...monotone(history),
  ];
}

const attemptsOf = ({ lane }: History): Attempt[] => lane.batches.flatMap(({ attempts }) => attempts);

/** I1 */
function nothingLost({ rows, receiver, stuck, byHand }: History): string[] {
  const wrong = [...stuck.slice(0, 1)];
  for (const event of rows.events) {
    const own = rows.rows.filter(({ seq }) => seq === event.seq);
    const [row] = own;
    const wanted = rows.subscribed(event.seq) ? 1 : 0;
    if (own.length !== wanted) wrong.push(`I1: ${event.seq} has ${own.length} deliveries, not ${wanted}`);
    if (!row) continue;
    if (row.status === "pending" || row.status === "parked")
      wrong.push(`I1: ${row.seq} is ${row.status} for ever (next ${row.nextAt}, lease ${row.leaseUntil})`);
    const mayEnd = rows.periods.length > 1 || rows.status === "disabled" || receiver.poison.size > 0;
    if (row.status === "exhausted" && !mayEnd)
      wrong.push(`I1: ${row.seq} was given up though it could be taken`);
    if (row.status === "cancelled" && byHand.length === 0) wrong.push(`I1: nobody cancelled ${row.seq}`);
  }
  return wrong;
}

/** I2 */
function noPhantom(history: History): string[] {
  return attemptsOf(history).flatMap(({ seq, start }) => {
    const event = history.rows.events[seq - 1];
    return event && event.committedAt <= start ? [] : [`I2: ${seq} was sent and not committed`];
  });
}

/** I3: what the receiver did, each id counted once, is what was delivered. */
function effectsOnce(history: History): string[] {
  const done = new Set(
    attemptsOf(history)
      .filter((attempt) => attempt.done)
      .map(({ seq }) => seq),
  );
  return history.rows.rows.flatMap(({ seq, status }) =>
    status === "delivered" && !done.has(seq) ? [`I3: ${seq} counts as delivered and never was`] : [],
  );
}

/** I6 */
function inOrder(history: History): string[] {
  const { rows } = history;
  if (!rows.ordered) return [];
  const newest = new Map<number, number>();
  const seen = new Set<number>();
  const wrong: string[] = [];
  for (const attempt of attemptsOf(history).sort((a, b) => a.start - b.start)) {
    // One that a person sends again after it was given up comes when that person wants it.
    if (!attempt.done || seen.has(attempt.seq) || attempt.turn > 0) continue;
    seen.add(attempt.seq);
    const before = newest.get(attempt.entity) ?? 0;
    if (attempt.entitySeq < before)
      wrong.push(`I6: ${attempt.seq} was taken after a later event of its entity`);
    newest.set(attempt.entity, Math.max(before, attempt.entitySeq));
  }
  return wrong;
}

/** I7 */
function neverEarly(history: History): string[] {
  const wrong: string[] = [];
  for (const [seq, own] of Map.groupBy(attemptsOf(history), (attempt) => attempt.seq)) {
    let [failures, turn] = [0, 0];
    for (const [i, attempt] of own.entries()) {
      const before = own[i - 1];
      if (attempt.turn !== turn) [failures, turn] = [0, attempt.turn];
      else if (before) {
        if (attempt.start < before.end)
          wrong.push(`I7: ${seq} had two attempts under way at ${attempt.start}`);
        const gap = attempt.start - before.end;
        const least = before.known ? leastWait(failures) : 0;
        if (gap < least && before.jumps.after === attempt.jumps.before)
          wrong.push(
            `I7: ${seq} was tried ${gap} ms after failure ${failures}, not ${least}, at ${attempt.start}`,
          );
      }
      if (attempt.known) failures = attempt.outcome.cause === null ? 0 : failures + 1;
    }
  }
  return wrong;
}

/** I8, by counting failures in a row as a receiver's owner would, and not as the product does. */
function circuit({ lane, byHand }: History): string[] {
  const wrong: string[] = [];
  let [inRow, lastEnd, lastJumps, certain] = [0, 0, 0, true];
  let from = 0;
  for (const { attempts, ended, applied, settledAt } of lane.batches) {
    const [first] = attempts;
    if (!first) continue;
    const asked = byHand.some((at) => at > from && at <= first.start);
    // Somebody who turned it on began anew; who sends one again makes the probe due.
    if (asked) certain = false;
    if (inRow >= OPENS_AFTER && certain) {
      if (attempts.length > 1)
        wrong.push(`I8: ${attempts.length} attempts behind an open circuit at ${first.start}`);
      const gap = first.start - lastEnd;
      if (gap < leastWait(inRow) && lastJumps === first.jumps.before)
        wrong.push(
          `I8: a probe ${gap} ms after failure ${inRow}, not ${leastWait(inRow)}, at ${first.start}`,
        );
    }
    const meanwhile = byHand.some((at) => at > first.start && at <= settledAt);
    let row = certain ? inRow : 0;
    for (const attempt of attempts) {
      const over = ended.filter((other) => other.end <= attempt.start);
      const failed = over.length - 1 - over.findLastIndex(({ outcome }) => outcome.cause === null);
      if (failed >= OPENS_AFTER)
        wrong.push(`I8: an attempt after ${failed} failures in a row at ${attempt.start}`);
    }
    if (applied && !meanwhile) {
      for (const { outcome } of ended) row = outcome.cause === null ? 0 : row + 1;
      const last = ended.at(-1);
      [inRow, lastEnd, lastJumps, certain] = [
        row,
        last?.end ?? 0,
        last?.jumps.after ?? 0,
        !asked || row === 0,
      ];
    } else certain = false;
    if (inRow === 0) certain = applied && !meanwhile;
    from = first.start;
  }
  return wrong;
}

/** I21: what stands in the rows is never further away than the schedule, and a lease ends. */
function monotone({ rows, time }: History): string[] {
  const most = Math.max(leastWait(100) * (1 + JITTER), RETRY_AFTER_MOST_MS, LEASE_MS) + 1;
  return rows.rows.flatMap(({ seq, nextAt }) =>
    (nextAt ?? 0) > time.now() + most + 3_600_000 * time.jumps ? [`I21: ${seq} is due at ${nextAt}`] : [],
  );
}

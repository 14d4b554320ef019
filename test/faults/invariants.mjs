// What has to hold after whatever happened. Each check answers what is wrong, in words that lead to the place.
import { tells } from "./changes.mjs";

const isSuccess = (request) => request.status !== null && request.status >= 200 && request.status < 300;

/** Requests by `webhook-id`. */
export function byId(requests) {
  const groups = new Map();
  for (const request of requests) groups.set(request.id, [...(groups.get(request.id) ?? []), request]);
  return groups;
}

/** Every acknowledged change has one event: it arrived, under one id alone. */
export function acknowledgedArrived(changes, requests) {
  const wrong = [];
  const events = [...byId(requests.filter(isSuccess))].map(([id, [first]]) => ({
    id,
    ...JSON.parse(first.body),
  }));
  const index = new Map();
  const keyOf = (type, entity) => `${type} ${entity}`;
  for (const event of events) {
    const key = keyOf(event.type, event.data.applicationId ?? event.data.candidateId);
    index.set(key, [...(index.get(key) ?? []), event]);
  }
  for (const change of changes) {
    const candidates = index.get(keyOf(change.type, change.names.applicationId ?? change.names.candidateId));
    const found = (candidates ?? []).filter((event) => tells(event, change));
    if (found.length !== 1)
      wrong.push(
        `${change.type} ${JSON.stringify(change.names)} arrived as ${found.length} events: ${found.map((one) => one.id)}`,
      );
  }
  return wrong;
}

/** I1: each committed event has one delivery for the endpoint, and it was delivered. */
export function nothingLost(events, deliveries, endpointId) {
  const own = deliveries.filter((one) => one.endpoint_id === endpointId);
  const wrong = [];
  for (const event of events) {
    const rows = own.filter((one) => one.event_id === event.id);
    if (rows.length !== 1) wrong.push(`${event.type} ${event.id} has ${rows.length} deliveries`);
    else if (rows[0].status !== "delivered")
      wrong.push(
        `${event.type} ${event.id} is ${rows[0].status} (${rows[0].last_cause}, next ${rows[0].next_at})`,
      );
  }
  return wrong;
}

/** I2: every id that arrived is of a committed event of that organization. */
export function noPhantom(events, requests) {
  const ids = new Set(events.map((event) => event.id));
  return requests.filter((one) => !ids.has(one.id)).map((one) => `${one.id} arrived and is not committed`);
}

/** I3: all copies of an id are the same bytes. */
export function copiesEqual(requests) {
  return [...byId(requests)].flatMap(([id, copies]) =>
    copies.some((copy) => copy.body !== copies[0].body) ? [`${id} came with different bytes`] : [],
  );
}

/** I6: of one entity's events, a later one is first taken after every earlier one. */
export function inOrder(requests) {
  const last = new Map();
  const taken = new Set();
  const wrong = [];
  for (const request of requests) {
    if (!isSuccess(request) || taken.has(request.id)) continue;
    taken.add(request.id);
    const { entity } = JSON.parse(request.body);
    if (entity.seq <= (last.get(entity.id) ?? 0))
      wrong.push(`${entity.id}: ${entity.seq} was taken after ${last.get(entity.id)}`);
    last.set(entity.id, entity.seq);
  }
  return wrong;
}

/** I7, the second half: never two attempts of one delivery at once. */
export function noneAtOnce(requests) {
  return requests.filter((one) => one.overlaps).map((one) => `${one.id} was sent twice at the same time`);
}

/** I9: every request is verified by the official library. */
export function allVerified(requests) {
  return requests.flatMap((one) => (one.problems.length > 0 ? [`${one.id}: ${one.problems}`] : []));
}

/** Milliseconds before the attempt after so many failures, at least. */
export const WAITS = [0, 1000, 2000, 4000, 8000, 16_000];
/** Milliseconds between the probes of an open circuit, at least. */
export const PROBES = [16, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1000);

/** Attempts of each delivery, oldest first. */
function attemptsOf(attempts) {
  const groups = new Map();
  for (const one of attempts) groups.set(one.delivery_id, [...(groups.get(one.delivery_id) ?? []), one]);
  for (const group of groups.values()) group.sort((a, b) => a.n - b.n);
  return groups;
}

/** I7: the gap before an attempt is at least that of the schedule, by the product's own clock. */
export function neverEarly(attempts) {
  const wrong = [];
  for (const [id, own] of attemptsOf(attempts)) {
    // Who counts attempts that were cut off as failures waits longer: count only those that are known to be.
    let failures = 0;
    for (const [i, one] of own.entries()) {
      const gap = i === 0 ? 0 : one.at - own[i - 1].at;
      const least = WAITS[Math.min(failures, WAITS.length - 1)];
      if (i > 0 && gap < least) wrong.push(`${id}: attempt ${one.n} came after ${gap} ms, not ${least}`);
      if (one.cause === null) break;
      if (one.cause !== "outcome_unknown") failures += 1;
    }
  }
  return wrong;
}

/**
 * I8: after five failures in a row nothing goes to an endpoint but probes, each at its time. What was already
 * under way when the fifth failed may still arrive.
 */
export function circuitHeld(attempts, endpointId) {
  const own = attempts.filter((one) => one.endpoint_id === endpointId).sort((a, b) => a.at - b.at);
  const end = (one) => one.at + (one.latency_ms ?? 0);
  const wrong = [];
  let run = [];
  const check = () => {
    if (run.length <= 5) return;
    const opened = run.map(end).sort((a, b) => a - b)[4];
    const probes = run.filter((one) => one.at > opened);
    let before = opened;
    for (const [i, probe] of probes.entries()) {
      const least = PROBES[Math.min(i, PROBES.length - 1)];
      if (probe.at - before < least)
        wrong.push(
          `${endpointId}: probe ${i + 1} of an open circuit came after ${probe.at - before} ms, not ${least}`,
        );
      before = end(probe);
    }
  };
  for (const one of own) {
    if (one.cause === "outcome_unknown") continue;
    // The success that closes it was a probe too.
    run.push(one);
    if (one.cause !== null) continue;
    check();
    run = [];
  }
  check();
  return wrong;
}

/** I20: the kept counts are those that one gets by counting. */
export function countsRight(deliveries, counts) {
  const counted = new Map();
  for (const one of deliveries) {
    const key = `${one.endpoint_id} ${one.status}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const kept = new Map(counts.map((row) => [`${row.endpoint_id} ${row.status}`, row.n]));
  return [...new Set([...counted.keys(), ...kept.keys()])].flatMap((key) =>
    counted.get(key) === kept.get(key)
      ? []
      : [`${key}: ${kept.get(key)} are kept, ${counted.get(key)} are there`],
  );
}

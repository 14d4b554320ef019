import type { Cause, Circuit, DeliveryStatus } from "./words";

// When to try again, and when to stop: pure functions of rows, outcomes, the time and a random number.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after the first failures in a row the next attempt is due, in milliseconds. */
export const SHORT_MS: readonly number[] = [1, 2, 4, 8, 16].map((seconds) => seconds * SECOND);
/** And after those that follow; the last one from then on. */
export const LONG_MS: readonly number[] = [
  5 * MINUTE,
  30 * MINUTE,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
];
/** The long times are stretched by up to this part, so that endpoints that fell together don't rise together. */
export const JITTER = 0.2;
/** So many failures in a row of an endpoint open its circuit. */
export const OPENS_AFTER = SHORT_MS.length;
/** An endpoint with no success for so long is turned off; a delivery that fails alone for so long is given up. */
export const GIVE_UP_MS = 120 * HOUR;
/** The most that `Retry-After` can ask for. */
export const RETRY_AFTER_MOST_MS = 24 * HOUR;

/** Everything that an attempt does is done within this, in milliseconds. */
export const DEADLINE_MS = 15_000;
/** Deliveries of a batch at most. */
export const BATCH = 100;
/** Attempts at once: a Worker has six connections, and one is left for finding out why there was none. */
export const AT_ONCE = 5;
/** After so long no attempt of a batch is begun any more, in milliseconds. */
export const WINDOW_MS = 20_000;
/** How long a claim holds: longer than a batch takes. One that was killed is claimed again after it. */
export const LEASE_MS = WINDOW_MS + DEADLINE_MS + 10_000;
/** An endpoint that is tried has failed within this: one that is not, because nothing ran, must be tried first. */
export const TRIED_MS = (LONG_MS.at(-1) ?? 0) * (1 + JITTER) + HOUR;

/** The least time between the `failures`-th failure in a row and the next attempt, in milliseconds. */
export function leastWait(failures: number): number {
  if (failures <= 0) return 0;
  const short = SHORT_MS[failures - 1];
  if (short !== undefined) return short;
  return LONG_MS[Math.min(failures - SHORT_MS.length, LONG_MS.length) - 1] ?? 24 * HOUR;
}

/**
 * The time until the next attempt: the least one, stretched where it is long, or what the receiver asked for
 * where that is more and not too much.
 * @param random 0 to 1
 * @param retryAfter what `Retry-After` said, in milliseconds; null for nothing
 */
export function waitAfter(failures: number, random: number, retryAfter: number | null): number {
  const least = leastWait(failures);
  const own = failures > SHORT_MS.length ? least * (1 + JITTER * random) : least;
  return Math.ceil(Math.max(own, Math.min(retryAfter ?? 0, RETRY_AFTER_MOST_MS)));
}

/**
 * What `Retry-After` asks for (RFC 9110, 10.2.3), in milliseconds from `now`: a number of seconds or a date.
 * Null for nothing that can be understood. Of several numbers the longest counts.
 */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(?:\s*,\s*\d+)*$/.test(text)) return Math.max(...text.split(",").map(Number)) * SECOND;
  // Only what looks like a date of HTTP: `Date` makes one of almost anything.
  if (!/^[A-Z][a-z]{2,8}, .+ GMT$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(at - now, 0);
}

/** What became of one attempt. */
export interface Outcome {
  /** When it ended, in milliseconds. */
  at: number;
  /** Null for a success. */
  cause: Cause | null;
  statusCode: number | null;
  /** In milliseconds; null where nothing was asked for. */
  retryAfter: number | null;
}

/** How an endpoint stands. */
export interface Health {
  circuit: Circuit;
  /** Failures in a row, of whichever deliveries. */
  failures: number;
  /** Probes that failed since the circuit opened. */
  probes: number;
  probeAt: number | null;
  /** The first failure since the last success. */
  failingSince: number | null;
  /** Set where it is to be turned off. */
  off: "gone" | "failing" | null;
}

/** As many attempts may be under way at once that their failures open the circuit exactly. */
export function mayBegin(health: Health, underWay: number): boolean {
  if (health.off !== null) return false;
  if (health.circuit !== "closed") return underWay === 0 && health.circuit === "half_open";
  return health.failures + underWay < OPENS_AFTER;
}

/** How an endpoint stands after one more attempt. */
export function after(health: Health, outcome: Outcome, random: number): Health {
  if (outcome.cause === null) {
    return { circuit: "closed", failures: 0, probes: 0, probeAt: null, failingSince: null, off: health.off };
  }
  const failingSince = health.failingSince ?? outcome.at;
  const failures = health.failures + 1;
  const off =
    outcome.statusCode === 410 ? "gone" : outcome.at - failingSince >= GIVE_UP_MS ? "failing" : health.off;
  const next: Health = { ...health, failures, failingSince, off };
  if (health.circuit === "closed") {
    if (failures < OPENS_AFTER) return next;
    const probeAt = outcome.at + waitAfter(OPENS_AFTER, random, outcome.retryAfter);
    return { ...next, circuit: "open", probes: 0, probeAt };
  }
  const probes = health.probes + 1;
  const probeAt = outcome.at + waitAfter(OPENS_AFTER + probes, random, outcome.retryAfter);
  return { ...next, circuit: "open", probes, probeAt };
}

/** How a delivery stands. */
export interface Place {
  /** Failures since it was last put in line. */
  failures: number;
  /** When it was last put in line. */
  queuedAt: number;
}

/** What becomes of a delivery. */
export interface Fate {
  status: Extract<DeliveryStatus, "pending" | "parked" | "delivered" | "exhausted">;
  failures: number;
  nextAt: number | null;
}

/**
 * What becomes of a claimed delivery.
 *
 * It is given up 120 hours after it was put in line, though never before it had all of its short attempts. An open
 * circuit parks it; an endpoint that is turned off ends it, whatever it was about to do.
 * @param health how its endpoint stands after all attempts of the claim
 * @param outcome null where there was no time to try it
 */
export function fateOf(
  place: Place,
  outcome: Outcome | null,
  health: Health,
  now: number,
  random: number,
): Fate {
  if (outcome?.cause === null) return { status: "delivered", failures: 0, nextAt: null };
  const failures = place.failures + (outcome ? 1 : 0);
  const givenUp = outcome !== null && outcome.at - place.queuedAt >= GIVE_UP_MS && failures > SHORT_MS.length;
  if (health.off !== null || givenUp) return { status: "exhausted", failures, nextAt: null };
  if (health.circuit === "open") return { status: "parked", failures, nextAt: null };
  const nextAt = outcome ? outcome.at + waitAfter(failures, random, outcome.retryAfter) : now;
  return { status: "pending", failures, nextAt };
}

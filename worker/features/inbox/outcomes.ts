import { emptyViolation, uniqueViolation } from "../../db/database";
import { DomainError } from "../../lib/errors";

/** An event that is understood to be beyond us: it waits for a person, with the reason in plain words. */
export class Unclear extends Error {}

/** An event that something newer of the same subject has overtaken. */
export class Overtaken extends Error {}

/** Something outside doesn't work now, and may later. */
export class NotNow extends Error {
  /** @param tries after how many it is a person's turn */
  constructor(
    message: string,
    readonly tries: number,
  ) {
    super(message);
  }
}

/** What becomes of an event whose effect threw. */
export type Outcome =
  /** Somebody else has done it at the same moment. */
  | { kind: "done" }
  /** Something newer of the same subject was taken in before. */
  | { kind: "stale" }
  | { kind: "quarantined"; reason: string }
  /** @property after milliseconds until the next try */
  | { kind: "later"; reason: string; after: number }
  /** The state changed under it: at once again, on the new one. */
  | { kind: "again" };

/** Tries at one go of an effect that lost a race. */
export const RACES = 3;
/** Tries while a part of ourselves is out of reach: about four hours. */
const TRIES = 30;

/** Milliseconds until an event is tried again after its `attempts`-th failure: doubling from 1 s to 10 min. */
export function inboxBackoff(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts - 1, 20), 10 * 60 * 1000);
}

/** The words of a refusal that say most. */
function reasonIn(error: DomainError): string {
  const fields = (error.extra.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  return error.code === "invalid" && fields.length > 0 ? fields.join(" ") : error.message;
}

/**
 * Decides what becomes of an event by what its effect threw.
 * @param attempts how often it was tried, this one included
 * @param race how often at this go
 */
export function outcomeOf(error: unknown, attempts: number, race: number): Outcome {
  if (uniqueViolation(error)?.startsWith("inbox_effects.")) return { kind: "done" };
  if (error instanceof Overtaken || emptyViolation(error) === "inbox_effects.at") return { kind: "stale" };
  if (error instanceof Unclear) return { kind: "quarantined", reason: error.message };
  const refused = error instanceof DomainError ? error : null;
  const raced = refused?.code === "conflict" || uniqueViolation(error) !== null || emptyViolation(error);
  if (raced && race < RACES) return { kind: "again" };
  if (refused && refused.code !== "unavailable") return { kind: "quarantined", reason: reasonIn(refused) };
  const most = error instanceof NotNow ? error.tries : TRIES;
  const reason =
    error instanceof NotNow || refused
      ? (error as Error).message
      : "Something went wrong on our side. The log says what.";
  if (attempts >= most) {
    return { kind: "quarantined", reason: `${reason} It was tried ${attempts} times. Run it again later.` };
  }
  return { kind: "later", reason, after: inboxBackoff(attempts) };
}

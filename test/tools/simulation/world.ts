import { DEADLINE_MS } from "../../../worker/features/webhooks/policy";
import type { Cause } from "../../../worker/features/webhooks/words";
import type { chance } from "../../faults/random.mjs";

export type Chance = ReturnType<typeof chance>;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Real time, which only goes forward, and the product's clock, which jumps. Work is done in the order of its time. */
export class Time {
  at = 0;
  /** Rises with each jump of the clock. */
  jumps = 0;
  private offset = 20_000 * DAY;
  private readonly due: { at: number; n: number; work: () => void }[] = [];
  private count = 0;

  /** The product's clock. */
  now(): number {
    return this.at + this.offset;
  }
  jump(by: number): void {
    this.offset += by;
    this.jumps += 1;
  }
  /** When the product's clock will show `now`, unless it jumps. */
  realOf(now: number): number {
    return Math.max(now - this.offset, this.at);
  }
  plan(at: number, work: () => void): void {
    const entry = { at: Math.max(Math.ceil(at), this.at), n: this.count++, work };
    let i = this.due.length;
    while (i > 0 && later(this.due[i - 1] as typeof entry, entry)) i--;
    this.due.splice(i, 0, entry);
  }
  /** Does the next work. @returns false where there is none */
  step(): boolean {
    const next = this.due.shift();
    if (!next) return false;
    this.at = next.at;
    next.work();
    return true;
  }
}
const later = (a: { at: number; n: number }, b: { at: number; n: number }) =>
  a.at > b.at || (a.at === b.at && a.n > b.n);

/** How the receiver answers, for a while. */
interface Phase {
  until: number;
  how: "up" | "flaky" | "errors" | "refuses" | "hangs";
}

export interface Reply {
  tookMs: number;
  cause: Cause | null;
  statusCode: number | null;
  retryAfter: number | null;
  /** Whether the receiver did what the event asks for, whatever the sender hears of it. */
  done: boolean;
}

/** Somebody else's server: well and unwell by turns, and well for ever at the end. */
export class Receiver {
  readonly phases: Phase[] = [];
  readonly wellFrom: number;
  /** Events that it never takes. */
  readonly poison = new Set<number>();

  constructor(
    private readonly random: Chance,
    lengths: number[],
  ) {
    let at = 0;
    for (const length of lengths) {
      at += length * random.between(0.1, 0.5);
      this.phases.push({ until: at, how: random.pick(["up", "flaky"] as const) });
      at += length;
      this.phases.push({ until: at, how: random.pick(["flaky", "errors", "refuses", "hangs"] as const) });
    }
    this.wellFrom = at;
  }

  reply(at: number, seq: number): Reply {
    const { random } = this;
    const how = this.phases.find(({ until }) => at < until)?.how ?? "up";
    const quick = Math.round(random.between(3, 250));
    const failed = (statusCode: number): Reply => ({
      tookMs: quick,
      cause: "status",
      statusCode,
      retryAfter: random.next() < 0.1 ? random.pick([0, 5, 120, 7200, 1e12]) * SECOND : null,
      done: false,
    });
    if (this.poison.has(seq)) return failed(422);
    const answers = {
      up: () => this.taken(quick),
      flaky: () => (random.next() < 0.5 ? this.taken(quick) : failed(503)),
      errors: () => failed(random.next() < 0.002 ? 410 : 500),
      refuses: () => ({ ...failed(0), cause: "refused" as const, statusCode: null, retryAfter: null }),
      hangs: () => ({
        tookMs: DEADLINE_MS,
        cause: "timeout" as const,
        statusCode: null,
        retryAfter: null,
        done: random.next() < 0.3,
      }),
    };
    return answers[how]();
  }

  /** Taken; now and then its answer is lost on the way. */
  private taken(tookMs: number): Reply {
    const lost = this.random.next() < 0.02;
    return {
      tookMs,
      cause: lost ? "reset" : null,
      statusCode: lost ? null : 200,
      retryAfter: null,
      done: true,
    };
  }
}

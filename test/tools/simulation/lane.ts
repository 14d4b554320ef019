import {
  AT_ONCE,
  after,
  type Health,
  mayBegin,
  type Outcome,
  WINDOW_MS,
} from "../../../worker/features/webhooks/policy";
import type { Claim, Row, Rows } from "./rows";
import { type Chance, type Receiver, SECOND, type Time } from "./world";

/** One request that left, as an onlooker writes it down. */
export interface Attempt {
  row: Row;
  seq: number;
  entity: number;
  entitySeq: number;
  turn: number;
  start: number;
  /** When it was over, one way or another. */
  end: number;
  /** Jumps of the clock before its start and before its end. */
  jumps: { before: number; after: number };
  outcome: Outcome;
  /** The receiver did what it asks for. */
  done: boolean;
  /** Set once its outcome is written; one that was killed or whose outcome was lost never is. */
  known: boolean;
}

/** What a lane did with one claim. */
export interface Batch {
  circuit: Health["circuit"];
  attempts: Attempt[];
  /** In the order in which they ended. */
  ended: Attempt[];
  applied: boolean;
  settledAt: number;
}

/** A lane as `lane.ts` and `send.ts` have it, one step after the other in the simulation's time. */
export class Lane {
  readonly batches: Batch[] = [];
  working = false;
  private again = false;
  /** Of the process: what an older one had planned doesn't happen. */
  private life = 0;
  private alarm = 0;
  private troubles = 0;

  constructor(
    private readonly time: Time,
    private readonly rows: Rows,
    private readonly receiver: Receiver,
    private readonly random: Chance,
    /** Of a batch: that D1 is away so long that its outcome is lost. */
    private readonly lossy: number,
  ) {}

  poke(): void {
    this.again = true;
    if (!this.working) this.setAlarm(this.time.at);
  }

  /** Ends its process; its alarm comes again, as the platform promises, or is lost all the same. */
  kill(): void {
    const batch = this.batches.at(-1);
    for (const attempt of batch?.attempts ?? [])
      if (!batch?.ended.includes(attempt)) attempt.end = Math.min(attempt.end, this.time.at);
    const busy = this.working;
    this.life += 1;
    this.working = false;
    this.again = false;
    if (busy && this.random.next() < 0.5) this.setAlarm(this.time.at + 2 * SECOND);
  }

  private setAlarm(at: number): void {
    const mine = ++this.alarm;
    this.plan(at, () => {
      if (mine !== this.alarm || this.working) return;
      this.working = true;
      this.round();
    });
  }

  private plan(at: number, work: () => void): void {
    const { life } = this;
    this.time.plan(at, () => {
      if (life === this.life) work();
    });
  }

  private round(): void {
    this.again = false;
    const claim = this.rows.claim(this.time.now());
    if (!claim) {
      this.rest(null, false, false);
      return;
    }
    if (claim.rows.length === 0) {
      this.rest(claim.nextAt, claim.more, false);
      return;
    }
    const batch: Batch = {
      circuit: claim.before.circuit,
      attempts: [],
      ended: [],
      applied: false,
      settledAt: Number.POSITIVE_INFINITY,
    };
    this.batches.push(batch);
    this.send(claim, batch);
  }

  private send(claim: Claim, batch: Batch): void {
    const ends = this.time.at + WINDOW_MS;
    const left = [...claim.rows];
    let health = claim.before;
    let underWay = 0;
    const pump = () => {
      while (left.length > 0 && underWay < AT_ONCE && mayBegin(health, underWay) && this.time.at <= ends) {
        const row = left.shift() as Row;
        underWay += 1;
        const attempt = this.begin(row);
        batch.attempts.push(attempt);
        this.plan(attempt.end, () => {
          underWay -= 1;
          attempt.outcome.at = this.time.now();
          attempt.jumps.after = this.time.jumps;
          batch.ended.push(attempt);
          health = after(health, attempt.outcome, this.random.next());
          pump();
        });
      }
      if (underWay === 0)
        this.plan(this.time.at + Math.round(this.random.between(1, 30)), () =>
          this.settle(claim, batch, health),
        );
    };
    pump();
  }

  private begin(row: Row): Attempt {
    const { at } = this.time;
    const { tookMs, done, ...reply } = this.receiver.reply(at, row.seq);
    const { seq, entity, entitySeq, turn } = row;
    const outcome: Outcome = { at: 0, ...reply };
    const jumps = { before: this.time.jumps, after: this.time.jumps };
    return {
      row,
      seq,
      entity,
      entitySeq,
      turn,
      start: at,
      end: at + tookMs,
      jumps,
      outcome,
      done,
      known: false,
    };
  }

  private settle(claim: Claim, batch: Batch, health: Health): void {
    if (this.random.next() < this.lossy) {
      this.troubles += 1;
      this.working = false;
      this.setAlarm(this.time.at + Math.min(SECOND * 2 ** (this.troubles - 1), 60 * SECOND));
      return;
    }
    this.troubles = 0;
    const done = new Map(batch.ended.map((attempt) => [attempt.row, attempt.outcome]));
    const { applied, nextAt } = this.rows.settle(claim, health, done, this.time.now());
    batch.applied = applied;
    batch.settledAt = this.time.at;
    for (const attempt of batch.ended) attempt.known = true;
    const closed = claim.before.circuit !== "closed" && health.circuit === "closed";
    const times = [nextAt, claim.nextAt].filter((at) => at !== null);
    this.rest(times.length > 0 ? Math.min(...times) : null, claim.more || closed, true);
  }

  private rest(nextAt: number | null, more: boolean, sent: boolean): void {
    const overdue = nextAt !== null && nextAt <= this.time.now();
    if (more || this.again || (sent && overdue)) {
      this.plan(this.time.at + 1, () => this.round());
      return;
    }
    this.working = false;
    if (nextAt !== null) this.setAlarm(overdue ? this.time.at + SECOND : this.time.realOf(nextAt));
  }
}

import {
  BATCH,
  fateOf,
  GIVE_UP_MS,
  type Health,
  LEASE_MS,
  leastWait,
  type Outcome,
  SHORT_MS,
  TRIED_MS,
} from "../../../worker/features/webhooks/policy";
import { MINUTE } from "./world";

export interface Event {
  seq: number;
  entity: number;
  entitySeq: number;
  committedAt: number;
  done: boolean;
}

export interface Row extends Omit<Event, "committedAt" | "done"> {
  status: "pending" | "delivered" | "parked" | "exhausted" | "cancelled";
  attempts: number;
  failures: number;
  queuedAt: number;
  nextAt: number | null;
  leaseUntil: number | null;
  updatedAt: number;
  /** How often somebody put it in line. */
  turn: number;
  /** That it was claimed by last. */
  claim: Claim | null;
}

export interface Claim {
  rows: Row[];
  before: Health;
  nextAt: number | null;
  more: boolean;
}

const open = ({ status }: Row) => status === "pending" || status === "parked";
const byLine = (a: Row, b: Row) => (a.nextAt ?? 0) - (b.nextAt ?? 0) || a.seq - b.seq;

/** The database as far as one endpoint needs it: what `claim.ts`, `outcome.ts`, `fan-out.ts` and `sweep.ts` do there. */
export class Rows {
  readonly events: Event[] = [];
  readonly rows: Row[] = [];
  readonly periods: { from: number; until: number | null }[] = [{ from: 0, until: null }];
  health: Health = {
    circuit: "closed",
    failures: 0,
    probes: 0,
    probeAt: null,
    failingSince: null,
    off: null,
  };
  status: "enabled" | "disabled" = "enabled";
  reason: "person" | "gone" | "failing" | null = null;
  lastFailureAt: number | null = null;

  constructor(
    readonly ordered: boolean,
    private readonly random: () => number,
  ) {}

  commit(entity: number, at: number): Event {
    const entitySeq = this.events.filter((event) => event.entity === entity).length + 1;
    const event = { seq: this.events.length + 1, entity, entitySeq, committedAt: at, done: false };
    this.events.push(event);
    return event;
  }

  subscribed = (seq: number) =>
    this.periods.some(({ from, until }) => from < seq && (until === null || seq <= until));

  /** @returns whether something is in line now */
  fanOut(handed: Event[], now: number): boolean {
    const wave = new Set(handed);
    for (const { entity, entitySeq } of handed) {
      for (let n = entitySeq - 1; n > 0; n--) {
        const earlier = this.events.find((event) => event.entity === entity && event.entitySeq === n);
        if (!earlier || earlier.done) break;
        wave.add(earlier);
      }
    }
    let awake = false;
    for (const { seq, entity, entitySeq } of wave) {
      if (!this.subscribed(seq) || this.rows.some((row) => row.seq === seq)) continue;
      const off = this.reason === "person" ? "cancelled" : "exhausted";
      const waits = this.health.circuit === "closed" ? "pending" : "parked";
      const status = this.status === "disabled" ? off : waits;
      awake ||= status === "pending";
      const nextAt = status === "pending" ? now : null;
      const times = { queuedAt: now, nextAt, leaseUntil: null, updatedAt: now };
      this.rows.push({
        seq,
        entity,
        entitySeq,
        status,
        attempts: 0,
        failures: 0,
        turn: 0,
        claim: null,
        ...times,
      });
    }
    for (const event of handed) event.done = true;
    return awake;
  }

  private ownTime(row: Row): number {
    return row.failures === 0
      ? row.queuedAt
      : Math.max(row.queuedAt, row.updatedAt + leastWait(row.failures));
  }

  private isHead(row: Row): boolean {
    return (
      !this.ordered ||
      !this.rows.some(
        (other) => other.entity === row.entity && open(other) && other.entitySeq < row.entitySeq,
      )
    );
  }

  isDue(row: Row, now: number): boolean {
    return row.status === "pending" && (row.nextAt ?? 0) <= now && this.isHead(row);
  }

  private probes(now: number): Row[] {
    const parked = this.rows.filter(
      (row) => row.status === "parked" && this.ownTime(row) <= now && this.isHead(row),
    );
    const asked = this.rows.filter((row) => this.isDue(row, now));
    return [...asked.sort(byLine), ...parked.sort((a, b) => a.seq - b.seq)].slice(0, 1);
  }

  claim(now: number): Claim | null {
    if (this.status === "disabled") return null;
    const { health, rows } = this;
    if (health.circuit === "closed") {
      for (const row of rows.filter(({ status }) => status === "parked")) {
        row.status = "pending";
        row.nextAt = this.ownTime(row);
      }
    }
    const leaseUntil = now + LEASE_MS;
    let claimed: Row[] = [];
    if (health.circuit === "closed") {
      claimed = rows
        .filter((row) => this.isDue(row, now))
        .sort(byLine)
        .slice(0, BATCH);
    } else if ((health.probeAt ?? 0) <= now) {
      claimed = this.probes(now);
      if (claimed.length > 0) Object.assign(health, { circuit: "half_open", probeAt: leaseUntil });
    }
    const claim: Claim = { rows: claimed, before: { ...health }, nextAt: null, more: false };
    for (const row of claimed) {
      row.claim = claim;
      row.status = "pending";
      row.attempts += 1;
      row.leaseUntil = leaseUntil;
      row.nextAt = leaseUntil;
    }
    if (health.circuit !== "closed") {
      for (const row of rows) {
        if (row.status !== "pending" || claimed.includes(row) || (row.leaseUntil ?? 0) > now) continue;
        Object.assign(row, { status: "parked", nextAt: null, leaseUntil: null });
      }
    }
    const waiting = rows.filter(({ status }) => status === "parked").map((row) => this.ownTime(row));
    const later = rows
      .filter((row) => row.status === "pending" && !claimed.includes(row) && (row.nextAt ?? 0) > now)
      .map(({ nextAt }) => nextAt ?? 0);
    if (health.circuit !== "closed" && waiting.length > 0 && claimed.length === 0) {
      const probeAt = Math.max(health.probeAt ?? now, Math.min(...waiting));
      if (probeAt > now) later.push(probeAt);
    }
    claim.more =
      health.circuit === "closed" && (claimed.length === BATCH || (this.ordered && claimed.length > 0));
    claim.nextAt = later.length > 0 ? Math.min(...later) : null;
    return claim;
  }

  /** @returns when the next of them is due, and whether the endpoint's row took the change */
  settle(claim: Claim, health: Health, done: Map<Row, Outcome>, now: number) {
    for (const row of claim.rows) {
      const outcome = done.get(row) ?? null;
      if (row.claim !== claim || row.leaseUntil === null) continue;
      const fate = fateOf(row, outcome, health, now, this.random());
      row.leaseUntil = null;
      row.failures = fate.failures;
      if (outcome) row.updatedAt = now;
      else row.attempts -= 1;
      if (row.status === "pending") Object.assign(row, { status: fate.status, nextAt: fate.nextAt });
      else row.nextAt = null;
    }
    const { circuit, failures } = this.health;
    const applied =
      done.size > 0 &&
      this.status === "enabled" &&
      circuit === claim.before.circuit &&
      failures === claim.before.failures;
    if (applied) {
      this.health = { ...health, off: null };
      for (const { cause, at } of done.values()) if (cause !== null) this.lastFailureAt = at;
      if (health.off) this.turnOff(health.off, now);
      else if (health.circuit === "open") {
        for (const row of this.rows)
          if (row.status === "pending" && row.leaseUntil === null)
            Object.assign(row, { status: "parked", nextAt: null });
      }
    }
    const times = claim.rows.flatMap(({ status, nextAt }) =>
      status === "pending" && nextAt !== null ? [nextAt] : [],
    );
    const own = health.circuit === "closed" ? (times.length > 0 ? Math.min(...times) : null) : health.probeAt;
    return { applied, nextAt: health.off ? null : own };
  }

  turnOff(reason: "person" | "gone" | "failing", now: number): void {
    this.status = "disabled";
    this.reason = reason;
    for (const period of this.periods) period.until ??= this.events.length;
    const status = reason === "person" ? "cancelled" : "exhausted";
    for (const row of this.rows) if (open(row)) Object.assign(row, { status, nextAt: null, updatedAt: now });
  }

  turnOn(): void {
    this.status = "enabled";
    this.reason = null;
    this.health = { circuit: "closed", failures: 0, probes: 0, probeAt: null, failingSince: null, off: null };
    this.periods.push({ from: this.events.length, until: null });
  }

  /** Somebody wants it sent again. @returns false where it is being sent */
  retry(row: Row, now: number): boolean {
    if (this.status === "disabled" || (row.leaseUntil ?? 0) >= now) return false;
    Object.assign(row, {
      status: "pending",
      failures: 0,
      queuedAt: now,
      nextAt: now,
      leaseUntil: null,
      updatedAt: now,
      claim: null,
    });
    row.turn += 1;
    if (this.health.circuit !== "closed") this.health.probeAt = now;
    return true;
  }

  /** @returns whether the lane is to be woken */
  sweep(now: number): boolean {
    for (const row of this.rows) {
      if (row.status === "pending" && (row.leaseUntil ?? 0) > now + LEASE_MS)
        Object.assign(row, { nextAt: now + LEASE_MS, leaseUntil: now + LEASE_MS });
      const waits = row.status === "pending" && (row.nextAt ?? 0) > now && row.leaseUntil === null;
      if (waits && row.queuedAt <= now - GIVE_UP_MS && row.failures > SHORT_MS.length)
        Object.assign(row, { status: "exhausted", nextAt: null });
    }
    const { circuit, probeAt, failingSince } = this.health;
    const failing = circuit !== "closed" && (probeAt ?? 0) > now && (failingSince ?? now) <= now - GIVE_UP_MS;
    if (this.status === "enabled" && failing && (this.lastFailureAt ?? 0) >= now - TRIED_MS)
      this.turnOff("failing", now);
    return this.status === "enabled" && this.dueAt() <= now;
  }

  /** When the sweep finds something, by the product's clock. */
  dueAt(): number {
    const { circuit, probeAt, failingSince } = this.health;
    const times = this.rows.flatMap((row) => {
      if (row.status === "pending") return [row.nextAt ?? 0];
      if (row.status !== "parked") return [];
      if (circuit === "closed") return [0];
      // The real one also looks in where nothing can go yet, which changes nothing.
      return this.isHead(row) ? [Math.max(probeAt ?? 0, this.ownTime(row))] : [];
    });
    if (circuit !== "closed" && failingSince !== null && this.status === "enabled" && times.length > 0)
      times.push(failingSince + GIVE_UP_MS + MINUTE);
    return Math.min(Number.POSITIVE_INFINITY, ...times);
  }
}

import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { log, reasonOf } from "../../lib/log";
import { claim, earliest } from "./claim";
import { healthOf, settle } from "./outcome";
import { attempt, openSender, Pace, type Sender, sendAll, type World } from "./send";

interface Whose {
  orgId: string;
  endpointId: string;
}
const WHOSE = "whose";

interface Round {
  /** When something is due, by the product's clock. */
  nextAt: number | null;
  /** Something is due now. */
  more: boolean;
  sent: boolean;
}

/** How long one alarm works at most: the platform ends it after 15 minutes. */
const TURN_MS = 60_000;
/** The wait after a turn that failed (D1 away, a key missing), doubling up to a minute. */
const TROUBLE_MS = 1000;
const MOST_TROUBLE_MS = 60_000;
/** An alarm that found nothing to do though something is due comes again after this. */
const IDLE_MS = 1000;
/** An alarm further away than this need not be kept: the sweep comes by each minute. */
const FAR_MS = 24 * 60 * 60 * 1000;
/** How often an outcome is written when D1 is away: what was delivered would else be sent again. */
const WRITES = 4;

/**
 * The lane of one endpoint: sends what is due there, so that one that never answers holds up no other.
 * It keeps nothing but whose it is: whatever it has to know stands in the rows.
 */
export class Lane extends DurableObject<Env> {
  private whose: Whose | null = null;
  private working = false;
  private again = false;
  private troubles = 0;
  private readonly pace = new Pace();

  /** Looks for what is due, at once and after the call. Losing it is harmless: the sweep asks again. */
  async poke(orgId: string, endpointId: string): Promise<void> {
    this.again = true;
    if (this.working) return;
    if (!this.whose) {
      this.whose = { orgId, endpointId };
      this.ctx.storage.kv.put(WHOSE, this.whose);
    }
    await this.ctx.storage.setAlarm(Date.now());
  }

  override async alarm(): Promise<void> {
    const whose = this.whose ?? this.ctx.storage.kv.get<Whose>(WHOSE);
    if (!whose) return;
    this.working = true;
    let wait: number | null;
    try {
      wait = await this.turn(whose);
      this.troubles = 0;
    } catch (error) {
      this.troubles += 1;
      wait = Math.min(TROUBLE_MS * 2 ** (this.troubles - 1), MOST_TROUBLE_MS);
      log("warn", "lane.failed", { endpointId: whose.endpointId, reason: reasonOf(error) });
    }
    // Without a pause in between, so that no poke falls between the two.
    this.working = false;
    if (this.again) wait = 0;
    if (wait !== null && wait < FAR_MS) await this.ctx.storage.setAlarm(Date.now() + wait);
  }

  /** Sends until nothing is due. @returns how long until something is, in milliseconds; null for never */
  private async turn({ orgId, endpointId }: Whose): Promise<number | null> {
    const ctx = systemCtx(this.env, orgId, (work) => this.ctx.waitUntil(work));
    const ends = performance.now() + TURN_MS;
    for (;;) {
      this.again = false;
      const { nextAt, more, sent } = await this.round(ctx, endpointId);
      const overdue = nextAt !== null && nextAt <= clock.now();
      const due = more || this.again || (sent && overdue);
      if (due && performance.now() < ends) continue;
      if (due) return 0;
      if (nextAt === null) return null;
      return overdue ? IDLE_MS : nextAt - clock.now();
    }
  }

  private async round(ctx: Ctx, endpointId: string): Promise<Round> {
    const claimed = await claim(ctx, endpointId);
    if (!claimed) return { nextAt: null, more: false, sent: false };
    const { endpoint, deliveries } = claimed;
    if (deliveries.length === 0) return { ...claimed, sent: false };
    const before = healthOf(endpoint);
    let sender: Sender;
    try {
      sender = await openSender(this.env, endpoint, ctx.now());
    } catch (error) {
      // Without its key nothing is sent, and nothing counts as a failure of the receiver.
      await settle(ctx, claimed, { health: before, done: [] });
      throw error;
    }
    const batch = await sendAll(
      before,
      deliveries.filter(({ body }) => body !== null),
      endpoint.ratePerSecond,
      this.pace,
      worldOf(sender),
    );
    sender.deadlines.close();
    const nextAt = await persist(() => settle(ctx, claimed, batch));
    const closed = before.circuit !== "closed" && batch.health.circuit === "closed";
    return { nextAt: earliest(nextAt, claimed.nextAt), more: claimed.more || closed, sent: true };
  }
}

const worldOf = (sender: Sender): World => ({
  attempt: (delivery) => attempt(sender, delivery),
  random: Math.random,
  elapsed: () => performance.now(),
  pause: (ms) => scheduler.wait(ms),
});

async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (tries === WRITES) throw error;
      await scheduler.wait(250 * 2 ** (tries - 1));
    }
  }
}

/** Wakes an endpoint's lane after a commit that made something due there. Never throws: the sweep asks again. */
export async function pokeLane(env: Env, endpoint: { id: string; orgId: string }): Promise<void> {
  try {
    await env.LANE.get(env.LANE.idFromName(endpoint.id)).poke(endpoint.orgId, endpoint.id);
  } catch (error) {
    log("warn", "lane.unreachable", { endpointId: endpoint.id, reason: reasonOf(error) });
  }
}

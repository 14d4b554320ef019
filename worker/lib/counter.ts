import { DurableObject } from "cloudflare:workers";
import { groupsOf, IPV4 } from "./addresses";
import { sha256Hex } from "./keys";
import { callObject } from "./object-call";

/** What a counter answers. `count` is what stands in the window after the call. */
export interface Taken {
  allowed: boolean;
  /** 0 when allowed, else after how many seconds the next one can be. */
  retryAfterSeconds: number;
  count: number;
}

/** The stored hits `hit:<first>` to `hit:<next - 1>`, oldest first. */
interface Span {
  first: number;
  next: number;
}

/**
 * Counts one thing of one caller, never more than `limit` in any window, wherever that window starts. Each hit is
 * kept with its time until it leaves the window; the two ends of the row tell the count without reading it.
 */
export class Counter extends DurableObject {
  /** Counts one if there is room. A refusal isn't counted, so that nobody is locked out by trying on. */
  async take(limit: number, windowMs: number, now: number): Promise<Taken> {
    const at = this.#forget(windowMs, now);
    const { first, next } = this.#span();
    if (next - first >= limit) return this.#answer(limit, windowMs, now);
    this.ctx.storage.kv.put<number>(`hit:${next}`, at);
    this.ctx.storage.kv.put<Span>("span", { first, next: next + 1 });
    // Alarms go by the real clock and not by the product's. Each hit moves it, so that it rings after the last one.
    await this.ctx.storage.setAlarm(Date.now() + windowMs);
    return { allowed: true, retryAfterSeconds: 0, count: next + 1 - first };
  }

  /** Whether one more would be allowed, without counting it. */
  async peek(limit: number, windowMs: number, now: number): Promise<Taken> {
    this.#forget(windowMs, now);
    return this.#answer(limit, windowMs, now);
  }

  /** Counts one failure; `allowed` is whether the limit had room for it. See `limitFailures`. */
  async fail(limit: number, windowMs: number, now: number): Promise<Taken> {
    return this.take(limit, windowMs, now);
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  /** The window of the last hit is over: an object with nothing stored costs nothing. */
  override async alarm(): Promise<void> {
    // A hit that came in while this alarm was on its way has set the next one.
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.deleteAll();
  }

  #span(): Span {
    return this.ctx.storage.kv.get<Span>("span") ?? { first: 0, next: 0 };
  }

  #hit(index: number): number {
    return this.ctx.storage.kv.get<number>(`hit:${index}`) ?? 0;
  }

  #answer(limit: number, windowMs: number, now: number): Taken {
    const { first, next } = this.#span();
    const count = next - first;
    if (count < limit) return { allowed: true, retryAfterSeconds: 0, count };
    // There is room once this hit is gone: the oldest one, or a later one where the limit was higher before.
    const blocking = limit > 0 ? this.#hit(next - limit) : now;
    const wait = Math.ceil((blocking + windowMs - now) / 1000);
    return { allowed: false, retryAfterSeconds: Math.max(1, wait), count };
  }

  /** Drops the hits that have left the window, and gives the time that a new hit gets. */
  #forget(windowMs: number, now: number): number {
    const { kv } = this.ctx.storage;
    const { first, next } = this.#span();
    if (first === next) return now;
    // Times never go back in the row: callers' clocks differ a little, and the earlier one gives way.
    const newest = this.#hit(next - 1);
    let at = Math.max(now, newest);
    if (newest > now + windowMs) {
      // The clock was set back far. The hits still count, but for one window and not until that day comes again.
      for (let index = first; index < next; index++) kv.put<number>(`hit:${index}`, now);
      at = now;
    }
    let kept = first;
    while (kept < next && this.#hit(kept) <= at - windowMs) kv.delete(`hit:${kept++}`);
    if (kept > first) kv.put<Span>("span", { first: kept, next });
    return at;
  }
}

/** How many in how long. */
export interface Rule {
  limit: number;
  windowMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where one person tries things out all day, limits made for strangers are in the way. */
const LOCAL_TIMES = 100;

/** The limits of this product. Those by address count for `addressBucket`, failed logins for an account. */
export function rules(mode: string) {
  const times = mode === "local" || mode === "test" ? LOCAL_TIMES : 1;
  const rule = (limit: number, windowMs: number): Rule => ({ limit: limit * times, windowMs });
  return {
    failedLogins: rule(10, 15 * MINUTE),
    logins: rule(300, HOUR),
    registrations: rule(100, HOUR),
    applications: rule(60, HOUR),
    applicationsOfPerson: rule(10, DAY),
    sendsOfPage: rule(5, DAY),
    drafts: rule(60, HOUR),
    draftFiles: rule(120, HOUR),
    draftMails: rule(20, HOUR),
    draftMailsOfPerson: rule(3, DAY),
    applySteps: rule(600, HOUR),
    passwordResets: rule(20, HOUR),
    resetsOfPerson: rule(5, HOUR),
    verifications: rule(5, HOUR),
    wrongLinks: rule(60, HOUR),
    linkRequests: rule(30, HOUR),
    linksOfPerson: rule(1, 10 * MINUTE),
    linksOfPersonADay: rule(5, 24 * HOUR),
    webhookTests: rule(60, HOUR),
  };
}

interface CounterEnv {
  COUNTER: DurableObjectNamespace<Counter>;
}

/** The object's name is a hash, so that no e-mail address or network address stands in it. */
async function counterOf(env: CounterEnv, name: string, key: string) {
  return env.COUNTER.getByName(await sha256Hex(`${name}\0${key}`));
}

/**
 * Counts one against a limit.
 *
 * @param name what is limited, like "registrations"
 * @param key for whom, like an `addressBucket`; the same spelling each time
 */
export function takeLimit(
  env: CounterEnv,
  name: string,
  key: string,
  rule: Rule,
  now: number,
): Promise<Taken> {
  return callObject(async () => (await counterOf(env, name, key)).take(rule.limit, rule.windowMs, now));
}

/** As `takeLimit`, but counts nothing. */
export function peekLimit(
  env: CounterEnv,
  name: string,
  key: string,
  rule: Rule,
  now: number,
): Promise<Taken> {
  return callObject(async () => (await counterOf(env, name, key)).peek(rule.limit, rule.windowMs, now));
}

/** As `takeLimit`, for a failure that has already happened. */
export function failLimit(
  env: CounterEnv,
  name: string,
  key: string,
  rule: Rule,
  now: number,
): Promise<Taken> {
  return callObject(async () => (await counterOf(env, name, key)).fail(rule.limit, rule.windowMs, now));
}

/** Forgets what was counted for this key. */
export function clearLimit(env: CounterEnv, name: string, key: string): Promise<void> {
  return callObject(async () => (await counterOf(env, name, key)).clear());
}

/**
 * Runs an attempt of which only failures count, like a login. Many attempts may run at once, all let in before the
 * first of them has failed, so the limit is asked again afterwards: whoever guesses in parallel sees no more
 * answers, right or wrong, than whoever guesses in turn.
 *
 * @param attempt gives null when it failed
 * @returns the refusal, or the attempt's own result
 */
export async function limitFailures<Result>(
  env: CounterEnv,
  name: string,
  key: string,
  rule: Rule,
  now: number,
  attempt: () => Promise<Result | null>,
): Promise<{ allowed: false; retryAfterSeconds: number } | { allowed: true; result: Result | null }> {
  const before = await peekLimit(env, name, key, rule, now);
  if (!before.allowed) return { allowed: false, retryAfterSeconds: before.retryAfterSeconds };
  const result = await attempt();
  const settle = result === null ? failLimit : peekLimit;
  const after = await settle(env, name, key, rule, now);
  if (!after.allowed) return { allowed: false, retryAfterSeconds: after.retryAfterSeconds };
  return { allowed: true, result };
}

/**
 * Who a network address counts as: an IPv4 address is itself, an IPv6 address is its /48, because one customer
 * commonly holds that many. Anything else is "unknown", so that inventing addresses makes no new buckets.
 */
export function addressBucket(ip: string): string {
  const address = ip.trim().replace(/%.*$/, "");
  if (IPV4.test(address)) return address;
  const groups = groupsOf(address);
  if (groups === null) return "unknown";
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    // An IPv4 address in IPv6 clothes must not open a bucket shared by all of IPv4.
    return [6, 7].flatMap((index) => [(groups[index] ?? 0) >> 8, (groups[index] ?? 0) & 255]).join(".");
  }
  return `${groups
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(":")}::/48`;
}

import type { Env } from "../../env";
import { clock } from "../../lib/clock";
import { Deadlines } from "../../lib/deadlines";
import { post } from "../../lib/outbound";
import {
  AT_ONCE,
  after,
  DEADLINE_MS,
  type Health,
  mayBegin,
  type Outcome,
  retryAfterOf,
  WINDOW_MS,
} from "./policy";
import { openHeaders, openSecret, secretBytes } from "./secrets";
import { sign } from "./sign";
import type { ReceivedAnswer, SentRequest, webhookDeliveries, webhookEndpoints } from "./table";
import { mayReach } from "./targets";

const READ_BYTES = 64 * 1024;
const KEEP_BYTES = 4 * 1024;
/** A delivery that was claimed; `attempts` counts the one that is to be made. */
export type Claimed = Pick<
  typeof webhookDeliveries.$inferSelect,
  "id" | "eventId" | "eventType" | "hops" | "attempts" | "failures" | "queuedAt"
> & { body: string | null };

export type EndpointRow = typeof webhookEndpoints.$inferSelect;

/** An attempt that was made. */
export interface Attempted {
  delivery: Claimed;
  outcome: Outcome;
  latencyMs: number | null;
  request: SentRequest;
  response: ReceivedAnswer | null;
}

/** What all attempts of a batch share. */
export interface Sender {
  url: string;
  allowed: boolean;
  headers: Record<string, string>;
  /** Of its secrets, the newest first. */
  keys: Uint8Array[];
  /** Closed by whoever opened it. */
  deadlines: Deadlines;
}

/** An endpoint with its secrets open. @throws KeyError when the root key is missing */
export async function openSender(env: Env, row: EndpointRow, now: number): Promise<Sender> {
  const place = { orgId: row.orgId, table: "webhook_endpoints", id: row.id } as const;
  const secrets = [await openSecret(env, place, row.secret)];
  if (row.previousSecret !== null && (row.previousUntil ?? 0) > now) {
    secrets.push(await openSecret(env, place, row.previousSecret));
  }
  const headers = await openHeaders(env, place, row.headers);
  const keys = secrets.map(secretBytes);
  return {
    url: row.url,
    allowed: mayReach(env, row.url),
    headers,
    keys,
    deadlines: new Deadlines(DEADLINE_MS),
  };
}

/** One attempt: the same bytes and id as every other of this event, signed afresh. */
export async function attempt(sender: Sender, delivery: Claimed): Promise<Attempted> {
  const { eventId, eventType, hops } = delivery;
  const body = delivery.body ?? "";
  const plain = {
    "content-type": "application/json",
    "user-agent": "Portico-Webhooks/1.0",
    "x-webhook-event": eventType,
    "x-hub-hops": String(hops + 1),
  };
  const seconds = Math.floor(clock.now() / 1000);
  const {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    ...signatures
  } = sign(eventId, seconds, body, sender.keys);
  const named = { ...plain, "webhook-id": id, "webhook-timestamp": timestamp };
  const request = { method: "POST", url: sender.url, headers: { ...named, ...hidden(sender.headers) } };
  if (!sender.allowed) {
    const outcome = { at: clock.now(), cause: "blocked", statusCode: null, retryAfter: null } as const;
    return { delivery, outcome, latencyMs: null, request, response: null };
  }
  const { answer, failure, latencyMs } = await post(
    { url: sender.url, headers: { ...sender.headers, ...named, ...signatures }, body },
    { deadlines: sender.deadlines, readBytes: READ_BYTES, keepBytes: KEEP_BYTES },
  );
  const at = clock.now();
  const statusCode = answer?.status ?? null;
  const outcome: Outcome = {
    at,
    cause: failure ?? causeOf(statusCode ?? 0),
    statusCode,
    retryAfter: retryAfterOf(answer?.headers["retry-after"] ?? null, at),
  };
  const response = answer && {
    headers: shown(answer.headers, sender.headers),
    body: withoutSecrets(answer.body, sender.headers),
    cut: answer.cut,
  };
  return { delivery, outcome, latencyMs, request, response };
}

function causeOf(status: number): Outcome["cause"] {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? "redirect" : "status";
}

const HIDDEN = "[hidden]";

/** Its own headers often carry a password: their names are shown, their values are not. */
function hidden(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN]));
}

/** A receiver may send back what it got, for whoever looks for a fault. */
function withoutSecrets(text: string, headers: Record<string, string>): string {
  let clean = text;
  for (const value of Object.values(headers)) if (value.length >= 6) clean = clean.replaceAll(value, HIDDEN);
  return clean;
}

/** How many headers of an answer are kept, and how much of each. */
const HEADERS_KEPT = 30;
const HEADER_KEPT = 300;

function shown(headers: Record<string, string>, own: Record<string, string>): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name === "set-cookie" || kept.length === HEADERS_KEPT) continue;
    kept.push([name, withoutSecrets(value, own).slice(0, HEADER_KEPT)]);
  }
  return Object.fromEntries(kept);
}

/** What a batch needs of the world; a test has its own. */
export interface World {
  attempt(delivery: Claimed): Promise<Attempted>;
  random(): number;
  /** Milliseconds that only go forward. */
  elapsed(): number;
  pause(ms: number): Promise<void>;
}

/** Keeps to an endpoint's rate: each attempt takes the next free place. */
export class Pace {
  private free = 0;
  /** How long to wait for the next place, which is taken. */
  next(now: number, perSecond: number | null): number {
    if (perSecond === null) return 0;
    const at = Math.max(this.free, now);
    this.free = at + 1000 / perSecond;
    return at - now;
  }
}

/**
 * Sends a batch, several at once, and stops where the endpoint has failed too often in a row: never are more under
 * way than may fail until then. What it had no time for is not among the result.
 */
export async function sendAll(
  health: Health,
  deliveries: readonly Claimed[],
  perSecond: number | null,
  pace: Pace,
  world: World,
): Promise<{ health: Health; done: Attempted[] }> {
  const ends = world.elapsed() + WINDOW_MS;
  const underWay = new Set<Promise<void>>();
  const done: Attempted[] = [];
  let now = health;
  for (const delivery of deliveries) {
    const wait = pace.next(world.elapsed(), perSecond);
    if (world.elapsed() + wait > ends) break;
    if (wait > 0) await world.pause(wait);
    while (underWay.size > 0 && (underWay.size >= AT_ONCE || !mayBegin(now, underWay.size)))
      await Promise.race(underWay);
    if (!mayBegin(now, underWay.size) || world.elapsed() > ends) break;
    const one: Promise<void> = world.attempt(delivery).then((attempted) => {
      underWay.delete(one);
      now = after(now, attempted.outcome, world.random());
      done.push(attempted);
    });
    underWay.add(one);
  }
  await Promise.all(underWay);
  return { health: now, done };
}

import { and, eq, isNull, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import type { Ctx } from "../../events/context";
import { inRanges } from "../../lib/addresses";
import { DomainError, unavailable } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { openSecret } from "../webhooks/secrets";
import { countHour } from "./hours";
import { idOfBytes, type ReadEvent, readEvent, readJson } from "./read-event";
import { startInbox } from "./start";
import { type InboxRow, inboxEvents, integrations, type SourceRow } from "./table";
import { type Verdict, verify } from "./verify";
import { MAX_HOPS } from "./words";

/** A request at the hook of a source. */
export interface Hook {
  integrationId: string;
  body: Uint8Array;
  headers: Headers;
  /** The caller's address, as the platform's own header names it. */
  address: string;
}

/** What the verb is told of the world before it is known whose hook it is. */
export interface Outside {
  env: Env;
  meter: Meter;
  now: number;
  ctxOf(orgId: string): Ctx;
}

export interface Received {
  id: string;
  /** True for an event that came before: nothing happened. */
  repeated: boolean;
  /** What the sender takes as success. */
  acceptsWith: 200 | 202;
}

/** One answer for an unknown source, an address that isn't listed, a wrong signature and a stale time. */
const refusal = () =>
  new DomainError(
    "unauthenticated",
    "This is no event of a known source: its address, its signature or its time is not good.",
    { more: { title: "No event of a known source" } },
  );

const WHY = {
  address: "A request came from an address that isn't on this source's list.",
  signature: "A request wasn't signed with this source's secret. Check that the sender has today's.",
  time: "A request was signed more than five minutes from now. Check the clock of the sender.",
} as const;

/** Opens nothing; to try takes as long as to open a secret. */
const NO_SECRET = "A".repeat(120);

/**
 * Takes in an event: checks where it comes from, keeps it as it came, and wakes what works it off. The work
 * until a refusal is the same for an unknown source as for a wrong signature.
 *
 * @throws DomainError `unauthenticated`; `malformed` for what is signed and can't be read; `invalid` for what
 * goes in a circle
 */
export async function receiveHook(outside: Outside, hook: Hook): Promise<Received> {
  const { source, secrets } = await sourceOf(outside, hook.integrationId);
  const listed = !source?.ipAllowList || inRanges(hook.address, source.ipAllowList);
  const verdict: Verdict = await verify({
    scheme: source?.scheme ?? "portal",
    headers: (name) => hook.headers.get(name),
    body: hook.body,
    secrets,
    now: outside.now,
  });
  if (!source) throw refusal();
  const ctx = outside.ctxOf(source.orgId);
  const why = listed ? (verdict.ok ? null : verdict.why) : "address";
  if (why !== null || !verdict.ok) {
    ctx.after(noteRefusal(ctx, source, why ?? "signature"));
    throw refusal();
  }
  const hops = hopsOf(hook.headers.get("x-hub-hops"));
  const { text, value } = readJson(hook.body);
  const event = readEvent(value);
  const eventId = verdict.eventId ?? event.eventId ?? (await idOfBytes(hook.body));
  const stored = await store(ctx, source, { ...event, eventId }, { text, hops, headers: hook.headers });
  if (!stored.repeated) ctx.after(startInbox(ctx, stored.id, event.eventType));
  return stored;
}

/** The source that a hook belongs to, if it is there and on, and its secrets that count now. */
async function sourceOf({ env, meter, now }: Outside, id: string) {
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(integrations)
      .where(and(eq(integrations.id, id), eq(integrations.status, "enabled"), isNull(integrations.removedAt)))
      .limit(1),
  );
  const source = rows[0];
  const before = source?.previousUntil && source.previousUntil > now ? source.previousSecret : null;
  const place = { orgId: source?.orgId ?? "", table: "integrations", id: source?.id ?? "" } as const;
  const opened = await Promise.all(
    [source?.secret, before].map(async (sealed) => {
      if (!sealed) return await openSecret(env, place, NO_SECRET).catch(() => null);
      return await openSecret(env, place, sealed).catch((error: unknown) => {
        log("error", "inbox.secret_unreadable", { integrationId: place.id, reason: reasonOf(error) });
        throw unavailable();
      });
    }),
  );
  return { source, secrets: opened.filter((secret) => secret !== null) };
}

/** How often an event has gone from hub to hub. @throws DomainError `invalid` beyond the most */
function hopsOf(header: string | null): number {
  if (header === null) return 0;
  if (!/^\d{1,6}$/.test(header)) throw new DomainError("malformed", "X-Hub-Hops is not a whole number.");
  const hops = Number(header);
  if (hops <= MAX_HOPS) return hops;
  throw new DomainError(
    "invalid",
    `This event has gone from hub to hub ${hops} times, so it is going in a circle. Look at what sends it back.`,
    { errors: [{ path: "X-Hub-Hops", message: `At most ${MAX_HOPS}.` }] },
  );
}

async function store(
  ctx: Ctx,
  source: SourceRow,
  event: ReadEvent & { eventId: string },
  raw: { text: string; hops: number; headers: Headers },
): Promise<Received> {
  const now = ctx.now();
  const id = newId("inb", now);
  const isNew = sql`exists (select 1 from ${inboxEvents} where org_id = ${ctx.orgId} and id = ${id})`;
  const row: Omit<InboxRow, "orgId"> = {
    id,
    integrationId: source.id,
    eventId: event.eventId,
    eventType: event.eventType,
    occurredAt: event.occurredAt,
    receivedAt: now,
    status: "received",
    reason: null,
    body: raw.text,
    headers: keptHeaders(raw.headers),
    hops: raw.hops,
    attempts: 0,
    nextAt: now,
    processedAt: null,
    result: null,
    changeId: null,
  };
  const results = await ctx.db.write([
    ctx.db.insert(inboxEvents, row).onConflictDoNothing(),
    countHour(ctx, source.id, "received", isNew),
    countHour(ctx, source.id, "repeated", sql`not ${isNew}`),
    ctx.db.update(integrations, { lastEventAt: now }, eq(integrations.id, source.id)),
    ctx.db.select({ id: inboxEvents.id }, inboxEvents, {
      where: and(eq(inboxEvents.integrationId, source.id), eq(inboxEvents.eventId, event.eventId)),
      byKey: true,
    }),
  ]);
  const [there] = results.at(-1) as { id: string }[];
  return {
    id: there?.id ?? id,
    repeated: there?.id !== id,
    acceptsWith: source.acceptsWith === 200 ? 200 : 202,
  };
}

/** What must not be kept: whoever reads the inbox could sign or log in with it. */
const SECRET = /signature|hmac|secret|token|auth|cookie|password|api-?key/i;
const MOST_HEADERS = 40;

function keptHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !SECRET.test(name)).slice(0, MOST_HEADERS);
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, 500)]));
}

async function noteRefusal(ctx: Ctx, source: SourceRow, why: keyof typeof WHY): Promise<void> {
  try {
    await ctx.db.write([
      countHour(ctx, source.id, "refused"),
      ctx.db.update(
        integrations,
        { lastErrorAt: ctx.now(), lastError: WHY[why] },
        eq(integrations.id, source.id),
      ),
    ]);
  } catch (error) {
    log("warn", "inbox.refusal_uncounted", { integrationId: source.id, reason: reasonOf(error) });
  }
}

import { and, asc, eq, lte, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { directory, type OrgDatabase, uniqueViolation } from "../db/database";
import type { Env } from "../env";
import { webhookPeriods } from "../features/webhooks/table";
import { clock } from "../lib/clock";
import { newId } from "../lib/ids";
import { log, reasonOf } from "../lib/log";
import { isEventType } from "./catalogue";
import { commit } from "./commit";
import { type Ctx, systemCtx } from "./context";
import { pokeChannels } from "./nudge";
import type { StoredEvent, Subscriber } from "./subscriber";
import { fanOut, SUBSCRIBERS } from "./subscribers";
import { events, handled } from "./table";

/** Attempts of an event before it is parked for a person to look at. */
export const MAX_ATTEMPTS = 12;

/**
 * How long after its `attempts`-th failure an event is tried again, in milliseconds: doubling from one
 * second, at most ten minutes.
 */
export function backoff(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 10 * 60 * 1000);
}

/**
 * Hands the named events to their channels, to the endpoints outside and to their subscribers. Any number of
 * callers may do so at once: an event has one delivery an endpoint, and the note of a subscriber's work is unique
 * and stands in the batch of its effect.
 */
export async function drain(ctx: Ctx, seqs: number[]): Promise<void> {
  const [rows, done, outside] = await load(ctx.db, seqs);
  // First, because nobody looks again at an event that counts as handed on.
  await Promise.all([pokeChannels(ctx.env, rows), outside.length > 0 ? fanOut(ctx, rows) : null]);
  const followed = rows.filter((event) => SUBSCRIBERS.some((subscriber) => follows(subscriber, event)));
  const others = rows.filter((event) => !followed.includes(event)).map((event) => event.seq);
  if (others.length > 0)
    await ctx.db.write([ctx.db.update(events, { dispatch: "done" }, among(events.seq, others))]);
  for (const event of followed) {
    const names = new Set(done.filter((note) => note.seq === event.seq).map((note) => note.subscriber));
    await dispatch(ctx, event, names);
  }
}

const follows = ({ types }: Subscriber, { type }: StoredEvent): boolean =>
  isEventType(type) && types.includes(type);

const among = (column: SQLiteColumn, seqs: number[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(seqs)}))`;

async function load(db: OrgDatabase, seqs: number[]) {
  return await db.read(
    db.rows(events, {
      where: and(among(events.seq, seqs), eq(events.dispatch, "pending")),
      orderBy: asc(events.seq),
    }),
    db.rows(handled, { where: among(handled.seq, seqs) }),
    // Most organizations send their events nowhere.
    db.select({ endpointId: webhookPeriods.endpointId }, webhookPeriods, { limit: 1 }),
  );
}

/** Every subscriber has its turn, whatever became of those before it. */
async function dispatch(ctx: Ctx, event: StoredEvent, done: Set<string>): Promise<void> {
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  for (const subscriber of SUBSCRIBERS) {
    if (done.has(subscriber.name) || !follows(subscriber, event)) continue;
    await follow(ctx, event, subscriber).catch(note);
  }
  if (failures.length === 0) {
    await ctx.db.write([ctx.db.update(events, { dispatch: "done" }, eq(events.seq, event.seq))]).catch(note);
  }
  if (failures.length === 0) return;
  const attempts = event.attempts + 1;
  const parked = attempts >= MAX_ATTEMPTS;
  log(parked ? "error" : "warn", parked ? "event.parked" : "event.failed", {
    seq: event.seq,
    type: event.type,
    attempts,
    reason: reasonOf(failures[0]),
  });
  await ctx.db.write([
    ctx.db.update(
      events,
      {
        attempts,
        nextAt: ctx.now() + backoff(attempts),
        ...(parked ? { dispatch: "parked" as const } : {}),
      },
      and(eq(events.seq, event.seq), eq(events.dispatch, "pending")),
    ),
  ]);
}

async function follow(ctx: Ctx, event: StoredEvent, subscriber: Subscriber): Promise<void> {
  const effect = await subscriber.handle(ctx, event);
  if (!effect) return;
  const note = ctx.db.insert(handled, { seq: event.seq, subscriber: subscriber.name, at: ctx.now() });
  try {
    await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [note, ...effect.writes],
      events: effect.events ?? [],
      audit: [],
      result: null,
    });
  } catch (error) {
    // Somebody else drained the same event at the same moment and has done it.
    if (uniqueViolation(error)?.startsWith("handled.")) return;
    throw error;
  }
  if (effect.after) ctx.after(effect.after());
}

/** Events of a sweep's page. */
const PAGE = 100;

/**
 * Finds every event that was not handed on, whatever was lost on the way, and hands it on.
 * @returns how many events it took
 */
export async function sweepEvents(env: Env, after: (work: Promise<unknown>) => void): Promise<number> {
  const index = directory(env);
  let taken = 0;
  for (;;) {
    const [rows] = await index.read(
      index.orm
        .select({ seq: events.seq, orgId: events.orgId })
        .from(events)
        .where(and(eq(events.dispatch, "pending"), lte(events.nextAt, clock.now())))
        .orderBy(asc(events.nextAt), asc(events.seq))
        .limit(PAGE),
    );
    const byOrg = Map.groupBy(rows, (row) => row.orgId);
    for (const [orgId, own] of byOrg) {
      await drain(
        systemCtx(env, orgId, after),
        own.map((row) => row.seq),
      );
    }
    taken += rows.length;
    if (rows.length < PAGE) return taken;
  }
}

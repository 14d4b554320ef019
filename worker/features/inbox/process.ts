import { and, desc, eq, inArray, isNull, lt, lte, sql } from "drizzle-orm";
import { directory, type Statement } from "../../db/database";
import type { Env } from "../../env";
import { commit, event, LostRace } from "../../events/commit";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { runEffect } from "./effects";
import { countHour } from "./hours";
import { type Outcome, outcomeOf, Unclear } from "./outcomes";
import { readEvent } from "./read-event";
import { Ride } from "./ride";
import { type InboxRow, inboxEffects, inboxEvents, integrations, type SourceRow } from "./table";
import { wakeDue } from "./waiting";
import { KEPT_MS } from "./words";

/** Longer than an effect takes; one whose process was killed is tried again after this. */
const LEASE_MS = 60_000;

interface Claimed {
  row: InboxRow;
  source: SourceRow;
  run: number;
}

/** Takes an event that is due, so that of several who want to work it off one does. */
async function claim(ctx: Ctx, id: string): Promise<Claimed | null> {
  const now = ctx.now();
  const [rows, sources, effects] = (await ctx.db.write([
    ctx.db
      .update(
        inboxEvents,
        { nextAt: now + LEASE_MS, attempts: sql`${inboxEvents.attempts} + 1` },
        and(eq(inboxEvents.id, id), eq(inboxEvents.status, "received"), lte(inboxEvents.nextAt, now)),
      )
      .returning(),
    ctx.db.rows(integrations, {
      where: sql`${integrations.id} = (select integration_id from ${inboxEvents}
        where org_id = ${ctx.orgId} and id = ${id})`,
    }),
    ctx.db.select({ run: inboxEffects.run }, inboxEffects, {
      where: eq(inboxEffects.inboxId, id),
      orderBy: desc(inboxEffects.run),
      byKey: true,
      limit: 1,
    }),
  ])) as [InboxRow[], SourceRow[], { run: number }[]];
  const [row, source] = [rows[0], sources[0]];
  return row && source ? { row, source, run: effects[0] ? effects[0].run + 1 : 0 } : null;
}

/**
 * Works an event off, if it is due and nobody else is at it. Its effect and the mark that it was done are one
 * batch; what can't be understood is kept for a person, what can't be done now is tried again.
 * @throws DomainError `unavailable` where D1 can't be reached: then the sweep finds it
 */
export async function processInbox(ctx: Ctx, id: string): Promise<void> {
  const claimed = await claim(ctx, id);
  if (!claimed) return;
  const { row, source, run } = claimed;
  for (let race = 1; ; race++) {
    try {
      if (row.body === "") throw new Unclear("What this event said was erased with the person.");
      const ride = new Ride(ctx, source, row, readEvent(JSON.parse(row.body)), run);
      await runEffect(ride);
      // Nothing had to change: then the mark stands alone.
      if (!ride.written) await ctx.db.write(ride.writes(sql`1`));
      break;
    } catch (error) {
      const outcome = outcomeOf(error, row.attempts, race);
      if (outcome.kind === "again") continue;
      if (outcome.kind === "done") return;
      log(outcome.kind === "stale" ? "info" : "warn", `inbox.${outcome.kind}`, {
        id,
        integrationId: source.id,
        // Of what a person has to look at the row says why, which may name somebody.
        ...(outcome.kind === "later" ? { reason: reasonOf(error) } : {}),
      });
      await settle(ctx, claimed, outcome);
      return;
    }
  }
  if (source.toldFailing) await tell(ctx, source, false);
  if (row.eventType?.startsWith("candidate.")) ctx.after(wakeDue(ctx));
}

/** Writes what became of an event that had no effect. */
async function settle(
  ctx: Ctx,
  { row, source, run }: Claimed,
  outcome: Exclude<Outcome, { kind: "again" | "done" }>,
): Promise<void> {
  // Only while no other go at the same run has done it after all.
  const mine = and(
    eq(inboxEvents.id, row.id),
    eq(inboxEvents.status, "received"),
    sql`not exists (select 1 from ${inboxEffects} where org_id = ${ctx.orgId} and inbox_id = ${row.id}
      and run >= ${run})`,
  );
  if (outcome.kind === "later") {
    await ctx.db.write([
      ctx.db.update(inboxEvents, { nextAt: ctx.now() + outcome.after, reason: outcome.reason }, mine),
    ]);
    return;
  }
  const reason =
    outcome.kind === "stale"
      ? "Something newer about the same was taken in before, so this changed nothing."
      : outcome.reason;
  const changeId = newId("chg", ctx.now());
  const won = sql`exists (select 1 from ${inboxEvents} where org_id = ${ctx.orgId} and id = ${row.id}
    and change_id = ${changeId})`;
  const writes: Statement[] = [
    ctx.db.update(
      inboxEvents,
      { status: outcome.kind, reason, nextAt: null, processedAt: ctx.now(), changeId },
      mine,
    ),
    countHour(ctx, source.id, outcome.kind === "stale" ? "processed" : "quarantined", won),
  ];
  if (outcome.kind === "stale") {
    await ctx.db.write(writes);
    return;
  }
  const results = await ctx.db.write([
    ...writes,
    ctx.db.update(
      integrations,
      { lastErrorAt: ctx.now(), lastError: reason },
      and(eq(integrations.id, source.id), won),
    ),
    ctx.db.select({ status: inboxEvents.status }, inboxEvents, {
      where: and(
        eq(inboxEvents.integrationId, source.id),
        inArray(inboxEvents.status, ["processed", "stale", "quarantined"]),
      ),
      orderBy: desc(inboxEvents.id),
      limit: FAILING_AFTER,
    }),
  ]);
  const last = results.at(-1) as { status: string }[];
  const failing = last.length === FAILING_AFTER && last.every(({ status }) => status === "quarantined");
  if (failing && !source.toldFailing) await tell(ctx, source, true);
}

/** So many events in a row that can't be understood are a source that fails, of which admins are told. */
export const FAILING_AFTER = 5;

/** Says once that a source fails, and once that it works again. */
async function tell(ctx: Ctx, source: SourceRow, failing: boolean): Promise<void> {
  const changeId = newId("chg", ctx.now());
  try {
    await commit(ctx, {
      id: changeId,
      won: { table: integrations, id: source.id },
      writes: [
        ctx.db.update(
          integrations,
          { toldFailing: failing, changeId },
          and(
            eq(integrations.id, source.id),
            eq(integrations.toldFailing, !failing),
            isNull(integrations.removedAt),
          ),
        ),
      ],
      events: [
        event({
          type: failing ? "integration.failed" : "integration.recovered",
          entity: { type: "integration", id: source.id },
          data: {
            integrationId: source.id,
            type: source.type,
            ...(failing ? { cause: "quarantined" } : {}),
          },
          detail: { name: source.name },
        }),
      ],
      audit: [],
      result: null,
    });
  } catch (error) {
    // Somebody else has just said so.
    if (!(error instanceof LostRace)) throw error;
  }
}

/** Events of a page of the sweep, and how many of them are worked off at once. */
const PAGE = 100;
const AT_ONCE = 4;
/** A sweep goes on with other things after so long; what is left is due in the next one. */
const LONGEST_MS = 20_000;

/**
 * Finds every event that is due and that no message woke, and works it off.
 * @returns how many it took
 */
export async function sweepInbox(env: Env, after: (work: Promise<unknown>) => void): Promise<number> {
  const index = directory(env);
  const started = Date.now();
  let taken = 0;
  for (;;) {
    const [due] = await index.read(
      index.orm
        .select({ id: inboxEvents.id, orgId: inboxEvents.orgId })
        .from(inboxEvents)
        .where(and(sql`${inboxEvents.status} = 'received'`, lte(inboxEvents.nextAt, clock.now())))
        .orderBy(inboxEvents.nextAt)
        .limit(PAGE),
    );
    for (let i = 0; i < due.length; i += AT_ONCE) {
      if (Date.now() - started > LONGEST_MS) return taken;
      await Promise.all(
        due.slice(i, i + AT_ONCE).map(({ id, orgId }) => processInbox(systemCtx(env, orgId, after), id)),
      );
      taken += Math.min(AT_ONCE, due.length - i);
    }
    if (due.length < PAGE) return taken;
  }
}

/** Old events of one step of `dropOldInbox`. */
const STEP = 500;

/** Drops events after 45 days: from then on their ids are new again. */
export async function dropOldInbox(env: Env): Promise<number> {
  const index = directory(env);
  const old = sql`(select id from ${inboxEvents} where received_at < ${clock.now() - KEPT_MS}
    order by received_at limit ${STEP})`;
  const [, gone] = (await index.write([
    index.orm.delete(inboxEffects).where(sql`${inboxEffects.inboxId} in ${old}`),
    index.orm
      .delete(inboxEvents)
      .where(and(lt(inboxEvents.receivedAt, clock.now() - KEPT_MS), sql`${inboxEvents.id} in ${old}`))
      .returning({ id: inboxEvents.id }),
  ])) as [unknown, unknown[]];
  return gone.length;
}

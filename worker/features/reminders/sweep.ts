import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { directory, emptyViolation } from "../../db/database";
import type { Env } from "../../env";
import { commit } from "../../events/commit";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { HANDLERS } from "./handlers";
import { type ReminderRow, reminders } from "./table";

/** Reminders of a page. */
const PAGE = 100;
/** How long one that failed is put off, so that it holds up no other. */
const PUT_OFF_MS = 10 * 60 * 1000;

/**
 * Tells what is due to be told. Any number of sweeps may do so at once: the note that one is done stands in the batch
 * of what it does.
 * @returns how many were due
 */
export async function sweepReminders(env: Env, after: Ctx["after"]): Promise<number> {
  const index = directory(env);
  let taken = 0;
  for (;;) {
    const [due] = await index.read(
      index.orm
        .select()
        .from(reminders)
        // In the words of the partial index, so that SQLite uses it.
        .where(and(sql`done_at is null`, lte(reminders.dueAt, clock.now())))
        .orderBy(asc(reminders.dueAt))
        .limit(PAGE),
    );
    for (const reminder of due) await remind(systemCtx(env, reminder.orgId, after), reminder);
    taken += due.length;
    if (due.length < PAGE) return taken;
  }
}

async function remind(ctx: Ctx, reminder: ReminderRow): Promise<void> {
  try {
    await tell(ctx, reminder).catch(async (error: unknown) => {
      // What it is about changed at the same moment: it is asked again whether it is still true.
      if (emptyViolation(error) === null || emptyViolation(error) === DONE) throw error;
      await tell(ctx, reminder);
    });
  } catch (error) {
    // Another sweep has done it.
    if (emptyViolation(error) === DONE) return;
    log("warn", "reminder.failed", { id: reminder.id, kind: reminder.kind, reason: reasonOf(error) });
    await putOff(ctx, reminder.id);
  }
}

/** What a reminder that is done already would leave empty, which breaks off its whole batch. */
const DONE = "reminders.kind";

async function tell(ctx: Ctx, reminder: ReminderRow): Promise<void> {
  const effect = await HANDLERS[reminder.kind](ctx, reminder);
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      ctx.db.update(
        reminders,
        { doneAt: ctx.now(), kind: sql`case when done_at is null then kind end` },
        eq(reminders.id, reminder.id),
      ),
      ...(effect?.writes ?? []),
    ],
    events: effect?.events ?? [],
    audit: [],
    result: null,
  });
  if (effect?.after) ctx.after(effect.after());
}

async function putOff(ctx: Ctx, id: string): Promise<void> {
  const dueAt = ctx.now() + PUT_OFF_MS;
  await ctx.db.write([
    ctx.db.update(reminders, { dueAt }, and(eq(reminders.id, id), isNull(reminders.doneAt))),
  ]);
}

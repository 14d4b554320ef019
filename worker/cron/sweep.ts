import { and, eq, lt, sql } from "drizzle-orm";
import { directory } from "../db/database";
import { idempotencyKeys } from "../db/idempotency-table";
import type { Env } from "../env";
import { sweepEvents } from "../events/drain";
import { leases } from "../events/table";
import { sweepApplications } from "../features/apply/expire";
import { sweepImports } from "../features/candidates/import";
import { fileIntents } from "../features/documents/table";
import { sweepEligibility } from "../features/eligibility/sweep";
import { sweepEmails } from "../features/email/email";
import { dropOldInbox, sweepInbox } from "../features/inbox/process";
import { sweepReminders } from "../features/reminders/sweep";
import { oneTimeTokens, refreshTokens, sessions } from "../features/sessions/table";
import { sweepPromises } from "../features/status/late";
import { KNOWN_AFTER_DAYS } from "../features/status/links";
import { statusLinks } from "../features/status/table";
import { dropOldWebhooks, sweepWebhooks } from "../features/webhooks/sweep";
import { clock } from "../lib/clock";
import { newId } from "../lib/ids";
import { log, reasonOf } from "../lib/log";

type After = (work: Promise<unknown>) => void;

/** Longer than a sweep takes; one that was killed frees its place after this. */
const LEASE_MS = 55_000;

/** Takes the lease of a named work, if nobody has it. */
async function takeLease(env: Env, name: string): Promise<string | null> {
  const index = directory(env);
  const holder = newId("tok");
  const now = clock.now();
  const results = await index.write([
    index.orm.insert(leases).values({ name, until: 0, holder: "" }).onConflictDoNothing(),
    index.orm
      .update(leases)
      .set({ until: now + LEASE_MS, holder })
      // A lease far in the future is one of a clock that was moved back since.
      .where(and(eq(leases.name, name), sql`(until <= ${now} or until > ${now + LEASE_MS})`))
      .returning({ name: leases.name }),
  ]);
  return (results[1] as unknown[]).length === 1 ? holder : null;
}

async function giveBack(env: Env, name: string, holder: string): Promise<void> {
  const index = directory(env);
  await index.write([
    index.orm
      .update(leases)
      .set({ until: 0 })
      .where(and(eq(leases.name, name), eq(leases.holder, holder))),
  ]);
}

/**
 * Finds what is due, and whatever a lost nudge left behind: reminders, events not handed on, mails, imports halfway,
 * files without a row.
 * @returns false where another sweep is at work
 */
export async function sweep(env: Env, after: After): Promise<boolean> {
  const holder = await takeLease(env, "sweep");
  if (!holder) return false;
  try {
    for (const [name, work] of [
      ["reminders", () => sweepReminders(env, after)],
      ["events", () => sweepEvents(env, after)],
      ["eligibility", () => sweepEligibility(env, after)],
      ["webhooks", () => sweepWebhooks(env, after)],
      ["emails", () => sweepEmails(env, after)],
      ["imports", () => sweepImports(env, after)],
      ["applications", () => sweepApplications(env)],
      ["promises", () => sweepPromises(env, after)],
      ["inbox", () => sweepInbox(env, after)],
      ["files", () => sweepFiles(env)],
      ["old webhooks", () => dropOldWebhooks(env)],
      ["old inbox", () => dropOldInbox(env)],
      ["expired", () => dropExpired(env)],
    ] as const) {
      try {
        const count = await work();
        if (count > 0) log("info", "sweep.found", { what: name, count });
      } catch (error) {
        log("error", "sweep.failed", { what: name, reason: reasonOf(error) });
      }
    }
  } finally {
    await giveBack(env, "sweep", holder);
  }
  return true;
}

/** An upload under way is younger than this. */
const ORPHAN_MS = 60 * 60 * 1000;

/** Removes objects whose row was never written. */
async function sweepFiles(env: Env): Promise<number> {
  const index = directory(env);
  const [old] = await index.read(
    index.orm
      .select()
      .from(fileIntents)
      .where(lt(fileIntents.createdAt, clock.now() - ORPHAN_MS))
      .limit(100),
  );
  if (old.length === 0) return 0;
  const keys = old.map((intent) => intent.r2Key);
  await env.FILES.delete(keys);
  await index.write([
    index.orm
      .delete(fileIntents)
      .where(sql`${fileIntents.r2Key} in (select value from json_each(${JSON.stringify(keys)}))`),
  ]);
  return old.length;
}

/**
 * Drops what is over: keys after 48 hours, used links after a week, sessions a month after their end, personal
 * links once nobody can ask for a new one by them.
 */
async function dropExpired(env: Env): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const day = 24 * 60 * 60 * 1000;
  const ended = sql`(select id from ${sessions} where expires_at < ${now - 30 * day} limit 500)`;
  await index.write([
    index.orm.delete(idempotencyKeys).where(lt(idempotencyKeys.expiresAt, now)),
    index.orm.delete(oneTimeTokens).where(lt(oneTimeTokens.expiresAt, now - 7 * day)),
    index.orm.delete(statusLinks).where(lt(statusLinks.expiresAt, now - KNOWN_AFTER_DAYS * day)),
    index.orm.delete(refreshTokens).where(sql`${refreshTokens.sessionId} in ${ended}`),
    index.orm.delete(sessions).where(sql`${sessions.id} in ${ended}`),
  ]);
  return 0;
}

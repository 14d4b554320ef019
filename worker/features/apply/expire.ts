import { and, eq, lt, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { clock } from "../../lib/clock";
import { fileIntents } from "../documents/table";
import { applicationDrafts, equalOpportunityAnswers, heldApplications } from "./table";

/** Rows of one round. */
const AT_ONCE = 100;
/** How long a discarded application can be taken back. */
const DISCARDED_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes what nobody sends or takes in any more: drafts two weeks after their last change, and applications
 * that were discarded a month ago. Their files are left to the janitor, whose round comes after.
 * @returns how many drafts were removed
 */
export async function sweepApplications(env: Env): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const drafts = sql`(select hash from ${applicationDrafts} where expires_at <= ${now} limit ${AT_ONCE})`;
  const over = now - DISCARDED_DAYS * DAY_MS;
  const discarded = sql`(select id from ${heldApplications}
    where status = 'discarded' and decided_at < ${over} limit ${AT_ONCE})`;
  const intents = (table: string, key: string, keys: typeof drafts) =>
    index.orm
      .insert(fileIntents)
      .select(
        sql`select json_extract(f.value, '$.r2Key'), t.org_id, 0 from ${sql.raw(table)} t, json_each(t.files) f
          where t.${sql.raw(key)} in ${keys}`,
      )
      .onConflictDoNothing();
  const results = await index.write([
    intents("application_drafts", "hash", drafts),
    index.orm
      .delete(applicationDrafts)
      .where(sql`${applicationDrafts.hash} in ${drafts}`)
      .returning({ hash: applicationDrafts.hash }),
    intents("held_applications", "id", discarded),
    index.orm
      .delete(equalOpportunityAnswers)
      .where(sql`${equalOpportunityAnswers.applicationId} in ${discarded}`),
    index.orm
      .delete(heldApplications)
      .where(
        and(
          eq(heldApplications.status, "discarded"),
          lt(heldApplications.decidedAt, over),
          sql`${heldApplications.id} in ${discarded}`,
        ),
      ),
  ]);
  return (results[1] as unknown[]).length;
}

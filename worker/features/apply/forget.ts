import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { fileIntents } from "../documents/table";
import { applicationDrafts, heldApplications } from "./table";

/**
 * The statements that remove what somebody began or sent by this address besides their applications: drafts,
 * and what was held. Files are left to the janitor.
 * @param won the guard of the commit that removes the person
 */
export function forgetApplicant(ctx: Ctx, email: string, won: SQL): Statement[] {
  return [heldApplications, applicationDrafts].flatMap((table) => [
    ctx.db.sql(sql`insert or ignore into ${fileIntents} (r2_key, org_id, created_at)
      select json_extract(f.value, '$.r2Key'), ${ctx.orgId}, 0 from ${table}, json_each(${table.files}) f
      where ${table.orgId} = ${ctx.orgId} and ${table.email} = ${email} and ${won}`),
    ctx.db.delete(table, and(eq(table.email, email), won)),
  ]);
}

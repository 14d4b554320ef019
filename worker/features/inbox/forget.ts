import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { externalIds, inboxEvents, integrations, portalAssessments } from "./table";

/**
 * The statements that erase what came in about a person: bodies of events that name them, results, and the ids
 * that portals have for them. The events stay, empty, so that one that is sent again is still known.
 * @param won the guard of the commit that removes the person
 */
export function forgetIncoming(ctx: Ctx, candidateId: string, email: string, won: SQL): Statement[] {
  const theirs = sql`${externalIds.orgId} = ${ctx.orgId} and ${externalIds.kind} = 'candidate'
    and ${externalIds.localId} = ${candidateId}`;
  const named = sql`(json_extract(${inboxEvents.result}, '$.candidateId') = ${candidateId}
    or instr(lower(${inboxEvents.body}), ${`"${email.toLowerCase()}"`})
    or exists (select 1 from ${externalIds} where ${theirs}
      and ${externalIds.integrationId} = ${inboxEvents.integrationId}
      and instr(${inboxEvents.body}, '"' || ${externalIds.externalId} || '"')))`;
  return [
    // The words of the last error may name somebody.
    ctx.db.update(
      integrations,
      { lastError: null },
      and(
        sql`exists (select 1 from ${inboxEvents} where ${inboxEvents.orgId} = ${ctx.orgId}
          and ${inboxEvents.integrationId} = ${integrations.id} and ${named})`,
        won,
      ),
    ),
    ctx.db.update(
      inboxEvents,
      {
        body: "",
        headers: {},
        status: sql`case when ${inboxEvents.status} = 'processed' then 'processed' else 'stale' end`,
        reason: "The person that it was about was erased.",
        nextAt: null,
      },
      and(named, won),
    ),
    ctx.db.delete(portalAssessments, and(eq(portalAssessments.candidateId, candidateId), won)),
    ctx.db.sql(sql`delete from ${externalIds} where ${theirs} and ${won}`),
  ];
}

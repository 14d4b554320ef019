import { type SQL, sql } from "drizzle-orm";
import type { OrgDatabase } from "../../db/database";
import { clock } from "../../lib/clock";
import { agents } from "../agents/table";
import { documentRequests, documents, documentTypes } from "../documents/table";
import { applications, stages } from "./table";
import type { StageKind } from "./words";

/** What an agent's card shows while they stand in a stage of this kind; of people who are out, nothing. */
export const waitsIn = (kind: StageKind): boolean => kind === "open" || kind === "hired";

/**
 * The words that agents' cards show in a stage in which something can be waited for.
 * @param among a query of the ids of their applications; the unary plus keeps SQLite on those
 */
export function selectOwed(db: OrgDatabase, among: SQL) {
  return db.sql<{ id: string; words: string | null }>(
    sql`select id, ${owed(db.orgId)} as words from ${applications}
      where +org_id = ${db.orgId} and +agent_id is not null and id in ${among}`,
  );
}

/**
 * Writes on cards the one document that is waited for, in words: a review by the team first, then what
 * the person still owes; of people who are out, nothing. Run in the batch of whatever changes a document
 * or a stage, so that a card is never wrong.
 *
 * @param whose the agents it is about: one, several, or all of the organization when the asked types changed
 */
export function refreshWaiting(
  db: OrgDatabase,
  whose: { agentId: string } | { agentIds: string[] } | "everyone",
  at: number,
) {
  const org = db.orgId;
  const under = sql`(select kind from ${stages} s where s.id = applications.stage_id) in ('open', 'hired')`;
  const words: SQL = sql`case when ${under} then ${owed(org)} end`;
  const people =
    whose === "everyone"
      ? sql`agent_id in (select id from ${agents} where org_id = ${org})`
      : "agentIds" in whose
        ? sql`agent_id in (select value from json_each(${JSON.stringify(whose.agentIds)}))`
        : sql`agent_id = ${whose.agentId}`;
  return db.sql(sql`update ${applications} set
      waiting_since = case when ${words} is null then null when ${words} is waiting_for then waiting_since else ${at} end,
      waiting_for = ${words}
    where org_id = ${org} and ${people} and ${words} is not waiting_for`);
}

/** The one document waited for of the agent of a row of `applications`. */
function owed(org: string): SQL {
  // The unary plus below keeps SQLite on the index of the owner's few documents, off that of a status.
  const own = sql`d.org_id = ${org} and d.owner_id = applications.agent_id`;
  const open = sql`exists (select 1 from ${documentRequests} r
    where r.org_id = ${org} and r.owner_id = applications.agent_id and r.type = t.key and r.status = 'open')`;
  const toReview = sql`(select t.name || ' to review' from ${documents} d
    join ${documentTypes} t on t.org_id = d.org_id and t.key = d.type
    where ${own} and +d.status = 'pending' order by d.id limit 1)`;
  // One that expired counts no longer, whether or not that has been noted.
  const counts = sql`(+d.status = 'pending'
    or +d.status = 'approved' and (d.expires_at is null or d.expires_at > ${clock.now()}))`;
  const toDo = sql`(select coalesce((select t.name || case d.status when 'rejected' then ' to mend' else ' expired' end
        from ${documents} d where ${own} and d.type = t.key order by d.id desc limit 1), 'no ' || t.name)
    from ${documentTypes} t where t.org_id = ${org} and (t.required = 1 or ${open})
      and not exists (select 1 from ${documents} d where ${own} and d.type = t.key and ${counts})
    order by t.position limit 1)`;
  return sql`coalesce(${toReview}, ${toDo})`;
}

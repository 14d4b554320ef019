import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { newId } from "../../lib/ids";
import { campaigns } from "../campaigns/table";
import { CAMPAIGN_OPENED } from "../campaigns/words";
import { type Notice, notify } from "../notifications/notify";
import { agentFacts, campaignEligible } from "./table";
import type { Facts } from "./words";

/** A campaign as it is judged. */
export interface Judged {
  id: string;
  name: string;
  pipelineId: string;
}

/** What becomes of what is kept of an agent. */
export interface Change {
  agentId: string;
  userId: string | null;
  /** The version of the row that was read; 0 where there was none. */
  version: number;
  /** Facts that were gathered, and the number of the event that they count up to. */
  gathered?: { facts: Facts; seq: number };
  /** Campaigns that the agent qualifies for from now on, or until another time than before. */
  holds: { campaign: Judged; until: number | null; isNew: boolean }[];
  /** Campaigns that the agent no longer qualifies for. */
  ends: Judged[];
  /** Of those that are new, what the agent is told of. */
  tell: Judged[];
}

const field = (i: number) => sql.raw(`json_extract(m.value, '$[${i}]')`);

/**
 * Writes what became of agents, all or none, and says so: to each of them, and to whoever watches the campaigns.
 * @param unchanged true in SQL while the campaigns are as they were read
 * @throws LostRace when anything that it follows from changed meanwhile
 */
export async function writeChanges(ctx: Ctx, changes: Change[], unchanged: SQL): Promise<void> {
  const first = changes[0];
  if (!first) return;
  const id = newId("chg", ctx.now());
  const won = sql`exists (select 1 from ${agentFacts}
    where +org_id = ${ctx.orgId} and agent_id = ${first.agentId} and change_id = ${id})`;
  const noticed = notify(ctx, changes.flatMap(noticeOf), won);
  await commit(ctx, {
    id,
    won: { table: agentFacts, id: first.agentId, key: "agent_id" },
    writes: [
      updateFacts(ctx, changes, id, unchanged),
      ...updateEligible(ctx, changes, won),
      ...noticed.writes,
    ],
    events: [...changes.flatMap(changeEvents), ...noticed.events],
    audit: [],
    result: null,
  });
}

function updateFacts(ctx: Ctx, changes: Change[], id: string, unchanged: SQL): Statement {
  const rows = JSON.stringify(
    changes.map(({ agentId, version, gathered }) => [
      agentId,
      version,
      gathered ? JSON.stringify(gathered.facts) : null,
      gathered?.seq ?? null,
    ]),
  );
  const seq = sql`coalesce((select max(entity_seq) from ${events} e
    where e.org_id = ${ctx.orgId} and e.entity_id = json_extract(j.value, '$[0]')), 0)`;
  return ctx.db.sql(sql`insert into ${agentFacts} (agent_id, org_id, facts, stale, version, change_id, updated_at)
    select ${field(0)}, ${ctx.orgId}, ${field(2)}, ${field(2)} is null, ${field(1)} + 1, ${id}, ${ctx.now()}
    from json_each(${rows}) m
    where ${unchanged} and not exists (select 1 from json_each(${rows}) j
      left join ${agentFacts} f on f.agent_id = json_extract(j.value, '$[0]')
      where coalesce(f.version, 0) <> json_extract(j.value, '$[1]')
        or (json_extract(j.value, '$[3]') is not null and ${seq} <> json_extract(j.value, '$[3]')))
    on conflict (agent_id) do update set facts = coalesce(excluded.facts, facts),
      stale = case when excluded.facts is null then stale else 0 end,
      version = excluded.version, change_id = excluded.change_id, updated_at = excluded.updated_at`);
}

function updateEligible(ctx: Ctx, changes: Change[], won: SQL): Statement[] {
  const counts = new Map<string, number>();
  const count = (campaign: Judged, by: number) =>
    counts.set(campaign.id, (counts.get(campaign.id) ?? 0) + by);
  const ends = changes.flatMap(({ agentId, ends }) =>
    ends.map((campaign) => {
      count(campaign, -1);
      return [campaign.id, agentId];
    }),
  );
  const holds = changes.flatMap(({ agentId, holds }) =>
    holds.map(({ campaign, until, isNew }) => {
      if (isNew) count(campaign, 1);
      return [campaign.id, agentId, until];
    }),
  );
  const counted = [...counts].filter(([, by]) => by !== 0);
  return [
    ...(ends.length > 0
      ? [
          ctx.db.sql(sql`delete from ${campaignEligible} where +org_id = ${ctx.orgId} and (campaign_id, agent_id) in
            (select ${field(0)}, ${field(1)} from json_each(${JSON.stringify(ends)}) m) and ${won}`),
        ]
      : []),
    ...(holds.length > 0
      ? [
          ctx.db.sql(sql`insert into ${campaignEligible} (org_id, campaign_id, agent_id, until)
            select ${ctx.orgId}, ${field(0)}, ${field(1)}, ${field(2)} from json_each(${JSON.stringify(holds)}) m where ${won}
            on conflict (campaign_id, agent_id) do update set until = excluded.until`),
        ]
      : []),
    ...(counted.length > 0
      ? [
          ctx.db.sql(sql`update ${campaigns} set eligible_count = eligible_count + ${field(1)}
            from json_each(${JSON.stringify(counted)}) m
            where +${campaigns.orgId} = ${ctx.orgId} and ${campaigns.id} = ${field(0)} and ${won}`),
        ]
      : []),
  ];
}

function changeEvents({ agentId, userId, holds, ends }: Change) {
  const changed = [
    ...holds.filter(({ isNew }) => isNew).map(({ campaign }) => ({ campaign, eligible: true })),
    ...ends.map((campaign) => ({ campaign, eligible: false })),
  ];
  return changed.map(({ campaign, eligible }) =>
    event({
      type: "campaign.eligibility_changed",
      // Of the campaign: were it the agent's, it would look like news about what is known of them.
      entity: { type: "campaign", id: campaign.id },
      pipelineId: campaign.pipelineId,
      userId,
      data: { agentId, campaignId: campaign.id, eligible },
    }),
  );
}

/** One notice, however many open up at once. */
function noticeOf({ userId, tell }: Change): Notice[] {
  const [first, ...more] = tell;
  if (!userId || !first) return [];
  const names = tell.map(({ name }) => name);
  return [
    {
      userId,
      type: CAMPAIGN_OPENED,
      title:
        more.length === 0
          ? `${first.name} is open to you now`
          : `${tell.length} campaigns are open to you now`,
      message:
        more.length === 0 ? "You meet what it asks for. You can apply." : `${names.slice(0, 10).join(", ")}.`,
      entityType: "campaign",
      entityId: more.length === 0 ? first.id : null,
      eventSeq: null,
    },
  ];
}

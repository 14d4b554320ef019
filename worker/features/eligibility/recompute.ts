import { eq, sql } from "drizzle-orm";
import { untilWon } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { agents } from "../agents/table";
import { campaignAccess, campaigns } from "../campaigns/table";
import { applications } from "../pipelines/table";
import { bareFacts, knowing } from "./facts";
import { judge } from "./judge";
import { agentFacts, campaignEligible } from "./table";
import type { Facts } from "./words";
import { type Change, writeChanges } from "./write";

interface KeptRow {
  agentId: string;
  facts: string | null;
  version: number;
  userId: string | null;
  status: string;
  held: number;
  until: number | null;
  free: number;
}

/** Agents of one commit. */
const STEP = 2000;

/**
 * Judges every agent anew for one campaign, from what is kept of each: after its requirements changed, or it was
 * opened or closed. One round trip to read, and one for every two thousand whose eligibility changed.
 */
export async function recomputeCampaign(ctx: Ctx, campaignId: string): Promise<void> {
  await untilWon(async () => {
    const world = knowing(ctx);
    const [found, kept, ...rest] = await ctx.db.read(
      ctx.db.rows(campaigns, { where: eq(campaigns.id, campaignId), byKey: true }),
      ctx.db.sql<KeptRow>(sql`select a.id as agentId, f.facts, coalesce(f.version, 0) as version, a.user_id as userId,
          a.status, e.agent_id is not null as held, e.until,
          case when a.user_id is null then 0 else not exists (select 1 from ${applications} p
            where p.org_id = ${ctx.orgId} and p.agent_id = a.id
              and p.pipeline_id = (select pipeline_id from ${campaigns} where +org_id = ${ctx.orgId} and id = ${campaignId}))
            and ((select access from ${campaigns} where +org_id = ${ctx.orgId} and id = ${campaignId}) = 'open'
              or exists (select 1 from ${campaignAccess} c where c.campaign_id = ${campaignId} and c.agent_id = a.id))
          end as free
        from ${agents} a left join ${agentFacts} f on f.agent_id = a.id
        left join ${campaignEligible} e on e.campaign_id = ${campaignId} and e.agent_id = a.id
        where a.org_id = ${ctx.orgId}`),
      ...world.reads,
    );
    const campaign = found[0];
    if (!campaign) return;
    const known = world.made(rest);
    const now = ctx.now();
    const over = campaign.endDate !== null && campaign.endDate < iso(now).slice(0, 10);
    const changes = kept.flatMap((row): Change[] => {
      const facts = row.facts === null ? bareFacts(row.status) : (JSON.parse(row.facts) as Facts);
      const { eligible, until } =
        campaign.status === "open"
          ? judge(campaign.requirements, facts, known, now)
          : { eligible: false, until: null };
      const isNew = eligible && !row.held;
      const holds = isNew || (eligible && row.until !== until) ? [{ campaign, until, isNew }] : [];
      const ends = !eligible && row.held ? [campaign] : [];
      if (holds.length === 0 && ends.length === 0) return [];
      const tell = isNew && row.free && !over ? [campaign] : [];
      const { agentId, userId, version } = row;
      return [{ agentId, userId, version, holds, ends, tell }];
    });
    const unchanged = sql`(select version from ${campaigns}
      where +org_id = ${ctx.orgId} and id = ${campaignId}) = ${campaign.version}`;
    for (let from = 0; from < changes.length; from += STEP) {
      await writeChanges(ctx, changes.slice(from, from + STEP), unchanged);
    }
  });
}

import { eq, type SQL, sql } from "drizzle-orm";
import type { RowOf, Statement } from "../../db/database";
import { untilWon } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { campaignAccess, campaigns } from "../campaigns/table";
import { applications } from "../pipelines/table";
import { type Gathered, gathering, type Known } from "./facts";
import { judge } from "./judge";
import { agentFacts, campaignEligible } from "./table";
import { type Change, type Judged, writeChanges } from "./write";

/** Marks what is kept of every agent as no longer certain, because something changed that concerns all of them. */
export function markEveryoneStale(ctx: Pick<Ctx, "db" | "orgId">): Statement {
  return ctx.db.sql(
    sql`update ${agentFacts} set stale = 1, version = version + 1 where org_id = ${ctx.orgId}`,
  );
}

const OPEN = {
  id: campaigns.id,
  name: campaigns.name,
  pipelineId: campaigns.pipelineId,
  requirements: campaigns.requirements,
  access: campaigns.access,
  endDate: campaigns.endDate,
  version: campaigns.version,
};

/** Campaigns that take people. */
function selectOpen(ctx: Ctx) {
  return ctx.db.select(OPEN, campaigns, { where: eq(campaigns.status, "open") });
}
type Open = RowOf<typeof selectOpen>;

/** True in SQL while the same campaigns are open, each as it was read. */
const stillOpen = (ctx: Ctx, open: Open[]): SQL =>
  sql`(select count(*) || ':' || coalesce(sum(version), 0) from ${campaigns}
    where org_id = ${ctx.orgId} and status = 'open')
    = ${`${open.length}:${open.reduce((sum, { version }) => sum + version, 0)}`}`;

/**
 * Gathers what is known of agents anew and writes what became of their eligibility, in two round trips: the rows
 * of these agents are read and nobody else's.
 */
export async function refreshAgents(ctx: Ctx, agentIds: string[]): Promise<void> {
  const these = sql`(select value from json_each(${JSON.stringify(agentIds)}))`;
  await untilWon(async () => {
    const gather = gathering(ctx, these);
    const [kept, held, open, places, access, ...found] = await ctx.db.read(
      ctx.db.select(
        {
          agentId: agentFacts.agentId,
          facts: agentFacts.facts,
          stale: agentFacts.stale,
          version: agentFacts.version,
        },
        agentFacts,
        { where: sql`${agentFacts.agentId} in ${these}`, byKey: true },
      ),
      ctx.db.rows(campaignEligible, { where: sql`${campaignEligible.agentId} in ${these}` }),
      selectOpen(ctx),
      ctx.db.sql<{
        agentId: string;
        campaignId: string;
      }>(sql`select agent_id as agentId, campaign_id as campaignId
        from ${applications} where org_id = ${ctx.orgId} and agent_id in ${these} and campaign_id is not null`),
      ctx.db.select(
        { agentId: campaignAccess.agentId, campaignId: campaignAccess.campaignId },
        campaignAccess,
        { where: sql`${campaignAccess.agentId} in ${these}` },
      ),
      ...gather.reads,
    );
    const { known, people } = gather.made(found);
    const keptOf = new Map(kept.map((row) => [row.agentId, row]));
    const heldOf = Map.groupBy(held, ({ agentId }) => agentId);
    const pairs = (rows: { agentId: string; campaignId: string }[]) =>
      new Set(rows.map(({ agentId, campaignId }) => `${agentId} ${campaignId}`));
    const [placed, unlocked] = [pairs(places), pairs(access)];
    const today = iso(ctx.now()).slice(0, 10);
    const changes = [...people].flatMap(([agentId, person]): Change[] => {
      const before = keptOf.get(agentId);
      const verdict = compare(ctx, person, known, open, heldOf.get(agentId) ?? []);
      const same = before && !before.stale && JSON.stringify(before.facts) === JSON.stringify(person.facts);
      if (same && verdict.holds.length === 0 && verdict.ends.length === 0) return [];
      const tell = verdict.holds.flatMap(({ campaign, isNew }) => {
        const pair = `${agentId} ${campaign.id}`;
        const may = campaign.access === "open" || unlocked.has(pair);
        return isNew && may && !placed.has(pair) && (campaign.endDate ?? today) >= today ? [campaign] : [];
      });
      const gathered = { facts: person.facts, seq: person.seq };
      return [{ agentId, userId: person.userId, version: before?.version ?? 0, gathered, ...verdict, tell }];
    });
    await writeChanges(ctx, changes, stillOpen(ctx, open));
  });
}

interface Verdict {
  holds: { campaign: Open; until: number | null; isNew: boolean }[];
  ends: Judged[];
}

/** What an agent qualifies for now, beside what is kept of it. */
function compare(
  ctx: Ctx,
  { facts }: Pick<Gathered, "facts">,
  known: Known,
  open: Open[],
  held: (typeof campaignEligible.$inferSelect)[],
): Verdict {
  const verdict: Verdict = { holds: [], ends: [] };
  const before = new Map(held.map((row) => [row.campaignId, row]));
  for (const campaign of open) {
    const { eligible, until } = judge(campaign.requirements, facts, known, ctx.now());
    const had = before.get(campaign.id);
    if (eligible && (!had || had.until !== until)) verdict.holds.push({ campaign, until, isNew: !had });
    if (!eligible && had) verdict.ends.push(campaign);
  }
  return verdict;
}

/** Agents of one step of `refreshStale`. */
const STEP = 250;

/**
 * Refreshes agents of whom what is kept is no longer certain.
 * @param most steps of 250 agents
 * @returns how many it refreshed
 */
export async function refreshStale(ctx: Ctx, most: number): Promise<number> {
  let count = 0;
  for (let step = 0; step < most; step++) {
    const [rows] = await ctx.db.read(
      // In the words of the partial index, so that SQLite uses it.
      ctx.db.sql<{ id: string }>(sql`select agent_id as id from ${agentFacts}
        where org_id = ${ctx.orgId} and stale = 1 order by agent_id limit ${STEP}`),
    );
    if (rows.length === 0) break;
    await refreshAgents(
      ctx,
      rows.map(({ id }) => id),
    );
    count += rows.length;
    if (rows.length < STEP) break;
  }
  return count;
}

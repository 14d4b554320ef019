import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { agents } from "../agents/table";
import { bareFacts, knowing } from "../eligibility/facts";
import { judge, shownAnswer } from "../eligibility/judge";
import { agentFacts, campaignEligible } from "../eligibility/table";
import { applications, stages } from "../pipelines/table";
import { clientScope, isTeam } from "../users/scope";
import { selectCampaigns, visibleCampaigns } from "./campaigns";
import { presentPlace } from "./place";
import type { CampaignAgent, CampaignAgentsQuery, CampaignPoolQuery, PoolAgent } from "./schema";
import { campaignAccess, campaigns } from "./table";

const pipelineOf = (ctx: Ctx, id: string): SQL =>
  sql`(select pipeline_id from ${campaigns} where +org_id = ${ctx.orgId} and id = ${id})`;

const visible = (ctx: Ctx, id: string) =>
  selectCampaigns(ctx, and(eq(campaigns.id, id), visibleCampaigns(ctx)), { byKey: true });

/**
 * People in a campaign, stage by stage, in each whoever stands there longest first. Of a client those who work for
 * it, without what the team knows of them.
 * @throws DomainError `not-found`
 */
export async function listCampaignAgents(ctx: Ctx, id: string, query: z.infer<typeof CampaignAgentsQuery>) {
  const { limit, cursor, status } = query;
  const client = clientScope(ctx);
  const scope = { list: `campaign-agents:${id}`, orgId: ctx.orgId, filters: { status, client } };
  const after = await readCursor(ctx.env, scope, cursor);
  const team = isTeam(ctx);
  const world = knowing(ctx);
  const pipeline = pipelineOf(ctx, id);
  const { stageId, enteredAt } = applications;
  const [found, rows, ...rest] = await ctx.db.read(
    visible(ctx, id),
    ctx.db.select(
      {
        id: applications.id,
        agentId: applications.agentId,
        campaignId: applications.campaignId,
        stageId,
        stageKey: applications.stageKey,
        startDate: applications.startDate,
        enteredAt,
        createdAt: applications.createdAt,
        version: applications.version,
        name: applications.name,
        status: agents.status,
        facts: sql<string | null>`${agentFacts.facts}`,
      },
      applications,
      {
        where: and(
          sql`${applications.pipelineId} = ${pipeline}`,
          status
            ? sql`${stageId} = (select s.id from ${stages} s where s.org_id = ${ctx.orgId}
                and s.pipeline_id = ${pipeline} and s.key = ${status})`
            : undefined,
          // In the words of the partial indexes, so that SQLite uses them.
          client === null
            ? sql`${applications.archived} = 0`
            : sql`${applications.clientId} = ${client} and ${applications.sharedWithClient} = 1 and ${applications.archived} = 0`,
          after
            ? sql`(${stageId}, ${enteredAt}, ${applications.id}) > (${after[0]}, ${after[1]}, ${after[2]})`
            : undefined,
        ),
        join: [
          { table: agents, on: eq(agents.id, applications.agentId) },
          { table: agentFacts, on: eq(agentFacts.agentId, applications.agentId), left: true },
        ],
        orderBy: [asc(stageId), asc(enteredAt), asc(applications.id)],
        limit: limit + 1,
      },
    ),
    ...world.reads,
  );
  const campaign = found[0];
  if (!campaign) throw notFound("campaign");
  const known = world.made(rest);
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.stageId, row.enteredAt, row.id],
    (row): CampaignAgent => {
      const facts = row.facts === null ? bareFacts(row.status) : JSON.parse(row.facts);
      return {
        ...presentPlace(row),
        name: row.name,
        agentStatus: team ? row.status : null,
        eligibility: team ? shownAnswer(judge(campaign.requirements, facts, known, ctx.now())) : null,
      };
    },
  );
}

/**
 * Agents who are in no place of a campaign: those who qualify, those who don't, or all, each with what they lack.
 * @throws DomainError `not-found`
 */
export async function listPool(ctx: Ctx, id: string, query: z.infer<typeof CampaignPoolQuery>) {
  const { limit, cursor, eligible } = query;
  const scope = { list: `campaign-pool:${id}`, orgId: ctx.orgId, filters: { eligible } };
  const after = await readCursor(ctx.env, scope, cursor);
  const world = knowing(ctx);
  const fields = {
    agentId: agents.id,
    firstName: agents.firstName,
    lastName: agents.lastName,
    status: agents.status,
    facts: sql<string | null>`${agentFacts.facts}`,
    unlocked: sql<number>`exists (select 1 from ${campaignAccess} c
      where c.campaign_id = ${id} and c.agent_id = ${agents.id})`,
  };
  const free = sql`not exists (select 1 from ${applications} p where p.org_id = ${ctx.orgId}
    and p.agent_id = ${agents.id} and p.pipeline_id = ${pipelineOf(ctx, id)})`;
  const rest = { table: agentFacts, on: eq(agentFacts.agentId, agents.id), left: true };
  const qualify = campaignEligible.agentId;
  const people =
    eligible === "true"
      ? ctx.db.select(fields, campaignEligible, {
          where: and(
            eq(campaignEligible.campaignId, id),
            sql`coalesce(${campaignEligible.until}, ${ctx.now() + 1}) > ${ctx.now()}`,
            free,
            after ? gt(qualify, after[0] as string) : undefined,
          ),
          byKey: true,
          join: [{ table: agents, on: eq(agents.id, qualify) }, rest],
          orderBy: asc(qualify),
          limit: limit + 1,
        })
      : ctx.db.select(fields, agents, {
          where: and(
            sql`${agents.status} in (select s.key from ${stages} s where s.org_id = ${ctx.orgId}
              and s.pipeline_id = ${agents.pipelineId} and s.kind in ('open', 'hired'))`,
            free,
            eligible === "false"
              ? sql`not exists (select 1 from ${campaignEligible} e where e.campaign_id = ${id} and e.agent_id = ${agents.id})`
              : undefined,
            after ? gt(agents.id, after[0] as string) : undefined,
          ),
          join: [rest],
          orderBy: asc(agents.id),
          limit: limit + 1,
        });
  const [found, rows, ...more] = await ctx.db.read(visible(ctx, id), people, ...world.reads);
  const campaign = found[0];
  if (!campaign) throw notFound("campaign");
  const known = world.made(more);
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.agentId],
    (row): PoolAgent => {
      const facts = row.facts === null ? bareFacts(row.status) : JSON.parse(row.facts);
      return {
        agentId: row.agentId,
        name: `${row.firstName} ${row.lastName}`.trim(),
        agentStatus: row.status,
        eligibility: shownAnswer(judge(campaign.requirements, facts, known, ctx.now())),
        unlocked: Boolean(row.unlocked),
      };
    },
  );
}

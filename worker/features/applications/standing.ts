import { eq, type SQL, sql } from "drizzle-orm";
import type { Query, RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { type AgentRow, selectAgents } from "../agents/agents";
import { agents } from "../agents/table";
import { campaigns } from "../campaigns/table";
import { candidates } from "../candidates/table";
import { emails } from "../email/table";
import { applications, stages } from "../pipelines/table";
import { selectOwed } from "../pipelines/waiting";
import type { StatusWord } from "../pipelines/words";
import { selectPromise } from "../status/reply-by";
import { type ApplicationRow, personUserId, selectApplications } from "./applications";

export type Stage = typeof stages.$inferSelect;

/** What moves in a campaign's pipeline need to know of it. */
export type CampaignFacts = RowOf<typeof selectCampaignFacts>;

/** Where somebody stands, and the stages that they could stand in. */
export interface Standing {
  row: ApplicationRow;
  stages: Stage[];
  held: Stage;
  /** Their login, whose own channel shows the move. */
  userId: string | null;
  /** Of a candidate: the status and the time of being selected that their profile carries. */
  profile: { status: StatusWord; selectedAt: number | null } | null;
  /** Of the agent pool: the profile that carries the stage too. */
  agent: AgentRow | null;
  /** What an agent's card waits for, where it can wait. */
  owed: string | null;
  /** Days until an answer is promised where the stage says nothing; null where nothing is promised. */
  promisedDays: number | null;
  /** The campaign in whose pipeline they stand. */
  campaign: CampaignFacts | null;
}

const listed = (ids: string[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;

function selectCampaignFacts(ctx: Ctx, these: SQL) {
  const { id, name, seats, startDate, endDate, status, pipelineId } = campaigns;
  return ctx.db.select({ id, name, seats, startDate, endDate, status, pipelineId }, campaigns, {
    where: sql`${campaigns.pipelineId} in (select pipeline_id from ${applications}
      where +org_id = ${ctx.orgId} and id in ${these} and campaign_id is not null)`,
    byKey: true,
  });
}

type Found = Map<string, Standing & { told: boolean }>;

/**
 * Where the named applications stand, in one round trip; those that aren't there are left out.
 * @param ids of them, or a query that finds the ids
 * @param told also which of them were mailed about that change
 */
export async function standings(ctx: Ctx, ids: string[] | SQL, told = ""): Promise<Found> {
  const nothing = ctx.db.sql(sql`select 1 where 0`);
  return (await standingsBeside(ctx, ids, nothing, told)).found;
}

/** As `standings`, with the rows of another query that is read in the same round trip. */
export async function standingsBeside<Row>(
  ctx: Ctx,
  ids: string[] | SQL,
  query: Query<Row[]>,
  told = "",
): Promise<{ found: Found; beside: Row[] }> {
  const these = Array.isArray(ids) ? listed(ids) : ids;
  const its = sql`${applications.id} in ${these}`;
  const [rows, logins, all, people, owed, mailed, orgs, own, beside] = await ctx.db.read(
    selectApplications(ctx, its),
    ctx.db.select(
      {
        id: applications.id,
        userId: personUserId,
        status: candidates.status,
        selectedAt: candidates.selectedAt,
      },
      applications,
      {
        where: its,
        join: [{ table: candidates, on: eq(candidates.id, applications.candidateId), left: true }],
      },
    ),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} in (select pipeline_id from ${applications} where org_id = ${ctx.orgId} and id in ${these})`,
      orderBy: [stages.pipelineId, stages.position],
    }),
    selectAgents(
      ctx,
      sql`${agents.id} in (select agent_id from ${applications} where +org_id = ${ctx.orgId} and id in ${these})`,
    ),
    selectOwed(ctx.db, these),
    ctx.db.select({ id: emails.applicationId }, emails, {
      where: sql`${eq(emails.batchId, told)} and ${emails.batchId} is not null and ${emails.status} in ('sending', 'sent')`,
    }),
    selectPromise(ctx),
    selectCampaignFacts(ctx, these),
    query,
  );
  const profiles = new Map(logins.map((login) => [login.id, login]));
  const agentOf = new Map(people.map((agent) => [agent.applicationId, agent]));
  const owedBy = new Map(owed.map(({ id, words }) => [id, words]));
  const out = new Set(mailed.map(({ id }) => id));
  const byPipeline = Map.groupBy(all, (stage) => stage.pipelineId);
  const found: Found = new Map();
  for (const row of rows) {
    const order = byPipeline.get(row.pipelineId) ?? [];
    const held = order.find((stage) => stage.id === row.stageId);
    if (!held) throw new Error(`Application ${row.id} stands in no stage of its pipeline.`);
    const profile = profiles.get(row.id);
    found.set(row.id, {
      row,
      stages: order,
      held,
      userId: profile?.userId ?? null,
      profile: profile?.status ? { status: profile.status, selectedAt: profile.selectedAt ?? null } : null,
      agent: agentOf.get(row.id) ?? null,
      owed: owedBy.get(row.id) ?? null,
      promisedDays: orgs[0]?.replyByDays ?? null,
      campaign: own.find(({ pipelineId }) => pipelineId === row.pipelineId) ?? null,
      told: out.has(row.id),
    });
  }
  return { found, beside: beside as Row[] };
}

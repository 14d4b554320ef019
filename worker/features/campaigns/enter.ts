import { and, eq, type SQL, sql } from "drizzle-orm";
import { commit, event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { assignedEvent } from "../applications/enter";
import { SEATED, seatsFree } from "../applications/seats";
import { StageCounts, wonBy } from "../applications/sets";
import { type Gathered, gathering } from "../eligibility/facts";
import { applications, stages } from "../pipelines/table";
import { type CampaignRow, selectCampaigns } from "./campaigns";
import { type PlaceRow, presentPlace, selectPlaces } from "./place";
import type { CampaignPlace } from "./schema";
import { campaignAccess, campaigns } from "./table";
import type { CampaignStage } from "./words";

type Stage = typeof stages.$inferSelect;

/** An agent before a campaign: what it is, whether they stand in it, and what is true of them. */
export interface Before {
  campaign: CampaignRow;
  order: Stage[];
  place: PlaceRow | null;
  unlocked: boolean;
  person: Gathered | undefined;
  known: ReturnType<ReturnType<typeof gathering>["made"]>["known"];
}

/** @throws DomainError `not-found` for the campaign */
export async function readBefore(ctx: Ctx, campaignId: string, agentId: string): Promise<Before> {
  const pipeline = sql`(select pipeline_id from ${campaigns} where +org_id = ${ctx.orgId} and id = ${campaignId})`;
  const gather = gathering(ctx, sql`(${agentId})`);
  const [rows, order, places, access, ...found] = await ctx.db.read(
    selectCampaigns(ctx, eq(campaigns.id, campaignId), { byKey: true }),
    ctx.db.rows(stages, { where: sql`${stages.pipelineId} = ${pipeline}`, orderBy: stages.position }),
    selectPlaces(ctx, sql`${applications.agentId} = ${agentId} and ${applications.pipelineId} = ${pipeline}`),
    ctx.db.select({ at: campaignAccess.at }, campaignAccess, {
      where: and(eq(campaignAccess.campaignId, campaignId), eq(campaignAccess.agentId, agentId)),
      byKey: true,
    }),
    ...gather.reads,
  );
  const campaign = rows[0];
  if (!campaign) throw notFound("campaign");
  const { known, people } = gather.made(found);
  return {
    campaign,
    order,
    place: places[0] ?? null,
    unlocked: access.length > 0,
    person: people.get(agentId),
    known,
  };
}

export function stageCalled({ order }: Before, key: CampaignStage): Stage {
  const found = order.find((stage) => stage.key === key);
  if (!found) throw new Error(`A campaign has no stage ${key}.`);
  return found;
}

/** True in SQL while what was read of an agent and a campaign is still so. */
export function stillTrue(ctx: Ctx, agentId: string, { campaign, person }: Before): SQL {
  return sql`coalesce((select max(entity_seq) from ${events}
      where org_id = ${ctx.orgId} and entity_id = ${agentId}), 0) = ${person?.seq ?? 0}
    and (select version from ${campaigns} where +org_id = ${ctx.orgId} and id = ${campaign.id}) = ${campaign.version}`;
}

export interface NewPlace {
  agentId: string;
  stage: CampaignStage;
  startDate: string | null;
  /** True where the agent applied, false where the team put them in. */
  applied: boolean;
  batchId: string;
  more?: (applicationId: string, won: SQL) => Parameters<typeof commit>[1]["writes"];
  audit: NewAudit[];
}

/**
 * Writes an agent's first place in a campaign, while what was read is still so and, of a seat, while one is free.
 * @throws LostRace otherwise, and where they have a place already
 */
export async function enterCampaign<R>(
  ctx: Ctx,
  before: Before,
  wanted: NewPlace,
  result: (place: CampaignPlace) => R,
): Promise<R> {
  const { campaign, person } = before;
  const { agentId, batchId, startDate } = wanted;
  const stage = stageCalled(before, wanted.stage);
  const at = ctx.now();
  const id = newId("app", at);
  const won = wonBy(ctx, id, batchId);
  const counts = new StageCounts();
  counts.add(stage.id, 1, stage.sharesWithClient ? 1 : 0);
  const free = stage.key === SEATED ? seatsFree(ctx, campaign.pipelineId, 1) : sql`1`;
  const told = {
    entity: { type: "application", id },
    pipelineId: campaign.pipelineId,
    userId: person?.userId ?? null,
    forClient: stage.sharesWithClient,
    detail: { stageId: stage.id, applicationId: id },
  };
  const whose = { applicationId: id, agentId, campaignId: campaign.id };
  const place = {
    ...{ id, agentId, campaignId: campaign.id, stageKey: stage.key, startDate },
    ...{ enteredAt: at, createdAt: at, version: 1 },
  };
  return await commit(ctx, {
    id: batchId,
    won: { table: applications, id },
    writes: [
      ctx.db.sql(sql`insert or ignore into ${applications} (id, org_id, pipeline_id, stage_id, stage_key, agent_id,
          name, entered_at, tags, source, client_id, campaign_id, start_date, status, shared_with_client, version,
          change_id, created_at, updated_at)
        select ${id}, ${ctx.orgId}, ${campaign.pipelineId}, ${stage.id}, ${stage.key}, ${agentId},
          ${person?.name ?? ""}, ${at}, '[]', ${wanted.applied ? "portal" : "team"}, ${campaign.clientId}, ${campaign.id},
          ${startDate}, ${stage.status}, ${stage.sharesWithClient ? 1 : 0}, 1, ${batchId}, ${at}, ${at}
        where ${stillTrue(ctx, agentId, before)} and ${free}`),
      counts.write(ctx, won),
      ...(wanted.more?.(id, won) ?? []),
    ],
    events: wanted.applied
      ? [event({ ...told, type: "campaign.applied", data: whose })]
      : enteredByTeam(ctx, told, whose, stage, startDate),
    audit: wanted.audit,
    result: result(presentPlace(place)),
  });
}

/** Whom the team puts in comes from nowhere. */
function enteredByTeam(
  ctx: Ctx,
  told: Omit<NewEvent, "type" | "data">,
  whose: { applicationId: string; agentId: string; campaignId: string },
  { key }: Stage,
  startDate: string | null,
): NewEvent[] {
  const change = { oldStatus: "", newStatus: key, changedBy: ctx.actor.id };
  return [
    event({ ...told, type: "application.status_changed", data: { ...whose, ...change } }),
    ...(key === SEATED ? [assignedEvent(told, whose, startDate)] : []),
  ];
}

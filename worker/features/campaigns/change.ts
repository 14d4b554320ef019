import { and, eq, sql } from "drizzle-orm";
import { commit, event, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { selectClient } from "../clients/clients";
import { checkRequirements } from "../eligibility/check";
import { type Gathered, gathering, type Known, knowing } from "../eligibility/facts";
import { judge } from "../eligibility/judge";
import type { Missing, Requirement } from "../eligibility/schema";
import { activeClient } from "../jobs/new-job";
import { applications, pipelines, stages } from "../pipelines/table";
import { newPipeline } from "../workflows/pipeline";
import { type CampaignRow, getCampaign, presentCampaign, selectCampaigns } from "./campaigns";
import type { Campaign, CampaignChange, NewCampaign } from "./schema";
import { campaigns } from "./table";
import { CAMPAIGN_STAGES } from "./words";

/** What becomes of a campaign, told to whoever shows it. */
function updatedEvent(row: CampaignRow, fields: string[], recompute: boolean): NewEvent {
  return event({
    type: "campaign.updated",
    entity: { type: "campaign", id: row.id },
    pipelineId: row.pipelineId,
    forClient: row.clientId !== null && row.status !== "draft",
    data: { campaignId: row.id, fields },
    detail: { recompute },
  });
}

/**
 * A campaign with its own pipeline.
 * @throws DomainError `not-found` for a client that isn't there, `conflict` for one that is inactive, `invalid`
 * for requirements that name what isn't there
 */
export async function createCampaign(ctx: Ctx, input: NewCampaign): Promise<Campaign> {
  const world = knowing(ctx);
  const [found, ...rest] = await ctx.db.read(selectClient(ctx, input.clientId ?? ""), ...world.reads);
  const client = input.clientId === null ? null : activeClient(ctx, found[0]);
  checkRequirements(input.requirements, world.made(rest));
  const at = ctx.now();
  const id = newId("camp", at);
  const pipeline = newPipeline(ctx, {
    kind: "campaign",
    name: input.name,
    stages: CAMPAIGN_STAGES.map(({ key, name, kind, shared }) => ({
      ...{ key, name, kind, description: null, publicName: null, publicNext: null, replyByDays: null },
      ...{ sharesWithClient: shared, actions: [] },
    })),
  });
  const row = {
    ...input,
    id,
    pipelineId: pipeline.id,
    eligibleCount: 0,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const shown = { ...row, clientName: client?.companyName ?? null, filled: 0, waitlisted: 0, applied: 0 };
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [...pipeline.writes, ctx.db.insert(campaigns, { ...row, createdBy: ctx.actor.id })],
    events: [updatedEvent(shown, Object.keys(input), row.status === "open")],
    audit: [
      {
        action: "CAMPAIGN_CREATE",
        entity: { type: "campaign", id },
        newValue: { name: row.name, clientId: row.clientId, status: row.status, seats: row.seats },
      },
    ],
    result: presentCampaign(ctx, shown),
  });
}

type Fields = Omit<CampaignChange, "confirmAffected">;

/**
 * Changes the sent fields; values that are there already change nothing. Whoever is assigned stays assigned.
 * @throws DomainError `not-found`, `outdated`, `invalid`; `conflict` for fewer seats than are taken, for another
 * client once somebody is in it, and, with `affected`, where people who are assigned would lack something and
 * nobody confirmed that
 */
export async function updateCampaign(
  ctx: Ctx,
  id: string,
  sent: CampaignChange,
  ifVersion?: number,
): Promise<Campaign> {
  const { confirmAffected = false, ...change } = sent;
  const judges = change.requirements !== undefined || change.status === "open";
  const pipeline = sql`(select pipeline_id from ${campaigns} where +org_id = ${ctx.orgId} and id = ${id})`;
  const assigned = sql`(select agent_id from ${applications} where org_id = ${ctx.orgId} and pipeline_id = ${pipeline}
    and archived = 0 and stage_id = (select id from ${stages}
      where org_id = ${ctx.orgId} and pipeline_id = ${pipeline} and key = 'assigned'))`;
  const attempt = async (): Promise<Campaign> => {
    const gather = gathering(ctx, judges ? assigned : sql`(select null where 0)`);
    const [rows, clientRows, people, ...found] = await ctx.db.read(
      selectCampaigns(ctx, eq(campaigns.id, id), { byKey: true }),
      selectClient(ctx, change.clientId ?? ""),
      ctx.db.sql<{ id: string }>(sql`select id from ${applications}
        where org_id = ${ctx.orgId} and pipeline_id = ${pipeline} and archived = 0 limit 1`),
      ...gather.reads,
    );
    const old = rows[0];
    if (!old) throw notFound("campaign");
    const current = presentCampaign(ctx, old);
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(current);
    const fields = (Object.keys(change) as (keyof Fields)[]).filter(
      (key) => JSON.stringify(change[key]) !== JSON.stringify(old[key]),
    );
    if (fields.length === 0) return current;
    const at = ctx.now();
    const counted = { version: old.version + 1, updatedAt: at };
    const next: CampaignRow = { ...old, ...change, ...counted };
    if (fields.includes("clientId")) {
      if (people.length > 0) {
        throw conflict("Somebody is in this campaign already. Make a new one for the other client.", current);
      }
      next.clientName = next.clientId === null ? null : activeClient(ctx, clientRows[0]).companyName;
    }
    checkFields(old, next, people.length > 0, current);
    const gathered = gather.made(found);
    if (fields.includes("requirements")) checkRequirements(next.requirements, gathered.known);
    const judged = fields.includes("requirements") || (fields.includes("status") && next.status === "open");
    if (judged && !confirmAffected) refuseAffected(ctx, next.requirements, gathered, current);
    const changeId = newId("chg", at);
    const won = sql`exists (select 1 from ${campaigns}
      where +org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
    const set = Object.fromEntries(fields.map((field) => [field, next[field]])) as Fields;
    return await commit(ctx, {
      id: changeId,
      won: { table: campaigns, id },
      writes: [
        ctx.db.update(
          campaigns,
          { ...set, ...counted, changeId },
          and(
            eq(campaigns.id, id),
            eq(campaigns.version, old.version),
            sql`${next.seats} >= (select s.count from ${stages} s where s.org_id = ${ctx.orgId}
              and s.pipeline_id = ${old.pipelineId} and s.key = 'assigned')`,
            ...(fields.includes("clientId")
              ? [
                  sql`not exists (select 1 from ${applications} p
                    where p.org_id = ${ctx.orgId} and p.pipeline_id = ${old.pipelineId} and p.archived = 0)`,
                ]
              : []),
          ),
        ),
        ...(fields.includes("name")
          ? [ctx.db.update(pipelines, { name: next.name }, and(eq(pipelines.id, old.pipelineId), won))]
          : []),
      ],
      events: [updatedEvent(next, fields, fields.includes("requirements") || fields.includes("status"))],
      audit: [
        {
          action: "CAMPAIGN_UPDATE",
          entity: { type: "campaign", id },
          oldValue: { name: old.name, status: old.status, seats: old.seats },
          newValue: { name: next.name, status: next.status, seats: next.seats },
          metadata: { fields, ...(confirmAffected ? { confirmAffected } : {}) },
        },
      ],
      result: presentCampaign(ctx, next),
    });
  };
  return await onceMore(attempt, () => getCampaign(ctx, id));
}

function checkFields(old: CampaignRow, next: CampaignRow, people: boolean, current: Campaign): void {
  if (next.endDate !== null && next.endDate < next.startDate) {
    throw invalid("endDate", "The end can't be before the start.");
  }
  if (next.seats < old.filled) {
    const words = old.filled === 1 ? "1 person is" : `${old.filled} people are`;
    throw conflict(`${words} assigned, so there can't be fewer seats. Free seats first.`, current);
  }
  if (next.status === "draft" && old.status !== "draft" && people) {
    throw conflict("Somebody is in this campaign, so it can't be a draft again. Close it instead.", current);
  }
}

/** @throws DomainError `conflict` that names whoever is assigned and would lack something */
function refuseAffected(
  ctx: Ctx,
  requirements: Requirement,
  { known, people }: { known: Known; people: Map<string, Gathered> },
  current: Campaign,
): void {
  const affected = [...people].flatMap(([agentId, { facts, name }]) => {
    const { eligible, missing } = judge(requirements, facts, known, ctx.now());
    return eligible ? [] : [{ agentId, name, missing: missing as Missing[] }];
  });
  if (affected.length === 0) return;
  const words =
    affected.length === 1 ? "1 person who is assigned" : `${affected.length} people who are assigned`;
  throw new DomainError(
    "conflict",
    `${words} would not meet these requirements. They stay assigned: send confirmAffected to go on.`,
    { current, more: { affected } },
  );
}

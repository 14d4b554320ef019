import { and, desc, eq, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { invalid, notFound } from "../../lib/errors";
import { clients } from "../clients/table";
import { gathering } from "../eligibility/facts";
import { judge, shownAnswer } from "../eligibility/judge";
import type { Requirement } from "../eligibility/schema";
import { campaignEligible } from "../eligibility/table";
import { applications, stages } from "../pipelines/table";
import { clientScope, isTeam } from "../users/scope";
import { presentPlace, selectPlaces } from "./place";
import type { Campaign, CampaignListQuery } from "./schema";
import { acceptedTerms, campaignAccess, campaigns } from "./table";

/** The day that it is, as campaigns name days. */
export const today = (ctx: Pick<Ctx, "now">): string => iso(ctx.now()).slice(0, 10);

/** People who stand in a stage of the campaign's pipeline, as every move keeps it. */
const counted = (ctx: Ctx, key: string) => sql<number>`(select s.count from ${stages} s
  where s.org_id = ${ctx.orgId} and s.pipeline_id = ${campaigns.pipelineId} and s.key = ${key})`;

/** Campaigns with their client's name and the people in them: five rows read for each. */
export function selectCampaigns(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number; byKey?: boolean } = {},
) {
  const { id, name, clientId, status, brief, schedule, pay, seats, startDate, endDate } = campaigns;
  const { access, requirements, pipelineId, eligibleCount, version, createdAt, updatedAt } = campaigns;
  return ctx.db.select(
    {
      ...{ id, name, clientId, status, brief, schedule, pay, seats, startDate, endDate },
      ...{ access, requirements, pipelineId, eligibleCount, version, createdAt, updatedAt },
      clientName: sql<string | null>`${clients.companyName}`,
      filled: counted(ctx, "assigned"),
      waitlisted: counted(ctx, "waitlisted"),
      applied: counted(ctx, "applied"),
    },
    campaigns,
    { where, ...find, join: [{ table: clients, on: eq(clients.id, campaigns.clientId), left: true }] },
  );
}
export type CampaignRow = RowOf<typeof selectCampaigns>;
type Own = Pick<Campaign, "eligibility" | "place" | "accepted">;

/** A campaign as the caller may see it: fill is the team's and the client's, pay the team's and the agent's. */
export function presentCampaign(ctx: Ctx, row: CampaignRow, own: Own = NOBODY): Campaign {
  const team = isTeam(ctx);
  const client = !team && clientScope(ctx) !== null;
  return {
    id: row.id,
    name: row.name,
    clientId: row.clientId,
    clientName: row.clientName,
    status: row.status,
    brief: row.brief,
    schedule: row.schedule,
    pay: client ? null : row.pay,
    seats: row.seats,
    filled: team || client ? row.filled : null,
    waitlisted: team ? row.waitlisted : null,
    applied: team ? row.applied : null,
    full: row.filled >= row.seats,
    startDate: row.startDate,
    endDate: row.endDate,
    access: row.access,
    requirements: team ? row.requirements : withoutReasons(row.requirements),
    pipelineId: row.pipelineId,
    eligibleCount: team && row.status !== "draft" ? row.eligibleCount : null,
    ...own,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}
const NOBODY: Own = { eligibility: null, place: null, accepted: null };

/** What keeps people out, and what the team notes about them, is the team's. */
function withoutReasons(requirement: Requirement): Requirement {
  const shown = (parts: Requirement[]) =>
    parts.filter((part) => !("none" in part) && !("kind" in part && part.kind === "tag")).map(withoutReasons);
  if ("all" in requirement) return { all: shown(requirement.all) };
  if ("any" in requirement) {
    const any = shown(requirement.any);
    return any.length === requirement.any.length ? { any } : { all: [] };
  }
  if ("none" in requirement || requirement.kind === "tag") return { all: [] };
  return requirement;
}

/** Campaigns that are unlocked for an agent, or open to everybody. */
const accessible = (ctx: Ctx, agentId: string): SQL =>
  sql`(${campaigns.access} = 'open' or exists (select 1 from ${campaignAccess} c
    where +c.org_id = ${ctx.orgId} and c.campaign_id = ${campaigns.id} and c.agent_id = ${agentId}))`;

/** Campaigns in which an agent stands or stood. */
const placedIn = (ctx: Ctx, agentId: string, but = ""): SQL =>
  sql`${campaigns.id} in (select campaign_id from ${applications} where org_id = ${ctx.orgId}
    and agent_id = ${agentId} and campaign_id is not null and stage_key <> ${but})`;

/** What the caller may see. A candidate sees none. */
export function visibleCampaigns(ctx: Ctx): SQL | undefined {
  if (isTeam(ctx)) return undefined;
  const client = clientScope(ctx);
  if (client !== null) return and(eq(campaigns.clientId, client), sql`${campaigns.status} <> 'draft'`);
  const agentId = agentOf(ctx);
  if (agentId === null) return sql`0`;
  const open = and(eq(campaigns.status, "open"), accessible(ctx, agentId));
  return or(open, placedIn(ctx, agentId));
}

/** The agent that the caller is. */
export const agentOf = ({ actor }: Pick<Ctx, "actor">): string | null =>
  actor.kind === "user" && actor.role === "agent" ? (actor.agentId ?? "") : null;

/** What one of an agent's views has. */
function inView(
  ctx: Ctx,
  agentId: string,
  view: NonNullable<z.infer<typeof CampaignListQuery>["view"]>,
): SQL {
  const mine = placedIn(ctx, agentId, "withdrawn");
  if (view === "mine") return mine;
  const qualifies = sql`exists (select 1 from ${campaignEligible} e where +e.org_id = ${ctx.orgId}
    and e.campaign_id = ${campaigns.id} and e.agent_id = ${agentId} and coalesce(e.until, ${ctx.now() + 1}) > ${ctx.now()})`;
  return sql`${campaigns.status} = 'open' and ${accessible(ctx, agentId)} and not ${mine}
    and coalesce(${campaigns.endDate}, '9999') >= ${today(ctx)}
    and ${view === "eligible" ? qualifies : sql`not ${qualifies}`}`;
}

/**
 * Campaigns, and of an agent whether each may be taken and what is missing, judged by what is true now: in one
 * round trip, whoever asks.
 * @throws DomainError `not-found` for an agent who is not there
 */
async function readCampaigns(
  ctx: Ctx,
  agentId: string | null,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number; byKey?: boolean },
) {
  if (agentId === null) {
    const [rows] = await ctx.db.read(selectCampaigns(ctx, where, find));
    return { rows, own: () => NOBODY };
  }
  const gather = gathering(ctx, sql`(${agentId})`);
  const [rows, places, terms, ...found] = await ctx.db.read(
    selectCampaigns(ctx, where, find),
    selectPlaces(ctx, sql`${applications.agentId} = ${agentId} and ${applications.campaignId} is not null`),
    ctx.db.rows(acceptedTerms, { where: eq(acceptedTerms.agentId, agentId) }),
    ...gather.reads,
  );
  const { known, people } = gather.made(found);
  const facts = people.get(agentId)?.facts;
  if (!facts && isTeam(ctx)) throw notFound("agent");
  const own = (row: CampaignRow): Own => {
    const place = places.find(({ campaignId }) => campaignId === row.id);
    const accepted = terms.find(({ campaignId }) => campaignId === row.id);
    return {
      eligibility: facts ? shownAnswer(judge(row.requirements, facts, known, ctx.now())) : null,
      place: place ? presentPlace(place) : null,
      accepted: accepted ? { pay: accepted.pay, at: iso(accepted.at) } : null,
    };
  };
  return { rows, own };
}

/** The agent whose list it is: the caller, or whom the team names. */
function listedAgent(ctx: Ctx, { agentId, view }: z.infer<typeof CampaignListQuery>): string | null {
  const own = agentOf(ctx);
  if (agentId !== undefined && agentId !== own && !isTeam(ctx)) {
    throw invalid("agentId", "Only the team can ask for another agent's campaigns.");
  }
  const whose = own ?? agentId ?? null;
  if (view !== undefined && whose === null)
    throw invalid("view", "Name the agent whose view it is: agentId.");
  return whose;
}

/** A page of campaigns, the newest first; of a client their own, of an agent those open to them and those they are in. */
export async function listCampaigns(ctx: Ctx, query: z.infer<typeof CampaignListQuery>) {
  const agentId = listedAgent(ctx, query);
  const { limit, cursor, view, agentId: _, ...filters } = query;
  const whose = agentId ?? clientScope(ctx);
  const scope = { list: "campaigns", orgId: ctx.orgId, filters: { ...filters, view, whose } };
  const after = await readCursor(ctx.env, scope, cursor);
  const where = and(
    visibleCampaigns(ctx),
    filters.status ? eq(campaigns.status, filters.status) : undefined,
    filters.clientId ? eq(campaigns.clientId, filters.clientId) : undefined,
    view && agentId !== null ? inView(ctx, agentId, view) : undefined,
    after ? lt(campaigns.id, after[0] as string) : undefined,
  );
  const find = { orderBy: [desc(campaigns.id)], limit: limit + 1 };
  const { rows, own } = await readCampaigns(ctx, agentId, where, find);
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => presentCampaign(ctx, row, own(row)),
  );
}

/** @throws DomainError `not-found` */
export async function getCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const where = and(eq(campaigns.id, id), visibleCampaigns(ctx));
  const { rows, own } = await readCampaigns(ctx, agentOf(ctx), where, { byKey: true });
  if (!rows[0]) throw notFound("campaign");
  return presentCampaign(ctx, rows[0], own(rows[0]));
}

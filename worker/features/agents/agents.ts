import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { matching } from "../../db/search";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { campaigns } from "../campaigns/table";
import { applications, pipelines, stages } from "../pipelines/table";
import { can } from "../users/permissions";
import { isTeam } from "../users/scope";
import type { Agent, AgentListQuery } from "./schema";
import { agents } from "./table";

const AGENT = {
  id: agents.id,
  userId: agents.userId,
  searchKey: agents.searchKey,
  email: agents.email,
  firstName: agents.firstName,
  lastName: agents.lastName,
  phone: agents.phone,
  headline: agents.headline,
  city: agents.city,
  country: agents.country,
  timeZone: agents.timeZone,
  skills: agents.skills,
  languages: agents.languages,
  pipelineId: agents.pipelineId,
  applicationId: agents.applicationId,
  status: agents.status,
  statusSince: agents.statusSince,
  version: agents.version,
  createdAt: agents.createdAt,
  updatedAt: agents.updatedAt,
  tags: applications.tags,
  rating: applications.rating,
  waitingFor: applications.waitingFor,
  waitingSince: applications.waitingSince,
};

/** Agents with what their card shows. */
export function selectAgents(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number } = {},
) {
  return ctx.db.select(AGENT, agents, {
    where,
    ...find,
    join: [{ table: applications, on: eq(applications.id, agents.applicationId) }],
  });
}
export type AgentRow = RowOf<typeof selectAgents>;

/** The names of the agent pool's stages, by key. */
export function poolStages(ctx: Ctx) {
  return ctx.db.select(
    { key: stages.key, name: stages.name, kind: stages.kind, position: stages.position },
    stages,
    {
      where: sql`${stages.pipelineId} = (select id from ${pipelines}
      where org_id = ${ctx.orgId} and kind = 'agent_pool')`,
      orderBy: asc(stages.position),
    },
  );
}
type StageName = { key: string; name: string };

/** An agent as the API shows it. */
export function presentAgent(row: AgentRow, names: StageName[]): Agent {
  return {
    id: row.id,
    atsId: row.applicationId,
    name: `${row.firstName} ${row.lastName}`.trim(),
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    phone: row.phone,
    headline: row.headline,
    city: row.city,
    country: row.country,
    timeZone: row.timeZone,
    skills: row.skills,
    languages: row.languages,
    status: row.status,
    statusName: names.find((stage) => stage.key === row.status)?.name ?? row.status,
    statusSince: iso(row.statusSince),
    waitingFor: row.waitingFor,
    waitingSince: isoOrNull(row.waitingSince),
    tags: row.tags,
    rating: row.rating,
    pipelineId: row.pipelineId,
    applicationId: row.applicationId,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** An agent as the caller may see it: what the team notes about somebody is the team's. */
export function seenBy(ctx: Ctx, agent: Agent): Agent {
  const team = ctx.actor.kind === "user" ? can(ctx.actor.role, "agent.assess") : isTeam(ctx);
  return team ? agent : { ...agent, tags: [], rating: null };
}

/** @throws DomainError `not-found` */
export async function getAgent(ctx: Ctx, id: string): Promise<Agent> {
  const [rows, names] = await ctx.db.read(selectAgents(ctx, eq(agents.id, id)), poolStages(ctx));
  if (!rows[0]) throw notFound("agent");
  return seenBy(ctx, presentAgent(rows[0], names));
}

/** Who applied to a campaign, waits for a seat in it, has one or had one. */
const inCampaign = (ctx: Ctx, campaignId: string): SQL =>
  sql`${agents.id} in (select agent_id from ${applications} where org_id = ${ctx.orgId} and archived = 0
    and pipeline_id = (select pipeline_id from ${campaigns} where +org_id = ${ctx.orgId} and id = ${campaignId})
    and stage_key not in ('rejected', 'withdrawn'))`;

/** A page of agents of all stages, closed ones too, newest first unless asked otherwise. */
export async function listAgents(ctx: Ctx, query: z.infer<typeof AgentListQuery>) {
  const scope = {
    list: "agents",
    orgId: ctx.orgId,
    filters: { status: query.status, campaign: query.campaign, q: query.q, sort: query.sort },
  };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const newestFirst = query.sort === "-createdAt";
  const keys = query.q ? matching(ctx.orgId, query.q) : undefined;
  const where = and(
    query.status ? eq(agents.status, query.status) : undefined,
    query.q ? (keys ? sql`${agents.searchKey} in ${keys}` : sql`0`) : undefined,
    query.campaign ? inCampaign(ctx, query.campaign) : undefined,
    after ? (newestFirst ? lt(agents.id, after[0] as string) : gt(agents.id, after[0] as string)) : undefined,
  );
  const [rows, names] = await ctx.db.read(
    selectAgents(ctx, where, {
      orderBy: [newestFirst ? desc(agents.id) : asc(agents.id)],
      limit: query.limit + 1,
    }),
    poolStages(ctx),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    query.limit,
    (row) => [row.id],
    (row) => presentAgent(row, names),
  );
}

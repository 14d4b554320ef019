import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { type RowOf, type Statement, uniqueViolation } from "../../db/database";
import { indexPerson, matching, newSearchKey } from "../../db/search";
import { commit, event, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { AGENT_POOL_STAGES } from "../pipelines/agent-pool";
import { applications, pipelines, stages } from "../pipelines/table";
import { refreshWaiting } from "../pipelines/waiting";
import { voidOneTimeTokens } from "../sessions/one-time";
import { can } from "../users/permissions";
import { users } from "../users/table";
import type { Agent, AgentChange, AgentListQuery } from "./schema";
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
  const team = ctx.actor.kind === "system" || can(ctx.actor.role, "agent.assess");
  return team ? agent : { ...agent, tags: [], rating: null };
}

/** @throws DomainError `not-found` */
export async function getAgent(ctx: Ctx, id: string): Promise<Agent> {
  const [rows, names] = await ctx.db.read(selectAgents(ctx, eq(agents.id, id)), poolStages(ctx));
  if (!rows[0]) throw notFound("agent");
  return seenBy(ctx, presentAgent(rows[0], names));
}

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
    // Nobody is on a campaign yet, so a list by campaign is empty.
    query.campaign ? sql`0` : undefined,
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

/** Everything an agent should be found by. */
function searchText(agent: {
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  skills: string[];
  tags: string[];
}) {
  return [
    agent.firstName,
    agent.lastName,
    agent.email,
    agent.phone ?? "",
    ...agent.skills,
    ...agent.tags,
  ].join(" ");
}

export interface NewAgent {
  userId: string | null;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  source: string;
}

/**
 * The statements that put a new agent into the first stage of the pool: whoever registers somebody
 * writes them in one batch with the login.
 */
export async function newAgent(
  ctx: Ctx,
  input: NewAgent,
): Promise<{ agent: Agent; writes: Statement[]; events: NewEvent[] }> {
  const first = AGENT_POOL_STAGES[0];
  const [pool] = await ctx.db.read(
    ctx.db.select(
      { stageId: stages.id, key: stages.key, name: stages.name, pipelineId: stages.pipelineId },
      stages,
      {
        where: sql`${stages.pipelineId} = (select id from ${pipelines} where org_id = ${ctx.orgId} and kind = 'agent_pool')`,
        orderBy: asc(stages.position),
        limit: 1,
      },
    ),
  );
  const entry = pool[0];
  if (!entry || !first) throw notFound("agent pool");
  const at = ctx.now();
  const [id, applicationId] = [newId("agt", at), newId("app", at)];
  const row: AgentRow = {
    id,
    userId: input.userId,
    searchKey: newSearchKey(),
    email: input.email,
    firstName: input.firstName,
    lastName: input.lastName,
    phone: input.phone,
    headline: null,
    city: null,
    country: null,
    timeZone: null,
    skills: [],
    languages: [],
    pipelineId: entry.pipelineId,
    applicationId,
    status: entry.key,
    statusSince: at,
    version: 1,
    createdAt: at,
    updatedAt: at,
    tags: [],
    rating: null,
    waitingFor: null,
    waitingSince: null,
  };
  const { tags, rating, waitingFor, waitingSince, ...own } = row;
  return {
    agent: presentAgent(row, [entry]),
    writes: [
      ctx.db.insert(agents, own),
      ctx.db.insert(applications, {
        id: applicationId,
        pipelineId: entry.pipelineId,
        stageId: entry.stageId,
        agentId: id,
        name: `${input.firstName} ${input.lastName}`.trim(),
        enteredAt: at,
        tags,
        rating,
        waitingFor,
        waitingSince,
        source: input.source,
        createdAt: at,
        updatedAt: at,
      }),
      ctx.db.update(stages, { count: sql`${stages.count} + 1` }, eq(stages.id, entry.stageId)),
      ...indexPerson(ctx.orgId, row.searchKey, searchText(row)).map((statement) => ctx.db.sql(statement)),
      refreshWaiting(ctx.db, { agentId: id }, at),
    ],
    events: [
      event({
        type: "agent.created",
        entity: { type: "agent", id },
        pipelineId: entry.pipelineId,
        userId: input.userId,
        data: { agentId: id, email: input.email, atsId: applicationId },
        detail: { stageId: entry.stageId },
      }),
    ],
  };
}

/**
 * Changes the sent fields of a profile. Its version and that of its application rise together.
 * @throws DomainError `not-found`, `outdated`, `conflict` for an address that somebody else has
 */
export async function updateAgent(
  ctx: Ctx,
  id: string,
  change: AgentChange,
  ifVersion?: number,
): Promise<Agent> {
  const attempt = async (): Promise<Agent> => {
    const [rows, names] = await ctx.db.read(selectAgents(ctx, eq(agents.id, id)), poolStages(ctx));
    const row = rows[0];
    if (!row) throw notFound("agent");
    if (ifVersion !== undefined && ifVersion !== row.version) {
      throw outdated(seenBy(ctx, presentAgent(row, names)));
    }

    const { name, tags = row.tags, rating = row.rating, ...fields } = change;
    const split = name === undefined || fields.firstName !== undefined ? {} : splitName(name);
    const changeId = newId("chg", ctx.now());
    const at = ctx.now();
    const next: AgentRow = {
      ...row,
      ...split,
      ...fields,
      tags,
      rating,
      version: row.version + 1,
      updatedAt: at,
    };
    const { tags: _tags, rating: _rating, waitingFor: _for, waitingSince: _since, id: _id, ...own } = next;
    const won = sql`exists (select 1 from ${applications}
      where org_id = ${ctx.orgId} and id = ${row.applicationId} and change_id = ${changeId})`;
    const changed = Object.keys(change);
    const moved = next.email !== row.email;
    return await commit(ctx, {
      id: changeId,
      won: { table: applications, id: row.applicationId },
      writes: [
        ctx.db.update(
          applications,
          {
            name: `${next.firstName} ${next.lastName}`.trim(),
            tags,
            rating,
            version: row.version + 1,
            changeId,
            updatedAt: at,
          },
          and(eq(applications.id, row.applicationId), eq(applications.version, row.version)),
        ),
        ctx.db.update(agents, own, and(eq(agents.id, id), won)),
        // The login shows and uses the same name, address and number.
        ctx.db.update(
          users,
          {
            email: next.email,
            firstName: next.firstName,
            lastName: next.lastName,
            phone: next.phone,
            // A new address is not proved yet.
            ...(moved ? { emailVerifiedAt: null } : {}),
            updatedAt: at,
          },
          and(eq(users.id, row.userId ?? ""), won),
        ),
        // Links that lie in the old mailbox open nothing any more.
        ...(moved && row.userId ? [voidOneTimeTokens(ctx, row.userId, won)] : []),
        ...indexPerson(ctx.orgId, row.searchKey, searchText(next), won).map((statement) =>
          ctx.db.sql(statement),
        ),
      ],
      events: [
        event({
          type: "agent.updated",
          entity: { type: "agent", id },
          pipelineId: row.pipelineId,
          // Notes of the team are no news on the person's own channel.
          userId: changed.every((field) => field === "tags" || field === "rating") ? null : row.userId,
          data: { agentId: id, fields: changed },
        }),
      ],
      // Which fields, not what they hold: personal values stand in one place only.
      audit: [{ action: "AGENT_UPDATE", entity: { type: "agent", id }, metadata: { fields: changed } }],
      result: seenBy(ctx, presentAgent(next, names)),
    });
  };
  try {
    return await onceMore(attempt, () => getAgent(ctx, id));
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw conflict("Somebody else in this organization has that e-mail address.");
  }
}

/** A name as typed, cut at the first space: the part before it is what people are called by. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = "", ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.join(" ") };
}

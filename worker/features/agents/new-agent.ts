import { asc, eq, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { indexPerson, newSearchKey } from "../../db/search";
import { event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { AGENT_POOL_STAGES } from "../pipelines/agent-pool";
import { applications, pipelines, stages } from "../pipelines/table";
import { refreshWaiting } from "../pipelines/waiting";
import { type AgentRow, presentAgent } from "./agents";
import type { Agent } from "./schema";
import { agents } from "./table";

/** Everything an agent should be found by. */
export function searchText(agent: {
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
        stageKey: entry.key,
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

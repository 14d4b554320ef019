import type { Context } from "hono";
import { Hono } from "hono";
import { answerRead } from "../../http/answer";
import { ctxFor, endpoint, sessionFor } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { DomainError, notFound } from "../../lib/errors";
import { moveAgent } from "../applications/move";
import { can } from "../users/permissions";
import { getAgent, listAgents } from "./agents";
import { getAgentHome, getTimeline } from "./home";
import {
  Agent,
  AgentChange,
  AgentHome,
  AgentListQuery,
  AgentPage,
  MovedAgent,
  StatusChange,
  TimelinePage,
  TimelineQuery,
} from "./schema";
import { updateAgent } from "./update";

const tag = "Agents";

/** Another person's agent is absent, not forbidden. */
function visibleAgent(c: Context<HttpEnv>, permission: "agent.read" | "agent.update"): string {
  const id = c.req.param("id") ?? "";
  const session = sessionFor(c);
  if (!can(session.role, permission, { own: session.agentId === id })) throw notFound("agent");
  return id;
}

export const agentsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Agents of all stages",
      tag,
      who: "agent.list",
      answers: { 200: AgentPage },
      errors: [422],
    }),
    query(AgentListQuery),
    async (c) => answerRead(c, await listAgents(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/:id",
    endpoint({ summary: "One agent", tag, who: "agent.read", answers: { 200: Agent }, errors: [404] }),
    async (c) => {
      const agent = await getAgent(ctxFor(c), visibleAgent(c, "agent.read"));
      c.header("etag", `"${agent.version}"`);
      return c.json(agent);
    },
  )
  .put(
    "/:id",
    endpoint({
      summary: "Change the sent fields of a profile",
      tag,
      who: "agent.update",
      answers: { 200: Agent },
      errors: [404, 409, 412, 422],
    }),
    body(AgentChange),
    async (c) => {
      const id = visibleAgent(c, "agent.update");
      const change = c.req.valid("json");
      const team = (["tags", "rating", "email"] as const).filter((field) => change[field] !== undefined);
      if (team.length > 0 && !can(sessionFor(c).role, "agent.assess")) {
        throw new DomainError("invalid", "Only the team changes these fields.", {
          errors: team.map((path) => ({ path, message: "Only the team changes this." })),
        });
      }
      const agent = await updateAgent(ctxFor(c), id, change, ifMatch(c));
      c.header("etag", `"${agent.version}"`);
      return c.json(agent);
    },
  )
  .put(
    "/:id/status",
    endpoint({
      summary: "Move an agent to another stage of the pool",
      tag,
      who: "agent.move",
      answers: { 200: MovedAgent },
      errors: [404, 409, 412, 422],
    }),
    body(StatusChange),
    async (c) => {
      const { status, reason, from } = c.req.valid("json");
      const { agent, batchId } = await moveAgent(ctxFor(c), {
        agentId: c.req.param("id"),
        stage: status,
        reason,
        from,
        ifVersion: ifMatch(c),
      });
      c.header("etag", `"${agent.version}"`);
      return c.json({ ...agent, batchId });
    },
  )
  .get(
    "/:id/timeline",
    endpoint({
      summary: "Everything that happened to an agent",
      tag,
      who: "agent.timeline",
      answers: { 200: TimelinePage },
      errors: [404, 422],
    }),
    query(TimelineQuery),
    async (c) => answerRead(c, await getTimeline(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  );

export const homeRoutes = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "An agent's own home: where I stand and what is next",
    tag,
    who: "agent.home",
    answers: { 200: AgentHome },
    errors: [404],
  }),
  async (c) => answerRead(c, await getAgentHome(ctxFor(c), sessionFor(c).agentId ?? "")),
);

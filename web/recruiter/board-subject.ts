import type { Agent, MovedAgent, TimelineEntry } from "../../worker/features/agents/schema";
import type { Application, HistoryEntry, MovedApplication } from "../../worker/features/applications/schema";
import type { Card } from "../../worker/features/pipelines/schema";
import type { Page } from "../../worker/http/shapes";
import { get, post, put } from "../lib/client";
import type { Who } from "./move-refusal";

/** A card that was read by itself, with the stage it stands in; no card for somebody who is on no board. */
export interface ReadCard {
  stage: string;
  card: Card | null;
}

/** What stands on a board, and how it is read and moved: agents in the pool, applications in a job. */
export interface Subject {
  /** The name in the address of whoever is open beside the board. */
  param: "agent" | "person";
  /** The page of whoever is on a card. */
  href: (card: Card) => string;
  read: (personId: string) => Promise<ReadCard>;
  move: (who: Who, to: string, reason?: string) => Promise<ReadCard & { batchId: string }>;
  /** The name of the stage that a refusal says they stand in. */
  stageOf: (current: unknown) => string | undefined;
  /** Who moved them last, as far as that can be found out. */
  lastMover: (personId: string) => Promise<string | undefined>;
}

function agentCard(agent: Agent): Card {
  return {
    applicationId: agent.applicationId,
    agentId: agent.id,
    name: agent.name,
    enteredAt: agent.statusSince,
    rating: agent.rating,
    tags: agent.tags,
    waitingFor: agent.waitingFor,
    waitingSince: agent.waitingSince,
    version: agent.version,
  };
}

function applicationCard(application: Application): Card {
  return {
    applicationId: application.id,
    ...(application.candidateId ? { candidateId: application.candidateId } : {}),
    name: application.name,
    enteredAt: application.enteredAt,
    rating: application.rating,
    tags: application.tags,
    waitingFor: null,
    waitingSince: null,
    starred: application.starred,
    flagged: application.flags.length > 0,
    shared: application.sharedWithClient,
    version: application.version,
  };
}

export const AGENTS: Subject = {
  param: "agent",
  href: (card) => `/agents/${card.agentId}`,
  read: async (personId) => {
    const agent = await get<Agent>(`/api/agents/${personId}`);
    return { stage: agent.status, card: agentCard(agent) };
  },
  move: async ({ personId, stage }, to, reason) => {
    const body = { status: to, from: stage, ...(reason ? { reason } : {}) };
    const moved = await put<MovedAgent>(`/api/agents/${personId}/status`, body);
    return { stage: moved.status, card: agentCard(moved), batchId: moved.batchId };
  },
  stageOf: (current) => (current as Partial<Agent> | undefined)?.statusName,
  lastMover: async (personId) => {
    const { data } = await get<Page<TimelineEntry>>(`/api/agents/${personId}/timeline`, { limit: 5 });
    return data.find(({ type }) => type === "agent.status_changed")?.actor.name;
  },
};

const applications = {
  param: "person",
  read: async (personId) => {
    const application = await get<Application>(`/api/applications/${personId}`);
    return {
      stage: application.stage,
      card: application.archived ? null : applicationCard(application),
    };
  },
  move: async ({ personId, stage }, to, reason) => {
    const body = { stage: to, from: stage, ...(reason ? { reason } : {}) };
    const moved = await post<MovedApplication>(`/api/applications/${personId}/move-stage`, body);
    return { stage: moved.stage, card: applicationCard(moved), batchId: moved.batchId };
  },
  stageOf: (current) => (current as Partial<Application> | undefined)?.stageName,
  lastMover: async (personId) => {
    const { data } = await get<Page<HistoryEntry>>(`/api/applications/${personId}/history`);
    return data.at(-1)?.actor.name;
  },
} satisfies Partial<Subject>;

export const APPLICATIONS: Subject = {
  ...applications,
  href: ({ candidateId }) => `/candidates/${candidateId}`,
};

/** A client reads of people on the board alone: their profiles are the team's. */
export const SHARED_APPLICATIONS: Subject = {
  ...applications,
  href: ({ applicationId }) => `${location.pathname}?person=${applicationId}`,
};

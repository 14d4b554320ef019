import type { Agent, TimelineEntry } from "../../worker/features/agents/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get, NetworkError, ProblemError } from "../lib/client";

/** A person and the stage one sees them in; they may stand below the cards that are loaded. */
export interface Who {
  personId: string;
  name: string;
  stage: string;
}

/** The server took the request and says of this one person that it could not be done. */
export class Refusal extends Error {}

/** Why a move was refused, in words that name who was faster. */
export async function refusalText(error: unknown, { personId, name }: Who): Promise<string> {
  if (error instanceof Refusal) return `${name}: ${error.message}`;
  if (error instanceof NetworkError) return `${name} could not be moved. ${errorText(error)}`;
  if (!(error instanceof ProblemError) || error.status !== 409) return errorText(error);
  const current = error.problem.current as Partial<Agent> | undefined;
  if (!current?.statusName) return errorText(error);
  const path = `/api/agents/${personId}/timeline`;
  const last = await get<Page<TimelineEntry>>(path, { limit: 5 }).catch(() => null);
  const who = last?.data.find(({ type }) => type === "agent.status_changed")?.actor.name;
  return `${name} was moved${who ? ` by ${who}` : ""} a moment ago and is in ${current.statusName} now.`;
}

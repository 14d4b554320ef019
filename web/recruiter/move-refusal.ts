import { errorText, NetworkError, ProblemError } from "../lib/client";
import type { Subject } from "./board-subject";

/** A person and the stage one sees them in; they may stand below the cards that are loaded. */
export interface Who {
  personId: string;
  name: string;
  stage: string;
}

/** The server took the request and says of this one person that it could not be done. */
export class Refusal extends Error {}

/** Why a move was refused, in words that name who was faster. */
export async function refusalText(
  error: unknown,
  { personId, name }: Who,
  subject: Pick<Subject, "stageOf" | "lastMover">,
): Promise<string> {
  if (error instanceof Refusal) return `${name}: ${error.message}`;
  if (error instanceof NetworkError) return `${name} could not be moved. ${errorText(error)}`;
  if (!(error instanceof ProblemError) || error.status !== 409) return errorText(error);
  const stage = subject.stageOf(error.problem.current);
  if (!stage) return errorText(error);
  const who = await subject.lastMover(personId).catch(() => undefined);
  return `${name} was moved${who ? ` by ${who}` : ""} a moment ago and is in ${stage} now.`;
}

import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { events } from "../events/table";
import type { Audience } from "../features/pipelines/changes";

/**
 * A channel by name: everybody who looks at a pipeline, one person's own devices, or those who look at
 * where they stand in a pipeline by a personal link, who are kept apart from the team's boards.
 */
export type Topic = { kind: (typeof KINDS)[number]; id: string };
const KINDS = ["pipeline", "user", "applicants"] as const;

export function topicName(topic: Topic): string {
  return `${topic.kind}:${topic.id}`;
}

/** @throws Error for a name that is no topic */
export function parseTopic(name: string): Topic {
  const [first, id] = name.split(":");
  const kind = KINDS.find((one) => one === first);
  if (!kind || !id) throw new Error(`Not a channel: ${name}`);
  return { kind, id };
}

/**
 * The events of a topic after `seq`, for its index.
 * @param audience whose eyes they are for
 */
export function eventsAfter(topic: Topic, seq: number, audience: Audience = { kind: "team" }) {
  const { kind, id } = topic;
  let its: SQL | undefined = eq(kind === "user" ? events.userId : events.pipelineId, id);
  // The unary plus keeps SQLite on the index of the person's own channel, which is far shorter.
  if (kind === "pipeline" && audience.kind === "own")
    its = and(eq(events.userId, audience.userId), sql`+${events.pipelineId} = ${id}`);
  if (kind === "pipeline" && audience.kind === "client") its = and(its, eq(events.forClient, true));
  return { where: and(its, gt(events.seq, seq)), orderBy: asc(events.seq) };
}

import { and, asc, eq, gt, type SQL } from "drizzle-orm";
import { events } from "../events/table";

/** A channel by name: everybody who looks at a pipeline, or one person's own devices. */
export type Topic = { kind: "pipeline" | "user"; id: string };

export function topicName(topic: Topic): string {
  return `${topic.kind}:${topic.id}`;
}

/** @throws Error for a name that is no topic */
export function parseTopic(name: string): Topic {
  const [kind, id] = name.split(":");
  if ((kind !== "pipeline" && kind !== "user") || !id) throw new Error(`Not a channel: ${name}`);
  return { kind, id };
}

/** The events of a topic after `seq`, for its index. */
export function eventsAfter(topic: Topic, seq: number): { where: SQL | undefined; orderBy: SQL } {
  const column = topic.kind === "pipeline" ? events.pipelineId : events.userId;
  return { where: and(eq(column, topic.id), gt(events.seq, seq)), orderBy: asc(events.seq) };
}

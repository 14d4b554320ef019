import type { Agent, AgentHome } from "../../worker/features/agents/schema";
import { ago, date, daysSince } from "../lib/time";

/** The sentence that says where an agent stands. */
export function standing(agent: Agent, stages: AgentHome["stages"], organization: string): string {
  const kind = stages.find((stage) => stage.key === agent.status)?.kind ?? "open";
  const word = agent.statusName.toLocaleLowerCase();
  if (kind === "hired") return `You are ${word}`;
  if (kind === "rejected") return `${organization} has closed your application`;
  if (kind === "withdrawn")
    return agent.status === "withdrawn" ? "Your application is withdrawn" : `You are ${word}`;
  return `You are in ${agent.statusName}`;
}

/** A time after the word "since": a moment ago, 3 hours ago, Nov 9. */
export function sinceText(iso: string): string {
  const passed = ago(iso);
  return passed === "just now" ? "a moment ago" : passed;
}

/** The same with its day: Nov 17, 4 days ago. */
export function sinceDay(iso: string): string {
  const days = daysSince(iso);
  if (days < 1) return sinceText(iso);
  return `${date(iso)}, ${days < 7 ? ago(iso) : `${days} days ago`}`;
}

import type { Agent, AgentHome } from "../../worker/features/agents/schema";

/** The sentence that says where an agent stands. */
export function standing(agent: Agent, stages: AgentHome["stages"], organization: string): string {
  const kind = stages.find((stage) => stage.key === agent.status)?.kind ?? "open";
  const word = agent.statusName.toLocaleLowerCase();
  if (kind === "hired") return `You are ${word}`;
  if (kind === "rejected") return `${organization} has closed your application`;
  if (kind === "withdrawn") return agent.status === "withdrawn" ? "Your application is withdrawn" : `You are ${word}`;
  return `You are in ${agent.statusName}`;
}

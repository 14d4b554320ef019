import { type Look, PersonTimeline } from "./person-timeline";

const LOOKS: readonly Look[] = [
  ["agent.created", "user-plus", "info"],
  ["agent.status_changed", "move-right", "info"],
  ["document.approved", "file-check", "good"],
  ["document.rejected", "file-x", "bad"],
  ["document.expired", "hourglass", "warn"],
  ["document.", "file-text", "plain"],
  ["onboarding.completed", "check-check", "good"],
  ["onboarding.step_completed", "circle-check", "good"],
  ["onboarding.", "list-todo", "plain"],
  ["evaluation.", "chart-no-axes-column", "info"],
  ["campaign.", "flag", "info"],
  ["agent.updated", "pencil", "plain"],
];

const KINDS = [
  { value: "", label: "Everything" },
  { value: "moves", label: "Moves" },
  { value: "documents", label: "Documents" },
  { value: "onboarding", label: "Onboarding" },
  { value: "profile", label: "Profile" },
];

export interface AgentTimelineProps {
  agentId: string;
  /** Changes when there is something new. */
  turn: number;
}

/** Everything that happened with an agent, newest first, in one stream. */
export function AgentTimeline({ agentId, turn }: AgentTimelineProps) {
  return (
    <PersonTimeline
      path={`/api/agents/${agentId}/timeline`}
      turn={turn}
      kinds={KINDS}
      looks={LOOKS}
      empty="Moves, documents and changes of the profile appear here."
    />
  );
}

import type { Agent } from "../../worker/features/agents/schema";
import type { Document } from "../../worker/features/documents/schema";
import { Ago } from "../lib/ago";
import { Button, Card, Icon, Menu, StatusPill, type Tone } from "../ui";
import { nextStage, waitsOnUs } from "./board-model";

export interface StageBrief {
  key: string;
  name: string;
  kind: string;
}

const TONES: Record<string, Tone> = { open: "info", hired: "good", rejected: "bad", withdrawn: "plain" };

export interface AgentStandingProps {
  agent: Agent;
  poolName: string;
  stages: readonly StageBrief[];
  documents: readonly Document[];
  onReview: (document: Document) => void;
  /** Without a stage: asks for one. */
  onMove: (to?: string) => void;
}

/** Where somebody stands and since when, with the one thing to do next as a button. */
export function AgentStanding({ agent, poolName, stages, documents, onReview, onMove }: AgentStandingProps) {
  const stage = stages.find(({ key }) => key === agent.status);
  const next = nextStage(stages, agent.status);
  const pending = documents.find(({ status }) => status === "pending");
  const closed = stage && stage.kind !== "open";
  const rejected = stages.find(({ kind }) => kind === "rejected");
  return (
    <Card title={poolName} class="standing">
      <div class="standing-now">
        <StatusPill tone={TONES[stage?.kind ?? "open"] ?? "info"}>{agent.statusName}</StatusPill>
        <span class="quiet">
          entered <Ago at={agent.statusSince} />
        </span>
      </div>
      {agent.waitingFor && (
        <p class="standing-wait">
          <Icon name={waitsOnUs(agent.waitingFor) ? "file-check" : "hourglass"} size={16} />
          <span>
            {agent.waitingFor}
            {agent.waitingSince && (
              <span class="quiet">
                {" "}
                · <Ago at={agent.waitingSince} />
              </span>
            )}
          </span>
        </p>
      )}
      <div class="row standing-do">
        {pending ? (
          <Button variant="primary" icon="file-check" onClick={() => onReview(pending)}>
            Review {pending.typeName}
          </Button>
        ) : next ? (
          <Button variant="primary" icon="arrow-right" onClick={() => onMove(next.key)}>
            Move to {next.name}
          </Button>
        ) : (
          <Button variant={closed ? "quiet" : "primary"} icon="move-right" onClick={() => onMove()}>
            Move to…
          </Button>
        )}
        <Menu
          label="Other moves"
          trigger={<Button icon="ellipsis">More</Button>}
          items={[
            ...(pending && next
              ? [
                  {
                    label: `Move to ${next.name}`,
                    icon: "arrow-right" as const,
                    onSelect: () => onMove(next.key),
                  },
                ]
              : []),
            { label: "Move to…", icon: "move-right", kbd: "m", onSelect: () => onMove() },
            ...(rejected && agent.status !== rejected.key
              ? [
                  { separator: true as const },
                  {
                    label: `${rejected.name}…`,
                    icon: "circle-x" as const,
                    danger: true,
                    onSelect: () => onMove(rejected.key),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </Card>
  );
}

import "./agent-steps.css";
import { useState } from "preact/hooks";
import type { OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import { Ago } from "../lib/ago";
import { errorText, get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { saveFrom } from "../lib/save-file";
import { now } from "../lib/time";
import { useReloadOn } from "../recruiter/person-timeline";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Icon,
  IconButton,
  Menu,
  type MenuEntry,
  Progress,
  Skeleton,
  StatusPill,
  toast,
} from "../ui";
import { WaiveDialog, type Waiving } from "./waive";
import { KIND_WORDS, STATUS_WORDS, STEPS } from "./words";

export interface AgentStepsProps {
  agent: { id: string; name: string };
  /** Changes when something about the agent happened. */
  turn: number;
  /** Told when a step was waived or opened again. */
  onChanged?: () => void;
}

const isDone = ({ status }: OnboardingStep) => status === "completed" || status === "waived";

function useAgentSteps({ agent, turn }: AgentStepsProps): Loaded<OnboardingSteps> {
  const loaded = useLoad(
    (signal) => get<OnboardingSteps>(STEPS, { agentId: agent.id }, { signal }),
    [agent.id],
  );
  useReloadOn(turn, loaded.reload);
  return loaded;
}

/** The onboarding of one agent, step by step, for the team. */
export function AgentSteps(props: AgentStepsProps) {
  return <Steps {...props} loaded={useAgentSteps(props)} />;
}

/** The same as a part of an agent's page; an organization without steps has no such part. */
export function AgentOnboarding(props: AgentStepsProps) {
  const loaded = useAgentSteps(props);
  if (!loaded.data || loaded.data.data.length === 0) return null;
  return (
    <Card title="Onboarding">
      <Steps {...props} loaded={loaded} />
    </Card>
  );
}

function Steps({ agent, onChanged, loaded }: AgentStepsProps & { loaded: Loaded<OnboardingSteps> }) {
  const [waiving, setWaiving] = useState<Waiving | null>(null);
  if (loaded.error && !loaded.data)
    return <LoadTrouble what="The steps" error={loaded.error} onRetry={loaded.reload} />;
  if (!loaded.data) return <Skeleton lines={4} />;
  const steps = loaded.data.data;
  if (steps.length === 0) return <p class="quiet agent-steps-none">No step applies to {agent.name}.</p>;
  const done = steps.filter(isDone).length;
  return (
    <div class="agent-steps">
      <div class="agent-steps-sum">
        <Progress label={`${done} of ${steps.length} steps are done`} value={done / steps.length} />
        <span class="quiet num">
          {done} of {steps.length}
        </span>
      </div>
      <ol class="agent-steps-list">
        {steps.map((step) => (
          <Line
            key={step.id}
            step={step}
            next={step.id === loaded.data?.next}
            agent={agent}
            onWaive={(waived) => setWaiving({ step, agent, waived })}
          />
        ))}
      </ol>
      <WaiveDialog
        waiving={waiving}
        onClose={() => setWaiving(null)}
        onDone={() => {
          setWaiving(null);
          loaded.reload();
          onChanged?.();
        }}
      />
    </div>
  );
}

interface LineProps {
  step: OnboardingStep;
  /** The agent is asked for it now. */
  next: boolean;
  agent: { id: string; name: string };
  onWaive: (waived: boolean) => void;
}

function Line({ step, next, agent, onWaive }: LineProps) {
  const state = STATUS_WORDS[step.status ?? "open"];
  const late = !isDone(step) && step.dueAt !== null && Date.parse(step.dueAt) < now.value;
  const items: MenuEntry[] = [
    isDone(step)
      ? { label: "Open it again…", icon: "undo-2", onSelect: () => onWaive(false) }
      : { label: "Waive it…", icon: "check", onSelect: () => onWaive(true) },
  ];
  return (
    <li class={next ? "agent-step agent-step-next" : "agent-step"}>
      <div class="agent-step-line">
        <Icon name={KIND_WORDS[step.kind].icon} size={16} />
        <span class="agent-step-title">{step.title}</span>
        <StatusPill tone={late ? "bad" : state.tone} icon={state.icon}>
          {late ? "Overdue" : state.word}
        </StatusPill>
        <Menu
          label={`Step ${step.title}`}
          trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${step.title}`} />}
          items={items}
        />
      </div>
      <div class="agent-step-facts">
        <Facts step={step} />
        {step.hasCopy && (
          <Button
            size="s"
            variant="plain"
            icon="download"
            onClick={() =>
              void saveFrom(
                `/api/onboarding/${step.id}/copy?agentId=${encodeURIComponent(agent.id)}`,
                `${step.title} signed by ${agent.name}.txt`,
              ).catch((error) => toast({ text: errorText(error), tone: "warn" }))
            }
          >
            Signed copy<span class="sr-only"> of {step.title}</span>
          </Button>
        )}
      </div>
      {step.reason && <p class="agent-step-reason">{step.reason}</p>}
    </li>
  );
}

function Facts({ step }: { step: OnboardingStep }) {
  const { status, completedAt, dueAt, score, attempts, waitsFor } = step;
  if (completedAt && isDone(step)) {
    return (
      <span>
        {status === "waived" ? "waived" : "done"} <Ago at={completedAt} />
        {score !== null && <span class="num"> · {Math.round(score)} of 100</span>}
      </span>
    );
  }
  return (
    <>
      {status === "locked" && waitsFor && waitsFor.length > 0 && <span>after {waitsFor.join(", ")}</span>}
      {attempts !== null && attempts > 0 && score !== null && (
        <span class="num">
          {attempts === 1 ? "tried once" : `tried ${attempts} times`}, {Math.round(score)} of 100
        </span>
      )}
      {dueAt && (
        <span>
          due <Ago at={dueAt} />
        </span>
      )}
    </>
  );
}

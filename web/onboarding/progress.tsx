import "./progress.css";
import { useState } from "preact/hooks";
import type { OnboardingProgress } from "../../worker/features/onboarding/schema";
import { Ago } from "../lib/ago";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { useNews } from "../recruiter/agent";
import { LivePill } from "../recruiter/board-tools";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  type Column,
  EmptyState,
  Loading,
  Page,
  Progress,
  SidePanel,
  Skeleton,
  StatusPill,
  Table,
  toast,
} from "../ui";
import { AgentSteps } from "./agent-steps";
import { STATUS_WORDS } from "./words";

const PATH = "/api/onboarding/progress";
type Row = OnboardingProgress["agents"][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "name",
    header: "Agent",
    cell: ({ agentId, name }) => (
      <a class="progress-name" href={`/agents/${agentId}`}>
        {name}
      </a>
    ),
  },
  {
    key: "done",
    header: "Done",
    width: "min(11rem, 14vw)",
    cell: ({ done, of }) => (
      <span class="progress-bar">
        <Progress label={`${done} of ${of} steps are done`} value={of === 0 ? 1 : done / of} />
        <span class="num quiet">
          {done}/{of}
        </span>
      </span>
    ),
  },
  {
    key: "stuck",
    header: "Stuck on",
    cell: ({ stuckOn, overdue }) => (
      <span class="progress-stuck">
        {stuckOn ? (
          <>
            <span>{stuckOn.title}</span>
            <StatusPill
              tone={overdue ? "bad" : STATUS_WORDS[stuckOn.status].tone}
              icon={STATUS_WORDS[stuckOn.status].icon}
            >
              {overdue ? "Overdue" : STATUS_WORDS[stuckOn.status].word}
            </StatusPill>
          </>
        ) : (
          <span class="quiet">Nothing: all is done</span>
        )}
      </span>
    ),
  },
  {
    key: "since",
    header: "Here since",
    width: "8rem",
    wide: true,
    cell: ({ since }) => <Ago at={since} class="quiet" />,
  },
];

/** Where everybody in onboarding is stuck, those who wait longest first. */
export default function OnboardingProgressScreen() {
  const first = useLoad((signal) => get<OnboardingProgress>(PATH, { limit: 100 }, { signal }), []);
  const [beyond, setBeyond] = useState<{ rows: Row[]; cursor: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<string | null>(null);
  const [opened, setOpened] = useState<Row | null>(null);
  const [turn, setTurn] = useState(0);
  const live = useNews(me.value?.pipelineId ?? null, ({ type, seq }) => {
    if (!/^(onboarding|document|agent)\./.test(type)) return;
    setTurn(seq);
    first.reload();
  });
  const known = new Set(first.data?.agents.map(({ agentId }) => agentId));
  const rows = [
    ...(first.data?.agents ?? []),
    ...(beyond?.rows.filter(({ agentId }) => !known.has(agentId)) ?? []),
  ];
  const cursor = beyond ? beyond.cursor : (first.data?.nextCursor ?? null);
  const shown = step ? rows.filter(({ stuckOn }) => stuckOn?.id === step) : rows;
  const more = async () => {
    setBusy(true);
    try {
      const next = await get<OnboardingProgress>(PATH, { limit: 100, cursor });
      setBeyond({ rows: [...(beyond?.rows ?? []), ...next.agents], cursor: next.nextCursor });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(false);
  };
  const late = rows.filter(({ overdue }) => overdue).length;
  return (
    <Page
      title="Onboarding"
      width="full"
      lead={
        rows.length > 0 &&
        `${rows.length}${cursor ? "+" : ""} in onboarding${late > 0 ? `, ${late} overdue` : ""}.`
      }
      actions={
        <>
          <LivePill state={live} />
          <Button icon="settings" href="/settings/onboarding">
            Steps
          </Button>
        </>
      }
    >
      {first.error && !first.data ? (
        <LoadTrouble what="The list" error={first.error} onRetry={first.reload} />
      ) : !first.data ? (
        <Loading label="Loading the list">
          <Card>
            <Skeleton lines={8} />
          </Card>
        </Loading>
      ) : rows.length === 0 ? (
        <Card>
          <EmptyState
            icon="list-todo"
            title="Nobody is in onboarding"
            action={<Button href="/pool">Go to the board</Button>}
          >
            Agents appear here once they enter the stage Onboarding of the pool.
          </EmptyState>
        </Card>
      ) : (
        <div class="progress-page">
          <div class="progress-main">
            {shown.length === 0 ? (
              <EmptyState icon="check" title="Nobody waits for this step" />
            ) : (
              <Table
                caption="Agents in onboarding"
                columns={COLUMNS}
                rows={shown}
                rowKey={({ agentId }) => agentId}
                rowName={({ name }) => name}
                onOpen={setOpened}
              />
            )}
            {cursor && (
              <div class="row">
                <Button busy={busy} onClick={() => void more()}>
                  Show more
                </Button>
              </div>
            )}
          </div>
          <StepCounts steps={first.data.steps} chosen={step} onChoose={setStep} />
        </div>
      )}
      <SidePanel
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened?.name}
        actions={
          opened && (
            <a class="button button-plain button-s" href={`/agents/${opened.agentId}`}>
              Open the agent
            </a>
          )
        }
      >
        {opened && (
          <AgentSteps
            agent={{ id: opened.agentId, name: opened.name }}
            turn={turn}
            onChanged={first.reload}
          />
        )}
      </SidePanel>
    </Page>
  );
}

interface StepCountsProps {
  steps: OnboardingProgress["steps"];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** How many wait for each step; choosing one shows only them. */
function StepCounts({ steps, chosen, onChoose }: StepCountsProps) {
  const most = Math.max(1, ...steps.map(({ waiting }) => waiting));
  return (
    <Card title="Who waits for what" flush class="step-counts">
      <ul>
        {steps.map(({ id, title, waiting }) => (
          <li key={id}>
            <button
              type="button"
              class="step-count"
              aria-pressed={chosen === id}
              onClick={() => onChoose(chosen === id ? null : id)}
            >
              <span class="step-count-words">{title}</span>
              <span class={waiting === 0 ? "num none" : "num"}>{waiting}</span>
              <span class="step-count-bar" style={{ transform: `scaleX(${waiting / most})` }} />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

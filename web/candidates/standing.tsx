import { useState } from "preact/hooks";
import type { MovedApplication } from "../../worker/features/applications/schema";
import type { CandidateDetail, CandidateStanding } from "../../worker/features/candidates/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { UndoResult } from "../../worker/features/pipelines/schema";
import { Ago } from "../lib/ago";
import { errorText, ProblemError, post } from "../lib/client";
import { needsReason, nextStage } from "../recruiter/board-model";
import { APPLICATIONS } from "../recruiter/board-subject";
import { MoveDialog } from "../recruiter/move-dialog";
import { refusalText } from "../recruiter/move-refusal";
import { Button, Card, IconButton, Menu, type MenuEntry, StatusPill, Tag, type Tone, toast } from "../ui";

const TONES: Record<string, Tone> = { open: "info", hired: "good", rejected: "bad", withdrawn: "plain" };

export interface CandidateStandingsProps {
  candidate: CandidateDetail;
  /** Stages of the jobs, as far as they are known. */
  stages: ReadonlyMap<string, Job["stages"]>;
  onAdd: () => void;
  /** A move or an undo changed where they stand. */
  onMoved: () => void;
}

/** Where somebody stands in each of their jobs, with the way on. */
export function CandidateStandings({ candidate, stages, onAdd, onMoved }: CandidateStandingsProps) {
  const [asked, setAsked] = useState<{ standing: CandidateStanding; to?: string } | null>(null);
  const order = (one: CandidateStanding) => (one.archived ? 2 : one.stageKind === "open" ? 0 : 1);
  const standings = [...candidate.applications].sort((a, b) => order(a) - order(b));
  const undo = async (batchId: string) => {
    try {
      const { results } = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
      const refused = results.find(({ ok }) => !ok);
      if (refused) toast({ text: refused.error ?? "It could not be taken back.", tone: "warn" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    onMoved();
  };
  const send = async (standing: CandidateStanding, work: () => Promise<MovedApplication>) => {
    try {
      const moved = await work();
      toast({
        text: `${moved.name} is in ${moved.stageName} of ${standing.jobTitle} now.`,
        undo: () => undo(moved.batchId),
      });
    } catch (error) {
      toast({ text: await whyNot(error, standing, candidate.name), tone: "warn", seconds: 10 });
    }
    onMoved();
  };
  const path = ({ applicationId }: CandidateStanding) => `/api/applications/${applicationId}`;
  const advance = (standing: CandidateStanding) =>
    send(standing, () => post(`${path(standing)}/advance`, {}, { ifMatch: standing.version }));
  const move = (standing: CandidateStanding, to: string, reason?: string) =>
    send(standing, () =>
      post(`${path(standing)}/move-stage`, {
        stage: to,
        from: standing.stage,
        ...(reason ? { reason } : {}),
      }),
    );
  const ask = (standing: CandidateStanding, to?: string) => {
    const stage = stages.get(standing.jobId ?? "")?.find(({ key }) => key === to);
    if (to && stage && !needsReason(stage.kind)) void move(standing, to);
    else setAsked({ standing, to });
  };

  return (
    <Card
      title="Jobs"
      flush
      actions={
        <Button size="s" icon="plus" onClick={onAdd}>
          Add to a job
        </Button>
      }
    >
      <ul class="pdocs">
        {standings.map((standing) => (
          <Standing
            key={standing.applicationId}
            standing={standing}
            stages={stages.get(standing.jobId ?? "") ?? []}
            onAdvance={() => advance(standing)}
            onAsk={(to) => ask(standing, to)}
          />
        ))}
        {standings.length === 0 && <li class="pdoc quiet">They are in no job yet.</li>}
      </ul>
      <MoveDialog
        person={asked && { name: candidate.name, stage: asked.standing.stage }}
        pipelineId={asked?.standing.pipelineId}
        stages={stages.get(asked?.standing.jobId ?? "") ?? []}
        to={asked?.to}
        onClose={() => setAsked(null)}
        onMove={(to, reason) => {
          if (asked) void move(asked.standing, to, reason || undefined);
          setAsked(null);
        }}
      />
    </Card>
  );
}

async function whyNot(error: unknown, standing: CandidateStanding, name: string): Promise<string> {
  if (error instanceof ProblemError && error.status === 412) {
    return `Somebody changed ${name} in ${standing.jobTitle} a moment ago. Look where they stand now, then try again.`;
  }
  return refusalText(error, { personId: standing.applicationId, name, stage: standing.stage }, APPLICATIONS);
}

interface StandingProps {
  standing: CandidateStanding;
  stages: Job["stages"];
  onAdvance: () => Promise<void>;
  /** Without a stage: asks for one. */
  onAsk: (to?: string) => void;
}

function Standing({ standing, stages, onAdvance, onAsk }: StandingProps) {
  const [busy, setBusy] = useState(false);
  const { jobId, jobTitle, clientName, stage, stageName, stageKind, enteredAt, archived } = standing;
  const board = `/jobs/${jobId}?person=${standing.applicationId}`;
  const next = nextStage(stages, stage);
  const rejected = stages.find(({ kind }) => kind === "rejected");
  const withdrawn = stages.find(({ kind }) => kind === "withdrawn");
  const ends: MenuEntry[] = [rejected, withdrawn].flatMap((end) =>
    end && end.key !== stage
      ? [
          {
            label: end.kind === "rejected" ? "Reject…" : "They withdrew…",
            icon: "circle-x" as const,
            danger: end.kind === "rejected",
            onSelect: () => onAsk(end.key),
          },
        ]
      : [],
  );
  return (
    <li class="pdoc">
      <div class="pdoc-line">
        <a class="cand-job" href={board}>
          {jobTitle}
        </a>
        {archived ? (
          <Tag>Archived</Tag>
        ) : (
          <StatusPill tone={TONES[stageKind] ?? "info"}>{stageName}</StatusPill>
        )}
      </div>
      <div class="pdoc-file quiet">
        <span class="pdoc-words">{clientName}</span>
        <span>
          entered <Ago at={enteredAt} />
        </span>
      </div>
      {!archived && (
        <div class="row cand-standing-do">
          {stageKind === "open" && (
            <Button
              size="s"
              variant="primary"
              icon="arrow-right"
              busy={busy}
              onClick={async () => {
                setBusy(true);
                await onAdvance();
                setBusy(false);
              }}
            >
              {next ? `Move on to ${next.name}` : "Move on"}
              <span class="sr-only"> in {jobTitle}</span>
            </Button>
          )}
          <Menu
            label={`Other moves in ${jobTitle}`}
            trigger={<IconButton icon="ellipsis" size="s" variant="quiet" label={`More for ${jobTitle}`} />}
            items={[
              {
                label: "Move to…",
                icon: "move-right",
                disabled: stages.length === 0,
                onSelect: () => onAsk(),
              },
              { label: "Open the board", icon: "square-kanban", href: board },
              ...(ends.length > 0 ? [{ separator: true as const }, ...ends] : []),
            ]}
          />
        </div>
      )}
    </li>
  );
}

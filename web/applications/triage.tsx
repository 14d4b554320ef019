import "../recruiter/board.css";
import "../recruiter/agent.css";
import "./applications.css";
import { useRef, useState } from "preact/hooks";
import type { Job } from "../../worker/features/jobs/schema";
import type { UndoResult } from "../../worker/features/pipelines/schema";
import { UNDO_SECONDS } from "../../worker/features/pipelines/words";
import { ProblemError, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useNews } from "../recruiter/agent";
import { nextStage, personIn } from "../recruiter/board-model";
import { APPLICATIONS } from "../recruiter/board-subject";
import { HelpButton, LivePill } from "../recruiter/board-tools";
import { MoveDialog } from "../recruiter/move-dialog";
import { refusalText } from "../recruiter/move-refusal";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { EmptyState, Loading, Page, Progress, Skeleton, toast } from "../ui";
import { JobScreen } from "./job-screen";
import { announce, undoLast } from "./last-action";
import { TriageBar } from "./triage-bar";
import { TriageEnd } from "./triage-end";
import { TriagePane } from "./triage-pane";
import { useTriageQueue } from "./triage-queue";
import type { Save } from "./use-application";

/** How many stand ready behind the one that is looked at, so that the next is there at once. */
const AHEAD = 2;

/** New applications of a job, one after the other, each decided by one key. */
export default function TriageScreen() {
  return (
    <JobScreen title="Triage">
      {(job) => {
        const first = job.stages.find(({ kind }) => kind === "open");
        return first ? (
          <Triage key={job.id} job={job} stage={first.key} />
        ) : (
          <Page title={`Triage of ${job.title}`} width="full">
            <EmptyState icon="inbox" title="This job has no open stage">
              New applications arrive in the first open stage. Add one under Workflow.
            </EmptyState>
          </Page>
        );
      }}
    </JobScreen>
  );
}

function Triage({ job, stage }: { job: Job; stage: string }) {
  const queue = useTriageQueue(job.id, stage);
  const { list, at, loaded } = queue;
  const [turns, setTurns] = useState<Record<string, number>>({});
  const [rejecting, setRejecting] = useState(false);
  const [help, setHelp] = useState(false);
  const save = useRef<Save | null>(null);
  const live = useNews(job.pipelineId, (event) => {
    const id = personIn(event);
    if (id) setTurns((before) => ({ ...before, [id]: event.seq }));
    queue.hear(event);
  });
  const current = list[at] ?? null;
  const next = nextStage(job.stages, stage);
  const rejected = job.stages.find(({ kind }) => kind === "rejected");
  const back = useRef(queue.back);
  back.current = queue.back;

  /** Moves the present one and goes on at once; what the server says of it is heard later. */
  const move = (to: { key: string; name: string; kind: string }, reason?: string) => {
    if (!current) return;
    const who = { personId: current.id, name: current.name, stage };
    const sent = APPLICATIONS.move(who, to.key, reason);
    queue.decide(to.kind === "rejected" ? "rejected" : "advanced");
    const undo = async () => {
      const { batchId } = await sent;
      const { results } = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
      const refused = results.find(({ ok }) => !ok);
      if (refused) toast({ text: `${who.name}: ${refused.error ?? "changed since."}`, tone: "warn" });
      else back.current(who.personId);
    };
    announce(`${who.name} is in ${to.name} now.`, Date.now() + UNDO_SECONDS * 1000, undo, true);
    sent.catch(async (error) => {
      toast({ text: await refusalText(error, who, APPLICATIONS), tone: "warn", seconds: 10 });
      // Whom somebody else took in hand meanwhile is done; others are still to be decided.
      if (!(error instanceof ProblemError && error.status === 409)) back.current(who.personId);
    });
  };
  const advance = () => {
    if (current && next) move(next);
  };
  const reject = () => {
    if (current && rejected) setRejecting(true);
  };
  const later = () => {
    if (!current) return;
    queue.decide("later");
    const { id, name } = current;
    announce(
      `${name} is left for later.`,
      Date.now() + UNDO_SECONDS * 1000,
      async () => back.current(id),
      true,
    );
  };
  const star = () => void save.current?.(({ starred }) => ({ starred: !starred }));
  const rate = (stars: number) =>
    void save.current?.(({ rating }) => ({ rating: rating === stars ? null : stars }));

  useShortcuts("Triage", [
    { key: "y", label: next ? `On to ${next.name}` : "On to the next stage", run: advance },
    { key: "ArrowRight", label: next ? `On to ${next.name}` : "On to the next stage", run: advance },
    { key: "n", label: "Reject, with a reason", run: reject },
    { key: "l", label: "Leave for later", run: later },
    { key: "s", label: "Star", run: star },
    ...[1, 2, 3, 4, 5].map((stars) => ({ key: String(stars), label: "Rate", run: () => rate(stars) })),
    { key: "u", label: "Take the last one back", run: undoLast },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title={`Triage of ${job.title}`}
      width="full"
      fill
      heading={
        <>
          Triage <a href={`/jobs/${job.id}`}>{job.title}</a>
        </>
      }
      actions={
        <>
          {current && (
            <span class="triage-count num" role="status">
              <span class="sr-only">{current.name}, </span>
              {at + 1} of {list.length}
            </span>
          )}
          <HelpButton onOpen={() => setHelp(true)} />
          <LivePill state={live} />
        </>
      }
    >
      {list.length === 0 && loaded.error && !loaded.data ? (
        <LoadTrouble what="The queue" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the queue">
          <Skeleton height="24rem" />
        </Loading>
      ) : !current ? (
        <TriageEnd queue={queue} job={job} />
      ) : (
        <div class="triage">
          <Progress label="Read so far" value={at / list.length} />
          <div class="triage-panes">
            {list.slice(at, at + 1 + AHEAD).map((application) => (
              <TriagePane
                key={application.id}
                application={application}
                current={application === current}
                turn={turns[application.id] ?? 0}
                onSave={(saveIt) => {
                  save.current = saveIt;
                }}
              />
            ))}
          </div>
          <TriageBar next={next?.name} onReject={reject} onLater={later} onAdvance={advance} />
        </div>
      )}
      <MoveDialog
        person={rejecting && current ? { name: current.name, stage } : null}
        pipelineId={job.pipelineId}
        stages={job.stages}
        to={rejected?.key}
        onClose={() => setRejecting(false)}
        onMove={(_to, reason) => {
          setRejecting(false);
          if (rejected) move(rejected, reason);
        }}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

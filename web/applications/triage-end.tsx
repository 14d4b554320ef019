import type { Job } from "../../worker/features/jobs/schema";
import { Button, EmptyState } from "../ui";
import { UndoButton } from "./bulk-bar";
import type { TriageQueue, Verdict } from "./triage-queue";

/** Nobody is left to read: what came of it, and where to go on. */
export function TriageEnd({ queue, job }: { queue: TriageQueue; job: Job }) {
  const { verdicts } = queue;
  const count = (wanted: Verdict) => [...verdicts.values()].filter((verdict) => verdict === wanted).length;
  const later = count("later");
  const board = (
    <Button variant="primary" href={`/jobs/${job.id}`}>
      Go to the board
    </Button>
  );
  if (verdicts.size === 0) {
    return (
      <EmptyState icon="inbox" title="Nobody new is waiting" action={board}>
        New applications for {job.title} appear here by themselves, one after the other.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="check-check"
      title="That was everybody"
      action={
        <div class="row triage-end">
          {board}
          {later > 0 && <Button onClick={queue.again}>Read the {later} left for later</Button>}
          <UndoButton />
        </div>
      }
    >
      {count("advanced")} went on, {count("rejected")} rejected, {later} left for later.
    </EmptyState>
  );
}

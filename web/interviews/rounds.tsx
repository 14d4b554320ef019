import "./interviews.css";
import { useState } from "preact/hooks";
import type { Interview } from "../../worker/features/interviews/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { onDemand } from "../lib/on-demand";
import { can } from "../lib/session";
import { useReloadOn } from "../recruiter/person-timeline";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Loading, Skeleton, StatusPill } from "../ui";
import { roundWords, STATUS, whenWords } from "./words";

const ScheduleDialog = onDemand(() => import("./schedule-dialog").then((part) => part.ScheduleDialog));

export interface RoundsProps {
  /** Whose rounds: those of one application, or all of a candidate. */
  of: { applicationId: string } | { candidateId: string };
  /** With whom the next one can be set up; absent where none can. */
  schedule?: { applicationId: string; name: string } | undefined;
  /** Changes when something happened. */
  turn?: number;
  onChanged?: () => void;
}

/** The interview rounds of somebody, with the way to the next one. */
export function Rounds({ of, schedule, turn = 0, onChanged }: RoundsProps) {
  const [open, setOpen] = useState(false);
  const key = JSON.stringify(of);
  const loaded = useLoad(
    (signal) =>
      "candidateId" in of
        ? get<{ data: Interview[] }>(`/api/candidates/${of.candidateId}/interview-history`, {}, { signal })
        : get<Page<Interview>>("/api/interviews", { ...of, limit: 50 }, { signal }),
    [key],
  );
  useReloadOn(turn, loaded.reload);
  const rounds = loaded.data?.data.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const jobs = new Set(rounds?.map(({ jobId }) => jobId));
  const last = rounds?.find(({ status }) => status !== "Cancelled");
  const mayNext = schedule && can("interview.write") && (!last || last.status === "Passed");
  return (
    <Card
      title="Interviews"
      flush
      actions={
        mayNext && (
          <Button size="s" icon="calendar-clock" onClick={() => setOpen(true)}>
            Schedule interview
          </Button>
        )
      }
    >
      {!rounds && loaded.error ? (
        <LoadTrouble what="The interviews" error={loaded.error} onRetry={loaded.reload} />
      ) : !rounds ? (
        <Loading label="Loading the interviews">
          <Skeleton lines={2} />
        </Loading>
      ) : rounds.length === 0 ? (
        <p class="quiet rounds-none">No interview yet.</p>
      ) : (
        <ul class="rounds">
          {rounds.map((interview) => (
            <li key={interview.id} class="round">
              <a class="round-name" href={`/interviews/${interview.id}`}>
                {roundWords(interview)}
              </a>
              <StatusPill tone={STATUS[interview.status].tone}>{STATUS[interview.status].label}</StatusPill>
              <span class="quiet round-under">
                {[
                  jobs.size > 1 && interview.jobTitle,
                  whenWords(interview),
                  interview.rating && `${interview.rating}/5`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {schedule && open && (
        <ScheduleDialog
          of={schedule}
          onClose={() => setOpen(false)}
          onDone={() => {
            loaded.reload();
            onChanged?.();
          }}
        />
      )}
    </Card>
  );
}

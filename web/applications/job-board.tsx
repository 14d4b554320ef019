import type { Job } from "../../worker/features/jobs/schema";
import { JobHeader } from "../jobs/job-header";
import { can } from "../lib/session";
import { Board } from "../recruiter/board";
import { Button, EmptyState } from "../ui";
import { JobScreen } from "./job-screen";
import { TriageLink } from "./triage-link";

/** A job's people as a board. */
export default function JobBoardScreen() {
  return (
    <JobScreen title="Board of a job">
      {(job, onJob) => {
        const team = can("application.move");
        return (
          <Board
            key={job.pipelineId}
            pipelineId={job.pipelineId}
            kind={team ? "job" : "shared"}
            empty={<Nobody job={job} team={team} />}
            frame={(tools, columns, board) => (
              <div class="page page-full page-fill">
                <JobHeader
                  job={job}
                  onJob={onJob}
                  here="board"
                  actions={
                    <>
                      {tools}
                      {team && <TriageLink jobId={job.id} stages={board?.stages} />}
                    </>
                  }
                />
                {columns}
              </div>
            )}
          />
        );
      }}
    </JobScreen>
  );
}

function Nobody({ job, team }: { job: Job; team: boolean }) {
  if (!team) {
    return (
      <EmptyState icon="users" title="Nobody is shared with you yet">
        People appear here as soon as the recruiters share them with you.
      </EmptyState>
    );
  }
  if (job.status !== "open") {
    return (
      <EmptyState icon="users" title="Nobody has applied yet">
        {job.status === "draft"
          ? "This job is a draft. Post it, and people can apply; until then you can add candidates from their pages."
          : "The job isn’t open, so nobody can apply at the moment. Candidates can be added from their pages."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="users"
      title="Nobody has applied yet"
      action={
        <Button icon="user-plus" href="/candidates">
          Go to the candidates
        </Button>
      }
    >
      People appear here as soon as they apply, or when you add a candidate to this job.
    </EmptyState>
  );
}

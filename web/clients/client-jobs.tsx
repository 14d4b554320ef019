import type { Client } from "../../worker/features/clients/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { JobStatusPill } from "../jobs/status";
import { people } from "../jobs/words";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, EmptyState, Loading, Skeleton } from "../ui";

const SHOWN = 20;

/** The jobs of a client, the newest first. */
export function ClientJobs({ client }: { client: Client }) {
  const loaded = useLoad(
    (signal) => get<PageOf<Job>>("/api/jobs", { clientId: client.id, limit: SHOWN }, { signal }),
    [client.id],
  );
  const jobs = loaded.data?.data;
  return (
    <Card title="Jobs" flush>
      {loaded.error && !jobs ? (
        <LoadTrouble what="The list of jobs" error={loaded.error} onRetry={loaded.reload} />
      ) : !jobs ? (
        <Loading label="Loading the jobs">
          <div class="client-wait">
            <Skeleton lines={3} />
          </div>
        </Loading>
      ) : jobs.length === 0 ? (
        <EmptyState icon="briefcase" title="No jobs yet">
          {client.status === "active"
            ? "A job that you make for them appears here."
            : "An inactive client gets no new jobs. Set it active to make one."}
        </EmptyState>
      ) : (
        <>
          <ul class="lines">
            {jobs.map((job) => (
              <li key={job.id} class="line">
                <span class="line-main">
                  <a class="line-link" href={`/jobs/${job.id}`}>
                    {job.title}
                  </a>
                  <span class="line-under">
                    {[job.location, people(job.activeCount ?? job.applicationCount)]
                      .filter(Boolean)
                      .join(" · ")}
                    {" under way"}
                  </span>
                </span>
                <JobStatusPill status={job.status} />
              </li>
            ))}
          </ul>
          {loaded.data?.nextCursor && (
            <p class="lines-foot">
              <a href={`/jobs?clientId=${client.id}`}>All jobs of {client.companyName}</a>
            </p>
          )}
        </>
      )}
    </Card>
  );
}

import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import type { Job } from "../../worker/features/jobs/schema";
import { useJob } from "../jobs/use-job";
import { LoadTrouble } from "../recruiter/trouble";
import { Loading, Page, Skeleton } from "../ui";

export interface JobScreenProps {
  /** What the tab says until the job is there. */
  title: string;
  children: (job: Job, onJob: (job: Job) => void) => ComponentChildren;
}

/** A screen under a job, once the job is there. */
export function JobScreen({ title, children }: JobScreenProps) {
  const id = useRoute().params.id ?? "";
  return <OfJob key={id} id={id} title={title} inside={children} />;
}

function OfJob({ id, title, inside }: { id: string; title: string; inside: JobScreenProps["children"] }) {
  const job = useJob(id);
  if (job.data) return <>{inside(job.data, (next) => job.set(() => next))}</>;
  return (
    <Page title={title} heading={job.error ? "Job" : "Loading…"} width="full">
      {job.error ? (
        <LoadTrouble what="This job" error={job.error} onRetry={job.reload} />
      ) : (
        <Loading label="Loading the job">
          <Skeleton height="24rem" />
        </Loading>
      )}
    </Page>
  );
}

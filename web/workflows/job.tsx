import { useRoute } from "preact-iso";
import { JobHeader } from "../jobs/job-header";
import { useJob } from "../jobs/use-job";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Page, Skeleton } from "../ui";
import { WorkflowEditor } from "./editor";

/** The stages of one job: its own copy, which other jobs don't share. */
export default function JobWorkflowScreen() {
  const id = useRoute().params.id ?? "";
  const loaded = useJob(id);
  const job = loaded.data;
  if (!job) {
    return (
      <Page title="Workflow" width="full">
        {loaded.error ? (
          <LoadTrouble what="This job" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the job">
            <Card>
              <Skeleton lines={12} />
            </Card>
          </Loading>
        )}
      </Page>
    );
  }
  return (
    <div class="page page-full">
      <JobHeader job={job} here="workflow" onJob={(next) => loaded.set(() => next)} />
      <WorkflowEditor owner={{ pipelineId: job.pipelineId }} onSaved={loaded.reload} />
    </div>
  );
}

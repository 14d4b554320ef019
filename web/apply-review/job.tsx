import "../home/home.css";
import "./apply-review.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { ApplySteps, EqualOpportunitySums, JobSources } from "../../worker/features/apply/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { Bars } from "../home/bars";
import { JobHeader } from "../jobs/job-header";
import { useJob } from "../jobs/use-job";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { can } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Page, Select, Skeleton } from "../ui";
import { EqualGroups } from "./equal-groups";
import { dropWords, STEP_NAMES } from "./words";

/** How people apply for a job: where they come from, and where they give up. */
export default function JobApplyingScreen() {
  const id = useRoute().params.id ?? "";
  return <Applying key={id} id={id} />;
}

function Applying({ id }: { id: string }) {
  const job = useJob(id);
  if (job.data) return <Loaded job={job.data} onJob={(next) => job.set(() => next)} />;
  return (
    <Page title="Applying for a job" heading={job.error ? "Job" : "Loading…"} width="full">
      {job.error ? (
        <LoadTrouble what="This job" error={job.error} onRetry={job.reload} />
      ) : (
        <Loading label="Loading the job">
          <Card>
            <Skeleton lines={8} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

function Loaded({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  return (
    <div class="page page-full">
      <JobHeader job={job} onJob={onJob} here="applying" />
      <div class="applying">
        <Steps jobId={job.id} />
        <Sources jobId={job.id} />
      </div>
      {can("equal_opportunity.read") && <Equal jobId={job.id} />}
    </div>
  );
}

const Waiting = ({ label }: { label: string }) => (
  <Loading label={label}>
    <Skeleton lines={6} />
  </Loading>
);

const SPANS = [7, 30, 90, 365].map((days) => ({ value: String(days), label: `Last ${days} days` }));

function Steps({ jobId }: { jobId: string }) {
  const [days, setDays] = useState("30");
  const loaded = useLoad(
    (signal) => get<ApplySteps>(`/api/jobs/${jobId}/apply-steps`, { days }, { signal }),
    [jobId, days],
  );
  const words = loaded.data && dropWords(loaded.data);
  return (
    <Card
      title="Where people give up"
      actions={<Select label="How far back" hideLabel value={days} options={SPANS} onValue={setDays} />}
    >
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="This picture" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Waiting label="Loading the steps" />
      ) : (
        <>
          {words && <p class="applying-words">{words}</p>}
          <Bars
            caption={`People who came to each part of the form in the last ${days} days`}
            label="Part of the form"
            unit="People"
            empty="Nobody has opened the form in this time."
            rows={loaded.data.steps.map(({ step, count }) => ({
              key: step,
              label: STEP_NAMES[step],
              value: count,
            }))}
          />
        </>
      )}
    </Card>
  );
}

function Sources({ jobId }: { jobId: string }) {
  const loaded = useLoad((signal) => get<JobSources>(`/api/jobs/${jobId}/sources`, {}, { signal }), [jobId]);
  return (
    <Card title="Where people come from">
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="This picture" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Waiting label="Loading the sources" />
      ) : (
        <Bars
          caption="Applications of this job by their source"
          label="Source"
          unit="Applications"
          empty="Nobody has applied yet. Add ?source= to the address of the job where you post it, to see it here."
          rows={loaded.data.data.map(({ source, count }) => ({
            key: source ?? "",
            label: source ?? "Not known",
            value: count,
            href: source ? `/jobs/${jobId}/list?source=${encodeURIComponent(source)}` : undefined,
          }))}
        />
      )}
    </Card>
  );
}

function Equal({ jobId }: { jobId: string }) {
  const loaded = useLoad(
    (signal) => get<EqualOpportunitySums>(`/api/jobs/${jobId}/equal-opportunity`, {}, { signal }),
    [jobId],
  );
  return (
    <Card title="Equal opportunity">
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The sums" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Waiting label="Loading the sums" />
      ) : (
        <EqualGroups sums={loaded.data} heading="h3" />
      )}
    </Card>
  );
}

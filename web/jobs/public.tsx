import "./jobs.css";
import { useRoute } from "preact-iso";
import type { Job } from "../../worker/features/jobs/schema";
import type { JobPreview } from "../../worker/features/organizations/schema";
import { PageFrame } from "../admin/page-frame";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Loading, Page, Skeleton, toast } from "../ui";
import { JobHeader } from "./job-header";
import { useJob } from "./use-job";

/** A job as people who look for one see it, also before it is posted. */
export default function JobPublicScreen() {
  const id = useRoute().params.id ?? "";
  return <Public key={id} id={id} />;
}

function Public({ id }: { id: string }) {
  const job = useJob(id);
  if (job.data) return <Loaded job={job.data} onJob={(next) => job.set(() => next)} />;
  return (
    <Page title="Public page of a job" heading={job.error ? "Job" : "Loading…"} width="full">
      {job.error ? <LoadTrouble what="This job" error={job.error} onRetry={job.reload} /> : <Waiting />}
    </Page>
  );
}

const Waiting = () => (
  <Loading label="Loading the page">
    <Card>
      <Skeleton lines={10} />
    </Card>
  </Loading>
);

function Loaded({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  const preview = useLoad(
    (signal) => get<JobPreview>(`/api/jobs/${job.id}/careers-preview`, {}, { signal }),
    [job.id, job.version],
  );
  const page = preview.data;
  return (
    <div class="page page-full">
      <JobHeader job={job} onJob={onJob} here="public" />
      {page ? (
        <div class="stack">
          <Visible job={job} page={page} />
          {page.missing !== null && (
            <Banner tone="info">Search engines won’t list this job among theirs. {page.missing}</Banner>
          )}
          <PageFrame title={`Public page of ${job.title}`} page={page}>
            {page.address !== null && <Address address={page.address} />}
          </PageFrame>
        </div>
      ) : preview.error ? (
        <LoadTrouble what="The public page" error={preview.error} onRetry={preview.reload} />
      ) : (
        <Waiting />
      )}
    </div>
  );
}

/** Who sees the page now. */
function Visible({ job, page }: { job: Job; page: JobPreview }) {
  if (page.address !== null) return null;
  return (
    <Banner tone="info">
      {job.status === "draft"
        ? "This is a draft: nobody outside sees the page yet. This is what they will see."
        : "The job isn’t open. Whoever comes to its page is told so, and sees what else is open."}
    </Banner>
  );
}

function Address({ address }: { address: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast({ text: "The address of the page is copied.", tone: "good" });
    } catch {
      toast({ text: `The browser didn’t let us copy it. The address is ${address}`, tone: "warn" });
    }
  };
  // On a host of one's own the page may be reached only once its domain points here.
  const here = new URL(address).pathname;
  return (
    <div class="row">
      <Button size="s" icon="copy" onClick={() => void copy()}>
        Copy the address
      </Button>
      <Button size="s" icon="external-link" href={here} target="_blank">
        Open the page
      </Button>
    </div>
  );
}

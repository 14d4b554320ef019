import { useState } from "preact/hooks";
import type { AddedApplication } from "../../worker/features/applications/schema";
import type { CandidateDetail } from "../../worker/features/candidates/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { WORKING_STATUSES } from "../../worker/features/jobs/words";
import type { Page } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { get, post } from "../lib/client";
import { useForm } from "../lib/form";
import { type Choice, Chooser } from "../recruiter/chooser";
import { Button, Dialog, Select, toast } from "../ui";

const MOST = 30;
type JobChoice = Choice & { job: Job };

export interface AddToJobProps {
  candidate: CandidateDetail;
  open: boolean;
  onClose: () => void;
  onAdded: () => void;
}

/** Puts somebody who is known into a job. */
export function AddToJob(props: AddToJobProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={`Add ${props.candidate.name} to a job`}>
      {props.open && <Steps {...props} />}
    </Dialog>
  );
}

function Steps({ candidate, onClose, onAdded }: AddToJobProps) {
  const [job, setJob] = useState<Job | null>(null);
  const find = async (q: string, signal: AbortSignal): Promise<JobChoice[]> => {
    const { data } = await get<Page<Job>>("/api/jobs", { q, limit: MOST }, { signal });
    const theirs = new Set(candidate.applications.map(({ jobId }) => jobId));
    return data
      .filter(({ id, status }) => WORKING_STATUSES.includes(status) && !theirs.has(id))
      .map((one) => ({ id: one.id, name: one.title, note: one.clientName, job: one }));
  };
  if (job) {
    return <Place candidate={candidate} job={job} onBack={() => setJob(null)} onAdded={onAdded} />;
  }
  return (
    <div class="stack">
      <Chooser
        label="Job"
        hint="Jobs that take people: by title, client or place. Those they are in already are left out."
        listLabel="Jobs"
        atOnce
        find={find}
        onChoose={(choice) => setJob(choice.job)}
        nothing={(q) =>
          q ? `No job that takes people is found by “${q}”.` : "No other job takes people now."
        }
      />
      <div class="row cand-buttons">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </div>
  );
}

interface PlaceProps {
  candidate: CandidateDetail;
  job: Job;
  onBack: () => void;
  onAdded: () => void;
}

/** The stage that they begin in. */
function Place({ candidate, job, onBack, onAdded }: PlaceProps) {
  const open = job.stages.filter(({ kind }) => kind === "open");
  const form = useForm({
    initial: { stage: open[0]?.key ?? "" },
    submit: async ({ stage }, key) => {
      const body = { candidateId: candidate.id, ...(stage ? { stage } : {}) };
      const made = await post<AddedApplication>(`/api/jobs/${job.id}/candidates`, body, { key });
      toast({ text: `${candidate.name} is in ${made.stageName} of ${job.title} now.`, tone: "good" });
      onAdded();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit}>
      <FormProblem>{form.problem}</FormProblem>
      <p>
        <strong>{job.title}</strong>
        <span class="quiet"> · {job.clientName}</span>
      </p>
      <Select
        {...form.field("stage")}
        label="Stage to begin in"
        options={open.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <div class="row cand-buttons">
        <Button onClick={onBack}>Another job</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Add to the job
        </Button>
      </div>
    </form>
  );
}

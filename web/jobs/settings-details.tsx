import { useState } from "preact/hooks";
import type { Job } from "../../worker/features/jobs/schema";
import { FormProblem } from "../account/form-parts";
import { get, ProblemError, patch } from "../lib/client";
import { type Form, useForm } from "../lib/form";
import { Banner, Card, toast } from "../ui";
import { changeOf, type Details, detailFaults, detailsOf } from "./details";
import { DetailsFields } from "./details-fields";
import { SaveBar } from "./save-bar";
import { useUnsaved } from "./unsaved";

/** A job's own fields, saved together. */
export function SettingsDetails({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  // What the form began with: the job may change under it, by its status or by somebody else.
  const [base, setBase] = useState(() => detailsOf(job));
  const [stale, setStale] = useState(false);
  const path = `/api/jobs/${job.id}`;
  const settle = (next: Job) => {
    onJob(next);
    setBase(detailsOf(next));
    form.reset(detailsOf(next));
    setStale(false);
  };
  const form: Form<Details> = useForm<Details>({
    initial: base,
    validate: detailFaults,
    submit: async (values) => {
      const change = changeOf(values, base);
      if (Object.keys(change).length === 0) return form.reset(base);
      try {
        settle(await patch<Job>(path, change, { ifMatch: job.version }));
        toast({ text: "Saved.", tone: "good" });
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        onJob(await get<Job>(path));
        setStale(true);
      }
    },
  });
  useUnsaved(form.changed);
  return (
    <form class="stack job-settings" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {stale && (
        <Banner tone="warn" role="alert">
          Somebody saved this job meanwhile. Your words are kept here: save again, and only the fields that
          you changed take the place of theirs.
        </Banner>
      )}
      <Card>
        <DetailsFields form={form} clientName={job.clientName} />
      </Card>
      <SaveBar shown={form.changed} busy={form.pending} onUndo={() => form.reset()} />
    </form>
  );
}

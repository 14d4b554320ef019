import { useState } from "preact/hooks";
import type { Job, JobChange } from "../../worker/features/jobs/schema";
import { CLOSING_CHOICES, type ClosingChoice, type JobStatus } from "../../worker/features/jobs/words";
import { FormProblem } from "../account/form-parts";
import { errorText } from "../lib/client";
import { Button, Dialog, TextArea } from "../ui";
import { CLOSING_WORDS, people, transitionWord } from "./words";

export interface ClosingProps {
  job: Job;
  /** The status that ends the job; null closes the dialog. */
  to: JobStatus | null;
  /** Sends the change; what it throws is shown here. */
  onChoose: (change: JobChange) => Promise<void>;
  onClose: () => void;
}

/** Asks what becomes of people who are still under way when their job ends. */
export function Closing({ job, to, onChoose, onClose }: ClosingProps) {
  const title = to && transitionWord(job.status, to);
  return (
    <Dialog open={to !== null} onClose={onClose} title={title}>
      {to && <Ask job={job} to={to} onChoose={onChoose} onClose={onClose} />}
    </Dialog>
  );
}

function Ask({ job, to, onChoose, onClose }: ClosingProps & { to: JobStatus }) {
  const [choice, setChoice] = useState<ClosingChoice | "">("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (choice === "") return setProblem("Choose what becomes of them.");
    setBusy(true);
    setProblem(null);
    const said = choice === "reject" && reason.trim() ? { reason: reason.trim() } : {};
    try {
      await onChoose({ status: to, openApplications: choice, ...said });
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  const count = job.activeCount ?? 0;
  return (
    <form class="stack" onSubmit={send} noValidate>
      <FormProblem>{problem}</FormProblem>
      <p>
        {count > 0 ? people(count) : "Somebody"} {count > 1 ? "are" : "is"} still under way in {job.title}.
        What becomes of {count === 1 ? "this person" : "them"}?
      </p>
      <fieldset class="closing-choices">
        <legend class="sr-only">What becomes of people who are under way</legend>
        {CLOSING_CHOICES.map((value) => (
          <label key={value} class={choice === value ? "closing-choice closing-chosen" : "closing-choice"}>
            <input
              type="radio"
              name="closing"
              value={value}
              checked={choice === value}
              onChange={() => {
                setChoice(value);
                setProblem(null);
              }}
            />
            <span>
              {CLOSING_WORDS[value].label}
              <span class="field-hint closing-hint">{CLOSING_WORDS[value].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {choice === "reject" && (
        <TextArea
          label="Reason"
          optional
          hint="They read it, so write it to them."
          value={reason}
          maxLength={1000}
          onValue={setReason}
        />
      )}
      <div class="row job-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant={choice === "reject" ? "danger" : "primary"} busy={busy}>
          {transitionWord(job.status, to)}
        </Button>
      </div>
    </form>
  );
}

import { useEffect, useState } from "preact/hooks";
import { STATUS_SAID } from "../../worker/features/pipelines/words";
import type { WorkflowStep, WorkflowStepChange } from "../../worker/features/workflows/schema";
import { Button, Dialog, TextArea, TextField } from "../ui";

/** The words by which the candidate knows a stage; never its name. */
export function saidOf({ publicName, kind, status }: WorkflowStep): string {
  return publicName ?? (kind === "withdrawn" ? "Withdrawn" : STATUS_SAID[status]);
}

export interface CandidateWordsProps {
  stage: WorkflowStep | null;
  onClose: () => void;
  onSave: (
    stage: WorkflowStep,
    words: Pick<WorkflowStepChange, "publicName" | "publicNext" | "replyByDays">,
  ) => void;
}

const MOST_DAYS = 365;

/** What the candidate reads while they stand in a stage, and the answer that they are promised in it. */
export function CandidateWords({ stage, onClose, onSave }: CandidateWordsProps) {
  const [name, setName] = useState("");
  const [next, setNext] = useState("");
  const [days, setDays] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setName(stage?.publicName ?? "");
    setNext(stage?.publicNext ?? "");
    setDays(stage?.replyByDays ? String(stage.replyByDays) : "");
    setProblem(null);
  }, [stage?.id]);
  const save = () => {
    const typed = days.trim();
    const number = Number(typed);
    if (typed && !(Number.isInteger(number) && number >= 1 && number <= MOST_DAYS)) {
      setProblem(`Write whole days from 1 to ${MOST_DAYS}, or nothing.`);
      return;
    }
    if (stage) {
      onSave(stage, {
        publicName: name.trim() || null,
        publicNext: next.trim() || null,
        replyByDays: typed ? number : null,
      });
    }
    onClose();
  };
  return (
    <Dialog
      open={stage !== null}
      onClose={onClose}
      title={stage && `What the candidate reads in ${stage.name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label="Name for the candidate"
          hint={
            stage && (
              <>
                The stage’s own name stays with the team. Without a name here they read “
                {saidOf({ ...stage, publicName: null })}”.
              </>
            )
          }
          optional
          value={name}
          maxLength={80}
          autoComplete="off"
          autoFocus
          onValue={setName}
        />
        <TextArea
          label="What happens next"
          hint="A sentence for whoever waits here: who does what, and what they need to do."
          optional
          value={next}
          maxLength={300}
          rows={3}
          onValue={setNext}
        />
        {stage?.kind === "open" && (
          <TextField
            label="Answer promised within days"
            hint="They read the date, and you are reminded of it. Empty: what the organization promises."
            optional
            inputMode="numeric"
            value={days}
            maxLength={3}
            autoComplete="off"
            error={problem}
            onValue={(typed) => {
              setDays(typed);
              setProblem(null);
            }}
          />
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import { FormProblem } from "../account/form-parts";
import { errorText } from "../lib/client";
import { useFirstFocus } from "../lib/first-focus";
import { Button, Dialog, TextArea } from "../ui";

export interface ReasonAsked {
  title: string;
  /** What follows from it. */
  words: string;
  button: string;
  send: (reason: string) => Promise<void>;
}

/** Asks why somebody leaves a campaign, before they do. */
export function ReasonDialog({ asked, onClose }: { asked: ReasonAsked | null; onClose: () => void }) {
  return (
    <Dialog open={asked !== null} onClose={onClose} size="s" title={asked?.title ?? ""}>
      {asked && <ReasonForm asked={asked} onClose={onClose} />}
    </Dialog>
  );
}

function ReasonForm({ asked, onClose }: { asked: ReasonAsked; onClose: () => void }) {
  const root = useFirstFocus<HTMLFormElement>();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!reason.trim()) return setError("Say why.");
    setBusy(true);
    setProblem(null);
    try {
      await asked.send(reason.trim());
      onClose();
    } catch (refused) {
      setProblem(errorText(refused));
      setBusy(false);
    }
  };
  return (
    <form class="stack" ref={root} noValidate onSubmit={(event) => void send(event)}>
      <FormProblem>{problem}</FormProblem>
      <p>{asked.words}</p>
      <TextArea
        label="Reason"
        value={reason}
        error={error}
        maxLength={1000}
        onValue={(next) => {
          setReason(next);
          setError(null);
        }}
      />
      <div class="row job-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" busy={busy}>
          {asked.button}
        </Button>
      </div>
    </form>
  );
}

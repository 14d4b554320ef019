import { useState } from "preact/hooks";
import type { InterviewDetail } from "../../worker/features/interviews/schema";
import type { InterviewMode } from "../../worker/features/interviews/words";
import { errorText, put } from "../lib/client";
import { Banner, Button, Dialog, Select, TextArea, TextField, toast } from "../ui";
import { Interviewers } from "./interviewers";
import { MODES } from "./words";

export interface EditDialogProps {
  interview: InterviewDetail;
  open: boolean;
  onClose: () => void;
  onSaved: () => void;
}

/** Changes everything but the time. */
export function EditDialog({ interview, open, onClose, onSaved }: EditDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Change details">
      {open && <EditForm interview={interview} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function EditForm({ interview, onClose, onSaved }: Omit<EditDialogProps, "open">) {
  const [mode, setMode] = useState<InterviewMode>(interview.interviewMode);
  const [roundName, setRoundName] = useState(interview.roundName ?? "");
  const [ids, setIds] = useState<string[]>(interview.interviewerIds);
  const [link, setLink] = useState(interview.meetingLink ?? "");
  const [place, setPlace] = useState(interview.location ?? "");
  const [instructions, setInstructions] = useState(interview.additionalInstructions ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const names = new Map(interview.interviewers.map(({ id, name }) => [id, name]));
  const sent = {
    interviewMode: mode,
    roundName: roundName.trim() || null,
    interviewerIds: ids,
    meetingLink: link.trim() || null,
    location: place.trim() || null,
    additionalInstructions: instructions.trim() || null,
  };
  const changed = Object.fromEntries(
    Object.entries(sent).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(interview[name as keyof typeof sent]),
    ),
  );
  const send = async () => {
    if (Object.keys(changed).length === 0) return onClose();
    setBusy(true);
    setProblem(null);
    try {
      await put(`/api/interviews/${interview.id}`, changed, { ifMatch: interview.version });
      toast({
        text: interview.status === "Scheduled" ? "Changed, and everybody’s calendar is told." : "Changed.",
        tone: "good",
      });
      onSaved();
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      {problem && <Banner tone="bad">{problem}</Banner>}
      <Select
        label="How"
        value={mode}
        options={MODES.map(({ value, label }) => ({ value, label }))}
        onValue={(value) => setMode(value as InterviewMode)}
      />
      <TextField
        label="Name of the round"
        optional
        value={roundName}
        maxLength={100}
        onValue={setRoundName}
      />
      <Interviewers ids={ids} onIds={setIds} names={names} />
      <TextField label="Meeting link" optional type="url" value={link} onValue={setLink} />
      <TextField label="Place" optional value={place} maxLength={500} onValue={setPlace} />
      <TextArea
        label="Instructions for the candidate"
        optional
        rows={2}
        value={instructions}
        onValue={setInstructions}
      />
      <div class="row dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}

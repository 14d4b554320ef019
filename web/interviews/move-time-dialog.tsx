import { useState } from "preact/hooks";
import type { Interview, InterviewDetail } from "../../worker/features/interviews/schema";
import { BOOKED } from "../../worker/features/interviews/words";
import type { Page } from "../../worker/http/shapes";
import { errorText, get, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { now } from "../lib/time";
import { Banner, Button, Dialog, toast } from "../ui";
import { busyTimes } from "./schedule-dialog";
import { SlotPicker } from "./slot-picker";

export interface MoveDialogProps {
  interview: InterviewDetail;
  open: boolean;
  onClose: () => void;
  onSaved: () => void;
}

/** Proposes other times: the candidate is asked again, and a booked time is given up. */
export function MoveDialog({ interview, open, onClose, onSaved }: MoveDialogProps) {
  const booked = (BOOKED as readonly string[]).includes(interview.status);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="l"
      title={booked ? "Move to another time" : "Propose other times"}
    >
      {open && <MoveForm interview={interview} booked={booked} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function MoveForm({
  interview,
  booked,
  onClose,
  onSaved,
}: Omit<MoveDialogProps, "open"> & { booked: boolean }) {
  const { id, candidateName, interviewDuration, timeZone, interviewerIds, version, status } = interview;
  const [chosen, setChosen] = useState<number[]>(() =>
    booked
      ? []
      : interview.proposedSlots.map(({ start }) => Date.parse(start)).filter((at) => at > now.value),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const others = useLoad(
    (signal) => get<Page<Interview>>("/api/interviews", { view: "upcoming", limit: 200 }, { signal }),
    [],
  );
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await put(
        `/api/interviews/${id}`,
        { proposedSlots: chosen.map((start) => ({ start: new Date(start).toISOString() })), draft: false },
        { ifMatch: version },
      );
      toast({ text: `${candidateName} is asked to choose a time.`, tone: "good" });
      onSaved();
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <div class="stack">
      {problem && <Banner tone="bad">{problem}</Banner>}
      {booked && (
        <Banner tone="warn">
          The time that is booked is given up. {candidateName} is asked to choose another one
          {status === "Scheduled" ? ", and the calendar entry moves once there is one" : ""}.
        </Banner>
      )}
      <SlotPicker
        chosen={chosen}
        onChosen={setChosen}
        minutes={interviewDuration}
        timeZone={timeZone}
        busy={busyTimes(others.data?.data ?? [], interviewerIds, id)}
      />
      <div class="row dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          icon="send"
          busy={busy}
          disabled={chosen.length === 0}
          onClick={() => void send()}
        >
          Ask for a time
        </Button>
      </div>
    </div>
  );
}

import { useState } from "preact/hooks";
import type { CandidateInterview } from "../../worker/features/interviews/schema";
import { FormProblem } from "../account/form-parts";
import { errorText, ProblemError, post } from "../lib/client";
import { Button, Card, StatusPill, toast } from "../ui";

const slotFormat = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
const MODES = { Video: "By video", Phone: "By phone", Onsite: "On site" } as const;

/** How long, in which way, and with whom. */
function manner({ mode, durationMinutes, interviewers }: CandidateInterview): string {
  const people = new Intl.ListFormat("en").format(interviewers);
  return `${MODES[mode]}, ${durationMinutes} minutes${people ? `, with ${people}` : ""}.`;
}

export interface SlotChoiceProps {
  interview: CandidateInterview;
  onBooked: () => void;
}

/** Times to choose from, in the reader's own time zone. */
export function SlotChoice({ interview, onBooked }: SlotChoiceProps) {
  const [chosen, setChosen] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const book = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!chosen) return setProblem("Choose one of the times first.");
    setBusy(true);
    setProblem(null);
    try {
      await post(`/api/interviews/${interview.id}/book-slot`, { slotId: chosen });
      toast({ text: "It is booked. The invitation comes by mail.", tone: "good" });
      onBooked();
    } catch (error) {
      setProblem(errorText(error));
      // Somebody else took that time: what is left is shown.
      if (error instanceof ProblemError && error.status === 409) onBooked();
    }
    setBusy(false);
  };
  return (
    <form class="stack own-slots" onSubmit={book}>
      <FormProblem>{problem}</FormProblem>
      <fieldset>
        <legend>Times, in your time zone ({zone})</legend>
        {interview.slots.map(({ id, start }) => (
          <label key={id} class="own-slot">
            <input
              type="radio"
              name={`slot-${interview.id}`}
              value={id}
              checked={chosen === id}
              onChange={() => setChosen(id)}
            />
            <time dateTime={start}>{slotFormat.format(new Date(start))}</time>
          </label>
        ))}
      </fieldset>
      <div class="row">
        <Button type="submit" variant="primary" busy={busy}>
          Take this time
        </Button>
      </div>
    </form>
  );
}

export interface InterviewCardProps extends SlotChoiceProps {
  jobTitle: string;
}

/** One round: a time to choose, or when and where it is. */
export function InterviewCard({ interview, jobTitle, onBooked }: InterviewCardProps) {
  const { state, start, location, meetingLink, instructions, slots } = interview;
  const name = interview.roundName ?? `Round ${interview.round}`;
  return (
    <Card
      title={`Interview: ${name}`}
      actions={
        <StatusPill tone={state === "choose" ? "warn" : state === "booked" ? "good" : "plain"}>
          {{ choose: "Choose a time", booked: "Booked", over: "Over", cancelled: "Cancelled" }[state]}
        </StatusPill>
      }
    >
      <div class="stack">
        <p>
          For {jobTitle}. {manner(interview)}
        </p>
        {state === "booked" && start && (
          <p class="own-standing">
            <time dateTime={start}>{slotFormat.format(new Date(start))}</time>
            <span class="quiet"> in your time zone</span>
          </p>
        )}
        {state === "booked" && location && <p>Where: {location}</p>}
        {state === "booked" && instructions && <p class="own-words">{instructions}</p>}
        {state === "booked" && meetingLink && (
          <div class="row">
            <Button icon="external-link" href={meetingLink}>
              Open the meeting
            </Button>
          </div>
        )}
        {state === "choose" && slots.length === 0 && (
          <p>None of the times is free any more. You are sent others.</p>
        )}
        {state === "choose" && slots.length > 0 && <SlotChoice interview={interview} onBooked={onBooked} />}
      </div>
    </Card>
  );
}

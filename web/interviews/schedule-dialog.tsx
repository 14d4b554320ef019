import "./interviews.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Interview } from "../../worker/features/interviews/schema";
import type { InterviewMode } from "../../worker/features/interviews/words";
import type { Page } from "../../worker/http/shapes";
import { errorText, get, NetworkError, ProblemError, post } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { Banner, Button, Dialog, Loading, Select, Skeleton, TextArea, TextField, toast } from "../ui";
import { Interviewers } from "./interviewers";
import { type Busy, SlotPicker, slotName } from "./slot-picker";
import { DURATIONS, MODES, roundWords, STATUS } from "./words";
import { ownZone, zones } from "./zone";

/** Whom the interview is with, and what is known of it already. */
export interface Scheduling {
  applicationId: string;
  name: string;
  minutes?: number | undefined;
  mode?: InterviewMode | undefined;
}

export interface ScheduleDialogProps {
  /** Null closes the dialog. */
  of: Scheduling | null;
  onClose: () => void;
  onDone?: (interview: Interview) => void;
}

/** Sets up the next round with somebody: times to choose from, or one that is agreed. */
export function ScheduleDialog({ of, onClose, onDone }: ScheduleDialogProps) {
  const [foot, setFoot] = useState<Foot | null>(null);
  return (
    <Dialog
      open={of !== null}
      onClose={onClose}
      size="l"
      title={of && `Interview with ${of.name}`}
      actions={
        foot && (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={FORM} variant="primary" icon="send" busy={foot.busy}>
              {foot.agreed ? "Send the invitation" : "Ask for a time"}
            </Button>
          </>
        )
      }
    >
      {of && <Schedule key={of.applicationId} of={of} onClose={onClose} onDone={onDone} onFoot={setFoot} />}
    </Dialog>
  );
}

/** What the buttons at the foot of the dialog say; there are none before the form stands. */
interface Foot {
  agreed: boolean;
  busy: boolean;
}
const FORM = "schedule-interview";

/** The last round decides whether there can be a next one. */
function Schedule(props: ScheduleDialogProps & { of: Scheduling; onFoot: (foot: Foot | null) => void }) {
  const { of, onClose } = props;
  const { data, error, reload } = useLoad(
    async (signal) => {
      const [rounds, booked] = await Promise.all([
        get<Page<Interview>>("/api/interviews", { applicationId: of.applicationId, limit: 50 }, { signal }),
        get<Page<Interview>>("/api/interviews", { view: "upcoming", limit: 200 }, { signal }),
      ]);
      return { rounds: rounds.data.filter(({ status }) => status !== "Cancelled"), booked: booked.data };
    },
    [of.applicationId],
  );
  if (!data && error) {
    return (
      <Banner tone="bad" action={<Button onClick={reload}>Try again</Button>}>
        {errorText(error)}
      </Banner>
    );
  }
  if (!data) {
    return (
      <Loading label="Loading the rounds so far">
        <Skeleton lines={8} />
      </Loading>
    );
  }
  const last = data.rounds.toSorted((a, b) => b.round - a.round)[0];
  if (last && last.status !== "Passed") {
    return (
      <div class="stack">
        <Banner tone="info">
          {roundWords(last)} is there already: {STATUS[last.status].label.toLowerCase()}. The next round can
          be set up once it is passed.
        </Banner>
        <div class="row dialog-foot">
          <Button href={`/interviews/${last.id}`} variant="primary" onClick={onClose}>
            Open {roundWords(last)}
          </Button>
        </div>
      </div>
    );
  }
  return <ScheduleForm {...props} round={(last?.round ?? 0) + 1} booked={data.booked} />;
}

interface ScheduleFormProps extends ScheduleDialogProps {
  of: Scheduling;
  onFoot: (foot: Foot | null) => void;
  round: number;
  booked: readonly Interview[];
}

/** When the chosen interviewers are busy. */
export function busyTimes(booked: readonly Interview[], ids: readonly string[], except?: string): Busy[] {
  return booked.flatMap(({ id, interviewerIds, scheduledStartTime: start, scheduledEndTime: end }) =>
    start && end && id !== except && interviewerIds.some((one) => ids.includes(one))
      ? [{ start: Date.parse(start), end: Date.parse(end) }]
      : [],
  );
}

function ScheduleForm({ of, round, booked, onClose, onDone, onFoot }: ScheduleFormProps) {
  const [agreed, setAgreed] = useState(false);
  const [mode, setMode] = useState<InterviewMode>(of.mode ?? "Video");
  const [minutes, setMinutes] = useState(of.minutes ?? 45);
  const [timeZone, setTimeZone] = useState(ownZone);
  const [chosen, setChosen] = useState<number[]>([]);
  const [interviewers, setInterviewers] = useState<string[]>(me.value ? [me.value.id] : []);
  const [roundName, setRoundName] = useState("");
  const [where, setWhere] = useState("");
  const [instructions, setInstructions] = useState("");
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const durations = [...new Set([...DURATIONS, minutes])].sort((a, b) => a - b);
  const allZones = useMemo(() => zones(timeZone), []);

  useEffect(() => onFoot({ agreed, busy }), [agreed, busy]);
  useEffect(() => () => onFoot(null), []);

  const send = async () => {
    if (chosen.length === 0) {
      setWrong({ proposedSlots: "Choose at least one time." });
      return;
    }
    setBusy(true);
    setWrong({});
    setProblem(null);
    try {
      const made = await post<Interview>(
        "/api/interviews",
        {
          applicationId: of.applicationId,
          interviewRound: round,
          interviewMode: mode,
          interviewDuration: minutes,
          timeZone,
          proposedSlots: chosen.map((start) => ({ start: new Date(start).toISOString() })),
          interviewerIds: interviewers,
          roundName: roundName.trim() || null,
          ...(mode === "Onsite" ? { location: where.trim() || null } : { meetingLink: where.trim() || null }),
          additionalInstructions: instructions.trim() || null,
          agreed,
        },
        { key },
      );
      const done = agreed ? await post<Interview>(`/api/interviews/${made.id}/send-invite`) : made;
      toast({
        text: agreed
          ? `${of.name} has the invitation for ${slotName(chosen[0] ?? 0, timeZone)}.`
          : `${of.name} is asked to choose a time.`,
        tone: "good",
      });
      onDone?.(done);
      onClose();
    } catch (error) {
      if (!(error instanceof NetworkError)) setKey(crypto.randomUUID());
      const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
      setWrong(Object.fromEntries(listed.map(({ path, message }) => [path.split(".")[0], message])));
      if (listed.length === 0) setProblem(errorText(error));
    }
    setBusy(false);
  };

  return (
    <form
      id={FORM}
      class="stack schedule"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      {problem && <Banner tone="bad">{problem}</Banner>}
      <fieldset class="schedule-how">
        <legend class="sr-only">How the time is found</legend>
        <label>
          <input type="radio" name="how" checked={!agreed} onChange={() => setAgreed(false)} />
          They choose a time
        </label>
        <label>
          <input
            type="radio"
            name="how"
            checked={agreed}
            onChange={() => {
              setAgreed(true);
              setChosen(chosen.slice(0, 1));
            }}
          />
          The time is agreed
        </label>
      </fieldset>
      <div class="schedule-row">
        <Select
          label="How"
          value={mode}
          options={MODES.map(({ value, label }) => ({ value, label }))}
          onValue={(value) => setMode(value as InterviewMode)}
        />
        <Select
          label="How long"
          value={`${minutes}`}
          options={durations.map((one) => ({ value: `${one}`, label: `${one} minutes` }))}
          onValue={(value) => setMinutes(Number(value))}
        />
        <Select
          label="Time zone"
          value={timeZone}
          options={allZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          onValue={setTimeZone}
        />
      </div>
      <SlotPicker
        chosen={chosen}
        onChosen={setChosen}
        minutes={minutes}
        timeZone={timeZone}
        busy={busyTimes(booked, interviewers)}
        one={agreed}
        error={wrong.proposedSlots}
      />
      <div class="schedule-row">
        <Interviewers ids={interviewers} onIds={setInterviewers} error={wrong.interviewerIds} />
        <TextField
          label={mode === "Onsite" ? "Place" : "Meeting link"}
          hint={mode === "Phone" ? "Leave it empty where you call them." : undefined}
          optional
          type={mode === "Onsite" ? "text" : "url"}
          value={where}
          error={wrong.meetingLink ?? wrong.location}
          onValue={setWhere}
        />
      </div>
      <details class="schedule-more">
        <summary>Name of the round, and instructions</summary>
        <div class="stack">
          <TextField
            label={`Name of round ${round}`}
            optional
            value={roundName}
            maxLength={100}
            placeholder="Technical, culture, …"
            onValue={setRoundName}
          />
          <TextArea
            label="Instructions for the candidate"
            optional
            rows={2}
            value={instructions}
            onValue={setInstructions}
          />
        </div>
      </details>
    </form>
  );
}

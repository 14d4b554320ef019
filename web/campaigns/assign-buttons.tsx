import { useState } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import { calendarDay } from "../lib/time";
import { Button, IconButton, Popover, TextField } from "../ui";
import type { Somebody } from "./places";
import { freeSeats, startOf, todayHere } from "./words";

export interface AssignButtonsProps {
  campaign: Campaign;
  who: Somebody;
  /** Already waits for a seat, so that there is nothing to do while none is free. */
  waiting?: boolean;
  onAssign: (who: Somebody, startDate: string) => Promise<void>;
}

/** Assigns with one click from the usual day on, or from another day that one chooses. */
export function AssignButtons({ campaign, who, waiting = false, onAssign }: AssignButtonsProps) {
  const [busy, setBusy] = useState(false);
  const usual = startOf(campaign, todayHere());
  const full = freeSeats(campaign) === 0;
  if (campaign.status !== "open") return null;
  if (full && waiting) return <span class="quiet campaign-no-seat">No seat is free</span>;
  const assign = async (day: string) => {
    setBusy(true);
    await onAssign(who, day);
    setBusy(false);
  };
  const words = full ? "To the waiting list" : "Assign";
  const said = full
    ? `All seats are taken: puts ${who.name} on the waiting list`
    : `Assigns ${who.name} from ${calendarDay(usual)}`;
  return (
    <>
      <Button
        size="s"
        busy={busy}
        data-act="assign"
        title={said}
        aria-label={`${words}: ${who.name}`}
        onClick={() => void assign(usual)}
      >
        {words}
      </Button>
      <Popover
        label={`When ${who.name} starts`}
        width="15rem"
        trigger={
          <IconButton size="s" icon="calendar-clock" label={`Choose the day on which ${who.name} starts`} />
        }
      >
        {(close) => (
          <StartDay
            usual={usual}
            words={words}
            full={full}
            campaign={campaign}
            onSend={(day) => {
              close();
              void assign(day);
            }}
          />
        )}
      </Popover>
    </>
  );
}

interface StartDayProps {
  campaign: Campaign;
  usual: string;
  words: string;
  full: boolean;
  onSend: (day: string) => void;
}

function StartDay({ campaign, usual, words, full, onSend }: StartDayProps) {
  const [day, setDay] = useState(usual);
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      class="stack campaign-start"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (day) onSend(day);
        else setError("Choose a day.");
      }}
    >
      <TextField
        label="Starts on"
        type="date"
        value={day}
        error={error}
        min={campaign.startDate}
        max={campaign.endDate ?? undefined}
        autoFocus
        onValue={(next) => {
          setDay(next);
          setError(null);
        }}
      />
      {full && <p class="quiet">All seats are taken, so this is a place on the waiting list.</p>}
      <Button type="submit" variant="primary" full>
        {words}
      </Button>
    </form>
  );
}

import { useState } from "preact/hooks";
import { now } from "../lib/time";
import { Button, IconButton, Tag, TextField } from "../ui";
import { clockIn, dayAfter, dayIn, momentIn, workingDays } from "./zone";

/** A time at which somebody is busy already, in milliseconds. */
export interface Busy {
  start: number;
  end: number;
}

export interface SlotPickerProps {
  /** Starts that are chosen, in milliseconds. */
  chosen: readonly number[];
  onChosen: (chosen: number[]) => void;
  minutes: number;
  timeZone: string;
  busy: readonly Busy[];
  /** Only one time can be chosen. */
  one?: boolean;
  error?: string | null;
}

const DAYS = 5;
const CLOCKS = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00", "17:00"];

const dayName = (day: string) =>
  new Intl.DateTimeFormat(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));

/** A time as it stands in a list of chosen ones. */
export const slotName = (start: number, timeZone: string) =>
  `${dayName(dayIn(start, timeZone))}, ${clockIn(start, timeZone)}`;

/** Times to propose: those that suit most people are a click each, any other is typed. */
export function SlotPicker({ chosen, onChosen, minutes, timeZone, busy, one, error }: SlotPickerProps) {
  const tomorrow = dayAfter(dayIn(now.value, timeZone));
  const [from, setFrom] = useState(tomorrow);
  const [day, setDay] = useState("");
  const [clock, setClock] = useState("");
  const days = workingDays(from, DAYS);
  const taken = (start: number) =>
    busy.some((other) => other.start < start + minutes * 60_000 && other.end > start);
  const toggle = (start: number) => {
    if (chosen.includes(start)) onChosen(chosen.filter((other) => other !== start));
    else onChosen(one ? [start] : [...chosen, start].sort((a, b) => a - b));
  };
  const own = day && clock ? momentIn(day, clock, timeZone) : null;
  const add = () => {
    if (own === null || own <= now.value || chosen.includes(own)) return;
    toggle(own);
    setClock("");
  };
  return (
    <div class="slots">
      <div class="slots-head">
        <span class="field-label" id="slots-label">
          {one ? "The time" : "Times to choose from"}
        </span>
        <span class="row">
          <IconButton
            icon="chevron-left"
            size="s"
            label="Earlier days"
            disabled={from <= tomorrow}
            onClick={() => setFrom(from <= dayAfter(tomorrow, 7) ? tomorrow : dayAfter(from, -7))}
          />
          <IconButton
            icon="chevron-right"
            size="s"
            label="Later days"
            onClick={() => setFrom(dayAfter(from, 7))}
          />
        </span>
      </div>
      <div class="slots-days" role="group" aria-labelledby="slots-label">
        {days.map((one) => (
          <div key={one} class="slots-day">
            <span class="slots-date">{dayName(one)}</span>
            <span class="slots-times">
              {CLOCKS.map((time) => {
                const start = momentIn(one, time, timeZone);
                const isTaken = taken(start);
                return (
                  <button
                    key={time}
                    type="button"
                    class="slot"
                    aria-pressed={chosen.includes(start)}
                    disabled={start <= now.value || isTaken}
                    title={isTaken ? "An interviewer has another interview then" : undefined}
                    aria-label={`${dayName(one)}, ${time}${isTaken ? ", taken" : ""}`}
                    onClick={() => toggle(start)}
                  >
                    {time}
                  </button>
                );
              })}
            </span>
          </div>
        ))}
      </div>
      <div class="slots-own">
        <TextField label="Another day" type="date" value={day} min={tomorrow} onValue={setDay} />
        <TextField
          label="Time"
          type="time"
          value={clock}
          onValue={setClock}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button icon="plus" disabled={own === null} onClick={add}>
          Add
        </Button>
      </div>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {chosen.length > 0 && (
        <div class="row slots-chosen" role="group" aria-label="Chosen times">
          {chosen.map((start) => (
            <Tag key={start} onRemove={() => toggle(start)}>
              {slotName(start, timeZone)}
            </Tag>
          ))}
        </div>
      )}
    </div>
  );
}

import type { Interview } from "../../worker/features/interviews/schema";
import type { InterviewMode, InterviewStatus, InterviewView } from "../../worker/features/interviews/words";
import type { IconName, Tone } from "../ui";

/** What a status says in a list, and how it looks. */
export const STATUS: Record<InterviewStatus, { label: string; tone: Tone }> = {
  Draft: { label: "Draft", tone: "plain" },
  "Awaiting Candidate Confirmation": { label: "Waits for the candidate", tone: "warn" },
  Confirmed: { label: "Confirmed", tone: "info" },
  Scheduled: { label: "Scheduled", tone: "info" },
  Completed: { label: "Decision due", tone: "warn" },
  Passed: { label: "Passed", tone: "good" },
  Failed: { label: "Failed", tone: "bad" },
  "No Show": { label: "Did not come", tone: "bad" },
  Cancelled: { label: "Cancelled", tone: "plain" },
};

export const MODES: readonly { value: InterviewMode; label: string; icon: IconName }[] = [
  { value: "Video", label: "Video", icon: "monitor" },
  { value: "Phone", label: "Phone", icon: "phone" },
  { value: "Onsite", label: "On site", icon: "map-pin" },
];

export const DURATIONS = [15, 30, 45, 60, 90, 120];

export const VIEWS: readonly { key: InterviewView | "all"; label: string }[] = [
  { key: "today", label: "Today" },
  { key: "upcoming", label: "Upcoming" },
  { key: "to_decide", label: "To decide" },
  { key: "waiting", label: "Waiting" },
  { key: "all", label: "All" },
];

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const timeFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** A day of the reader's, in words. */
export const dayWords = (iso: string): string => dayFormat.format(new Date(iso));

/** From when to when, by the reader's clock. */
export const clockWords = (start: string, end: string): string =>
  timeFormat.formatRange(new Date(start), new Date(end));

/** When it takes place, by the reader's clock. */
export function whenWords({ scheduledStartTime: start, scheduledEndTime: end }: Interview): string | null {
  return start && end ? `${dayWords(start)}, ${clockWords(start, end)}` : null;
}

/** The same in the zone that it was set up in, where that is another one; null where it shows the same. */
export function elsewhere(start: string, timeZone: string): string | null {
  const options: Intl.DateTimeFormatOptions = {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  };
  const there = new Intl.DateTimeFormat(undefined, options).format(new Date(start));
  const here = new Intl.DateTimeFormat(undefined, { ...options, timeZone: undefined }).format(
    new Date(start),
  );
  return there === here ? null : `${there} in ${timeZone}`;
}

/** `Round 2: Technical`. */
export const roundWords = ({ round, roundName }: Pick<Interview, "round" | "roundName">): string =>
  roundName ? `Round ${round}: ${roundName}` : `Round ${round}`;

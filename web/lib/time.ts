import { signal } from "@preact/signals";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The present minute; what reads it is shown anew as time goes by. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, MINUTE);

const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayAndYearFormat = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
});

/** How long ago, in words while that is under a week, then the day. */
export function ago(iso: string, at: number = now.value): string {
  const past = at - Date.parse(iso);
  if (Math.abs(past) < MINUTE) return "just now";
  if (Math.abs(past) < HOUR) return words.format(-Math.trunc(past / MINUTE), "minute");
  if (Math.abs(past) < DAY) return words.format(-Math.trunc(past / HOUR), "hour");
  if (Math.abs(past) < WEEK) return words.format(-Math.trunc(past / DAY), "day");
  return date(iso, at);
}

/** The age as the shortest text: `4m`, `3h`, `2d`, `5w`. */
export function age(iso: string, at: number = now.value): string {
  const past = Math.max(0, at - Date.parse(iso));
  if (past < MINUTE) return "now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)}m`;
  if (past < DAY) return `${Math.floor(past / HOUR)}h`;
  if (past < 4 * WEEK) return `${Math.floor(past / DAY)}d`;
  return `${Math.floor(past / WEEK)}w`;
}

/** Whole days since. */
export function daysSince(iso: string, at: number = now.value): number {
  return Math.max(0, Math.floor((at - Date.parse(iso)) / DAY));
}

/** The full date and time, in the reader's language and time zone. */
export function absolute(iso: string): string {
  return fullFormat.format(new Date(iso));
}

/** The day, with the year where it is another one. */
export function date(iso: string, at: number = now.value): string {
  const when = new Date(iso);
  const sameYear = when.getFullYear() === new Date(at).getFullYear();
  return (sameYear ? dayFormat : dayAndYearFormat).format(when);
}

/** A calendar day (`YYYY-MM-DD`), which is the same day in every time zone. */
export function calendarDay(day: string): string {
  const [year = 0, month = 1, number = 1] = day.split("-").map(Number);
  return dayAndYearFormat.format(new Date(year, month - 1, number));
}

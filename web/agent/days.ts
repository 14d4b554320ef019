import { calendarDay, date } from "../lib/time";

const DAY = 86_400_000;

/** The reader's own day, like `2026-12-31`. */
export function localDay(at: number = Date.now()): string {
  const when = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
}

/** Days from today until a calendar day; negative when it is over. */
export function daysUntil(day: string, today: string = localDay()): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY);
}

/** Until when something is to be done. */
export function dueText(day: string, today: string = localDay()): { text: string; late: boolean } {
  const left = daysUntil(day, today);
  // Without a zone it is midnight where the reader is.
  const named = date(`${day}T00:00`, Date.parse(`${today}T00:00`));
  if (left < 0) return { text: `was due on ${named}`, late: true };
  if (left === 0) return { text: "due today", late: false };
  if (left === 1) return { text: "due tomorrow", late: false };
  return { text: left < 7 ? `due in ${left} days` : `due by ${named}`, late: false };
}

/** How long a document is good for still. */
export function expiryText(
  day: string,
  expired: boolean,
  today: string = localDay(),
): { text: string; tone: "quiet" | "soon" | "over" } {
  const left = daysUntil(day, today);
  if (expired || left < 0) return { text: `expired on ${calendarDay(day)}`, tone: "over" };
  if (left === 0) return { text: "ends today", tone: "soon" };
  if (left === 1) return { text: "ends tomorrow", tone: "soon" };
  if (left <= 30) return { text: `ends in ${left} days`, tone: "soon" };
  return { text: `good until ${calendarDay(day)}`, tone: "quiet" };
}

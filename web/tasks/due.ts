import type { Task } from "../../worker/features/tasks/schema";

export const GROUPS = ["overdue", "today", "later", "undated"] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_WORDS: Record<Group, string> = {
  overdue: "Overdue",
  today: "Due today",
  later: "Later",
  undated: "Without a date",
};

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate());

/** Whole calendar days of the reader from `now` to a time: 0 is today, -1 yesterday. */
export function daysUntil(iso: string, now: number): number {
  const from = startOfDay(new Date(now));
  const to = startOfDay(new Date(iso));
  // Rounded, since a day of 23 or 25 hours may lie between.
  return Math.round((to.getTime() - from.getTime()) / 86_400_000);
}

/** Under which heading an open task stands. What was due earlier today is overdue already. */
export function groupOf({ dueAt }: Pick<Task, "dueAt">, now: number): Group {
  if (dueAt === null) return "undated";
  if (Date.parse(dueAt) < now) return "overdue";
  return daysUntil(dueAt, now) === 0 ? "today" : "later";
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** When a task is due, as one says it: `today`, `tomorrow`, `Thursday`, `3 days ago`, `12 May`. */
export function dueText(iso: string, now: number): string {
  const days = daysUntil(iso, now);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  if (days > 1 && days < 7) return weekday.format(new Date(iso));
  if (days < -1 && days > -7) return `${-days} days ago`;
  return day.format(new Date(iso));
}

/** The reader's calendar day of a time, as a date field has it. */
export function dayOf(iso: string | null): string {
  if (iso === null) return "";
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The end of a calendar day of the reader; null for none. */
export function endOf(text: string): string | null {
  const [year, month, number] = text.split("-").map(Number);
  if (!year || !month || !number) return null;
  return new Date(year, month - 1, number, 23, 59, 59).toISOString();
}

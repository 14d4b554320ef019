import { date } from "../lib/time";
import { daysUntil } from "./due";

/** True where a promised answer is late, or due within the reader's day. */
export function isDue(replyBy: string | undefined | null, now: number): replyBy is string {
  return replyBy !== undefined && replyBy !== null && (isLate(replyBy, now) || daysUntil(replyBy, now) <= 0);
}

/** True where a promise is broken already. */
export function isLate(replyBy: string, now: number): boolean {
  return Date.parse(replyBy) < now;
}

/** How it stands with a promised answer, in few words: `2 days over`, `due today`, `due by 12 May`. */
export function promiseWords(replyBy: string, now: number): string {
  const days = daysUntil(replyBy, now);
  if (isLate(replyBy, now)) {
    if (days === 0) return "over since today";
    return days === -1 ? "1 day over" : `${-days} days over`;
  }
  if (days === 0) return "due today";
  return days === 1 ? "due tomorrow" : `due by ${date(replyBy, now)}`;
}

import { iso } from "../../lib/clock";

export const DAY_MS = 24 * 60 * 60 * 1000;

/** The day on which a document counts for the last time, YYYY-MM-DD. */
export const lastDay = (expiresAt: number): string => iso(expiresAt - 1).slice(0, 10);

/** The same day as people write it: "January 10, 2027". */
export const lastDayInWords = (expiresAt: number): string =>
  new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(expiresAt - 1);

/** From when on a document no longer counts that is good until the end of a day, UTC. */
export const endOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) + DAY_MS;

/** The end of a document that is good for a number of days from now on. */
export const endAfter = (days: number, now: number): number =>
  endOfDay(iso(now + days * DAY_MS).slice(0, 10));

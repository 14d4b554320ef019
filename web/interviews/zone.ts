const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What clocks and calendars show in a zone, as if it were UTC. */
function wall(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The calendar day in a zone, `YYYY-MM-DD`. */
export function dayIn(at: number, zone: string): string {
  return new Date(wall(at, zone)).toISOString().slice(0, 10);
}

/** What a clock shows in a zone, `HH:MM`. */
export function clockIn(at: number, zone: string): string {
  return new Date(wall(at, zone)).toISOString().slice(11, 16);
}

/**
 * The moment at which a clock in a zone shows this time of this day, in milliseconds. A time that is left
 * out when clocks go forward is that much later; of one that comes twice it is the first.
 *
 * @param day `YYYY-MM-DD`
 * @param clock `HH:MM`
 */
export function momentIn(day: string, clock: string, zone: string): number {
  const wanted = Date.parse(`${day}T${clock}:00.000Z`);
  // Offsets change by hours at most, so the right one is in force a day before or after.
  const offsets = [wanted - DAY, wanted + DAY].map((at) => wall(at, zone) - at);
  const fits = offsets.map((offset) => wanted - offset).filter((at) => wall(at, zone) === wanted);
  return fits.length > 0 ? Math.min(...fits) : wanted - (offsets[0] ?? 0);
}

/** Days from a day on that are no Saturday and no Sunday. */
export function workingDays(from: string, count: number): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00.000Z`); days.length < count; at += DAY) {
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** The day after. */
export function dayAfter(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + count * DAY).toISOString().slice(0, 10);
}

/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** All zones that this browser knows, with one's own and another one in any case. */
export function zones(also: string): string[] {
  const known = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set([...known, ownZone(), also, "UTC"])].sort();
}

/** Where today begins for the reader, as the API takes it. */
export function midnight(at: number): string {
  const zone = ownZone();
  return new Date(momentIn(dayIn(at, zone), "00:00", zone)).toISOString();
}

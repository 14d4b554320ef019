/**
 * Time and randomness are read here and nowhere else, so that a local run can move the clock.
 * All handlers of a local run share one isolate, so a module variable serves them all.
 */
let offset = 0;

export const clock = {
  /** Milliseconds since 1970 as the product sees them. */
  now(): number {
    return Date.now() + offset;
  },
  /** Moves the product's clock by `milliseconds`; only local mode calls it. */
  advance(milliseconds: number): void {
    offset += milliseconds;
  },
};

/** `count` bytes from the platform's secure source. */
export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The end of the times that `Date` knows, on either side of 1970. */
const LAST_MS = 8.64e15;
/** The days that were written last: a list names the same few again and again. */
const days = new Map<number, string>();
const two = (value: number) => (value < 10 ? `0${value}` : value);

function dayOf(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    if (days.size > 1000) days.clear();
    text = new Date(day * DAY_MS).toISOString().slice(0, -14);
    days.set(day, text);
  }
  return text;
}

/**
 * ISO 8601 in UTC, as times leave the API. A board writes hundreds of them, which with `toISOString` took a
 * fifth of its time.
 * @throws RangeError for what is no time
 */
export function iso(milliseconds: number): string {
  const at = Math.trunc(milliseconds);
  if (!(Math.abs(at) <= LAST_MS)) throw new RangeError("This is no time.");
  const day = Math.floor(at / DAY_MS);
  const rest = at - day * DAY_MS;
  const date = dayOf(day);
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Math.floor(rest / 1000) % 60;
  const thousandths = rest % 1000;
  const padded = thousandths < 10 ? `00${thousandths}` : thousandths < 100 ? `0${thousandths}` : thousandths;
  return `${date}T${two(hours)}:${two(minutes)}:${two(seconds)}.${padded}Z`;
}

/** As `iso`, for a time that may be missing. */
export function isoOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : iso(milliseconds);
}

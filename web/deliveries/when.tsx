import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { absolute, ago } from "../lib/time";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const words = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });
const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});
const dayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});

/** The present second, kept up only while something on the screen counts seconds. */
const second = signal(Date.now());
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The present time in milliseconds, anew each second for as long as the component is shown. */
export function useSecond(): number {
  useEffect(() => {
    readers += 1;
    second.value = Date.now();
    timer ??= setInterval(() => {
      second.value = Date.now();
    }, SECOND);
    return () => {
      readers -= 1;
      if (readers > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return second.value;
}

/** A time by the reader's clock to the second, with the day where that is not near: what one looks for in a log. */
export function clock(iso: string, at: number = Date.now()): string {
  const near = Math.abs(Date.parse(iso) - at) < DAY / 2;
  return (near ? clockFormat : dayFormat).format(new Date(iso));
}

/** How long until then, to the second under a minute: `in 12 seconds`, `in 5 minutes`, `now`. */
export function until(iso: string, at: number): string {
  const left = Date.parse(iso) - at;
  if (left <= 0) return "now";
  if (left < MINUTE) return words.format(Math.ceil(left / SECOND), "second");
  return ago(iso, at);
}

/** How long ago, to the second under a minute. */
export function since(iso: string, at: number): string {
  const past = at - Date.parse(iso);
  if (past < SECOND) return "just now";
  if (past < MINUTE) return words.format(-Math.floor(past / SECOND), "second");
  return ago(iso, at);
}

/** When something is due, relative and absolute: `in 12 seconds (3:42:10 PM)`. */
export function Until({ at, short = false }: { at: string; short?: boolean }) {
  const now = useSecond();
  return (
    <time dateTime={at} title={absolute(at)}>
      {until(at, now)}
      {!short && Date.parse(at) > now && <span class="quiet"> ({clock(at, now)})</span>}
    </time>
  );
}

/** When something happened, to the second, since integrators compare it with their own logs. */
export function Since({ at }: { at: string }) {
  const now = useSecond();
  return (
    <time dateTime={at} title={absolute(at)}>
      {since(at, now)}
      <span class="quiet"> ({clock(at, now)})</span>
    </time>
  );
}

import type { Attempt, Delivery, DeliveryLine } from "../../worker/features/webhooks/schema";
import type { Circuit, DeliveryStatus } from "../../worker/features/webhooks/words";
import type { IconName, Tone } from "../ui";
import { causeWords } from "./causes";

/** How a status is called, and how it looks. */
export const STATUS: Record<DeliveryStatus, { label: string; tone: Tone; icon?: IconName }> = {
  pending: { label: "Waiting", tone: "info", icon: "clock" },
  delivered: { label: "Delivered", tone: "good" },
  parked: { label: "Held back", tone: "warn", icon: "hourglass" },
  exhausted: { label: "Given up", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "plain" },
};

/** A circuit, in a word. */
export const CIRCUIT: Record<Circuit, { label: string; tone: Tone; icon?: IconName; means: string }> = {
  closed: { label: "Sending", tone: "good", means: "The circuit is closed: events are sent as they come." },
  open: {
    label: "On hold",
    tone: "bad",
    means: "The circuit is open: five attempts in a row failed, so only one event at a time is tried.",
  },
  half_open: {
    label: "Being tried",
    tone: "warn",
    means: "The circuit is half open: one event is on its way to see whether the receiver works again.",
  },
};

/** The host of an address, which is how people name a receiver. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The address without what all addresses begin with. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, "").replace(/\/$/, "");

const SMALL = [
  "zeroth",
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
];
const rules = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };

/** `first`, `second` … `tenth` is `10th`. */
export const ordinal = (n: number): string => SMALL[n] ?? `${n}${ENDINGS[rules.select(n)] ?? "th"}`;

/** `1 attempt`, `3 attempts`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** Milliseconds as one reads them: `84 ms`, `1.2 s`. */
export const latency = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** An attempt that has begun and not ended. Its row holds that its outcome is unknown until it is known. */
export const underWay = (attempt: Attempt | undefined, at: number): boolean =>
  attempt !== undefined &&
  attempt.cause === "outcome_unknown" &&
  attempt.latencyMs === null &&
  at - Date.parse(attempt.at) < 20_000;

/** What became of an attempt, in two or three words. */
export function attemptWords({ cause, statusCode }: Pick<Attempt, "cause" | "statusCode">): string {
  return cause ? causeWords(cause, statusCode, "").short : `Answered ${statusCode ?? 200}`;
}

/** What a line of the list says beside its status. */
export function lineWords(line: DeliveryLine): string {
  const { status, lastCause, lastStatusCode, lastLatencyMs, attemptCount, reason } = line;
  if (status === "delivered") {
    const took = lastLatencyMs === null ? "" : ` in ${latency(lastLatencyMs)}`;
    return `Answered ${lastStatusCode ?? 200}${took}`;
  }
  if (status === "cancelled") return reason?.replace(/\.$/, "") ?? "Nobody waits for it any more";
  if (attemptCount === 0 || !lastCause) return status === "parked" ? "Not tried yet" : "Not sent yet";
  return causeWords(lastCause, lastStatusCode, "").short;
}

/** What happened to a delivery, in one sentence. */
export function happened(delivery: Delivery, at: number): string {
  const { status, attemptCount, lastCause, lastStatusCode, lastLatencyMs, reason } = delivery;
  const host = hostOf(delivery.endpointUrl);
  const failure = lastCause ? causeWords(lastCause, lastStatusCode, host).said : null;
  if (status === "delivered") {
    const took = lastLatencyMs === null ? "" : ` in ${latency(lastLatencyMs)}`;
    const which = attemptCount > 1 ? `, on the ${ordinal(attemptCount)} attempt` : "";
    return `${host} took it: it answered ${lastStatusCode ?? 200}${took}${which}.`;
  }
  if (status === "cancelled") return sentence(reason ?? "It was cancelled");
  if (status === "exhausted") {
    const tries = count(attemptCount, "attempt");
    return failure
      ? `Given up after ${tries}: ${lower(failure, host)}`
      : sentence(reason ?? `Given up after ${tries}`);
  }
  if (status === "parked") {
    const last = failure && attemptCount > 0 ? ` The last attempt of this one: ${lower(failure, host)}` : "";
    return `Held back, since ${host} failed five times in a row.${last}`;
  }
  if (underWay(newest(delivery), at)) return `It is on its way to ${host} right now.`;
  if (attemptCount === 0) return `It is in line to be sent to ${host}.`;
  if (!failure) return `It is in line to be sent to ${host} again.`;
  return attemptCount === 1
    ? `The first attempt failed: ${lower(failure, host)}`
    : `The ${ordinal(attemptCount)} attempt failed: ${lower(failure, host)}`;
}

/** The attempt made last. */
export const newest = ({ attempts }: Pick<Delivery, "attempts">): Attempt | undefined =>
  attempts.reduce<Attempt | undefined>((last, one) => (last && last.n > one.n ? last : one), undefined);

/** A sentence that goes on after a colon; a host keeps its letters. */
const lower = (text: string, host: string): string =>
  text.startsWith(host) ? text : text.charAt(0).toLowerCase() + text.slice(1);

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

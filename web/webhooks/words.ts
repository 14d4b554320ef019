import type { Endpoint } from "../../worker/features/webhooks/schema";
import type { DisabledReason, EVERY_EVENT } from "../../worker/features/webhooks/words";
import type { Tone } from "../ui";

/** Subscribes to all events, today's and later ones. */
export const ALL: typeof EVERY_EVENT = "*";

/** How an endpoint is, in a word. */
export function stateOf({ status, circuit }: Pick<Endpoint, "status" | "circuit">): {
  tone: Tone;
  word: string;
} {
  if (status === "disabled") return { tone: "plain", word: "Off" };
  if (circuit === "open") return { tone: "bad", word: "Failing" };
  if (circuit === "half_open") return { tone: "warn", word: "Probing" };
  return { tone: "good", word: "On" };
}

/** Why an endpoint is off, and what turns it on again. */
export const OFF_WORDS: Record<DisabledReason, string> = {
  person: "Somebody turned it off. Events that happen meanwhile are not kept for it.",
  gone: "It answered 410 Gone, which asks us to stop. If that was a mistake, mend it and turn it on again.",
  failing:
    "Nothing arrived there for five days, so we stopped trying. Mend it, turn it on again, and send what it missed again from Deliveries.",
};

/** What it is subscribed to, as short as a cell: `Every event`, `job.posted and 2 more`. */
export function eventsWords(events: readonly string[]): string {
  if (events.includes(ALL)) return "Every event";
  const [first = "None", ...rest] = events;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** An address without what all of them begin with, for places with little room. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, "").replace(/\/$/, "");

/** The part of an event's name before the dot, as a heading: `hiring.initiated` stands under `Hiring`. */
export function groupOf(type: string): string {
  const word = type.split(".")[0] ?? type;
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Event types in groups, in the order in which they come. */
export function grouped<T extends { type: string }>(entries: readonly T[]): [group: string, entries: T[]][] {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groupOf(entry.type);
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups];
}

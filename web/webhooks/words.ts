import type { Endpoint } from "../../worker/features/webhooks/schema";
import type { DisabledReason, EVERY_EVENT } from "../../worker/features/webhooks/words";
import { CIRCUIT } from "../deliveries/words";
import type { IconName, Tone } from "../ui";

/** Subscribes to all events, today's and later ones. */
export const ALL: typeof EVERY_EVENT = "*";

/** How an endpoint is, in a word. */
export function stateOf({ status, circuit }: Pick<Endpoint, "status" | "circuit">): {
  tone: Tone;
  label: string;
  icon?: IconName;
} {
  return status === "disabled" ? { tone: "plain", label: "Off" } : CIRCUIT[circuit];
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

/** What to do with the secret of an endpoint. */
export const SECRET_STEPS = [
  "Give it to the receiver as WEBHOOK_SECRET, where you keep its passwords. Never into the code.",
  "The receiver checks the signature of each event with it, and so knows that it comes from us.",
  "Then send a test from the endpoint’s page.",
];

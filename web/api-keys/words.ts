import type { Scope } from "../../worker/features/api-keys/words";

/** What a key may do. */
export const SCOPE_WORDS: Record<Scope, { label: string; hint: string }> = {
  "webhooks:read": {
    label: "Read webhooks",
    hint: "Endpoints, deliveries with what was sent and answered, the inbox, and how all of them are.",
  },
  "webhooks:write": {
    label: "Change webhooks",
    hint: "Add, change and remove endpoints, make new secrets, send tests and send events again.",
  },
  "evaluations:write": {
    label: "Send evaluations",
    hint: "Results of tests and assessments that another system makes.",
  },
  "metrics:read": {
    label: "Read metrics",
    hint: "Numbers for a monitor like Prometheus, at /api/metrics. Nobody’s data is in them.",
  },
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a key may work, in days; none for as long as nobody revokes it. */
export const LIVES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Until it is revoked" },
] as const;

/** When a key that is made now ends. */
export const endOf = (days: string, now: number = Date.now()): string | null =>
  days === "" ? null : new Date(now + Number(days) * DAY_MS).toISOString();

/** Addresses from a text: a line or a comma between; null where there are none. */
export function readAddresses(text: string): string[] | null {
  const found = text.split(/[\s,]+/).filter((word) => word !== "");
  return found.length > 0 ? found : null;
}

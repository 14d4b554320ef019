export const ENDPOINT_STATUSES = ["enabled", "disabled"] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** Why an endpoint is off: somebody turned it off, it answered 410, it had no success for 120 hours. */
export const DISABLED_REASONS = ["person", "gone", "failing"] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export const CIRCUITS = ["closed", "open", "half_open"] as const;
export type Circuit = (typeof CIRCUITS)[number];

/** `entity` sends the events of one entity one after the other. */
export const ORDERINGS = ["none", "entity"] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const DELIVERY_STATUSES = ["pending", "delivered", "parked", "exhausted", "cancelled"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why an attempt failed. `outcome_unknown` stands while one is under way, and stays if its process was killed. */
export const CAUSES = [
  "refused",
  "dns",
  "tls",
  "timeout",
  "reset",
  "redirect",
  "too_large",
  "status",
  "blocked",
  "unreachable",
  "outcome_unknown",
] as const;
export type Cause = (typeof CAUSES)[number];

/** The upper ends of the latency histogram's buckets, in milliseconds; the last bucket has none. */
export const LATENCY_BOUNDS = [25, 50, 100, 200, 400, 800, 1600, 3200, 6400] as const;

/** Subscribes to every event, today's and later ones. */
export const EVERY_EVENT = "*";

/** The event that `POST /api/webhooks/endpoints/:id/test` sends. */
export const TEST_EVENT = "webhook.test";

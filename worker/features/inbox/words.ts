/** How an incoming request is signed; `http` is what a sender has to do for each, in docs/webhooks.md. */
export const SCHEMES = ["portal", "standard", "sha256-hex", "hmac-base64"] as const;
export type Scheme = (typeof SCHEMES)[number];

/**
 * The headers in which each scheme's signature may come. A request has exactly one of them; the first is what the
 * documents name.
 */
export const SIGNATURE_HEADERS: Record<Scheme, readonly string[]> = {
  portal: ["x-portal-signature"],
  standard: ["webhook-signature"],
  "sha256-hex": ["x-hub-signature-256", "x-signature-256", "x-webhook-signature"],
  "hmac-base64": ["x-signature", "x-webhook-signature", "x-hmac-sha256", "x-shopify-hmac-sha256"],
};

export const SOURCE_STATUSES = ["enabled", "disabled"] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** `stale` is one that something newer had overtaken: it was understood, and changed nothing. */
export const INBOX_STATUSES = ["received", "processed", "stale", "quarantined"] as const;
export type InboxStatus = (typeof INBOX_STATUSES)[number];

/** What the generic external portal sends. */
export const PORTAL_EVENT_TYPES = [
  "assessment.completed",
  "screening.completed",
  "interview.confirmed",
  "document.uploaded",
  "offer.accepted",
  "offer.declined",
  "candidate.created",
  "candidate.updated",
  "candidate.status_changed",
  "onboarding.step_completed",
] as const;
export type PortalEventType = (typeof PORTAL_EVENT_TYPES)[number];

/** The one type whose effect asks another server for something. */
export const FETCHING: PortalEventType = "document.uploaded";

/** The most an incoming body may have, in bytes. */
export const MAX_HOOK_BYTES = 1024 * 1024;
/** How deep its JSON may nest. */
export const MAX_HOOK_DEPTH = 64;
/** How far a signed time may be from ours, in milliseconds. */
export const TOLERANCE_MS = 5 * 60 * 1000;
/** How long a secret that was replaced still counts, in milliseconds. */
export const OVERLAP_MS = 24 * 60 * 60 * 1000;
/** How long an event is kept, in milliseconds: for as long its id stands for one that came before. */
export const KEPT_MS = 45 * 24 * 60 * 60 * 1000;
/** How often an event may have gone from hub to hub. */
export const MAX_HOPS = 5;

export const RESULT_KINDS = ["assessment", "screening"] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

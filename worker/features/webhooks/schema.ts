import { z } from "zod";
import { pageOf, pageQuery, Time } from "../../http/shapes";
import { CAUSES, CIRCUITS, DELIVERY_STATUSES, DISABLED_REASONS, ENDPOINT_STATUSES, ORDERINGS } from "./words";

const Cause = z.enum(CAUSES);

export const Endpoint = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.string()),
    ordering: z.enum(ORDERINGS),
    /** Names of its own headers; the values are never shown again. */
    headerNames: z.array(z.string()),
    ratePerSecond: z.number().int().nullable(),
    status: z.enum(ENDPOINT_STATUSES),
    disabledReason: z.enum(DISABLED_REASONS).nullable(),
    disabledAt: Time.nullable(),
    circuit: z.enum(CIRCUITS),
    /** When the next probe of an open circuit is due. */
    probeAt: Time.nullable(),
    failingSince: Time.nullable(),
    lastSuccessAt: Time.nullable(),
    lastFailureAt: Time.nullable(),
    lastCause: Cause.nullable(),
    lastStatusCode: z.number().int().nullable(),
    /** Until when the secret before this one signs too. */
    previousSecretUntil: Time.nullable(),
    counts: z.record(z.enum(DELIVERY_STATUSES), z.number().int()),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "WebhookEndpoint" });
export type Endpoint = z.infer<typeof Endpoint>;
export const EndpointPage = pageOf(Endpoint);
/** As an endpoint is answered once, when its secret was just made. */
export const EndpointWithSecret = Endpoint.extend({ secret: z.string() }).meta({
  id: "WebhookEndpointWithSecret",
});
export type EndpointWithSecret = z.infer<typeof EndpointWithSecret>;

const url = z.string().trim().min(1, "Write the address that events go to.").max(2000);
const description = z.string().trim().max(500).nullable();
const eventList = z.array(z.string().max(60)).min(1, "Choose at least one event, or * for all.").max(100);
const headers = z.record(z.string().max(100), z.string().max(2000));
const rate = z.number().int().min(1).max(1000).nullable();
export const NewEndpoint = z.strictObject({
  url,
  events: eventList,
  ordering: z.enum(ORDERINGS).default("none"),
  headers: headers.default({}),
  description: description.default(null),
  ratePerSecond: rate.default(null),
});
export type NewEndpoint = z.infer<typeof NewEndpoint>;
export const EndpointChange = z
  .strictObject({
    url,
    events: eventList,
    ordering: z.enum(ORDERINGS),
    /** Replaces all of its own headers. */
    headers,
    description,
    ratePerSecond: rate,
    status: z.enum(ENDPOINT_STATUSES),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type EndpointChange = z.infer<typeof EndpointChange>;

export const Attempt = z.object({
  n: z.number().int(),
  at: Time,
  statusCode: z.number().int().nullable(),
  latencyMs: z.number().int().nullable(),
  /** Null for a success. */
  cause: Cause.nullable(),
  request: z
    .object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) })
    .nullable(),
  /** At most 4 kB of the body; `cut` where there was more. */
  response: z
    .object({ headers: z.record(z.string(), z.string()), body: z.string(), cut: z.boolean() })
    .nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

const delivery = {
  id: z.string(),
  endpointId: z.string(),
  endpointUrl: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  eventSeq: z.number().int(),
  entityId: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attemptCount: z.number().int(),
  nextAt: Time.nullable(),
  deliveredAt: Time.nullable(),
  lastCause: Cause.nullable(),
  lastStatusCode: z.number().int().nullable(),
  lastLatencyMs: z.number().int().nullable(),
  replays: z.number().int(),
  /** Why it was cancelled or given up. */
  reason: z.string().nullable(),
  createdAt: Time,
  updatedAt: Time,
};
/** In a list: its attempts are in the delivery itself. */
export const DeliveryLine = z
  .object({ ...delivery, attempts: z.array(Attempt) })
  .meta({ id: "WebhookDeliveryLine" });
export type DeliveryLine = z.infer<typeof DeliveryLine>;
export const DeliveryPage = pageOf(DeliveryLine);
export const Delivery = z
  .object({ ...delivery, attempts: z.array(Attempt), body: z.string().nullable() })
  .meta({ id: "WebhookDelivery" });
export type Delivery = z.infer<typeof Delivery>;

/** Of a list without filters. */
export const PlainQuery = z.strictObject({ ...pageQuery });

export const DeliveryQuery = z.strictObject({
  ...pageQuery,
  endpointId: z.string().max(60).optional(),
  eventId: z.string().max(60).optional(),
  eventType: z.string().max(60).optional(),
  /** One status, or several with commas between. */
  status: z.string().max(100).optional(),
});

/** Which deliveries of a time range are sent again. */
export const Replay = z.strictObject({
  endpointId: z.string().max(60).optional(),
  eventType: z.string().max(60).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Counts, and sends nothing. */
  dryRun: z.boolean().default(false),
});
export type Replay = z.infer<typeof Replay>;
export const ReplayAnswer = z
  .object({ count: z.number().int(), dryRun: z.boolean() })
  .meta({ id: "WebhookReplay" });

export const EventTypeEntry = z.object({
  type: z.string(),
  summary: z.string(),
  /** JSON Schema of `data`. */
  schema: z.record(z.string(), z.unknown()),
  /** A whole body, as it is sent. */
  example: z.record(z.string(), z.unknown()),
});
export type EventTypeEntry = z.infer<typeof EventTypeEntry>;
export const EventTypes = z.object({ data: z.array(EventTypeEntry), nextCursor: z.null() });
export type EventTypes = z.infer<typeof EventTypes>;

export const DeadLetter = z
  .object({
    id: z.string(),
    /** Which direction it went: a delivery given up, an event from outside that can't be understood. */
    direction: z.enum(["outgoing", "incoming"]),
    eventType: z.string().nullable(),
    eventId: z.string(),
    /** The endpoint's address or the source's name. */
    peer: z.string(),
    reason: z.string(),
    at: Time,
  })
  .meta({ id: "DeadLetter" });
export type DeadLetter = z.infer<typeof DeadLetter>;
export const DeadLetterPage = pageOf(DeadLetter);

/** One hour of an endpoint or a source. */
const HourPoint = z.object({ hour: Time, delivered: z.number().int(), failed: z.number().int() });
export const HealthLine = z.object({
  id: z.string(),
  direction: z.enum(["outgoing", "incoming"]),
  /** The endpoint's address or the source's name. */
  name: z.string(),
  status: z.string(),
  /** Of an endpoint. */
  circuit: z.enum(CIRCUITS).nullable(),
  /** 0 to 1 over the range; null where nothing was tried. */
  successRate: z.number().nullable(),
  /** Milliseconds, from the histogram; null where nothing was tried. */
  latency: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable(),
  /** What waits: pending and parked deliveries, events not yet processed. */
  backlog: z.number().int(),
  counts: z.record(z.string(), z.number().int()),
  lastError: z.string().nullable(),
  lastErrorAt: Time.nullable(),
  lastSuccessAt: Time.nullable(),
  /** Oldest first, every hour of the range. */
  hours: z.array(HourPoint),
});
export type HealthLine = z.infer<typeof HealthLine>;
export const WebhookHealth = z
  .object({
    from: Time,
    /** The end of the hour that runs. */
    to: Time,
    successRate: z.number().nullable(),
    latency: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable(),
    backlog: z.number().int(),
    /** delivered + pending + parked + exhausted + cancelled is `total`. */
    counts: z.object({
      total: z.number().int(),
      pending: z.number().int(),
      delivered: z.number().int(),
      parked: z.number().int(),
      exhausted: z.number().int(),
      cancelled: z.number().int(),
    }),
    lines: z.array(HealthLine),
  })
  .meta({ id: "WebhookHealth" });
export type WebhookHealth = z.infer<typeof WebhookHealth>;
export const HealthQuery = z.strictObject({ hours: z.coerce.number().int().min(1).max(168).default(24) });

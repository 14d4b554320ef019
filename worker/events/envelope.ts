import { iso } from "../lib/clock";
import type { EventType } from "./catalogue";

type Json = Record<string, unknown>;

/** The time of every example: they are documents, and a document doesn't change from one reading to the next. */
const EXAMPLE_AT = Date.UTC(2026, 0, 15, 9, 30);

/** The body of an event as it leaves, with an example of its data. */
export function exampleBody(type: EventType, data: Json): Json {
  // The first id among the data is what the event is about: catalogue entries name it first.
  const id = Object.values(data).find((value): value is string => typeof value === "string") ?? "";
  return {
    id: "evt_01",
    type,
    event: type,
    timestamp: iso(EXAMPLE_AT),
    data,
    seq: 1201,
    actor: { kind: "user", id: "usr_01" },
    entity: { type: type.split(".")[0] ?? "", id, seq: 3 },
  };
}

const text = { type: "string" };
const whole = { type: "integer" };
const object = (properties: Json, required: string[]): Json => ({ type: "object", required, properties });

/** The JSON Schema of that body. More may stand there one day: receivers pass over what they don't know. */
export function bodySchema(type: EventType, data: Json): Json {
  return object(
    {
      id: text,
      type: { type: "string", const: type },
      event: { type: "string", const: type },
      timestamp: { type: "string", format: "date-time" },
      data,
      seq: whole,
      actor: object({ kind: text, id: { type: ["string", "null"] } }, ["kind", "id"]),
      entity: object({ type: text, id: text, seq: whole }, ["type", "id", "seq"]),
    },
    ["id", "type", "event", "timestamp", "data", "seq", "actor", "entity"],
  );
}

/** The headers that come with it, and what each is for. */
export const BODY_HEADERS: readonly (readonly [name: string, description: string])[] = [
  ["webhook-id", "The event's id, the same in every attempt and replay: do nothing where you know it."],
  [
    "webhook-timestamp",
    "When this attempt was signed, in seconds since 1970. Refuse what is 5 minutes away.",
  ],
  [
    "webhook-signature",
    "v1,<base64 of the HMAC-SHA256 of id.timestamp.body>, two of them for a day after a new secret.",
  ],
  ["X-Webhook-Event", "The event's type."],
  ["X-Webhook-Signature", "The hex HMAC-SHA256 of the body alone, by the newest secret."],
];

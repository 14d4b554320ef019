import { z } from "zod";
import { CATALOGUE, type EventType, isEventType } from "../../events/catalogue";
import { iso } from "../../lib/clock";
import { DomainError } from "../../lib/errors";
import type { EventTypeEntry } from "./schema";
import { EVERY_EVENT } from "./words";

type Entry = z.infer<typeof EventTypeEntry>;

/** The events that leave the building. */
export const EXTERNAL = (Object.keys(CATALOGUE) as EventType[]).filter((type) => CATALOGUE[type].external);

/** The time of every example: they are documents, and a document doesn't change from one reading to the next. */
const EXAMPLE_AT = Date.UTC(2026, 0, 15, 9, 30);

let made: Entry[] | undefined;

/** Every event that an endpoint can ask for, with the schema of its data and a whole body as an example. */
export function eventTypes(): Entry[] {
  made ??= EXTERNAL.map((type) => {
    const { summary, data, example } = CATALOGUE[type];
    const { $schema: _, ...schema } = z.toJSONSchema(data, { target: "draft-2020-12" });
    return { type, summary, schema, example: exampleBody(type, example) };
  });
  return made;
}

function exampleBody(type: EventType, data: Record<string, unknown>): Record<string, unknown> {
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

/**
 * The events of an endpoint as they are stored: each once, `*` alone.
 * @throws DomainError `invalid` naming each word that is no event which leaves the building
 */
export function checkEvents(events: readonly string[]): string[] {
  const errors = events.flatMap((word, i) =>
    word === EVERY_EVENT || (isEventType(word) && CATALOGUE[word].external)
      ? []
      : [
          {
            path: `events.${i}`,
            message: `There is no event ${JSON.stringify(word)}. GET /api/webhooks/event-types lists them.`,
          },
        ],
  );
  if (errors.length > 0) {
    throw new DomainError(
      "invalid",
      errors
        .map(({ message }) => message)
        .join(" ")
        .slice(0, 500),
      { errors },
    );
  }
  return events.includes(EVERY_EVENT) ? [EVERY_EVENT] : [...new Set(events)];
}

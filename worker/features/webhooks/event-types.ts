import { z } from "zod";
import { CATALOGUE, type EventType, isEventType } from "../../events/catalogue";
import { exampleBody } from "../../events/envelope";
import { DomainError } from "../../lib/errors";
import type { EventTypeEntry } from "./schema";
import { EVERY_EVENT } from "./words";

type Entry = z.infer<typeof EventTypeEntry>;

/** The events that leave the building. */
export const EXTERNAL = (Object.keys(CATALOGUE) as EventType[]).filter((type) => CATALOGUE[type].external);

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

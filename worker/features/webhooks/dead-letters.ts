import { and, desc, eq, lt, sql } from "drizzle-orm";
import { page, readCursor } from "../../db/cursor";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { inboxEvents, integrations } from "../inbox/table";
import { failureWords } from "./failure-words";
import type { DeadLetter } from "./schema";
import { webhookDeliveries, webhookEndpoints } from "./table";

/** What an id sorts by behind its prefix: time, then chance. Both directions share one order by it. */
const orderOf = (id: string) => id.slice(id.indexOf("_") + 1);

/**
 * A page of what got stuck in either direction, the newest first: deliveries that were given up and events
 * from outside that can't be understood. Each side reads about as many rows as the page shows.
 */
export async function listDeadLetters(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const scope = { list: "dead-letters", orgId: ctx.orgId };
  const position = await readCursor(ctx.env, scope, cursor);
  const after = position?.[0] as string | undefined;
  const [outgoing, incoming] = await ctx.db.read(
    ctx.db.select(
      {
        id: webhookDeliveries.id,
        eventType: webhookDeliveries.eventType,
        eventId: webhookDeliveries.eventId,
        peer: sql<string>`${webhookEndpoints.url}`,
        reason: webhookDeliveries.reason,
        cause: webhookDeliveries.lastCause,
        statusCode: webhookDeliveries.lastStatusCode,
        at: webhookDeliveries.updatedAt,
      },
      webhookDeliveries,
      {
        where: and(
          eq(webhookDeliveries.status, "exhausted"),
          after === undefined ? undefined : lt(webhookDeliveries.id, `whd_${after}`),
        ),
        join: [{ table: webhookEndpoints, on: eq(webhookEndpoints.id, webhookDeliveries.endpointId) }],
        orderBy: desc(webhookDeliveries.id),
        limit: limit + 1,
      },
    ),
    ctx.db.select(
      {
        id: inboxEvents.id,
        eventType: inboxEvents.eventType,
        eventId: inboxEvents.eventId,
        peer: sql<string>`${integrations.name}`,
        reason: inboxEvents.reason,
        at: inboxEvents.receivedAt,
      },
      inboxEvents,
      {
        where: and(
          eq(inboxEvents.status, "quarantined"),
          after === undefined ? undefined : lt(inboxEvents.id, `inb_${after}`),
        ),
        join: [{ table: integrations, on: eq(integrations.id, inboxEvents.integrationId) }],
        orderBy: desc(inboxEvents.id),
        limit: limit + 1,
      },
    ),
  );
  const letters: DeadLetter[] = [
    ...outgoing.map(({ cause, statusCode, ...row }) => ({
      ...row,
      direction: "outgoing" as const,
      reason: row.reason ?? failureWords(cause, statusCode) ?? "It was given up.",
      at: iso(row.at),
    })),
    ...incoming.map((row) => ({
      ...row,
      direction: "incoming" as const,
      reason: row.reason ?? "It can't be understood.",
      at: iso(row.at),
    })),
  ].sort((a, b) => (orderOf(a.id) < orderOf(b.id) ? 1 : -1));
  return await page(
    ctx.env,
    scope,
    letters,
    limit,
    (letter) => [orderOf(letter.id)],
    (letter) => letter,
  );
}

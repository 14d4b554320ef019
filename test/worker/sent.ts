import { webhookDeliveries, webhookMessages } from "../../worker/features/webhooks/table";
import { newId } from "../../worker/lib/ids";
import { call, json, type Org, type Person } from "./org";
import { newHook } from "./receiver";

export interface MadeEndpoint {
  id: string;
  secret: string;
  url: string;
  status: string;
  circuit: string;
  version: number;
  events: string[];
  headerNames: string[];
  counts: Record<string, number>;
  [field: string]: unknown;
}

/** An endpoint of its own, subscribed to an event that doesn't happen unless a test makes it. */
export async function newEndpoint(by: Person, more: object = {}): Promise<MadeEndpoint> {
  const body = { url: newHook().url, events: ["integration.recovered"], ...more };
  return await json<MadeEndpoint>(
    await call("POST", "/api/webhooks/endpoints", { token: by.token, json: body }),
    201,
  );
}

type Row = typeof webhookDeliveries.$inferInsert;

/**
 * Deliveries as the engine leaves them, with the bytes of their events, and no lane to send them.
 * @returns their ids, in the order in which they were made
 */
export async function putDeliveries(
  org: Org,
  endpointId: string,
  count: number,
  more: Partial<Row> | ((i: number) => Partial<Row>) = {},
): Promise<string[]> {
  const { db } = org.ctx;
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, i) => {
    const own = typeof more === "function" ? more(i) : more;
    const at = own.createdAt ?? now - 60_000 + i;
    const eventId = newId("evt", at);
    return {
      id: newId("whd", at),
      endpointId,
      eventId,
      eventSeq: i + 1,
      eventType: "job.posted",
      entityId: `job_${i}`,
      entitySeq: 1,
      status: "delivered" as const,
      attempts: 1,
      queuedAt: at,
      createdAt: at,
      updatedAt: at,
      ...own,
    };
  });
  for (let i = 0; i < rows.length; i += 5) {
    const page = rows.slice(i, i + 5);
    await db.write([
      db.insert(webhookDeliveries, page as never),
      db.insert(
        webhookMessages,
        page.map((row) => ({
          eventId: row.eventId,
          body: JSON.stringify({ id: row.eventId, data: {} }),
          createdAt: row.createdAt,
        })),
      ),
    ]);
  }
  return rows.map((row) => row.id);
}

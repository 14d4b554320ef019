import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { NOBODY } from "./find";
import { inboxEvents } from "./table";
import { wakeInbox } from "./wake";
import { FETCHING } from "./words";

/**
 * Lets the events of a source run again that came before their person, now that the person is there. One that
 * only looks like theirs is quarantined again.
 * @param names what they call the person by: e-mail address and own id
 */
export function freeWaiting(
  ctx: Ctx,
  integrationId: string,
  names: (string | undefined)[],
  guard: SQL,
): Statement {
  const said = names.flatMap((name) => (name === undefined ? [] : [`"${name.toLowerCase()}"`]));
  return ctx.db.update(
    inboxEvents,
    { status: "received", reason: null, attempts: 0, nextAt: ctx.now() },
    and(
      eq(inboxEvents.status, "quarantined"),
      sql`+${inboxEvents.integrationId} = ${integrationId}`,
      sql`substr(${inboxEvents.reason}, 1, ${NOBODY.length}) = ${NOBODY}`,
      sql`exists (select 1 from json_each(${JSON.stringify(said)}) n where instr(lower(${inboxEvents.body}), n.value))`,
      guard,
    ),
  );
}

/** Events that one nudge names: a queue's batch. */
const AT_ONCE = 50;

/** Tells the queue of events of this organization that are due. Losing it is harmless. */
export async function wakeDue(ctx: Ctx): Promise<void> {
  const [rows] = await ctx.db.read(
    ctx.db.select({ id: inboxEvents.id }, inboxEvents, {
      // In the words of the partial index, so that SQLite uses it.
      where: and(
        sql`${inboxEvents.status} = 'received'`,
        lte(inboxEvents.nextAt, ctx.now()),
        // The sweep's: they would hold up the queue.
        sql`${inboxEvents.eventType} is not ${FETCHING}`,
      ),
      byKey: true,
      limit: AT_ONCE,
    }),
  );
  if (rows.length > 0)
    await wakeInbox(
      ctx,
      rows.map(({ id }) => id),
    );
}

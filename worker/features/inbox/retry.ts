import { and, eq } from "drizzle-orm";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { loadInbox, presentLine } from "./inbox";
import type { InboxLine } from "./schema";
import { startInbox } from "./start";
import { inboxEvents } from "./table";

/**
 * Runs an event again through today's code, whatever became of it before: it waits again, and is worked off a
 * moment later. One that waits already is due now.
 * @throws DomainError `not-found`; `conflict` where what it said is gone
 */
export async function retryInbox(ctx: Ctx, id: string): Promise<InboxLine> {
  return await onceMore(
    async () => {
      const row = await loadInbox(ctx, id);
      if (row.body === "") {
        throw conflict("What this event said was erased with the person, so it can't be run again.");
      }
      const now = ctx.now();
      const changeId = newId("chg", now);
      const set = { status: "received" as const, reason: null, attempts: 0, nextAt: now, processedAt: null };
      const next = await commit(ctx, {
        id: changeId,
        won: { table: inboxEvents, id },
        writes: [
          ctx.db.update(
            inboxEvents,
            { ...set, changeId },
            and(eq(inboxEvents.id, id), eq(inboxEvents.status, row.status)),
          ),
        ],
        audit: [
          {
            action: "INBOX_RETRY",
            entity: { type: "inbox_event", id },
            oldValue: { status: row.status },
            newValue: { status: "received" },
          },
        ],
        result: presentLine({ ...row, ...set }),
      });
      ctx.after(startInbox(ctx, id, row.eventType));
      return next;
    },
    async () => presentLine(await loadInbox(ctx, id)),
  );
}

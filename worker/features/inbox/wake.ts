import type { Ctx } from "../../events/context";
import { log, reasonOf } from "../../lib/log";

/** Tells the queue that these events are due. Losing it is harmless: the sweep finds them. */
export async function wakeInbox(ctx: Pick<Ctx, "env" | "orgId">, ids: string[]): Promise<void> {
  try {
    await ctx.env.EVENTS_QUEUE.sendBatch(ids.map((inboxId) => ({ body: { orgId: ctx.orgId, inboxId } })));
  } catch (error) {
    log("warn", "nudge.queue_refused", { reason: reasonOf(error) });
  }
}

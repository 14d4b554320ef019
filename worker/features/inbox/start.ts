import { type Ctx, systemCtx } from "../../events/context";
import { log, reasonOf } from "../../lib/log";
import { processInbox } from "./process";
import { wakeInbox } from "./wake";
import { FETCHING } from "./words";

/**
 * Gets an event worked off once its answer is out: by the queue; what fetches a file, which may take long, in the
 * background of the request itself, so that it holds up no other message. Losing it is harmless.
 */
export async function startInbox(ctx: Ctx, id: string, eventType: string | null): Promise<void> {
  if (eventType !== FETCHING) return await wakeInbox(ctx, [id]);
  try {
    await processInbox(systemCtx(ctx.env, ctx.orgId, ctx.after), id);
  } catch (error) {
    log("warn", "inbox.not_started", { id, reason: reasonOf(error) });
  }
}

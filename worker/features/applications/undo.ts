import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { conflict, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import type { MoveDetail } from "../pipelines/move-detail";
import type { UndoResult } from "../pipelines/schema";
import { UNDO_SECONDS } from "../pipelines/words";
import { type Entering, enterStages } from "./enter";
import { inParts, type Outcome } from "./in-parts";
import { type Restore, restoreItems } from "./restore";
import { Seats } from "./seats";
import { standings } from "./standing";
import { batches } from "./table";
import { BULK_UNDO_SECONDS } from "./words";

/**
 * Takes a move or a bulk action back: people return to where they stood, waiting mails never go out.
 * Each item says whether it went back or was changed meanwhile.
 * @throws DomainError `not-found`, `conflict` when it is too late
 */
export async function undoBatch(ctx: Ctx, batchId: string): Promise<UndoResult> {
  const [moves, found] = await ctx.db.read(
    ctx.db.rows(events, {
      where: and(
        eq(events.changeId, batchId),
        // In the words of the partial index, so that SQLite uses it.
        sql`${events.type} in ('agent.status_changed', 'application.status_changed')`,
      ),
    }),
    ctx.db.rows(batches, { where: eq(batches.id, batchId) }),
  );
  const [first, batch] = [moves[0], found[0]];
  const began = batch?.createdAt ?? first?.at;
  if (began === undefined) throw notFound("change");
  const seconds = batch ? BULK_UNDO_SECONDS : UNDO_SECONDS;
  if (ctx.now() > began + seconds * 1000) {
    const time = batch ? `${BULK_UNDO_SECONDS / 60} minutes` : `${UNDO_SECONDS} seconds`;
    throw conflict(`This can be taken back for ${time}. Change them by hand instead.`);
  }
  if (batch && moves.length === 0) {
    return await restoreItems(ctx, batchId, batch.action, batch.items as Restore[]);
  }
  const before = new Map(
    moves.map(({ data, detail }) => {
      const { oldStatus, agentId } = data as { oldStatus: string; agentId?: string };
      const { applicationId, stoodSince, was } = detail as unknown as MoveDetail;
      // Whom the team put straight into a campaign leaves it again.
      const stage = oldStatus || "withdrawn";
      return [applicationId, { stage, since: stoodSince, was, shown: agentId ?? applicationId }];
    }),
  );
  const answer = ctx.answer;
  const outcomes = await inParts([...before.keys()], async (ids, whole) => {
    const now = await standings(ctx, ids, batchId);
    const list: Entering[] = [];
    const seats = new Seats();
    const results: Outcome[] = ids.map((id) => {
      const one = now.get(id);
      const was = before.get(id);
      const shown = was?.shown ?? id;
      const target = one?.stages.find((stage) => stage.key === was?.stage);
      if (!one || !target) return { id: shown, ok: false, error: "They are gone, or their stage is." };
      if (one.row.changeId !== batchId) {
        return {
          id: shown,
          ok: false,
          error: "Changed again since. Move them by hand if that is still right.",
        };
      }
      if (one.told)
        return { id: shown, ok: false, error: "The mail about it is out already. Move them by hand." };
      const full = seats.take(one, target);
      if (full) return { id: shown, ok: false, error: full };
      list.push({ now: one, target, since: was?.since, was: was?.was });
      return { id: shown, ok: true };
    });
    // A keyed request's answer stands in the batch of its effect, where that is one batch.
    const own = { ...ctx, answer: whole ? answer : undefined };
    if (list.length > 0) {
      await enterStages(own, list, {
        batchId: newId("chg", ctx.now()),
        undoOf: batchId,
        bulk: batch !== undefined,
        result: { batchId, results },
      });
    }
    return results;
  });
  return { batchId, results: outcomes };
}

import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { conflict, DomainError, notFound } from "../../lib/errors";
import type { UndoResult } from "../pipelines/schema";
import { UNDO_SECONDS } from "../pipelines/words";
import { moveBack } from "./move";

/**
 * Takes a move back: people return to where they stood, its waiting mails never go out. Each item says
 * whether it went back or was changed meanwhile.
 */
export async function undoBatch(ctx: Ctx, batchId: string): Promise<UndoResult> {
  const [moves] = await ctx.db.read(
    ctx.db.rows(events, {
      where: and(
        eq(events.changeId, batchId),
        // In the words of the partial index, so that SQLite uses it.
        sql`${events.type} in ('agent.status_changed', 'application.status_changed')`,
      ),
    }),
  );
  const first = moves[0];
  if (!first) throw notFound("change");
  if (ctx.now() > first.at + UNDO_SECONDS * 1000) {
    throw conflict(`A move can be taken back for ${UNDO_SECONDS} seconds. Move them by hand instead.`);
  }
  const results: UndoResult["results"] = [];
  for (const [i, move] of moves.entries()) {
    const { agentId, oldStatus } = move.data as { agentId: string; oldStatus: string };
    const { stoodSince } = move.detail as { stoodSince?: number };
    const back = { id: agentId, ok: true };
    // A keyed request's answer is known with the last item, so it stands in that one's batch.
    const answer = i === moves.length - 1 ? ctx.answer : undefined;
    try {
      await moveBack(
        { ...ctx, answer },
        agentId,
        batchId,
        { stage: oldStatus, since: stoodSince },
        { batchId, results: [...results, back] },
      );
      results.push(back);
    } catch (error) {
      const lost = error instanceof LostRace || uniqueViolation(error) !== null;
      if (!lost && !(error instanceof DomainError && error.code === "conflict")) throw error;
      results.push({
        id: agentId,
        ok: false,
        error: "Changed again since. Move them by hand if that is still right.",
      });
    }
  }
  return { batchId, results };
}

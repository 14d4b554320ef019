import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { LostRace } from "../../events/commit";
import { asSystem, type Ctx } from "../../events/context";
import { events } from "../../events/table";
import { conflict, DomainError, notFound } from "../../lib/errors";
import { withdrawNotices } from "../notifications/notifications";
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
  for (const move of moves) {
    const { agentId, oldStatus } = move.data as { agentId: string; oldStatus: string };
    try {
      const { stoodSince } = move.detail as { stoodSince?: number };
      await moveBack(ctx, agentId, batchId, { stage: oldStatus, since: stoodSince });
      await withdrawNotices(asSystem(ctx, "portico"), move.seq);
      results.push({ id: agentId, ok: true });
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

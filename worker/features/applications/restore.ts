import { sql } from "drizzle-orm";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import type { UndoResult } from "../pipelines/schema";
import { undoneMoves } from "../pipelines/table";
import { type Changeable, type Changing, changeApplications } from "./change";
import { inParts, type Outcome } from "./in-parts";
import { standings } from "./standing";
import type { BulkAction } from "./words";

/** One item of a bulk action, and what it was before. */
export interface Restore {
  id: string;
  before?: Partial<Changeable>;
}

const CHANGED = "Changed again since. Change them by hand if that is still right.";

/** Takes a bulk action back that moved nobody: fields return, mails that wait are cancelled. */
export async function restoreItems(
  ctx: Ctx,
  batchId: string,
  action: BulkAction,
  items: Restore[],
): Promise<UndoResult> {
  const answer = ctx.answer;
  const before = new Map(items.map((item) => [item.id, item.before]));
  const results = await inParts([...before.keys()], async (ids, whole) => {
    const own = { ...ctx, answer: whole ? answer : undefined };
    const now = await standings(ctx, ids, batchId);
    const list: Changing[] = [];
    const outcomes: Outcome[] = ids.map((id) => {
      const one = now.get(id);
      if (!one) return { id, ok: false, error: "They are gone." };
      if (action === "email") {
        return one.told ? { id, ok: false, error: "The mail is out already." } : { id, ok: true };
      }
      if (one.row.changeId !== batchId) return { id, ok: false, error: CHANGED };
      list.push({ now: one, set: before.get(id) ?? {} });
      return { id, ok: true };
    });
    const changeId = newId("chg", ctx.now());
    const result = { batchId, results: outcomes };
    if (action === "email") {
      const unsent = outcomes.filter(({ ok }) => ok).map(({ id }) => id);
      await commit(own, {
        id: changeId,
        writes: [
          ctx.db.sql(sql`insert or ignore into ${undoneMoves} (batch_id, application_id, org_id, at)
            select ${batchId}, value, ${ctx.orgId}, ${ctx.now()} from json_each(${JSON.stringify(unsent)})`),
        ],
        audit: [
          {
            action: "APPLICATION_UPDATE",
            entity: { type: "batch", id: batchId },
            metadata: { undo: unsent },
          },
        ],
        result,
      });
    } else if (list.length > 0) {
      await changeApplications(own, list, { changeId, result });
    }
    return outcomes;
  });
  return { batchId, results };
}

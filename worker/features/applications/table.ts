import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, json, orgId, time } from "../../db/columns";
import { BULK_ACTIONS } from "./words";

/** Bulk actions, with what each item was before: what an undo restores. Moves are in the events. */
export const batches = sqliteTable(
  "batches",
  {
    id: id(),
    orgId: orgId(),
    action: text("action", { enum: BULK_ACTIONS }).notNull(),
    actorId: text("actor_id").notNull(),
    /** Of each changed application: its id and what is needed to restore it. */
    items: json<{ id: string; before?: unknown }[]>("items").notNull(),
    undoUntil: time("undo_until").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("batches_org").on(t.orgId, t.id)],
);

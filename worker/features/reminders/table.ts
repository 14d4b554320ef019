import { sql } from "drizzle-orm";
import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { id, json, orgId, time } from "../../db/columns";
import { REMINDER_KINDS } from "./words";

/** What is to be told when its time comes, once; whether it is still true is asked then. */
export const reminders = sqliteTable(
  "reminders",
  {
    id: id(),
    orgId: orgId(),
    kind: text("kind", { enum: REMINDER_KINDS }).notNull(),
    /** The document, the request or the agent's step that it is about. */
    subjectId: text("subject_id").notNull(),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    /** Tells several of one subject apart: days before the end, a step's id. */
    part: text("part").notNull(),
    detail: json<Record<string, unknown>>("detail").notNull(),
    dueAt: time("due_at").notNull(),
    doneAt: time("done_at"),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("reminders_once").on(t.orgId, t.kind, t.subjectId, t.part),
    index("reminders_due").on(t.dueAt).where(sql`done_at is null`),
  ],
);
export type ReminderRow = typeof reminders.$inferSelect;

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { changeId, id, orgId, time, version } from "../../db/columns";
import { TASK_KINDS, TASK_STATUSES } from "./words";

/** To-dos of the hiring team. */
export const tasks = sqliteTable(
  "tasks",
  {
    id: id(),
    orgId: orgId(),
    kind: text("kind", { enum: TASK_KINDS }).notNull(),
    title: text("title").notNull(),
    description: text("description"),
    status: text("status", { enum: TASK_STATUSES }).notNull(),
    assigneeId: text("assignee_id"),
    dueAt: time("due_at"),
    applicationId: text("application_id"),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    jobId: text("job_id"),
    /** The stage action that made it. */
    actionId: text("action_id"),
    /** The move that made it: taking the move back takes the task away again. */
    batchId: text("batch_id"),
    durationMinutes: integer("duration_minutes"),
    mode: text("mode"),
    createdBy: text("created_by"),
    doneBy: text("done_by"),
    doneAt: time("done_at"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("tasks_org").on(t.orgId, t.id),
    index("tasks_status").on(t.orgId, t.status, t.id),
    index("tasks_due").on(t.orgId, t.status, t.dueAt, t.id),
    index("tasks_assignee").on(t.orgId, t.assigneeId, t.status, t.dueAt, t.id),
    index("tasks_application").on(t.orgId, t.applicationId, t.id).where(sql`application_id is not null`),
    index("tasks_candidate").on(t.orgId, t.candidateId, t.id).where(sql`candidate_id is not null`),
    index("tasks_batch").on(t.orgId, t.batchId).where(sql`batch_id is not null`),
  ],
);

import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { isoOrNull } from "../../lib/clock";
import type { Notice } from "../notifications/notify";
import { tasks } from "./table";

export type TaskRow = typeof tasks.$inferSelect;

/** The fields of a task that most tasks leave empty. */
export const BARE_TASK = {
  description: null,
  dueAt: null,
  applicationId: null,
  agentId: null,
  candidateId: null,
  jobId: null,
  actionId: null,
  batchId: null,
  durationMinutes: null,
  mode: null,
  doneBy: null,
  doneAt: null,
  version: 1,
  changeId: null,
} as const satisfies Partial<TaskRow>;

const COLUMNS = [
  "id",
  "kind",
  "title",
  "description",
  "status",
  "assigneeId",
  "dueAt",
  "applicationId",
  "agentId",
  "candidateId",
  "jobId",
  "actionId",
  "batchId",
  "durationMinutes",
  "mode",
  "createdBy",
  "createdAt",
  "updatedAt",
] as const satisfies readonly (keyof TaskRow)[];

/** One statement for any number of tasks, written where `won` holds. */
export function insertTasks(ctx: Ctx, rows: TaskRow[], won: SQL = sql`1`): Statement {
  const values = JSON.stringify(rows.map((row) => COLUMNS.map((column) => row[column])));
  const names = COLUMNS.map((column) => sql.identifier(tasks[column].name));
  const fields = COLUMNS.map((_, i) => sql.raw(`json_extract(r.value, '$[${i}]')`));
  return ctx.db.sql(sql`insert into ${tasks} (org_id, ${sql.join(names, sql`, `)})
    select ${ctx.orgId}, ${sql.join(fields, sql`, `)} from json_each(${values}) r where ${won}`);
}

/** The event of a task: seen on the board of its pipeline, and by whom it is for. */
export function taskEvent(
  row: TaskRow,
  what: "created" | "updated" | "removed",
  pipelineId: string | null,
): NewEvent {
  const about = {
    taskId: row.id,
    ...(row.assigneeId ? { assigneeId: row.assigneeId } : {}),
    ...(row.applicationId ? { applicationId: row.applicationId } : {}),
  };
  const common = { entity: { type: "task", id: row.id }, userId: row.assigneeId, pipelineId };
  return what === "created"
    ? event({ ...common, type: "task.created", data: about })
    : event({
        ...common,
        type: "task.updated",
        data: { ...about, status: what === "removed" ? "removed" : row.status },
      });
}

/** What tells somebody that a task is theirs now; nothing where they gave it to themselves. */
export function assignedNotice(row: TaskRow, actorId: string | null, eventSeq: number | null): Notice[] {
  if (row.assigneeId === null || row.assigneeId === actorId || row.status !== "open") return [];
  const due = isoOrNull(row.dueAt)?.slice(0, 10);
  return [
    {
      userId: row.assigneeId,
      type: "task_assigned",
      title: `Your task: ${row.title}`,
      message: due ? `Due ${due}.` : "",
      entityType: "task",
      entityId: row.id,
      eventSeq,
    },
  ];
}

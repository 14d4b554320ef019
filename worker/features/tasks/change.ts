import { and, eq, sql } from "drizzle-orm";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { jobs } from "../jobs/table";
import { notify } from "../notifications/notify";
import { applications } from "../pipelines/table";
import { assignedNotice, BARE_TASK, insertTasks, type TaskRow, taskEvent } from "./new-tasks";
import type { NewTask, Task, TaskChange } from "./schema";
import { tasks } from "./table";
import { getTask, loadTask, presentTask, type ShownTask, selectAssignee, selectTasks } from "./tasks";

const nobody = () =>
  invalid("assigneeId", "Tasks are for admins and recruiters who can log in. Choose one of them.");
const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  `${firstName} ${lastName}`.trim();
const millis = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/**
 * Makes a task, for oneself unless somebody else is named, about a person or a job or neither.
 * @throws DomainError `not-found` for what it is about, `invalid` for whom it is for
 */
export async function createTask(ctx: Ctx, input: NewTask): Promise<Task> {
  const assigneeId = input.assigneeId === undefined ? ctx.actor.id : input.assigneeId;
  const [assignees, places, people, pool, openings] = await ctx.db.read(
    selectAssignee(ctx, assigneeId),
    ctx.db.rows(applications, { where: eq(applications.id, input.applicationId ?? "") }),
    ctx.db.rows(candidates, { where: eq(candidates.id, input.candidateId ?? "") }),
    ctx.db.rows(agents, { where: eq(agents.id, input.agentId ?? "") }),
    ctx.db.select({ id: jobs.id, title: jobs.title, pipelineId: jobs.pipelineId }, jobs, {
      where: sql`${jobs.id} = coalesce((select job_id from ${applications}
        where org_id = ${ctx.orgId} and id = ${input.applicationId ?? ""}), ${input.jobId ?? ""})`,
    }),
  );
  const [assignee, place, candidate, agent, job] = [assignees[0], places[0], people[0], pool[0], openings[0]];
  if (assigneeId !== null && !assignee) throw nobody();
  if (input.applicationId && !place) throw notFound("application");
  if (input.candidateId && !candidate) throw notFound("candidate");
  if (input.agentId && !agent) throw notFound("agent");
  if (input.jobId && !job) throw notFound("job");
  const now = ctx.now();
  const row: TaskRow = {
    ...BARE_TASK,
    id: newId("task", now),
    orgId: ctx.orgId,
    kind: "task",
    title: input.title,
    description: input.description,
    status: "open",
    assigneeId,
    dueAt: millis(input.dueAt),
    applicationId: place?.id ?? null,
    agentId: place?.agentId ?? agent?.id ?? null,
    candidateId: place?.candidateId ?? candidate?.id ?? null,
    jobId: place?.jobId ?? job?.id ?? null,
    createdBy: ctx.actor.id,
    createdAt: now,
    updatedAt: now,
  };
  const person = candidate ?? agent;
  const shown: ShownTask = {
    ...row,
    assigneeName: assignee ? nameOf(assignee) : null,
    personName: place?.name ?? (person ? nameOf(person) : null),
    jobTitle: job?.title ?? null,
    pipelineId: place?.pipelineId ?? null,
  };
  const noticed = notify(ctx, assignedNotice(row, ctx.actor.id, null));
  return await commit(ctx, {
    id: newId("chg", now),
    writes: [insertTasks(ctx, [row]), ...noticed.writes],
    events: [taskEvent(row, "created", shown.pipelineId ?? job?.pipelineId ?? null), ...noticed.events],
    audit: [
      {
        action: "TASK_CREATE",
        entity: { type: "task", id: row.id },
        newValue: { assigneeId, applicationId: row.applicationId, jobId: row.jobId },
      },
    ],
    result: presentTask(ctx, shown),
  });
}

/**
 * Changes the sent fields of a task, or marks it done or open again.
 * @throws DomainError `not-found`, `invalid`, `outdated`, `conflict`
 */
export async function updateTask(
  ctx: Ctx,
  id: string,
  change: TaskChange,
  ifVersion?: number,
): Promise<Task> {
  return await onceMore(
    async () => {
      const [[old], assignees] = await ctx.db.read(
        selectTasks(ctx, eq(tasks.id, id)),
        selectAssignee(ctx, change.assigneeId),
      );
      if (!old) throw notFound("task");
      if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentTask(ctx, old));
      const { dueAt, ...plain } = change;
      const assigned = change.assigneeId !== undefined && change.assigneeId !== old.assigneeId;
      const assignee = assignees[0];
      if (assigned && change.assigneeId !== null && !assignee) throw nobody();
      const now = ctx.now();
      const done =
        change.status === undefined || change.status === old.status
          ? {}
          : change.status === "done"
            ? { doneAt: now, doneBy: ctx.actor.id }
            : { doneAt: null, doneBy: null };
      const changeId = newId("chg", now);
      const set: Partial<TaskRow> = {
        ...plain,
        ...(dueAt === undefined ? {} : { dueAt: millis(dueAt) }),
        ...done,
        version: old.version + 1,
        changeId,
        updatedAt: now,
      };
      const next: ShownTask = {
        ...old,
        ...set,
        ...(assigned ? { assigneeName: assignee ? nameOf(assignee) : null } : {}),
      };
      const won = sql`exists (select 1 from ${tasks}
        where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
      const noticed = notify(ctx, assigned ? assignedNotice(next, ctx.actor.id, null) : [], won);
      return await commit(ctx, {
        id: changeId,
        won: { table: tasks, id },
        writes: [
          ctx.db.update(tasks, set, and(eq(tasks.id, id), eq(tasks.version, old.version))),
          ...noticed.writes,
        ],
        events: [taskEvent(next, "updated", old.pipelineId), ...noticed.events],
        audit: [
          {
            action: "TASK_UPDATE",
            entity: { type: "task", id },
            metadata: { fields: Object.keys(change) },
            ...(change.status
              ? { oldValue: { status: old.status }, newValue: { status: change.status } }
              : {}),
          },
        ],
        result: presentTask(ctx, next),
      });
    },
    () => getTask(ctx, id),
  );
}

/** Takes a task away. @throws DomainError `not-found` */
export async function deleteTask(ctx: Ctx, id: string): Promise<void> {
  await onceMore(
    async () => {
      const old = await loadTask(ctx, id);
      const changeId = newId("chg", ctx.now());
      await commit(ctx, {
        id: changeId,
        won: { table: tasks, id },
        writes: [ctx.db.update(tasks, { changeId }, and(eq(tasks.id, id), eq(tasks.version, old.version)))],
        afterwards: [ctx.db.delete(tasks, and(eq(tasks.id, id), eq(tasks.changeId, changeId)))],
        events: [taskEvent(old, "removed", old.pipelineId)],
        audit: [{ action: "TASK_DELETE", entity: { type: "task", id }, oldValue: { status: old.status } }],
        result: null,
      });
    },
    () => getTask(ctx, id),
  );
}

import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { jobs } from "../jobs/table";
import { applications } from "../pipelines/table";
import { users } from "../users/table";
import type { Task, TaskListQuery } from "./schema";
import { tasks } from "./table";
import { TASK_STATUSES } from "./words";

const fullName = (first: unknown, last: unknown) => sql`trim(${first} || ' ' || ${last})`;

const TASK = {
  ...getTableColumns(tasks),
  assigneeName: sql<string | null>`${fullName(users.firstName, users.lastName)}`,
  personName: sql<
    string | null
  >`coalesce(${applications.name}, ${fullName(candidates.firstName, candidates.lastName)},
    ${fullName(agents.firstName, agents.lastName)})`,
  jobTitle: sql<string | null>`${jobs.title}`,
  pipelineId: sql<string | null>`${applications.pipelineId}`,
};

/** Tasks with the names of whom they are for and about. */
export function selectTasks(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number } = {},
) {
  return ctx.db.select(TASK, tasks, {
    where,
    ...find,
    join: [
      { table: users, on: eq(users.id, tasks.assigneeId), left: true },
      { table: applications, on: eq(applications.id, tasks.applicationId), left: true },
      // The application has the name already.
      {
        table: candidates,
        on: sql`${candidates.id} = ${tasks.candidateId} and ${tasks.applicationId} is null`,
        left: true,
      },
      {
        table: agents,
        on: sql`${agents.id} = ${tasks.agentId} and ${tasks.applicationId} is null`,
        left: true,
      },
      { table: jobs, on: eq(jobs.id, tasks.jobId), left: true },
    ],
  });
}
export type ShownTask = RowOf<typeof selectTasks>;

/** A task as the API shows it. */
export function presentTask(ctx: Pick<Ctx, "now">, row: ShownTask): Task {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    description: row.description,
    status: row.status,
    assigneeId: row.assigneeId,
    assigneeName: row.assigneeName,
    dueAt: isoOrNull(row.dueAt),
    overdue: row.status === "open" && row.dueAt !== null && row.dueAt < ctx.now(),
    applicationId: row.applicationId,
    agentId: row.agentId,
    candidateId: row.candidateId,
    personName: row.personName,
    jobId: row.jobId,
    jobTitle: row.jobTitle,
    durationMinutes: row.durationMinutes,
    mode: row.mode,
    createdBy: row.createdBy,
    doneAt: isoOrNull(row.doneAt),
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** @throws DomainError `not-found` */
export async function loadTask(ctx: Ctx, id: string): Promise<ShownTask> {
  const [rows] = await ctx.db.read(selectTasks(ctx, eq(tasks.id, id)));
  if (!rows[0]) throw notFound("task");
  return rows[0];
}

/** @throws DomainError `not-found` */
export async function getTask(ctx: Ctx, id: string): Promise<Task> {
  return presentTask(ctx, await loadTask(ctx, id));
}

/** A page of tasks: the newest first, or what is due first and what has no date last. */
export async function listTasks(ctx: Ctx, query: z.infer<typeof TaskListQuery>) {
  const { limit, cursor, sort, ...sent } = query;
  const mine = sent.assigneeId === "me" ? ctx.actor.id : sent.assigneeId;
  const filters = { ...sent, assigneeId: mine, sort };
  const scope = { list: "tasks", orgId: ctx.orgId, filters };
  const after = await readCursor(ctx.env, scope, cursor);
  const status = filters.overdue ? "open" : filters.status;
  const where = and(
    mine ? eq(tasks.assigneeId, mine) : undefined,
    filters.applicationId
      ? and(eq(tasks.applicationId, filters.applicationId), sql`${tasks.applicationId} is not null`)
      : undefined,
    filters.overdue ? and(eq(tasks.status, "open"), lt(tasks.dueAt, ctx.now())) : undefined,
    // Asked for what is done and overdue at once there is nothing.
    filters.overdue && filters.status === "done" ? sql`0` : undefined,
  );
  if (sort === "-createdAt") {
    const [rows] = await ctx.db.read(
      selectTasks(
        ctx,
        and(
          where,
          status ? eq(tasks.status, status) : undefined,
          after ? lt(tasks.id, after[0] as string) : undefined,
        ),
        { orderBy: [desc(tasks.id)], limit: limit + 1 },
      ),
    );
    return await page(
      ctx.env,
      scope,
      rows,
      limit,
      (row) => [row.id],
      (row) => presentTask(ctx, row),
    );
  }
  const found = await ctx.db.read(
    ...(status ? [status] : TASK_STATUSES).flatMap((one) =>
      byDueDate(ctx, and(eq(tasks.status, one), where), after as [number | null, string] | null, limit + 1),
    ),
  );
  const rows = found.flat().sort(dueFirst);
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.dueAt, row.id],
    (row) => presentTask(ctx, row),
  );
}

/** Those with a date and those without, each in the order of the same index. */
function byDueDate(ctx: Ctx, where: SQL | undefined, after: [number | null, string] | null, limit: number) {
  const [due, id] = after ?? [];
  const dated = after
    ? due === null || due === undefined
      ? sql`0`
      : or(gt(tasks.dueAt, due), and(eq(tasks.dueAt, due), gt(tasks.id, id ?? "")))
    : undefined;
  const undated = after && due === null ? gt(tasks.id, id ?? "") : undefined;
  return [
    selectTasks(ctx, and(where, sql`${tasks.dueAt} is not null`, dated), {
      orderBy: [asc(tasks.dueAt), asc(tasks.id)],
      limit,
    }),
    selectTasks(ctx, and(where, isNull(tasks.dueAt), undated), { orderBy: [asc(tasks.id)], limit }),
  ];
}

const dueFirst = (a: ShownTask, b: ShownTask): number =>
  (a.dueAt ?? Number.POSITIVE_INFINITY) === (b.dueAt ?? Number.POSITIVE_INFINITY)
    ? a.id < b.id
      ? -1
      : 1
    : (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY);

/** The account that a task is to go to, if it is somebody of the team who can log in. */
export function selectAssignee(ctx: Ctx, id: string | null | undefined) {
  return ctx.db.select({ id: users.id, firstName: users.firstName, lastName: users.lastName }, users, {
    where: and(eq(users.id, id ?? ""), inArray(users.role, ["admin", "recruiter"]), isNull(users.disabledAt)),
  });
}

import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { documentTypes } from "../documents/table";
import { interviews } from "../interviews/table";
import { jobs } from "../jobs/table";
import { actorOf, type EventRow, selectEvents } from "../pipelines/changes";
import { applications } from "../pipelines/table";
import { tasks } from "../tasks/table";
import { describeCandidateEvent, type Words } from "./describe";
import type { CandidateEntry, CandidateTimelineQuery } from "./schema";
import { candidates, notes } from "./table";

/** What each kind of the timeline's filter shows; together they are all that it shows. */
const KINDS = {
  moves: ["application.received", "application.status_changed"],
  documents: [
    "document.uploaded",
    "document.approved",
    "document.rejected",
    "document.expired",
    "document.requested",
    "document.deleted",
  ],
  notes: ["note.added"],
  profile: [
    "candidate.created",
    "candidate.updated",
    "application.updated",
    "result.received",
    "evaluation.completed",
  ],
  tasks: ["task.created", "task.updated"],
  interviews: [
    "interview.created",
    "interview.booked",
    "interview.scheduled",
    "interview.completed",
    "interview.passed",
    "interview.failed",
    "interview.cancelled",
    "interview.no_show",
    "hiring.initiated",
  ],
} as const;
const ALL = Object.values(KINDS).flat();

/**
 * Everything that happened to a candidate and to their applications, the newest first, in one round trip.
 * @throws DomainError `not-found`
 */
export async function getCandidateTimeline(
  ctx: Ctx,
  candidateId: string,
  query: z.infer<typeof CandidateTimelineQuery>,
) {
  const scope = {
    list: "candidate-timeline",
    orgId: ctx.orgId,
    filters: { candidateId, kind: query.kind },
  };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const its = sql`(select id from ${applications} where org_id = ${ctx.orgId} and candidate_id = ${candidateId})`;
  const where = and(
    sql`${events.entityId} in (select ${candidateId} union all select id from ${applications}
        where org_id = ${ctx.orgId} and candidate_id = ${candidateId}
      union all select id from ${tasks} where org_id = ${ctx.orgId} and application_id in ${its}
      union all select id from ${tasks} where org_id = ${ctx.orgId} and candidate_id = ${candidateId}
      union all select id from ${interviews} where org_id = ${ctx.orgId} and candidate_id = ${candidateId})`,
    inArray(events.type, [...(query.kind ? KINDS[query.kind] : ALL)]),
    // The unary plus keeps SQLite on the index of the few entities, off the order of all events.
    after ? sql`+${events.seq} < ${after[0]}` : undefined,
  ) as SQL;
  const order = sql`+${events.seq} desc`;
  const limit = query.limit + 1;
  const named = (field: string) => sql`(select json_extract(${events.data}, ${`$.${field}`}) from ${events}
    where org_id = ${ctx.orgId} and ${where} order by ${order} limit ${limit})`;
  const [found, rows, jobRows, noteRows, taskRows, types] = await ctx.db.read(
    ctx.db.select({ id: candidates.id }, candidates, { where: eq(candidates.id, candidateId) }),
    selectEvents(ctx.db, where, order, limit),
    ctx.db.select({ id: jobs.id, title: jobs.title, stages: jobs.stages }, jobs, {
      where: sql`${jobs.id} in (select job_id from ${applications}
        where org_id = ${ctx.orgId} and candidate_id = ${candidateId})`,
    }),
    ctx.db.select({ id: notes.id, text: notes.text }, notes, {
      where: sql`${notes.id} in ${named("noteId")}`,
    }),
    ctx.db.select({ id: tasks.id, title: tasks.title }, tasks, {
      where: sql`${tasks.id} in ${named("taskId")}`,
    }),
    ctx.db.rows(documentTypes),
  );
  if (!found[0]) throw notFound("candidate");
  const words: Words = {
    jobs: new Map(jobRows.map((job) => [job.id, job])),
    notes: new Map(noteRows.map((note) => [note.id, note.text])),
    tasks: new Map(taskRows.map((task) => [task.id, task.title])),
    types,
  };
  const present = (row: EventRow): CandidateEntry => ({
    id: row.id,
    seq: row.seq,
    type: row.type,
    at: iso(row.at),
    actor: actorOf(row),
    text: describeCandidateEvent(row, words),
    reason: reasonOf(row),
    // A note that was taken back can't be asked for any more.
    data: noteIsGone(row, words) ? { ...row.data, noteId: null } : row.data,
  });
  return await page(ctx.env, scope, rows as EventRow[], query.limit, (row) => [row.seq], present);
}

const noteIsGone = ({ type, data }: EventRow, { notes: there }: Words) =>
  type === "note.added" && !there.has((data as { noteId: string }).noteId);

function reasonOf(row: EventRow): string | null {
  const reason = (row.detail as { reason?: unknown }).reason ?? (row.data as { reason?: unknown }).reason;
  return typeof reason === "string" ? reason : null;
}

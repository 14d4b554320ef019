import { and, asc, desc, eq, getTableColumns, gt, gte, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { candidates } from "../candidates/table";
import { applications } from "../pipelines/table";
import type { StatusWord } from "../pipelines/words";
import { clientScope, isTeam } from "../users/scope";
import { users } from "../users/table";
import type { Interview, InterviewDetail, InterviewHistory, InterviewListQuery } from "./schema";
import { type Feedback, interviews } from "./table";

const INTERVIEW = {
  ...getTableColumns(interviews),
  candidateName: sql<string>`${applications.name}`,
  pipelineId: sql<string>`${applications.pipelineId}`,
  shared: sql<number>`${applications.sharedWithClient}`,
};

/** Also the login of the candidate, whose own channel shows what happens. */
const WITH_LOGIN = {
  ...INTERVIEW,
  applicationStatus: sql<StatusWord | null>`${applications.status}`,
  userId: sql<string | null>`(select user_id from ${candidates} c where c.id = ${interviews.candidateId})`,
};

/** Interviews with the application that they are a round of: two rows read for each. */
export function selectInterviews(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number } = {},
) {
  return ctx.db.select(INTERVIEW, interviews, {
    where: and(where, visibleInterviews(ctx)),
    ...find,
    join: [{ table: applications, on: eq(applications.id, interviews.applicationId) }],
  });
}
export type InterviewRow = RowOf<typeof selectInterviews>;

/** One interview that the caller may see, as whoever changes it needs it. */
export function selectInterview(ctx: Ctx, id: string) {
  return ctx.db.select(WITH_LOGIN, interviews, {
    where: and(eq(interviews.id, id), visibleInterviews(ctx)),
    join: [{ table: applications, on: eq(applications.id, interviews.applicationId) }],
  });
}
export type OneInterview = RowOf<typeof selectInterview>;

/**
 * What the caller may see: the team all, a client user what is shared with the client, a candidate their
 * own. A draft is the team's alone.
 */
function visibleInterviews(ctx: Ctx): SQL | undefined {
  if (isTeam(ctx)) return undefined;
  const client = clientScope(ctx);
  if (client !== null) {
    return and(
      eq(interviews.clientId, client),
      sql`${applications.sharedWithClient} = 1 and ${applications.archived} = 0 and ${interviews.status} <> 'Draft'`,
    );
  }
  return and(eq(interviews.candidateId, userOf(ctx).candidateId ?? ""), sql`${interviews.status} <> 'Draft'`);
}

/** Feedback that the caller may read: the team all, a client user what their company wrote, others none. */
function readable(ctx: Ctx, feedback: Feedback[]): Feedback[] {
  if (isTeam(ctx)) return feedback;
  return clientScope(ctx) === null ? [] : feedback.filter(({ byClient }) => byClient);
}

/** The mean of some ratings, as a whole number. */
export function meanRating(feedback: Feedback[]): number | null {
  const ratings = feedback.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  if (ratings.length === 0) return null;
  return Math.round(ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length);
}

/** An interview as the caller may see it. */
export function presentInterview(ctx: Ctx, row: InterviewRow): Interview {
  const team = isTeam(ctx);
  const person = !team && clientScope(ctx) === null;
  const feedback = readable(ctx, row.feedback);
  // Whoever was interviewed hears of the decision from the stage that it leads to.
  const status = person && (row.status === "Passed" || row.status === "Failed") ? "Completed" : row.status;
  return {
    id: row.id,
    applicationId: row.applicationId,
    candidateId: row.candidateId,
    candidateName: row.candidateName,
    jobId: row.jobId,
    jobTitle: row.jobTitle,
    clientId: row.clientId,
    interviewRound: row.round,
    roundName: row.roundName,
    interviewStatus: status,
    round: row.round,
    status,
    interviewMode: row.mode,
    interviewDuration: row.durationMinutes,
    timeZone: row.timeZone,
    proposedSlots: row.slots.map(({ id, start, end }) => ({ id, start: iso(start), end: iso(end) })),
    selectedSlotId: row.selectedSlotId,
    scheduledStartTime: isoOrNull(row.startsAt),
    scheduledEndTime: isoOrNull(row.endsAt),
    interviewerIds: person ? [] : row.interviewerIds,
    location: row.location,
    meetingLink: row.meetingLink,
    additionalInstructions: row.instructions,
    inviteSent: row.inviteSentAt !== null,
    inviteSentBy: person ? null : row.inviteSentBy,
    feedback: feedback.findLast(({ text }) => text !== null)?.text ?? null,
    rating: team ? row.rating : meanRating(feedback),
    decisionReason: team ? row.decisionReason : null,
    noShowFlag: row.noShowCount > 0,
    noShowCount: row.noShowCount,
    hiringInitiated: !person && row.hiringInitiated,
    version: row.version,
    createdBy: person ? null : row.createdBy,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Rows of a view, and what orders them: the time that is booked, or when they were made. */
function viewOf(ctx: Ctx, query: z.infer<typeof InterviewListQuery>): { where?: SQL; byTime: boolean } {
  const now = ctx.now();
  const from = query.from === undefined ? now - (now % DAY_MS) : Date.parse(query.from);
  // In the words of the partial index, so that SQLite uses it.
  const booked = sql`${interviews.status} in ('Confirmed','Scheduled')`;
  switch (query.view) {
    case "today":
      return {
        where: and(booked, gte(interviews.startsAt, from), lt(interviews.startsAt, from + DAY_MS)) as SQL,
        byTime: true,
      };
    case "upcoming":
      return { where: and(booked, gte(interviews.startsAt, query.from ? from : now)) as SQL, byTime: true };
    case "to_decide":
      return { where: eq(interviews.status, "Completed"), byTime: false };
    case "waiting":
      return { where: eq(interviews.status, "Awaiting Candidate Confirmation"), byTime: false };
    default:
      return { byTime: false };
  }
}

/** A page of interviews: the newest first, or of what is booked the soonest first. */
export async function listInterviews(ctx: Ctx, query: z.infer<typeof InterviewListQuery>) {
  const { limit, cursor, ...filters } = query;
  const client = clientScope(ctx);
  const interviewer = filters.interviewerId === "me" ? ctx.actor.id : filters.interviewerId;
  const scope = { list: "interviews", orgId: ctx.orgId, filters: { ...filters, interviewer, client } };
  const after = await readCursor(ctx.env, scope, cursor);
  const { where: view, byTime } = viewOf(ctx, query);
  const [first, second] = (after ?? []) as [number | string, string];
  const beyond = !after
    ? undefined
    : byTime
      ? or(
          gt(interviews.startsAt, first as number),
          and(eq(interviews.startsAt, first as number), gt(interviews.id, second)),
        )
      : lt(interviews.id, first as string);
  // Of one application, candidate or job by its own index, which is shorter than that of a status.
  const narrow = filters.applicationId ?? filters.candidateId ?? filters.jobId;
  const [rows] = await ctx.db.read(
    selectInterviews(
      ctx,
      and(
        view && narrow && !byTime ? sql`+${interviews.status} = ${statusOf(filters.view)}` : view,
        filters.status
          ? sql`${sql.raw(narrow ? "+" : "")}${interviews.status} = ${filters.status}`
          : undefined,
        filters.applicationId ? eq(interviews.applicationId, filters.applicationId) : undefined,
        filters.candidateId ? eq(interviews.candidateId, filters.candidateId) : undefined,
        filters.jobId ? eq(interviews.jobId, filters.jobId) : undefined,
        filters.clientId ? eq(interviews.clientId, filters.clientId) : undefined,
        interviewer
          ? sql`exists (select 1 from json_each(${interviews.interviewerIds}) where value = ${interviewer})`
          : undefined,
        beyond,
      ),
      {
        orderBy: byTime ? [asc(interviews.startsAt), asc(interviews.id)] : [desc(interviews.id)],
        limit: limit + 1,
      },
    ),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => (byTime ? [row.startsAt, row.id] : [row.id]),
    (row) => presentInterview(ctx, row),
  );
}

const statusOf = (view: string | undefined) =>
  view === "to_decide" ? "Completed" : "Awaiting Candidate Confirmation";

/** One interview with the names of its people. @throws DomainError `not-found` */
export async function getInterview(ctx: Ctx, id: string): Promise<InterviewDetail> {
  const [rows, people] = await ctx.db.read(
    selectInterview(ctx, id),
    ctx.db.select({ id: users.id, firstName: users.firstName, lastName: users.lastName }, users, {
      where: sql`${users.id} in (
        select value from ${interviews}, json_each(${interviews.interviewerIds})
          where ${interviews.orgId} = ${ctx.orgId} and ${interviews.id} = ${id}
        union select value ->> 'userId' from ${interviews}, json_each(${interviews.feedback})
          where ${interviews.orgId} = ${ctx.orgId} and ${interviews.id} = ${id})`,
      byKey: true,
    }),
  );
  const row = rows[0];
  if (!row) throw notFound("interview");
  const names = new Map(people.map((one) => [one.id, `${one.firstName} ${one.lastName}`.trim()]));
  const shown = presentInterview(ctx, row);
  return {
    ...shown,
    pipelineId: row.pipelineId,
    applicationStatus: row.applicationStatus ?? "NEW",
    interviewers: shown.interviewerIds.map((userId) => ({
      id: userId,
      name: names.get(userId) ?? "Somebody",
    })),
    feedbacks: readable(ctx, row.feedback).map(({ userId, text, rating, at }) => ({
      userId,
      name: names.get(userId) ?? "Somebody",
      feedback: text,
      rating,
      at: iso(at),
    })),
  };
}

/** Rounds of one person that are shown: far more than anybody has. */
const MOST_ROUNDS = 200;

/**
 * All rounds of a candidate that the caller may see, application by application.
 * @throws DomainError `not-found`, for a client user also where nothing of the candidate is shared
 */
export async function interviewHistory(ctx: Ctx, candidateId: string): Promise<InterviewHistory> {
  const client = clientScope(ctx);
  const [seen, rows] = await ctx.db.read(
    ctx.db.sql<{ id: string }>(
      client === null
        ? sql`select id from ${candidates} where id = ${candidateId} and org_id = ${ctx.orgId}`
        : sql`select id from ${applications} where org_id = ${ctx.orgId} and candidate_id = ${candidateId}
            and client_id = ${client} and shared_with_client = 1 and archived = 0 limit 1`,
    ),
    selectInterviews(ctx, eq(interviews.candidateId, candidateId), {
      orderBy: [desc(interviews.id)],
      limit: MOST_ROUNDS,
    }),
  );
  if (!seen[0]) throw notFound("candidate");
  const ordered = rows.toSorted((a, b) =>
    a.applicationId === b.applicationId
      ? a.round - b.round || (a.id < b.id ? -1 : 1)
      : a.applicationId < b.applicationId
        ? 1
        : -1,
  );
  return {
    data: ordered.map((row) => presentInterview(ctx, row)),
    nextCursor: null,
    currentRound: Math.max(0, ...ordered.map(({ round }) => round)),
  };
}

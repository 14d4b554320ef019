import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { emptyViolation, type Statement, uniqueViolation } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { presentApplication, selectApplications } from "../applications/applications";
import { candidates } from "../candidates/table";
import { applications } from "../pipelines/table";
import { taskEvent } from "../tasks/new-tasks";
import { tasks } from "../tasks/table";
import { selectTasks } from "../tasks/tasks";
import { users } from "../users/table";
import { isFree, keepTime, peopleOf } from "./bookings";
import { interviewEvent } from "./change";
import { type OneInterview, presentInterview, selectInterviews } from "./interviews";
import type { Interview, NewInterview } from "./schema";
import { readSlots } from "./slots";
import { interviews, type Slot } from "./table";

/** Accounts of those who are to interview, that can: admins, recruiters and the client's own people. */
export function selectInterviewers(ctx: Ctx, ids: readonly string[]) {
  return ctx.db.select({ id: users.id, role: users.role, clientId: users.clientId }, users, {
    where: and(
      sql`${users.id} in (select value from json_each(${JSON.stringify(ids)}))`,
      isNull(users.disabledAt),
      inArray(users.role, ["admin", "recruiter", "client_user"]),
    ),
    byKey: true,
  });
}

/** @throws DomainError `invalid` for somebody who can't interview for this client */
export function checkInterviewers(
  ids: readonly string[],
  found: { id: string; role: string; clientId: string | null }[],
  clientId: string,
): void {
  for (const [i, id] of ids.entries()) {
    const person = found.find((one) => one.id === id);
    if (person && (person.role !== "client_user" || person.clientId === clientId)) continue;
    throw invalid(
      `interviewerIds.${i}`,
      `"${id}" is nobody who can interview for this job: choose admins, recruiters or the client's own people, with accounts that are not disabled.`,
    );
  }
}

/**
 * Keeps an agreed time. Where somebody is busy then, the interview would be left without a status, which its
 * table forbids: so nothing is set up at all.
 */
function bookAgreed(ctx: Ctx, row: OneInterview, slot: Slot): Statement[] {
  const people = peopleOf(row);
  return [
    ctx.db.sql(sql`update ${interviews} set status = case when ${isFree(ctx, people, slot, row.id)} then status end
      where org_id = ${ctx.orgId} and id = ${row.id}`),
    ...keepTime(ctx, row.id, people, slot, sql`1`),
  ];
}

/**
 * Sets up the next round of an application and asks the candidate for a time, unless it is kept as a draft.
 * A task of the team to arrange it is done by this.
 *
 * @throws DomainError `not-found`; `invalid`; `conflict` where the application is closed, the round before
 * isn't passed, or the round is there already
 */
export async function createInterview(ctx: Ctx, input: NewInterview): Promise<Interview> {
  const interviewerIds = input.interviewerIds ?? (ctx.actor.kind === "user" ? [ctx.actor.id] : []);
  const named = input.applicationId
    ? eq(applications.id, input.applicationId)
    : and(
        eq(applications.candidateId, input.candidateId ?? ""),
        eq(applications.jobId, input.jobId ?? ""),
        sql`${applications.candidateId} is not null`,
      );
  const its = sql`(select id from ${applications} where ${and(eq(applications.orgId, ctx.orgId), named)})`;
  const arrange = and(
    // In the words of the partial index, so that SQLite uses it.
    sql`${tasks.applicationId} is not null and ${tasks.applicationId} = ${its}`,
    eq(tasks.kind, "meeting"),
    eq(tasks.status, "open"),
  );
  const [found, logins, rounds, people, errands] = await ctx.db.read(
    selectApplications(ctx, named),
    ctx.db.select({ userId: candidates.userId }, candidates, {
      where: sql`${candidates.id} = (select candidate_id from ${applications} where ${and(eq(applications.orgId, ctx.orgId), named)})`,
      byKey: true,
    }),
    selectInterviews(ctx, sql`${interviews.applicationId} = ${its} and ${interviews.status} <> 'Cancelled'`, {
      orderBy: [desc(interviews.round)],
      limit: 1,
    }),
    selectInterviewers(ctx, interviewerIds),
    selectTasks(ctx, arrange, { limit: 20 }),
  );
  const application = found[0];
  if (!application?.jobId || !application.candidateId || !application.clientId) throw notFound("application");
  if (input.applicationId) {
    if (input.jobId && input.jobId !== application.jobId) throw notFound("application");
    if (input.candidateId && input.candidateId !== application.candidateId) throw notFound("application");
  }
  const shown = presentApplication(ctx, application);
  if (shown.stageKind !== "open") {
    throw conflict(
      `${application.name} is in ${shown.stageName} now. Move them to an open stage before you interview them.`,
      shown,
    );
  }
  const last = rounds[0];
  const round = (last?.round ?? 0) + 1;
  if (last && last.status !== "Passed") {
    throw conflict(
      `Round ${last.round} is "${last.status}" now. The next round can be set up once it is passed.`,
      presentInterview(ctx, last),
    );
  }
  if (input.interviewRound !== undefined && input.interviewRound !== round) {
    throw conflict(
      `The next round of ${application.name} is round ${round}, not ${input.interviewRound}.`,
      last ? presentInterview(ctx, last) : shown,
    );
  }
  checkInterviewers(interviewerIds, people, application.clientId);
  const now = ctx.now();
  const changeId = newId("chg", now);
  const slots = readSlots(ctx, input.proposedSlots, input.interviewDuration);
  const agreed = input.agreed ? slots[0] : undefined;
  const row: OneInterview = {
    id: newId("int", now),
    orgId: ctx.orgId,
    applicationId: application.id,
    jobId: application.jobId,
    jobTitle: application.jobTitle ?? "",
    candidateId: application.candidateId,
    clientId: application.clientId,
    round,
    roundName: input.roundName,
    status: input.draft ? "Draft" : agreed ? "Confirmed" : "Awaiting Candidate Confirmation",
    mode: input.interviewMode,
    durationMinutes: input.interviewDuration,
    timeZone: input.timeZone,
    slots,
    selectedSlotId: agreed?.id ?? null,
    startsAt: agreed?.start ?? null,
    endsAt: agreed?.end ?? null,
    interviewerIds,
    location: input.location,
    meetingLink: input.meetingLink,
    instructions: input.additionalInstructions,
    inviteSentAt: null,
    inviteSentBy: null,
    inviteSequence: 0,
    feedback: [],
    rating: null,
    decisionReason: null,
    noShowCount: 0,
    hiringInitiated: false,
    version: 1,
    changeId,
    createdBy: ctx.actor.id,
    createdAt: now,
    updatedAt: now,
    candidateName: application.name,
    pipelineId: application.pipelineId,
    shared: application.sharedWithClient ? 1 : 0,
    userId: logins[0]?.userId ?? null,
    applicationStatus: application.status,
  };
  const {
    candidateName: _name,
    pipelineId,
    shared: _shared,
    userId: _login,
    applicationStatus: _status,
    ...stored
  } = row;
  const done = { status: "done", doneAt: now, doneBy: ctx.actor.id, changeId, updatedAt: now } as const;
  try {
    return await commit(ctx, {
      id: changeId,
      writes: [
        ctx.db.insert(interviews, stored),
        ...(agreed ? bookAgreed(ctx, row, agreed) : []),
        ...errands.map((task) =>
          ctx.db.update(
            tasks,
            { ...done, version: task.version + 1 },
            and(eq(tasks.id, task.id), eq(tasks.version, task.version)),
          ),
        ),
      ],
      events: [
        interviewEvent("interview.created", row, { ask: !input.draft && !agreed }),
        ...(agreed
          ? [interviewEvent("interview.booked", row, { startsAt: agreed.start, endsAt: agreed.end })]
          : []),
        ...errands.map((task) => taskEvent({ ...task, status: "done" }, "updated", pipelineId)),
      ],
      audit: [
        {
          action: "INTERVIEW_CREATE",
          entity: { type: "interview", id: row.id },
          newValue: { applicationId: row.applicationId, round, status: row.status },
        },
        ...errands.map((task) => ({
          action: "TASK_UPDATE" as const,
          entity: { type: "task", id: task.id },
          oldValue: { status: task.status },
          newValue: { status: "done" },
        })),
      ],
      result: presentInterview(ctx, row),
    });
  } catch (error) {
    if (emptyViolation(error) === "interviews.status") {
      throw conflict(
        `${application.name}, or somebody of the interviewers, has another interview at this time. Choose another one.`,
        shown,
      );
    }
    if (!uniqueViolation(error)?.startsWith("interviews.")) throw error;
    const [there] = await ctx.db.read(
      selectInterviews(
        ctx,
        and(eq(interviews.applicationId, row.applicationId), or(eq(interviews.round, round))),
        { limit: 1 },
      ),
    );
    throw conflict(
      `Somebody else set up round ${round} at the same moment. Look at it first.`,
      there[0] && presentInterview(ctx, there[0]),
    );
  }
}

import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { EventType } from "../../events/catalogue";
import { commit, event, type NewAudit, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, type DomainError, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { type OneInterview, presentInterview, selectInterview } from "./interviews";
import type { Interview } from "./schema";
import { interviews } from "./table";
import { allows, type InterviewAction, TRANSITIONS } from "./words";

export type InterviewEventType = Extract<EventType, `interview.${string}`>;
type Columns = typeof interviews.$inferSelect;

/** What follows an event needs to know of it, besides the row as it will be then. */
export interface InterviewDetailOfEvent {
  /** The candidate is to be asked for a time. */
  ask?: boolean;
  /** SEQUENCE of the calendar entry that is to be sent, changed or taken back. */
  sequence?: number;
  startsAt?: number | null;
  endsAt?: number | null;
  /** Interviewers whose calendar entry is taken back. */
  removed?: string[];
  /** The time that was booked before, where it has to be given up. */
  was?: number;
  reason?: string;
  /** True where the candidate did it by their personal link. */
  byCandidate?: boolean;
}

/** The event of an interview as it stands after a change. */
export function interviewEvent(
  type: InterviewEventType,
  row: Pick<Columns, "id" | "applicationId" | "candidateId" | "jobId" | "round" | "status"> & {
    pipelineId: string;
    shared: number | boolean;
    userId: string | null;
  },
  detail: InterviewDetailOfEvent = {},
): NewEvent {
  // How somebody did is told by the stage that the decision leads to, not by this.
  const told = ["interview.created", "interview.booked", "interview.scheduled", "interview.cancelled"];
  return event({
    type,
    entity: { type: "interview", id: row.id },
    pipelineId: row.pipelineId,
    userId:
      row.status !== "Draft" && (told.includes(type) || detail.ask || detail.sequence) ? row.userId : null,
    forClient: Boolean(row.shared) && row.status !== "Draft",
    data: {
      interviewId: row.id,
      applicationId: row.applicationId,
      candidateId: row.candidateId,
      jobId: row.jobId,
      round: row.round,
      status: row.status,
    },
    detail: detail as Record<string, unknown>,
  });
}

/** The guard of a commit that won the interview. */
export function interviewWon(ctx: Pick<Ctx, "orgId">, id: string, changeId: string): SQL {
  return sql`exists (select 1 from ${interviews}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/** A refusal with the interview as it stands, which whoever has no session doesn't get. */
export function refused(ctx: Ctx, message: string, now: OneInterview): DomainError {
  return ctx.actor.kind === "system" ? conflict(message) : conflict(message, presentInterview(ctx, now));
}

const WHAT: Record<InterviewAction, string> = {
  "book-slot": "choose a time",
  "send-invite": "send the calendar invitation",
  "mark-completed": "mark it as held",
  "mark-no-show": "say that they did not come",
  cancel: "cancel it",
  "move-to-next-round": "pass this round",
  reject: "reject after it",
  "initiate-hiring": "hire after it",
};

/** @throws DomainError `conflict` where the interview's status doesn't allow it */
export function requireAction(ctx: Ctx, now: OneInterview, action: InterviewAction): void {
  if (allows(action, now.status)) return;
  const from = TRANSITIONS[action].from.join(", ");
  throw refused(
    ctx,
    `This interview is "${now.status}" now. To ${WHAT[action]} it has to be in one of: ${from}.`,
    now,
  );
}

/** Tries `attempt` on the interview as it stands, once more after a lost race. */
export async function withInterview<R>(
  ctx: Ctx,
  id: string,
  ifVersion: number | undefined,
  attempt: (now: OneInterview) => Promise<R>,
): Promise<R> {
  const load = async () => {
    const [rows] = await ctx.db.read(selectInterview(ctx, id));
    if (!rows[0]) throw notFound("interview");
    return rows[0];
  };
  return await onceMore(
    async () => {
      const now = await load();
      checkVersion(ctx, now, ifVersion);
      return await attempt(now);
    },
    async () => (ctx.actor.kind === "system" ? undefined : presentInterview(ctx, await load())),
  );
}

/** @throws DomainError `outdated` */
export function checkVersion(ctx: Ctx, now: OneInterview, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== now.version) throw outdated(presentInterview(ctx, now));
}

export interface Step {
  set: Partial<Columns>;
  /** What must hold besides the version that was read. */
  guard?: SQL;
  /** Statements of the same transaction, given the guard of having won. */
  more?: (won: SQL) => Statement[];
  /** The events, of the row as it is then. */
  events: (next: OneInterview) => NewEvent[];
  audit: Pick<NewAudit, "action" | "metadata">;
}

/** The row once a step is written. */
export function stepped(ctx: Ctx, now: OneInterview, set: Partial<Columns>, changeId: string): OneInterview {
  return { ...now, ...set, version: now.version + 1, changeId, updatedAt: ctx.now() };
}

/**
 * Writes one change of an interview, guarded by the version that was read.
 * @throws LostRace
 */
export async function writeInterview(ctx: Ctx, now: OneInterview, step: Step): Promise<Interview> {
  const changeId = newId("chg", ctx.now());
  const { id, version, changeId: stamp, updatedAt } = stepped(ctx, now, step.set, changeId);
  const next = stepped(ctx, now, step.set, changeId);
  const won = interviewWon(ctx, id, changeId);
  return await commit(ctx, {
    id: changeId,
    won: { table: interviews, id },
    writes: [
      ctx.db.update(
        interviews,
        { ...step.set, version, changeId: stamp, updatedAt },
        and(eq(interviews.id, id), eq(interviews.version, now.version), step.guard),
      ),
      ...(step.more?.(won) ?? []),
    ],
    events: step.events(next),
    audit: [statusAudit(now, next, step.audit)],
    result: presentInterview(ctx, next),
  });
}

/** The audit entry of a change of an interview. */
export function statusAudit(
  now: OneInterview,
  next: OneInterview,
  { action, metadata }: Step["audit"],
): NewAudit {
  return {
    action,
    entity: { type: "interview", id: now.id },
    ...(next.status === now.status
      ? {}
      : { oldValue: { status: now.status }, newValue: { status: next.status } }),
    ...(metadata ? { metadata } : {}),
  };
}

import type { Ctx } from "../../events/context";
import { freeTime } from "./bookings";
import { interviewEvent, requireAction, withInterview, writeInterview } from "./change";
import { feedbackBy } from "./feedback";
import type { Decision, Interview } from "./schema";

/**
 * Sends the calendar invitation of a booked interview; the mails follow from the event.
 * @throws DomainError `not-found`, `conflict`, `outdated`
 */
export function sendInvite(ctx: Ctx, id: string, ifVersion?: number): Promise<Interview> {
  return withInterview(ctx, id, ifVersion, (now) => {
    requireAction(ctx, now, "send-invite");
    return writeInterview(ctx, now, {
      set: {
        status: "Scheduled",
        inviteSentAt: ctx.now(),
        inviteSentBy: ctx.actor.id,
        inviteSequence: now.inviteSequence + 1,
      },
      events: (next) => [
        interviewEvent("interview.scheduled", next, {
          sequence: now.inviteSequence,
          startsAt: now.startsAt,
          endsAt: now.endsAt,
        }),
      ],
      audit: { action: "INTERVIEW_INVITED", metadata: { sequence: now.inviteSequence } },
    });
  });
}

/** Says that it took place; a decision is due. @throws DomainError `not-found`, `conflict`, `outdated` */
export function markCompleted(ctx: Ctx, id: string, said: Decision, ifVersion?: number): Promise<Interview> {
  return withInterview(ctx, id, ifVersion, (now) => {
    requireAction(ctx, now, "mark-completed");
    return writeInterview(ctx, now, {
      set: { status: "Completed", ...feedbackBy(ctx, now, said) },
      more: (won) => [freeTime(ctx, id, won)],
      events: (next) => [interviewEvent("interview.completed", next)],
      audit: { action: "INTERVIEW_COMPLETED" },
    });
  });
}

/**
 * Says that the candidate did not come. New times can be proposed then; how often it happened is kept.
 * @throws DomainError `not-found`, `conflict`, `outdated`
 */
export function markNoShow(ctx: Ctx, id: string, ifVersion?: number): Promise<Interview> {
  return withInterview(ctx, id, ifVersion, (now) => {
    requireAction(ctx, now, "mark-no-show");
    return writeInterview(ctx, now, {
      set: { status: "No Show", noShowCount: now.noShowCount + 1 },
      more: (won) => [freeTime(ctx, id, won)],
      events: (next) => [interviewEvent("interview.no_show", next)],
      audit: { action: "INTERVIEW_NO_SHOW" },
    });
  });
}

/**
 * Calls an interview off, and takes it out of the calendars that have it.
 * @param reason told to the candidate and the interviewers
 * @throws DomainError `not-found`, `conflict`, `outdated`
 */
export function cancelInterview(
  ctx: Ctx,
  id: string,
  reason: string | undefined,
  ifVersion?: number,
): Promise<Interview> {
  return withInterview(ctx, id, ifVersion, (now) => {
    requireAction(ctx, now, "cancel");
    const invited = now.inviteSequence > 0;
    return writeInterview(ctx, now, {
      set: {
        status: "Cancelled",
        decisionReason: reason ?? null,
        ...(invited ? { inviteSequence: now.inviteSequence + 1 } : {}),
      },
      more: (won) => [freeTime(ctx, id, won)],
      events: (next) => [
        interviewEvent("interview.cancelled", next, {
          ask: now.status !== "Draft",
          startsAt: now.startsAt,
          endsAt: now.endsAt,
          ...(invited ? { sequence: now.inviteSequence } : {}),
          ...(reason ? { reason } : {}),
        }),
      ],
      audit: { action: "INTERVIEW_CANCELLED", ...(reason ? { metadata: { reason } } : {}) },
    });
  });
}

import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { freeTime, isFree, keepTime, peopleOf } from "./bookings";
import { checkVersion, interviewEvent, refused, type Step, writeInterview } from "./change";
import { checkInterviewers, selectInterviewers } from "./create";
import { type OneInterview, presentInterview, selectInterview } from "./interviews";
import type { Interview, InterviewChange } from "./schema";
import { readSlots } from "./slots";
import type { interviews } from "./table";
import { BOOKED, PROPOSE } from "./words";

const MINUTE_MS = 60_000;

/**
 * Changes the sent fields. New times ask the candidate again, and give back one that was booked; the
 * calendar entry keeps its UID. What people have in their calendars follows whatever else changes.
 *
 * @throws DomainError `not-found`; `invalid`; `outdated`; `conflict` where the interview is over, or an
 * interviewer is busy at its time
 */
export async function updateInterview(
  ctx: Ctx,
  id: string,
  change: InterviewChange,
  ifVersion?: number,
): Promise<Interview> {
  const load = async () => {
    const [rows, people] = await ctx.db.read(
      selectInterview(ctx, id),
      selectInterviewers(ctx, change.interviewerIds ?? []),
    );
    if (!rows[0]) throw notFound("interview");
    return { now: rows[0], people };
  };
  let tried: number | null = null;
  return await onceMore(
    async () => {
      const { now, people } = await load();
      checkVersion(ctx, now, ifVersion);
      if (!(PROPOSE.from as readonly string[]).includes(now.status)) {
        throw refused(
          ctx,
          `This interview is "${now.status}", so nothing of it can be changed any more.`,
          now,
        );
      }
      checkInterviewers(change.interviewerIds ?? [], people, now.clientId);
      const set = fieldsOf(ctx, now, change);
      const release = change.draft === false && now.status === "Draft";
      const step =
        change.proposedSlots || release
          ? proposed(ctx, now, set, change.draft === false)
          : kept(ctx, now, set);
      // Lost though nobody changed it: then it was somebody's other interview.
      if (tried === now.version && step.guard) {
        throw refused(ctx, "Somebody of its people has another interview at this time.", now);
      }
      tried = now.version;
      return await writeInterview(ctx, now, { ...step, set: { ...set, ...step.set } });
    },
    async () => presentInterview(ctx, (await load()).now),
  );
}

type Columns = Partial<typeof interviews.$inferSelect>;

function fieldsOf(ctx: Ctx, now: OneInterview, change: InterviewChange): Columns {
  const minutes = change.interviewDuration ?? now.durationMinutes;
  const set: Columns = {};
  if (change.interviewMode !== undefined) set.mode = change.interviewMode;
  if (change.interviewDuration !== undefined) set.durationMinutes = minutes;
  if (change.timeZone !== undefined) set.timeZone = change.timeZone;
  if (change.roundName !== undefined) set.roundName = change.roundName;
  if (change.interviewerIds !== undefined) set.interviewerIds = change.interviewerIds;
  if (change.location !== undefined) set.location = change.location;
  if (change.meetingLink !== undefined) set.meetingLink = change.meetingLink;
  if (change.additionalInstructions !== undefined) set.instructions = change.additionalInstructions;
  if (change.proposedSlots !== undefined) set.slots = readSlots(ctx, change.proposedSlots, minutes);
  else if (change.interviewDuration !== undefined) {
    set.slots = now.slots.map((slot) => ({ ...slot, end: slot.start + minutes * MINUTE_MS }));
  }
  return set;
}

/** The candidate is asked, for the first time or again. */
function proposed(ctx: Ctx, now: OneInterview, set: Columns, release: boolean): Step {
  const slots = set.slots ?? now.slots;
  const stays = now.status === "Draft" && !release;
  if (!stays && !slots.some(({ start }) => start > ctx.now())) {
    throw refused(ctx, "Propose at least one time that is still to come.", now);
  }
  const booked = now.startsAt !== null && (BOOKED as readonly string[]).includes(now.status);
  const status = stays ? now.status : PROPOSE.to;
  return {
    set: {
      status,
      selectedSlotId: null,
      startsAt: null,
      endsAt: null,
      inviteSentAt: null,
      inviteSentBy: null,
    },
    more: (won) => (booked ? [freeTime(ctx, now.id, won)] : []),
    events: (next) => [
      interviewEvent("interview.updated", next, {
        ask: status !== "Draft",
        ...(booked && now.startsAt !== null ? { was: now.startsAt } : {}),
        ...removedOf(now, set),
      }),
    ],
    audit: { action: "INTERVIEW_UPDATE", metadata: { fields: Object.keys(set) } },
  };
}

/** Interviewers who have the entry in their calendars and are no longer asked to come. */
function removedOf(now: OneInterview, set: Columns): { removed?: string[]; sequence?: number } {
  const next = set.interviewerIds;
  if (next === undefined || now.inviteSequence === 0) return {};
  const removed = now.interviewerIds.filter((one) => !next.includes(one));
  return removed.length > 0 ? { removed, sequence: now.inviteSequence } : {};
}

/** The time stays, where there is one. */
function kept(ctx: Ctx, now: OneInterview, set: Columns): Step {
  const start = (BOOKED as readonly string[]).includes(now.status) ? now.startsAt : null;
  const next = { ...now, ...set };
  const moves = start !== null && (set.interviewerIds !== undefined || set.durationMinutes !== undefined);
  const time = { start: start ?? 0, end: (start ?? 0) + next.durationMinutes * MINUTE_MS };
  const people = peopleOf(next);
  const invites = now.status === "Scheduled" && Object.keys(set).length > 0;
  return {
    set: {
      ...(moves ? { endsAt: time.end } : {}),
      ...(invites ? { inviteSequence: now.inviteSequence + 1 } : {}),
    },
    ...(moves ? { guard: isFree(ctx, people, time, now.id) } : {}),
    more: (won) => (moves ? keepTime(ctx, now.id, people, time, won) : []),
    events: (after) => [
      interviewEvent("interview.updated", after, {
        ...(invites
          ? {
              sequence: now.inviteSequence,
              startsAt: after.startsAt,
              endsAt: after.endsAt,
              ...removedOf(now, set),
            }
          : {}),
      }),
    ],
    audit: { action: "INTERVIEW_UPDATE", metadata: { fields: Object.keys(set) } },
  };
}

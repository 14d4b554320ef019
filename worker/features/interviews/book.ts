import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { invalid, notFound } from "../../lib/errors";
import { isFree, keepTime, peopleOf, selectBusy } from "./bookings";
import { checkVersion, interviewEvent, refused, requireAction, writeInterview } from "./change";
import { presentInterview, selectInterview } from "./interviews";
import type { Interview } from "./schema";

export interface Booking {
  slotId: string;
  /** Where a personal link books: the application that it is for. */
  applicationId?: string;
  ifVersion?: number | undefined;
}

/**
 * Chooses one of the proposed times. Of any number of bookings at once that would keep the same person busy
 * twice, one wins.
 *
 * @throws DomainError `not-found`, also for an interview of another application than the link's; `invalid`
 * for a time that isn't proposed; `conflict` where the time is over, taken, or the interview no longer waits for one
 */
export async function bookSlot(ctx: Ctx, id: string, booking: Booking): Promise<Interview> {
  const load = async () => {
    const [rows, busy] = await ctx.db.read(selectInterview(ctx, id), selectBusy(ctx, id, booking.slotId));
    const now = rows[0];
    const ofLink = booking.applicationId === undefined || now?.applicationId === booking.applicationId;
    // A draft isn't the candidate's yet.
    if (!now || !ofLink || (booking.applicationId && now.status === "Draft")) throw notFound("interview");
    return { now, busy: busy[0]?.personId };
  };
  return await onceMore(
    async () => {
      const { now, busy } = await load();
      checkVersion(ctx, now, booking.ifVersion);
      requireAction(ctx, now, "book-slot");
      const slot = now.slots.find((one) => one.id === booking.slotId);
      if (!slot) throw invalid("slotId", "This time isn't proposed, or not any more. Choose another one.");
      if (slot.start <= ctx.now()) throw refused(ctx, "This time is over. Choose a later one.", now);
      const people = peopleOf(now);
      if (busy) {
        const whose =
          busy === now.candidateId
            ? `${now.candidateName} has another interview at this time.`
            : "Somebody of the interviewers has another interview at this time.";
        throw refused(ctx, `${whose} Choose another one.`, now);
      }
      return await writeInterview(ctx, now, {
        set: { status: "Confirmed", selectedSlotId: slot.id, startsAt: slot.start, endsAt: slot.end },
        guard: isFree(ctx, people, slot, id),
        more: (won) => keepTime(ctx, id, people, slot, won),
        events: (next) => [
          interviewEvent("interview.booked", next, {
            startsAt: slot.start,
            endsAt: slot.end,
            ...(booking.applicationId ? { byCandidate: true } : {}),
          }),
        ],
        audit: { action: "INTERVIEW_BOOKED", metadata: { slotId: slot.id } },
      });
    },
    async () => (ctx.actor.kind === "system" ? undefined : presentInterview(ctx, (await load()).now)),
  );
}

import { desc, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { users } from "../users/table";
import { peopleOf } from "./bookings";
import type { CandidateInterview } from "./schema";
import { interviewBookings, interviews } from "./table";
import { MAX_MINUTES } from "./words";

type Row = typeof interviews.$inferSelect;

function stateOf({ status }: Row): CandidateInterview["state"] {
  switch (status) {
    case "Awaiting Candidate Confirmation":
      return "choose";
    case "Confirmed":
    case "Scheduled":
      return "booked";
    case "Cancelled":
      return "cancelled";
    default:
      return "over";
  }
}

const BUSY = {
  personId: interviewBookings.personId,
  start: interviewBookings.startsAt,
  end: interviewBookings.endsAt,
};

/** Rounds of one application that are shown: far more than there are. */
const MOST = 50;

/**
 * The queries that `presentForCandidate` makes the interviews of an application from, or all of a candidate,
 * for pages that read them in one round trip with what else they show.
 */
export function selectForCandidate(
  ctx: Ctx,
  id: string | SQL,
  by: "application_id" | "candidate_id" = "application_id",
) {
  const whose = sql`${sql.raw(by)} = ${id}`;
  const its = sql`org_id = ${ctx.orgId} and ${whose} and status <> 'Draft'`;
  const open = sql`${its} and status = 'Awaiting Candidate Confirmation'`;
  return [
    ctx.db.rows(interviews, {
      where: sql`${whose} and ${interviews.status} <> 'Draft'`,
      orderBy: desc(interviews.round),
      limit: MOST,
    }),
    ctx.db.select({ id: users.id, firstName: users.firstName }, users, {
      where: sql`${users.id} in (select j.value from ${interviews}, json_each(${interviews.interviewerIds}) j where ${its})`,
      byKey: true,
    }),
    // Times at which somebody is busy who would have to come.
    ctx.db.select(BUSY, interviewBookings, {
      where: sql`${interviewBookings.personId} in (
          select candidate_id from ${interviews} where ${open}
          union select j.value from ${interviews}, json_each(${interviews.interviewerIds}) j where ${open})
        and ${interviewBookings.startsAt} > ${ctx.now() - MAX_MINUTES * 60_000}`,
      limit: 1000,
    }),
  ] as const;
}

/** The interviews of an application as its candidate sees them, from the rows that were read. */
export function presentForCandidate(
  ctx: Pick<Ctx, "now">,
  rows: Row[],
  people: { id: string; firstName: string }[],
  busy: { personId: string; start: number; end: number }[],
): CandidateInterview[] {
  const names = new Map(people.map(({ id, firstName }) => [id, firstName]));
  return rows.map((row) => {
    const state = stateOf(row);
    const its = busy.filter(({ personId }) => peopleOf(row).includes(personId));
    const free = row.slots.filter(
      (slot) => slot.start > ctx.now() && !its.some(({ start, end }) => start < slot.end && end > slot.start),
    );
    return {
      id: row.id,
      round: row.round,
      roundName: row.roundName,
      state,
      mode: row.mode,
      durationMinutes: row.durationMinutes,
      timeZone: row.timeZone,
      slots:
        state === "choose"
          ? free.map(({ id, start, end }) => ({ id, start: iso(start), end: iso(end) }))
          : [],
      start: isoOrNull(row.startsAt),
      end: isoOrNull(row.endsAt),
      location: row.location,
      meetingLink: row.meetingLink,
      instructions: row.instructions,
      interviewers: row.interviewerIds.flatMap((id) => names.get(id) ?? []),
    };
  });
}

/**
 * The interviews of an application as its candidate sees them, the newest round first, in one round trip.
 * Whether the caller may see the application is for them to have asked.
 */
export async function interviewsOf(ctx: Ctx, applicationId: string): Promise<CandidateInterview[]> {
  const [rows, people, busy] = await ctx.db.read(...selectForCandidate(ctx, applicationId));
  return presentForCandidate(ctx, rows, people, busy);
}

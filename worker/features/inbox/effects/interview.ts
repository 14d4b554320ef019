import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { iso } from "../../../lib/clock";
import { bookSlot } from "../../interviews/book";
import { createInterview } from "../../interviews/create";
import { type InterviewRow, selectInterviews } from "../../interviews/interviews";
import { NewInterview } from "../../interviews/schema";
import { interviews } from "../../interviews/table";
import { BOOKED } from "../../interviews/words";
import { applicationOf, find, known } from "../find";
import { Unclear } from "../outcomes";
import type { InterviewData } from "../portal-data";
import type { Ride } from "../ride";

type Said = z.infer<typeof InterviewData>["interview"];

const MINUTE_MS = 60_000;

/**
 * Books the time that the portal agreed with the candidate: of the round that waits for one, where it is among
 * those proposed; where no round is under way, as the next one. A time that crosses what stands here already is
 * for a person to decide.
 */
export async function confirmInterview(ride: Ride, data: z.infer<typeof InterviewData>): Promise<void> {
  const { ctx } = ride;
  const said = data.interview;
  const found = await find(ride, data);
  const person = known(found);
  const application = applicationOf(found);
  const { applicationId } = application;
  const [rounds] = await ctx.db.read(
    selectInterviews(
      ctx,
      and(eq(interviews.applicationId, applicationId), sql`${interviews.status} <> 'Cancelled'`),
      { orderBy: [desc(interviews.round)], limit: 1 },
    ),
  );
  const last = rounds[0];
  ride.result = { candidateId: person.id, applicationId };
  ride.link("candidate", data.candidate.externalId, person.id);
  ride.subjects = [`interview:${said.externalId ?? applicationId}`];
  if (last && last.status !== "Passed") {
    ride.result.interviewId = last.id;
    ride.link("interview", said.externalId, last.id);
    await book(ride, last, said);
    return;
  }
  const round = sql`(select id from ${interviews} where org_id = ${ctx.orgId}
    and application_id = ${applicationId} and round = ${(last?.round ?? 0) + 1} and status <> 'Cancelled')`;
  ride.result.interviewId = round;
  ride.link("interview", said.externalId, round);
  await createInterview(ctx, asAgreed(applicationId, said));
}

async function book(ride: Ride, round: InterviewRow, said: Said): Promise<void> {
  const words = `Round ${round.round} is "${round.status}"`;
  if ((BOOKED as readonly string[]).includes(round.status)) {
    if (round.startsAt === said.start) return;
    throw new Unclear(
      `${words} at ${round.startsAt === null ? "no time" : iso(round.startsAt)}, and the portal says ${iso(said.start)}. Propose the new time, if it was moved.`,
    );
  }
  const slot = round.slots.find(({ start }) => start === said.start);
  if (slot) {
    await bookSlot(ride.ctx, round.id, { slotId: slot.id });
    return;
  }
  throw new Unclear(
    round.status === "Awaiting Candidate Confirmation"
      ? `${words}, and ${iso(said.start)} isn't among the times that were proposed. Propose it, then run this again.`
      : `${words}, so no time can be booked for it.`,
  );
}

/** A round whose time both sides know already. @throws DomainError of the schema, by its words */
function asAgreed(applicationId: string, said: Said) {
  const end = said.end ?? said.start + 45 * MINUTE_MS;
  const parsed = NewInterview.safeParse({
    applicationId,
    interviewerIds: [],
    interviewMode: said.meetingLink ? "Video" : "Phone",
    interviewDuration: Math.round((end - said.start) / MINUTE_MS),
    timeZone: said.timeZone ?? "UTC",
    proposedSlots: [{ start: iso(said.start), end: iso(end) }],
    ...(said.meetingLink ? { meetingLink: said.meetingLink } : {}),
    agreed: true,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Unclear(`This interview can't be set up: ${issue?.path.join(".")}: ${issue?.message}`);
}

import { and, desc, eq, sql } from "drizzle-orm";
import { bookSlot } from "../features/interviews/book";
import { createInterview } from "../features/interviews/create";
import { giveFeedback } from "../features/interviews/feedback";
import { NewInterview } from "../features/interviews/schema";
import { markCompleted, sendInvite } from "../features/interviews/steps";
import { applications } from "../features/pipelines/table";
import type { users } from "../features/users/table";
import type { Scene } from "./hiring";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

type User = typeof users.$inferSelect;

/** Interviews of people who came that far: one to decide, some on the way, and one for the demo's candidate. */
export async function seedInterviews(
  scene: Scene,
  { recruiter, admin, candidate }: { recruiter: User; admin: User; candidate: User },
): Promise<void> {
  const team = scene.as(recruiter);
  const own = eq(applications.candidateId, candidate.candidateId ?? "");
  const inProgress = sql`${applications.jobId} is not null and ${applications.archived} = 0
    and ${applications.status} = 'IN_PROGRESS'`;
  const [others, theirs] = await team.db.read(
    team.db.select({ id: applications.id }, applications, {
      where: and(inProgress, sql`${applications.candidateId} <> ${candidate.candidateId}`),
      orderBy: desc(applications.id),
      limit: 4,
    }),
    team.db.select({ id: applications.id }, applications, { where: and(inProgress, own), limit: 1 }),
  );
  const hour = Math.ceil(scene.start / HOUR) * HOUR;
  const set = async (id: string | undefined, hours: number[], rest: Record<string, unknown> = {}) => {
    if (!id) return null;
    scene.at(scene.start - 3 * DAY);
    const made = await createInterview(
      team,
      NewInterview.parse({
        applicationId: id,
        timeZone: "Europe/Berlin",
        meetingLink: "https://meet.example.test/portico-demo",
        interviewerIds: [recruiter.id, admin.id],
        proposedSlots: hours.map((one) => ({ start: new Date(hour + one * HOUR).toISOString() })),
        ...rest,
      }),
    );
    await scene.follow();
    return made;
  };
  const [held, today, soon, waiting] = others;
  const booked = [
    await set(held?.id, [-26], { roundName: "First talk" }),
    await set(today?.id, [2], { interviewMode: "Phone", interviewDuration: 30, meetingLink: null }),
    await set(soon?.id, [50], { roundName: "Technical" }),
  ].flatMap((one) => one ?? []);
  for (const interview of booked) {
    await bookSlot(team, interview.id, { slotId: interview.proposedSlots[0]?.id ?? "" });
    await sendInvite(team, interview.id);
    await scene.follow();
  }
  const first = held && booked[0];
  if (first) {
    scene.at(scene.start - DAY);
    await markCompleted(team, first.id, { feedback: "Clear and warm; knows the systems we use.", rating: 4 });
    await giveFeedback(scene.as(admin), first.id, { feedback: "I would work with them.", rating: 5 });
    await scene.follow();
  }
  await set(waiting?.id, [73, 97, 100]);
  await set(theirs[0]?.id, [74, 98, 101], {
    roundName: "Meet the team",
    additionalInstructions: "We talk about a day at work. There is nothing to prepare.",
  });
}

import { eq } from "drizzle-orm";
import type { Ctx } from "../events/context";
import { updateApplication } from "../features/applications/change";
import { createApplication } from "../features/applications/create";
import { moveApplication } from "../features/applications/move";
import { addNote } from "../features/candidates/notes";
import { createClient } from "../features/clients/change";
import { NewClient } from "../features/clients/schema";
import { askForDocument } from "../features/documents/requests";
import { uploadDocument } from "../features/documents/upload";
import { completeJob } from "../features/jobs/new-job";
import { CompleteJob, type Job } from "../features/jobs/schema";
import { updateJob } from "../features/jobs/update";
import { users } from "../features/users/table";
import { seedApplying } from "./applying";
import { applicantName, CLIENTS, type DemoJob, JOBS, ROLES_HELD, SOURCES } from "./hiring-people";
import { seedInterviews } from "./interviews";
import { demoPdf } from "./pdf";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

type User = typeof users.$inferSelect;

/** What the demo is played with: its clock, its dice, and what runs what follows from events. */
export interface Scene {
  start: number;
  at(time: number): void;
  as(user: User): Ctx;
  follow(): Promise<void>;
  random: { chance(p: number): boolean; below(n: number): number; pick<T>(list: readonly T[]): T };
}

/** Clients, jobs and applicants on their way, written by the verbs of the product. */
export async function seedHiring(
  scene: Scene,
  team: { admin: User; recruiter: User; client: User; candidate: User },
) {
  const { admin, recruiter, client } = team;
  scene.at(scene.start - 75 * DAY);
  const ids: string[] = [];
  for (const one of CLIENTS) ids.push((await createClient(scene.as(admin), NewClient.parse(one))).id);
  await scene
    .as(admin)
    .db.write([scene.as(admin).db.update(users, { clientId: ids[0] ?? null }, eq(users.id, client.id))]);
  client.clientId = ids[0] ?? null;
  let applicants = 0;
  for (const [i, one] of JOBS.entries()) {
    scene.at(scene.start - (60 - i * 6) * DAY);
    const job = await postJob(scene, one, ids[one.client] ?? "", team);
    for (let n = 0; n < one.people; n++) await apply(scene, job, one, applicants++, recruiter);
    if (i === 0) await own(scene, job, team);
    if (i === 0) await seedApplying(scene, job, recruiter);
    if (i === 1) await further(scene, job, team);
    if (one.ends === "on_hold" || one.ends === "filled") {
      scene.at(scene.start - 2 * DAY);
      await updateJob(scene.as(recruiter), job.id, {
        status: one.ends,
        ...(one.ends === "filled" ? { openApplications: "keep" } : {}),
      });
      await scene.follow();
    }
  }
  await seedInterviews(scene, team);
}

async function postJob(
  scene: Scene,
  one: DemoJob,
  clientId: string,
  { recruiter, admin, client }: { recruiter: User; admin: User; client: User },
): Promise<Job> {
  const { title, department, location, employmentType, priority, openings, description, salary, skills } =
    one;
  const job = await completeJob(
    scene.as(recruiter),
    CompleteJob.parse({
      job: {
        ...{ clientId, title, department, location, employmentType, priority, openings, description },
        status: one.ends === "draft" ? "draft" : "open",
        salaryMin: salary[0] * 100,
        salaryMax: salary[1] * 100,
        salaryCurrency: "EUR",
        requiredSkills: skills,
      },
      form: { fields: one.form },
      team: [
        { userId: recruiter.id, role: "recruiter" },
        client.clientId === clientId
          ? { userId: client.id, role: "hiring_manager" }
          : { userId: admin.id, role: "hiring_manager" },
      ],
    }),
  );
  await scene.follow();
  return job;
}

/** How far the n-th applicant came: most are at the beginning, every stage has somebody. */
const REACHED = [0, 1, 0, 2, 1, 3, 0, 4, 2, -1, 1, 5, 0, -1, 6];

async function apply(scene: Scene, job: Job, one: DemoJob, i: number, recruiter: User): Promise<void> {
  const { random } = scene;
  const name = applicantName(i);
  const [firstName = "", lastName = ""] = name.split(" ");
  const reached = one.ends === "filled" && i % 7 === 0 ? 7 : (REACHED[i % REACHED.length] ?? 0);
  const steps = Math.max(reached, 1);
  // Some walked the whole way; of the others only the last step is told, which keeps the start quick.
  const first = i % 4 === 0 ? 0 : steps - 1;
  let at = scene.start - (reached === 0 ? 0 : steps * 3 + 2) * DAY - (5 + random.below(40)) * HOUR;
  scene.at(at);
  const years = random.below(12);
  const made = await createApplication(
    scene.as(recruiter),
    {
      job: job.id,
      stage: job.stages[first]?.key,
      source: random.pick(SOURCES),
      candidateData: {
        firstName,
        lastName,
        email: `${firstName}.${lastName}.${i}@example.test`.toLowerCase(),
        phone: `+49 40 555 0${String(100 + i)}`,
        city: one.location,
        currentRole: random.pick(ROLES_HELD),
        skills: one.skills.slice(0, 1 + random.below(one.skills.length)),
        experienceYears: years,
      },
      formAnswers: {
        why: "The team, and that the work can be seen in the evening.",
        years,
        permit: random.chance(0.9) ? "yes" : "no",
      },
    },
    (application) => application,
  );
  const team = scene.as(recruiter);
  const candidateId = made.candidateId ?? "";
  if (i % 3 === 0) {
    const bytes = demoPdf(name, [one.title, `${years} years`, "", "Demo document. No real person's data."]);
    await uploadDocument(team, {
      bytes,
      fileName: `cv-${lastName.toLowerCase()}.pdf`,
      declaredType: "application/pdf",
      type: "cv",
      candidateId,
    });
  }
  for (let step = first; step < steps && reached !== 0; step++) {
    at += (30 + random.below(60)) * HOUR;
    scene.at(Math.min(at, scene.start - HOUR));
    const who = { applicationId: made.id };
    if (reached === -1) {
      await moveApplication(team, {
        who,
        stage: "rejected",
        reason: "We chose people who have done this before.",
      });
    } else {
      const next = (job.stages[step + 1] ?? job.stages[0])?.key ?? "";
      await moveApplication(team, { who, stage: next });
    }
  }
  if (random.chance(0.4)) {
    await updateApplication(team, made.id, { rating: 2 + random.below(4), starred: random.chance(0.3) });
  }
  if (i % 8 === 1) {
    await addNote(team, candidateId, {
      text: "Good call. Speaks calmly, asks before answering.",
      applicationId: made.id,
      internal: true,
    });
  }
  // Once for all of it: what follows reads the time of each event.
  await scene.follow();
}

/** The login that visitors try as a candidate: in the middle of the first job. */
async function own(scene: Scene, job: Job, { recruiter, candidate }: { recruiter: User; candidate: User }) {
  scene.at(scene.start - 4 * DAY);
  const result = await createApplication(
    scene.as(recruiter),
    {
      job: job.id,
      source: "careers page",
      candidateId: candidate.candidateId ?? "",
      formAnswers: { why: "I like to help.", years: 4, permit: "yes" },
    },
    (application) => application,
  );
  await scene.follow();
  scene.at(scene.start - 2 * DAY);
  await moveApplication(scene.as(recruiter), {
    who: { applicationId: result.id },
    stage: job.stages[1]?.key ?? "",
  });
  await scene.follow();
}

/** The same person further on in the second job, with a paper that is asked for. */
async function further(
  scene: Scene,
  job: Job,
  { recruiter, candidate }: { recruiter: User; candidate: User },
) {
  const candidateId = candidate.candidateId ?? "";
  const team = scene.as(recruiter);
  scene.at(scene.start - 11 * DAY);
  const { id } = await createApplication(
    team,
    {
      job: job.id,
      source: "careers page",
      candidateId,
      formAnswers: { why: "I have done this for years.", years: 4, permit: "yes" },
    },
    (application) => application,
  );
  await scene.follow();
  for (const [step, days] of [
    [1, 9],
    [2, 5],
  ] as const) {
    scene.at(scene.start - days * DAY);
    await moveApplication(team, { who: { applicationId: id }, stage: job.stages[step]?.key ?? "" });
    await scene.follow();
  }
  scene.at(scene.start - DAY);
  const message = "Both sides, please. We need it before we can make you an offer.";
  await askForDocument(team, { candidateId, type: "id", message });
  await scene.follow();
}

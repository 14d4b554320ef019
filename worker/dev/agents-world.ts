import { eq, inArray } from "drizzle-orm";
import { agents } from "../features/agents/table";
import { applyToCampaign } from "../features/campaigns/apply";
import { assignToCampaign } from "../features/campaigns/assign";
import { createCampaign } from "../features/campaigns/change";
import { NewCampaign } from "../features/campaigns/schema";
import { sweepEligibility } from "../features/eligibility/sweep";
import { evaluatePerson } from "../features/evaluations/evaluate";
import { NewEvaluation, NewEvaluationType } from "../features/evaluations/schema";
import { addEvaluationType } from "../features/evaluations/types";
import { NewOnboardingStep } from "../features/onboarding/schema";
import { addStep } from "../features/onboarding/steps";
import { users } from "../features/users/table";
import type { Scene } from "./hiring";

const DAY = 24 * 60 * 60 * 1000;
type User = typeof users.$inferSelect;

const CONDUCT = `We work for other people's customers. That asks three things of everybody here.

1. What a customer tells you stays with you and the client. You don't copy it, and you don't speak of it elsewhere.
2. You write and speak as you would like to be spoken to, also at the end of a long evening.
3. If something goes wrong, you say so the same day. Nobody is blamed for a mistake that was told in time.

By signing you agree to work by these three.`;

const STEPS = [
  {
    key: "hours",
    title: "Your hours and your desk",
    kind: "form",
    description: "So that we offer you what fits. You can change it at any time.",
    schema: {
      type: "object",
      properties: {
        weeklyHours: { type: "integer", title: "Hours a week that suit you", minimum: 4, maximum: 40 },
        times: {
          type: "array",
          title: "When you like to work",
          items: { type: "string", enum: ["Mornings", "Afternoons", "Evenings", "Weekends"] },
        },
        headset: { type: "boolean", title: "I have a headset with a microphone" },
      },
      required: ["weeklyHours"],
    },
    dueDays: 3,
  },
  {
    key: "conduct",
    title: "How we work",
    kind: "acknowledgement",
    description: "Three rules, one page. You sign with your name and keep a copy.",
    text: CONDUCT,
    dueDays: 5,
  },
  {
    key: "first_contact",
    title: "First contact: a short quiz",
    kind: "quiz",
    description: "Three questions about the first minute with a customer. Try it as often as you like.",
    questions: [
      {
        key: "greeting",
        label: "A customer writes in capital letters. What comes first?",
        options: [
          "Ask for their order number",
          "Say that you understand what went wrong",
          "Send a link to the help page",
        ],
        answer: "Say that you understand what went wrong",
      },
      {
        key: "unknown",
        label: "You don't know the answer. What do you write?",
        options: [
          "That you find out, and until when",
          "That it is not your department",
          "Nothing until you know",
        ],
        answer: "That you find out, and until when",
      },
      {
        key: "data",
        label: "Somebody asks for the address of another customer.",
        options: ["You look it up", "You explain why you can't say it", "You hang up"],
        answer: "You explain why you can't say it",
      },
    ],
    passScore: 80,
    dependsOn: ["conduct"],
    dueDays: 7,
  },
];

/** A day so many days from the demo's today. */
const day = (start: number, days: number) => new Date(start + days * DAY).toISOString().slice(0, 10);

/** Onboarding, evaluations and campaigns of the demo organization, written by the verbs of the product. */
export async function seedAgentsWorld(
  scene: Scene,
  { admin, recruiter, client }: { admin: User; recruiter: User; client: User },
): Promise<void> {
  const [boss, team] = [scene.as(admin), scene.as(recruiter)];
  scene.at(scene.start - 20 * DAY);
  for (const step of STEPS) await addStep(boss, NewOnboardingStep.parse(step));
  await addEvaluationType(
    team,
    NewEvaluationType.parse({
      key: "english",
      name: "English, written",
      description: "Two answers to customers, read by somebody of the team.",
      passScore: 70,
    }),
  );
  await addEvaluationType(
    team,
    NewEvaluationType.parse({
      key: "trial_call",
      name: "Trial call",
      minScore: 1,
      maxScore: 5,
      passScore: 3.5,
      criteria: [
        { key: "tone", label: "Tone", weight: 2 },
        { key: "clarity", label: "Clarity" },
        { key: "solution", label: "Finds a solution", weight: 2 },
      ],
    }),
  );
  await scene.follow();
  const campaigns = [];
  for (const one of drafts(scene.start, client.clientId ?? null)) {
    campaigns.push(await createCampaign(team, NewCampaign.parse(one)));
    await scene.follow();
  }
  await people(
    scene,
    campaigns.map(({ id }) => id),
    recruiter,
  );
}

const drafts = (start: number, clientId: string | null) => [
  {
    name: "Winter support, evenings",
    clientId,
    status: "open",
    brief:
      "Customers of a wind farm write when their heating bill arrives. You answer by chat and mail, with a script at the beginning and on your own soon after.",
    schedule: "Monday to Friday, 17:00 to 22:00, at least three evenings a week.",
    pay: {
      amount: 1950,
      currency: "EUR",
      per: "hour",
      terms: "Paid each month by the 10th, by the hours in the time sheet.",
    },
    seats: 6,
    startDate: day(start, 12),
    endDate: day(start, 110),
    requirements: {
      all: [
        { kind: "stage", min: "active" },
        { kind: "document", type: "w9" },
        { kind: "evaluation", type: "english", minScore: 70 },
      ],
    },
  },
  {
    name: "Ticket sprint",
    clientId: null,
    status: "open",
    brief: "Two thousand old tickets are to be read, answered or closed. You take as many as you like.",
    schedule: "Whenever it suits you, within four weeks.",
    pay: { amount: 240, currency: "EUR", per: "unit", unitName: "closed ticket" },
    seats: 20,
    startDate: day(start, 5),
    endDate: day(start, 33),
    requirements: {
      all: [
        { kind: "document", type: "w9" },
        { kind: "onboarding", step: "conduct" },
        {
          any: [
            { kind: "skill", name: "customer care" },
            { kind: "evaluation", type: "first_contact", minScore: 80 },
          ],
        },
      ],
    },
  },
  {
    name: "Spring launch, French",
    clientId,
    status: "draft",
    seats: 4,
    startDate: day(start, 90),
    requirements: {
      all: [
        { kind: "stage", min: "active" },
        { kind: "language", code: "fr", level: "B2" },
      ],
    },
  },
];

/** Agents of the pool take tests; some are assigned, and one has applied and waits. */
async function people(scene: Scene, [winter]: string[], recruiter: User): Promise<void> {
  const team = scene.as(recruiter);
  if (!winter) return;
  const [active] = await team.db.read(
    team.db.select({ id: agents.id }, agents, {
      where: eq(agents.status, "active"),
      orderBy: agents.id,
      limit: 9,
    }),
  );
  const [accounts] = await team.db.read(
    team.db.rows(users, {
      where: inArray(
        users.agentId,
        active.map(({ id }) => id),
      ),
    }),
  );
  scene.at(scene.start - 6 * DAY);
  for (const [i, { id }] of active.entries()) {
    const score = [88, 76, 91, 64, 82, 79, 95, 71, 58][i] ?? 75;
    await evaluatePerson(team, NewEvaluation.parse({ agentId: id, type: "english", score }));
    await scene.follow();
  }
  await sweepEligibility(team.env, team.after);
  const able = active.filter((_, i) => ![3, 8].includes(i)).map(({ id }) => id);
  scene.at(scene.start - 3 * DAY);
  for (const agentId of able.slice(0, 3)) {
    await assignToCampaign(team, winter, { agentId, startDate: day(scene.start, 12), override: false });
    await scene.follow();
  }
  const eager = accounts.find(({ agentId }) => agentId === able[3]);
  scene.at(scene.start - DAY);
  if (eager) await applyToCampaign(scene.as(eager), winter, { acceptTerms: true });
  await scene.follow();
}

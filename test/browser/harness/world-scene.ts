import { demoPdf } from "../../../worker/dev/pdf";
import type { Campaign } from "../../../worker/features/campaigns/schema";
import type { Client } from "../../../worker/features/clients/schema";
import type { Document } from "../../../worker/features/documents/schema";
import type { OnboardingStep } from "../../../worker/features/onboarding/schema";
import { type Scene, type SceneAgent, unique } from "./scene";
import { base } from "./server";

const DAY_MS = 24 * 60 * 60 * 1000;
const day = (from: number) => new Date(Date.now() + from * DAY_MS).toISOString().slice(0, 10);

/** What stands on the screens of campaigns, onboarding, evaluations and documents. */
export interface World {
  /** Active, with a W-9 that ends in five days: assigned to the full campaign. */
  ada: SceneAgent;
  /** In onboarding, with a W-9 that waits and an evaluation. */
  bo: SceneAgent;
  /** The login of somebody at the client's. */
  clientUser: string;
  campaigns: {
    /** Bo is assigned and lacks what is asked; Ada has applied. */
    main: Campaign;
    /** Its one seat is Ada's; Bo waits for it. */
    full: Campaign;
    /** Bo may apply, by accepting its terms. */
    eligible: Campaign;
    /** Bo lacks most of what it asks; it is unlocked by the team. */
    missing: Campaign;
  };
  /** A step of each kind, and one that waits for another. */
  steps: Record<"form" | "document" | "acknowledgement" | "video" | "quiz" | "external" | "locked", string>;
}

const STEPS: Record<keyof World["steps"], object> = {
  form: {
    title: "Your hours",
    kind: "form",
    description: "So that we offer you what fits.",
    dueDays: 3,
    schema: {
      type: "object",
      required: ["hours", "shift"],
      properties: {
        hours: { type: "integer", title: "Hours a week", minimum: 4, maximum: 40 },
        shift: { type: "string", title: "Which hours suit you", enum: ["Early", "Late"] },
        times: { type: "array", title: "Days", items: { type: "string", enum: ["Weekdays", "Weekends"] } },
        quiet: { type: "boolean", title: "I have a quiet room" },
      },
    },
  },
  document: { title: "Your agreement", kind: "document", documentType: "nda" },
  acknowledgement: { title: "How we work", kind: "acknowledgement", text: "I keep it to myself.\n\nAlways." },
  video: { title: "Watch the film", kind: "video", url: "https://films.example.com/safety" },
  quiz: {
    title: "Support basics",
    kind: "quiz",
    passScore: 80,
    questions: [
      { key: "greet", label: "What comes first?", options: ["Listen", "Hang up"], answer: "Listen" },
      { key: "sum", label: "One and one?", answer: 2 },
    ],
  },
  external: { title: "Background check", kind: "external", url: "https://checks.example.com" },
  locked: {
    title: "The last talk",
    kind: "acknowledgement",
    text: "I am ready.",
    dependsOn: ["support-basics"],
  },
};

/** Asks for a bit of everything, in groups. */
const ASKED = {
  all: [
    { kind: "stage", min: "active" },
    { kind: "document", type: "w9", maxAgeDays: 365 },
    { kind: "onboarding" },
    {
      any: [
        { kind: "skill", name: "Chat" },
        { kind: "language", code: "fr", level: "B2" },
        {
          all: [
            { kind: "evaluation", type: "english", minScore: 70 },
            { kind: "location", country: "CA" },
          ],
        },
      ],
    },
    { none: [{ kind: "tag", name: "paused" }] },
  ],
};
const TERMS = "Paid each month by the 10th, by the hours in the time sheet.";

/** Makes an organization's campaigns, steps, evaluations and papers, with people in each. */
export async function newWorld(scene: Scene): Promise<World> {
  const { admin } = scene;
  const client = await admin.post<Client>("/api/clients", { companyName: "Harbor Bank" });
  const clientUser = `${unique("dora")}@client.test`;
  await admin.post(`/api/clients/${client.id}/users`, {
    email: clientUser,
    name: "Dora Client",
    password: "portico-demo-1",
    mustChangePassword: false,
  });
  const steps = {} as World["steps"];
  for (const [kind, body] of Object.entries(STEPS) as [keyof World["steps"], object][])
    steps[kind] = (await admin.post<OnboardingStep>("/api/onboarding/steps", body)).id;
  for (const body of [
    { key: "english", name: "English, written", passScore: 70 },
    { key: "trial", name: "Trial call", minScore: 1, maxScore: 5, passScore: 3, criteria: CRITERIA },
  ])
    await admin.post("/api/evaluations/types", body);
  await sendTemplate(scene);

  const [ada, bo] = [await scene.agent("Ada Able"), await scene.agent("Bo Baker")];
  await scene.move(ada, "active");
  await scene.move(bo, "onboarding");
  const approved = await paper(ada, "w9");
  await admin.put(`/api/documents/${approved.id}/status`, { status: "approved", expiresOn: day(5) });
  const refused = await paper(bo, "w9");
  await admin.put(`/api/documents/${refused.id}/status`, { status: "rejected", reason: "It is not signed." });
  await paper(bo, "w9");
  await paper(ada, "nda");
  await admin.post("/api/evaluations", { agentId: bo.id, type: "english", score: 64, comment: "Almost." });

  const campaign = (body: object) =>
    admin.post<Campaign>("/api/campaigns", {
      clientId: client.id,
      status: "open",
      startDate: day(10),
      endDate: day(90),
      brief: "Customers write by chat and mail.\n\nYou answer.",
      schedule: "Weekdays, 9 to 17.",
      ...body,
    });
  const pay = { amount: 1850, currency: "USD", per: "hour" };
  const campaigns = {
    main: await campaign({ name: "Evening support", seats: 2, pay }),
    full: await campaign({ name: "Night watch", seats: 1 }),
    eligible: await campaign({ name: "Ticket sprint", seats: 5, pay: { ...pay, terms: TERMS } }),
    missing: await campaign({ name: "French desk", seats: 3, access: "unlocked", requirements: ASKED }),
  };
  const { main, full, missing } = campaigns;
  const assign = (to: Campaign, agentId: string) =>
    admin.post(`/api/campaigns/${to.id}/assign`, { agentId, startDate: day(10), override: true });
  await assign(full, ada.id);
  await bo.post(`/api/campaigns/${full.id}/apply`, {});
  await assign(main, bo.id);
  await ada.post(`/api/campaigns/${main.id}/apply`, {});
  await admin.put(`/api/campaigns/${main.id}`, { requirements: NEEDS, confirmAffected: true });
  await admin.post(`/api/campaigns/${missing.id}/access`, { agentId: bo.id, unlocked: true });
  return { ada, bo, clientUser, campaigns, steps };
}

const NEEDS = { all: ASKED.all.slice(0, 2) };
const CRITERIA = [
  { key: "tone", label: "Tone", weight: 2 },
  { key: "clarity", label: "Clarity" },
];

const paper = (agent: SceneAgent, type: string): Promise<Document> =>
  agent.upload(type, { name: `${type}.pdf`, type: "application/pdf", bytes: demoPdf(type, [agent.name]) });

/** Gives the W-9 a template to fill in. */
async function sendTemplate({ admin }: Scene): Promise<void> {
  const form = new FormData();
  form.set(
    "file",
    new File([new Uint8Array(demoPdf("Form W-9", []))], "form-w9.pdf", { type: "application/pdf" }),
  );
  const answer = await fetch(`${base}/api/documents/types/w9/template`, {
    method: "POST",
    headers: { authorization: `Bearer ${admin.token}` },
    body: form,
  });
  if (!answer.ok) throw new Error(`The template was refused: ${answer.status} ${await answer.text()}`);
}

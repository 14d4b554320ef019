import type { Application } from "../../../worker/features/applications/schema";
import type { Client } from "../../../worker/features/clients/schema";
import type { CompletedJob } from "../../../worker/features/jobs/schema";
import type { Board } from "../../../worker/features/pipelines/schema";
import { newScene, type Scene, unique } from "./scene";

/** The stages of a scene's job: few, so that all stand on one screen. */
const STAGES = [
  { key: "new", name: "New", kind: "open" },
  { key: "screening", name: "Screening", kind: "open" },
  {
    key: "interview",
    name: "Interview",
    kind: "open",
    sharesWithClient: true,
    actions: [{ type: "email", template: "application_stage" }],
  },
  { key: "hired", name: "Hired", kind: "hired" },
  {
    key: "rejected",
    name: "Rejected",
    kind: "rejected",
    actions: [{ type: "email", template: "application_rejected" }],
  },
  { key: "withdrawn", name: "Withdrawn", kind: "withdrawn" },
];

const FIELDS = [
  {
    key: "visa",
    label: "May you work in the country?",
    type: "yes_no",
    required: true,
    knockOut: { equals: false },
  },
  { key: "years", label: "Years of experience", type: "number" },
  { key: "why", label: "Why this job?", type: "long_text" },
];

/** An organization with a client and an open job that asks three questions. */
export interface JobScene extends Scene {
  job: CompletedJob;
  client: Client;
  /** Somebody applies, as anybody on the careers page does. */
  apply(
    name: string,
    answers?: Record<string, unknown>,
  ): Promise<{ id: string; name: string; email: string }>;
  /** So many people apply: "Person 1" first. */
  applyMany(count: number): Promise<{ id: string; name: string; email: string }[]>;
  application(id: string): Promise<Application>;
  board(): Promise<Board>;
}

/** Makes one, with an admin called Alma Stone. */
export async function newJobScene(name: string, title = "Support lead"): Promise<JobScene> {
  const scene = await newScene(name);
  const { admin } = scene;
  const client = await admin.post<Client>("/api/clients", { companyName: `${name} Client` });
  const job = await admin.post<CompletedJob>("/api/jobs/complete", {
    job: { clientId: client.id, title, description: "Leads a team of ten.", location: "Lisbon" },
    form: { fields: FIELDS },
    workflow: { stages: STAGES },
  });
  const apply: JobScene["apply"] = async (
    who,
    answers = { visa: true, years: 5, why: "I like to help." },
  ) => {
    const [firstName = "", ...rest] = who.split(" ");
    const email = `${unique(who.toLowerCase().replace(/[^a-z0-9]+/g, "."))}@example.test`;
    const made = await admin.post<Application>("/api/applications", {
      job: job.id,
      candidateData: { firstName, lastName: rest.join(" "), email },
      formAnswers: answers,
      source: "careers page",
    });
    return { id: made.id, name: who, email };
  };
  return {
    ...scene,
    job,
    client,
    apply,
    applyMany: async (count) => {
      const all = [];
      for (let n = 1; n <= count; n += 1) all.push(await apply(`Person ${n}`));
      return all;
    },
    application: (id) => admin.get<Application>(`/api/applications/${id}`),
    board: () => admin.get<Board>(`/api/pipelines/${job.pipelineId}/board`),
  };
}

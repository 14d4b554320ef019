import { getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import * as schema from "../../worker/db/schema";
import { newOneTimeToken } from "../../worker/features/sessions/one-time";
import { newSession } from "../../worker/features/sessions/sessions";
import type { TokenPurpose } from "../../worker/features/sessions/table";
import { newStatusLinks } from "../../worker/features/status/links";
import type { Role } from "../../worker/features/users/words";
import { newId } from "../../worker/lib/ids";
import { passwordPool } from "../../worker/lib/passwords-object";
import { samplePdf, samplePng } from "../fixtures/files";
import { newSource, sent } from "./incoming";
import { type Call, call, follow, json, newOrg, type Org, type Person, worker } from "./org";
import { newHook } from "./receiver";

export const PASSWORD = "a-long-enough-secret";

let hashed: Promise<string> | undefined;
/** The hash of `PASSWORD`, made once a file: it costs what a login costs. */
function passwordHash(): Promise<string> {
  hashed ??= passwordPool(worker).hash("anybody", PASSWORD);
  return hashed;
}

/** Gives a person `PASSWORD`, so that they can log in. */
export async function withPassword<P extends Person>(person: P): Promise<P> {
  const statement = worker.DB.prepare("update users set password_hash = ? where id = ?");
  await statement.bind(await passwordHash(), person.user.id).run();
  return person;
}

/** One more login of somebody. */
export async function anotherSession(person: Person): Promise<Person> {
  const { id, session, writes } = await newSession(person.ctx, person.user, {
    device: "Second",
    address: null,
  });
  await person.ctx.db.write(writes);
  return { ...person, token: session.accessToken, refreshToken: session.refreshToken, sessionId: id };
}

/** A mailed secret of somebody. */
export async function mailedToken(person: Person, purpose: TokenPurpose): Promise<string> {
  const { token, write } = await newOneTimeToken(person.ctx, { userId: person.user.id, purpose });
  await person.ctx.db.write([write]);
  return token;
}

/** Ids and secrets of one of everything that an organization has. */
export interface Things {
  org: string;
  orgId: string;
  email: string;
  candidateEmail: string;
  agentId: string;
  agentUserId: string;
  candidateId: string;
  pipelineId: string;
  /** The client of the client user, who has `jobId`. */
  clientId: string;
  /** A client without jobs. */
  emptyClientId: string;
  clientUserEmail: string;
  jobId: string;
  /** The candidate's application for `jobId`, shared with the client. */
  applicationId: string;
  /** A job that nobody applied to. */
  emptyJobId: string;
  /** A note of the recruiter about the candidate, and a file of people that they sent. */
  noteId: string;
  importId: string;
  /** A workflow that isn't the default one, a stage of it and an action of that stage. */
  templateId: string;
  stepId: string;
  actionId: string;
  /** A task of the recruiter about the application. */
  taskId: string;
  /** Interviews of people whom the client sees: scheduled, waiting for the candidate, booked, and held. */
  interviewId: string;
  openInterviewId: string;
  bookedInterviewId: string;
  heldInterviewId: string;
  /** An application without interviews. */
  freeApplicationId: string;
  /** The secret of the application's personal link. */
  statusToken: string;
  /** The secret of an application for `jobId` that isn't sent yet, with a CV. */
  draftToken: string;
  /** An application for `jobId` that waits for the team's look, with a CV. */
  waitingId: string;
  documentId: string;
  /** A type of documents with a template, a type of evaluations, and a result of the agent. */
  documentType: string;
  evaluationType: string;
  evaluationId: string;
  /** Steps of the onboarding: one that the agent can do, and one that they have signed. */
  openStepId: string;
  signedStepId: string;
  requestId: string;
  /** A notification of the recruiter. */
  notificationId: string;
  /** Campaigns of the client: one that nobody is in, one to which the agent is assigned, one they applied to. */
  campaignId: string;
  staffedCampaignId: string;
  joinedCampaignId: string;
  /** A second session of the recruiter. */
  sessionId: string;
  /** A team account besides those of `people`. */
  userId: string;
  /** A candidate's account in the portal besides that of `people`. */
  accountId: string;
  /** A move of the agent that can still be taken back. */
  batchId: string;
  /** Where nothing is sent by itself, something that was sent there, and a key of another system. */
  endpointId: string;
  deliveryId: string;
  apiKeyId: string;
  /** A source, its secret, and something that it sent and nobody understands. */
  sourceId: string;
  sourceSecret: string;
  inboxId: string;
  refreshToken: string;
  resetToken: string;
  verifyToken: string;
}

export type People = Record<Role, Person>;

export interface World {
  org: Org;
  people: People;
  things: Things;
}

/** The form that gives an organization a logo. */
export const logoForm = () => {
  const form = new FormData();
  form.set("file", new File([samplePng(120, 40)], "logo.png", { type: "image/png" }));
  return form;
};

/** A file and nothing else. */
export const fileForm = () => {
  const form = new FormData();
  form.set("file", new File([samplePdf()], "form.pdf", { type: "application/pdf" }));
  return form;
};

export const pdfForm = (fields: Record<string, string> = {}, name = "w9.pdf") => {
  const form = new FormData();
  form.set("file", new File([samplePdf()], name, { type: "application/pdf" }));
  for (const [field, value] of Object.entries({ type: "w9", ...fields })) form.set(field, value);
  return form;
};

/** A file of people, as an import takes it. */
export const csvForm = (
  csv: string | Uint8Array,
  fields: Record<string, string> = {},
  name = "people.csv",
) => {
  const form = new FormData();
  form.set(
    "file",
    new File([typeof csv === "string" ? csv : new Uint8Array(csv)], name, { type: "text/csv" }),
  );
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return form;
};

interface Made {
  id: string;
}

/** An organization with one person of each role and one of everything, all made through the API. */
export async function newWorld(): Promise<World> {
  const org = await newOrg();
  const agent = await withPassword(await org.agent("Ada Lund"));
  const people: People = {
    admin: await org.person("admin", "Ann Holm"),
    recruiter: await org.person("recruiter", "Rea Cruz"),
    client_user: await org.person("client_user", "Cleo Bond"),
    candidate: await withPassword(await org.person("candidate", "Kim Park")),
    agent,
  };
  const { admin, recruiter } = people;
  const [agentId, candidateId] = [agent.agent.id, people.candidate.user.candidateId ?? ""];
  const post = async (by: Person, path: string, body: Call) =>
    await json<Made>(await call("POST", path, { token: by.token, ...body }), 201);

  const document = await post(agent, "/api/documents/upload", { body: pdfForm() });
  const judged = await judgedBy(recruiter, agentId);
  const onboarding = await onboardingOf(admin, agent);
  const note = await post(recruiter, `/api/candidates/${candidateId}/notes`, { json: { text: "Kind" } });
  const file = csvForm("name,email\nBroken,no address\n");
  const sent = await call("POST", "/api/candidates/import", { token: recruiter.token, body: file });
  const { importId } = await json<{ importId: string }>(sent, 200);
  const request = await post(recruiter, "/api/documents/requests", { json: { agentId, type: "id" } });
  const notification = await post(admin, "/api/notifications", {
    json: { userId: recruiter.user.id, title: "Look at Ada" },
  });
  const moved = await call("PUT", `/api/agents/${agentId}/status`, {
    token: recruiter.token,
    json: { status: "screening" },
  });
  const { batchId } = await json<{ batchId: string }>(moved, 200);
  const clientId = people.client_user.user.clientId ?? "";
  const empty = await post(recruiter, "/api/clients", { json: { companyName: "Empty Client" } });
  const job = await post(recruiter, "/api/jobs", { json: { clientId, title: "Support lead" } });
  const emptyJob = await post(recruiter, "/api/jobs", { json: { clientId, title: "Support agent" } });
  const application = await post(recruiter, "/api/applications", { json: { job: job.id, candidateId } });
  const shared = { token: recruiter.token, json: { sharedWithClient: true } };
  await json(await call("PATCH", `/api/applications/${application.id}`, shared), 200);
  const template = await post(recruiter, "/api/workflow-templates", { json: { name: "Short" } });
  const step = await post(recruiter, "/api/workflow-steps", {
    json: { templateId: template.id, name: "Trial day" },
  });
  const action = await post(recruiter, "/api/workflow-actions", {
    json: { stepId: step.id, type: "task", title: "Plan the day of {{name}}" },
  });
  const task = await post(recruiter, "/api/workflow-tasks", {
    json: { title: "Call Kim", applicationId: application.id },
  });
  const outside = await fromOutside(org.slug, job.id);
  const outgoing = await sentBy(admin);
  const incoming = await sentTo(org, admin);
  const rounds = await interviewsIn(recruiter, job.id, application.id);
  const other = await org.person("recruiter", "Second Recruiter");
  const account = await org.person("candidate", "Portal Person");
  const second = await anotherSession(recruiter);
  const work = await campaignsOf(recruiter, clientId, agentId, agent);
  const things: Things = {
    org: org.slug,
    orgId: org.id,
    email: agent.user.email,
    candidateEmail: people.candidate.user.email,
    agentId,
    agentUserId: agent.user.id,
    candidateId,
    pipelineId: org.pipelineId,
    clientId,
    emptyClientId: empty.id,
    clientUserEmail: people.client_user.user.email,
    jobId: job.id,
    applicationId: application.id,
    emptyJobId: emptyJob.id,
    noteId: note.id,
    importId,
    templateId: template.id,
    stepId: step.id,
    actionId: action.id,
    taskId: task.id,
    ...rounds,
    ...work,
    ...outside,
    ...outgoing,
    ...incoming,
    documentId: document.id,
    ...judged,
    ...onboarding,
    requestId: request.id,
    notificationId: notification.id,
    sessionId: second.sessionId,
    userId: other.user.id,
    accountId: account.user.id,
    batchId,
    refreshToken: agent.refreshToken,
    statusToken: await personalLink(org, application.id),
    resetToken: await mailedToken(agent, "password_reset"),
    verifyToken: await mailedToken(agent, "verify_email"),
  };
  await follow();
  return { org, people, things };
}

/** Types of documents and evaluations that no other organization has, and a result. */
async function judgedBy(recruiter: Person, agentId: string) {
  const word = recruiter.user.orgId.slice(-12);
  const [documentType, evaluationType] = [`form_${word}`, `english_${word}`];
  const post = async (path: string, body: Call, status = 201) =>
    await json<Made>(await call("POST", path, { token: recruiter.token, ...body }), status);
  await post("/api/documents/types", { json: { key: documentType, name: "Form" } });
  await post(`/api/documents/types/${documentType}/template`, { body: fileForm() }, 200);
  await post("/api/evaluations/types", { json: { key: evaluationType, name: "English" } });
  const result = { agentId, type: evaluationType, score: 87 };
  const evaluation = await post("/api/evaluations", { json: result });
  return { documentType, evaluationType, evaluationId: evaluation.id };
}

/** A step that is open to the agent, and one that they have signed. */
async function onboardingOf(admin: Person, agent: Person) {
  const made = async (body: object) => {
    const step = { token: admin.token, json: body };
    return (await json<Made>(await call("POST", "/api/onboarding/steps", step), 201)).id;
  };
  const openStepId = await made({ title: "Watch the film", kind: "video", url: "https://films.example.com" });
  const signedStepId = await made({
    title: "Sign the NDA",
    kind: "acknowledgement",
    text: "I keep it to myself.",
  });
  const signed = { token: agent.token, json: { data: { signature: "Ada Lund" } } };
  await json(await call("POST", `/api/onboarding/${signedStepId}/complete`, signed), 200);
  return { openStepId, signedStepId };
}

/** Campaigns of the client: one that nobody is in, one to which the agent is assigned, one they applied to. */
async function campaignsOf(recruiter: Person, clientId: string, agentId: string, agent: Person) {
  const post = async (path: string, body: object) =>
    await json<Made>(await call("POST", path, { token: recruiter.token, json: body }), 201);
  // Locked for other agents, who would see them else.
  const body = { clientId, seats: 2, status: "open", startDate: "2030-01-01", access: "unlocked" };
  const [free, staffed, joined] = [
    await post("/api/campaigns", { ...body, name: "Day desk" }),
    await post("/api/campaigns", { ...body, name: "Staffed desk" }),
    await post("/api/campaigns", { ...body, name: "Joined desk" }),
  ];
  const access = { token: recruiter.token, json: { agentId, unlocked: true } };
  for (const { id } of [free, joined]) await call("POST", `/api/campaigns/${id}/access`, access);
  await json(await call("POST", `/api/campaigns/${joined.id}/apply`, { token: agent.token, json: {} }), 201);
  await post(`/api/campaigns/${staffed.id}/assign`, { agentId, startDate: "2030-01-01" });
  return { campaignId: free.id, staffedCampaignId: staffed.id, joinedCampaignId: joined.id };
}

/** The secret of a new personal link to an application. */
async function personalLink({ ctx }: Org, applicationId: string): Promise<string> {
  const { urls, writes } = await newStatusLinks(ctx, [applicationId]);
  await ctx.db.write(writes);
  return urls.get(applicationId)?.split("/").at(-1) ?? "";
}

/** What somebody began, and what a program sent that fills in every field. */
async function fromOutside(org: string, job: string) {
  const begun = await call("POST", "/api/applications/drafts", { json: { org, job } });
  const { token } = await json<{ token: string }>(begun, 201);
  const file = pdfForm({}, "cv.pdf");
  await json(await call("PUT", `/api/applications/drafts/${token}/files/cv`, { body: file }), 200);
  const form = new FormData();
  const fields = { org, job, firstName: "Odd", email: "odd@people.test", "contact-website": "x" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("cv", new File([samplePdf()], "cv.pdf", { type: "application/pdf" }));
  const { id } = await json<Made>(await call("POST", "/api/applications", { body: form }), 201);
  return { draftToken: token, waitingId: id };
}

/** An endpoint for events that don't happen here, a delivery there that is done, and an API key. */
async function sentBy(admin: Person) {
  const post = async (path: string, body: object, status = 201) =>
    await json<Made>(await call("POST", path, { token: admin.token, json: body }), status);
  const endpoint = await post("/api/webhooks/endpoints", {
    url: newHook().url,
    events: ["integration.recovered"],
    headers: { authorization: "Bearer of-the-receiver" },
  });
  const { db } = admin.ctx;
  const now = Date.now();
  const [deliveryId, eventId] = [newId("whd", now), newId("evt", now)];
  await db.write([
    db.insert(schema.webhookMessages, { eventId, body: "{}", createdAt: now }),
    db.insert(schema.webhookDeliveries, {
      id: deliveryId,
      endpointId: endpoint.id,
      eventId,
      eventSeq: 0,
      eventType: "webhook.test",
      entityId: eventId,
      entitySeq: 1,
      status: "delivered",
      attempts: 1,
      queuedAt: now,
      deliveredAt: now,
      createdAt: now,
      updatedAt: now,
    }),
    db.insert(schema.webhookAttempts, { id: newId("wha", now), deliveryId, n: 1, at: now, statusCode: 200 }),
  ]);
  const key = await post("/api/api-keys", { name: "Payroll", scopes: ["webhooks:read"] });
  return { endpointId: endpoint.id, deliveryId, apiKeyId: key.id };
}

/** A source, and an event of it that is quarantined. */
async function sentTo(org: Org, admin: Person) {
  const source = await newSource(admin);
  const { id: inboxId } = await sent(org, source, "an.event.nobody.knows", {});
  return { sourceId: source.id, sourceSecret: source.secret, inboxId };
}

/** Interviews in each state that a route can be called in, of the candidate and of others for the same job. */
async function interviewsIn(recruiter: Person, jobId: string, applicationId: string) {
  const post = async (path: string, body: object, status = 200) =>
    await json<Made>(await call("POST", path, { token: recruiter.token, json: body }), status);
  const day = Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000;
  const applied = async (name: string) => {
    const candidateData = { name, email: `${name.toLowerCase()}@people.test` };
    const { id } = await post("/api/applications", { job: jobId, candidateData }, 201);
    const shared = { token: recruiter.token, json: { sharedWithClient: true } };
    await json(await call("PATCH", `/api/applications/${id}`, shared), 200);
    return id;
  };
  const set = async (of: string, hour: number, ...steps: string[]) => {
    const proposedSlots = [{ id: "first", start: new Date(day + hour * 3_600_000).toISOString() }];
    const { id } = await post("/api/interviews", { applicationId: of, proposedSlots }, 201);
    for (const step of steps) {
      await post(`/api/interviews/${id}/${step}`, step === "book-slot" ? { slotId: "first" } : {});
    }
    return id;
  };
  const scheduled = ["book-slot", "send-invite"];
  return {
    openInterviewId: await set(applicationId, 8),
    bookedInterviewId: await set(await applied("Booked"), 9, "book-slot"),
    interviewId: await set(await applied("Scheduled"), 10, ...scheduled),
    heldInterviewId: await set(await applied("Held"), 11, ...scheduled, "mark-completed"),
    freeApplicationId: await applied("Free"),
  };
}

/** What the background may change by itself a moment later: looked at as a count only. */
const MOVING = new Set(["events", "emails", "outbox", "handled"]);

/** Every table whose rows belong to organizations. */
const TABLES = Object.values(schema).flatMap((table) =>
  is(table, SQLiteTable) && "orgId" in table ? [getTableName(table)] : [],
);

/** Every row that an organization has, as text: equal before and after means that nothing was touched. */
export async function dump(orgId: string, without: readonly string[] = []): Promise<Record<string, string>> {
  const names = TABLES.filter((name) => !without.includes(name));
  const results = await worker.DB.batch(
    names.map((name) =>
      worker.DB.prepare(
        `select ${MOVING.has(name) ? "count(*)" : "*"} from ${name} where org_id = ? order by rowid`,
      ).bind(orgId),
    ),
  );
  return Object.fromEntries(names.map((name, i) => [name, JSON.stringify(results[i]?.results)]));
}

/** The tables in which two dumps differ. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}

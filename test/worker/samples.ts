import type { Role } from "../../worker/features/users/words";
import { signed } from "./incoming";
import { csvForm, fileForm, logoForm, PASSWORD, pdfForm, type Things } from "./world";

/** A call of a route that succeeds. */
export interface Sample {
  /** Who makes it. */
  as: Role | "nobody";
  status: number;
  params?: Record<string, string>;
  query?: Record<string, string>;
  json?: Record<string, unknown>;
  form?: () => FormData;
  headers?: Record<string, string>;
}

const id = (value: string) => ({ id: value });
let count = 0;
/** A word that no other call uses. */
const fresh = (word: string) => `${word}-${++count}-${Math.random().toString(36).slice(2, 8)}`;
/** What `fresh` puts behind a word, also where its signs were replaced. */
export const FRESH = /[-_]\d+[-_][a-z0-9]{1,6}\b/g;
/** A time some days from now, the same for every caller. */
const soon = (days: number) =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000).toISOString();
const newPassword = "another-long-secret";

/**
 * How each route is called well, with ids of `things`. The shared tests call every route through this
 * table, in the caller's own organization and in others', so a new route needs its line here.
 */
export const SAMPLES: Record<string, (things: Things) => Sample> = {
  "GET /api/health": () => ({ as: "nobody", status: 200 }),
  "GET /api/status": () => ({ as: "nobody", status: 200 }),

  "POST /api/organizations": () => ({
    as: "nobody",
    status: 201,
    json: { name: "New", slug: fresh("new"), email: "boss@new.test", password: PASSWORD, adminName: "Bo Ss" },
  }),
  "GET /api/organization": () => ({ as: "candidate", status: 200 }),
  "PATCH /api/organization": () => ({ as: "admin", status: 200, json: { replyByDays: 5 } }),
  "PUT /api/organization/logo": () => ({ as: "admin", status: 200, form: logoForm }),
  "DELETE /api/organization/logo": () => ({ as: "admin", status: 204 }),
  "POST /api/organization/careers-preview": () => ({
    as: "admin",
    status: 200,
    json: { name: "Clearer", brand: { headline: "Work with us" } },
  }),

  "POST /api/auth/register": ({ org }) => ({
    as: "nobody",
    status: 201,
    json: { email: `${fresh("new")}@people.test`, password: PASSWORD, name: "New Agent", org },
  }),
  "POST /api/auth/login": ({ org, email }) => ({
    as: "nobody",
    status: 200,
    json: { email, password: PASSWORD, org },
  }),
  "POST /api/auth/refresh": ({ refreshToken }) => ({ as: "nobody", status: 200, json: { refreshToken } }),
  "POST /api/auth/logout": () => ({ as: "agent", status: 204 }),
  "GET /api/auth/me": () => ({ as: "agent", status: 200 }),
  "PATCH /api/auth/me": () => ({ as: "candidate", status: 200, json: { firstName: "Kimberly" } }),
  "POST /api/auth/change-password": () => ({
    as: "agent",
    status: 204,
    json: { currentPassword: PASSWORD, newPassword },
  }),
  "GET /api/auth/sessions": () => ({ as: "recruiter", status: 200 }),
  "DELETE /api/auth/sessions/:id": ({ sessionId }) => ({
    as: "recruiter",
    status: 204,
    params: id(sessionId),
  }),
  "POST /api/auth/password-reset": ({ org, email }) => ({ as: "nobody", status: 202, json: { email, org } }),
  "POST /api/auth/password-reset/confirm": ({ resetToken }) => ({
    as: "nobody",
    status: 204,
    json: { token: resetToken, password: newPassword },
  }),
  "POST /api/auth/verify-email": ({ verifyToken }) => ({
    as: "nobody",
    status: 204,
    json: { token: verifyToken },
  }),
  "POST /api/auth/verify-email/resend": () => ({ as: "agent", status: 202 }),

  "POST /api/candidate-portal/register": ({ org }) => ({
    as: "nobody",
    status: 201,
    json: { email: `${fresh("new")}@people.test`, password: PASSWORD, name: "New Candidate", org },
  }),
  "POST /api/candidate-portal/login": ({ org, candidateEmail }) => ({
    as: "nobody",
    status: 200,
    json: { email: candidateEmail, password: PASSWORD, org },
  }),
  "POST /api/candidate-portal/change-password": () => ({
    as: "candidate",
    status: 204,
    json: { currentPassword: PASSWORD, newPassword },
  }),
  "GET /api/candidate-portal/me": () => ({ as: "candidate", status: 200 }),
  "GET /api/candidate-portal/home": () => ({ as: "candidate", status: 200 }),
  "GET /api/candidate-portal/applications": () => ({ as: "candidate", status: 200 }),
  "GET /api/candidate-portal/applications/:id": ({ applicationId }) => ({
    as: "candidate",
    status: 200,
    params: id(applicationId),
  }),
  "GET /api/candidate-portal/profile": () => ({ as: "candidate", status: 200 }),
  "PATCH /api/candidate-portal/profile": () => ({
    as: "candidate",
    status: 200,
    json: { phone: "+1 555 0177", skills: ["Sales"], experience: [{ title: "Agent", company: "Nordwind" }] },
  }),

  "GET /api/admin/candidate-portal-users": () => ({
    as: "admin",
    status: 200,
    query: { status: "active", q: "kim", limit: "10" },
  }),
  "POST /api/admin/candidate-portal-users": () => ({
    as: "admin",
    status: 201,
    json: { email: `${fresh("new")}@portal.test`, name: "New Candidate", currentCompany: "Nordwind" },
  }),
  "GET /api/admin/candidate-portal-users/:id": ({ accountId }) => ({
    as: "admin",
    status: 200,
    params: id(accountId),
  }),
  "PUT /api/admin/candidate-portal-users/:id": ({ accountId }) => ({
    as: "admin",
    status: 200,
    params: id(accountId),
    json: { linkedinUrl: "https://example.com/other", experienceYears: 7 },
  }),
  "DELETE /api/admin/candidate-portal-users/:id": ({ accountId }) => ({
    as: "admin",
    status: 204,
    params: id(accountId),
  }),
  "POST /api/admin/candidate-portal-users/:id/reset-password": ({ accountId }) => ({
    as: "admin",
    status: 200,
    params: id(accountId),
  }),

  "GET /api/users": () => ({ as: "admin", status: 200, query: { role: "recruiter" } }),
  "POST /api/users": () => ({
    as: "admin",
    status: 201,
    json: { email: `${fresh("new")}@team.test`, name: "New Recruiter", role: "recruiter" },
  }),
  "GET /api/users/:id": ({ userId }) => ({ as: "admin", status: 200, params: id(userId) }),
  "PATCH /api/users/:id": ({ userId }) => ({
    as: "admin",
    status: 200,
    params: id(userId),
    json: { name: "Other Name" },
  }),
  "DELETE /api/users/:id": ({ userId }) => ({ as: "admin", status: 204, params: id(userId) }),

  "GET /api/agents": () => ({ as: "recruiter", status: 200, query: { status: "screening", limit: "10" } }),
  "GET /api/agents/:id": ({ agentId }) => ({ as: "agent", status: 200, params: id(agentId) }),
  "PUT /api/agents/:id": ({ agentId }) => ({
    as: "agent",
    status: 200,
    params: id(agentId),
    json: { phone: "+1 555 0100" },
  }),
  "PUT /api/agents/:id/status": ({ agentId }) => ({
    as: "recruiter",
    status: 200,
    params: id(agentId),
    json: { status: "documents" },
  }),
  "GET /api/agents/:id/timeline": ({ agentId }) => ({ as: "recruiter", status: 200, params: id(agentId) }),
  "GET /api/me/home": () => ({ as: "agent", status: 200 }),
  "GET /api/me/document-types": () => ({ as: "candidate", status: 200 }),
  "GET /api/me/day": () => ({ as: "recruiter", status: 200 }),
  "GET /api/me/client-home": () => ({ as: "client_user", status: 200 }),
  "GET /api/me/team": () => ({ as: "recruiter", status: 200 }),
  "GET /api/me/live": () => ({ as: "candidate", status: 101, headers: { upgrade: "websocket" } }),
  "POST /api/live/ticket": () => ({ as: "client_user", status: 201 }),

  "GET /api/pipelines": () => ({ as: "recruiter", status: 200 }),
  "GET /api/pipelines/:id/board": ({ pipelineId }) => ({
    as: "recruiter",
    status: 200,
    params: id(pipelineId),
  }),
  "GET /api/pipelines/:id/changes": ({ pipelineId }) => ({
    as: "agent",
    status: 200,
    params: id(pipelineId),
    query: { since: "0" },
  }),
  "GET /api/pipelines/:id/live": ({ pipelineId }) => ({
    as: "agent",
    status: 101,
    params: id(pipelineId),
    headers: { upgrade: "websocket" },
  }),
  "POST /api/bulk/:batchId/undo": ({ batchId }) => ({ as: "recruiter", status: 200, params: { batchId } }),

  "GET /api/clients": () => ({ as: "client_user", status: 200 }),
  "POST /api/clients": () => ({ as: "recruiter", status: 201, json: { companyName: "New Client" } }),
  "GET /api/clients/:id": ({ clientId }) => ({ as: "client_user", status: 200, params: id(clientId) }),
  "PUT /api/clients/:id": ({ clientId }) => ({
    as: "recruiter",
    status: 200,
    params: id(clientId),
    json: { city: "Lund" },
  }),
  "PATCH /api/clients/:id": ({ clientId }) => ({
    as: "recruiter",
    status: 200,
    params: id(clientId),
    json: { notes: "Pays late" },
  }),
  "DELETE /api/clients/:id": ({ emptyClientId }) => ({
    as: "recruiter",
    status: 204,
    params: id(emptyClientId),
  }),
  "GET /api/clients/:id/users": ({ clientId }) => ({ as: "admin", status: 200, params: id(clientId) }),
  "POST /api/clients/:id/users": ({ clientId }) => ({
    as: "admin",
    status: 201,
    params: id(clientId),
    json: { email: `${fresh("new")}@client.test`, name: "New Client" },
  }),
  "GET /api/clients/:id/users/:email": ({ clientId, clientUserEmail }) => ({
    as: "admin",
    status: 200,
    params: { id: clientId, email: clientUserEmail },
  }),
  "PUT /api/clients/:id/users/:email": ({ clientId, clientUserEmail }) => ({
    as: "admin",
    status: 200,
    params: { id: clientId, email: clientUserEmail },
    json: { name: "Other Name" },
  }),
  "DELETE /api/clients/:id/users/:email": ({ clientId, clientUserEmail }) => ({
    as: "admin",
    status: 204,
    params: { id: clientId, email: clientUserEmail },
  }),

  "GET /api/jobs": ({ clientId }) => ({ as: "client_user", status: 200, query: { clientId } }),
  "POST /api/jobs": ({ clientId }) => ({
    as: "recruiter",
    status: 201,
    json: { clientId, title: "Night shift lead" },
  }),
  "POST /api/jobs/complete": ({ clientId, userId }) => ({
    as: "recruiter",
    status: 201,
    json: {
      job: { clientId, title: "Whole job" },
      form: { fields: [{ key: "why", label: "Why us?", type: "long_text" }] },
      team: [{ userId, role: "hiring_manager" }],
      workflow: { stages: [{ name: "New" }, { name: "Hired", kind: "hired" }] },
    },
  }),
  "GET /api/jobs/:id": ({ jobId }) => ({ as: "client_user", status: 200, params: id(jobId) }),
  "PUT /api/jobs/:id": ({ jobId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    json: { location: "Lund" },
  }),
  "PATCH /api/jobs/:id": ({ jobId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    json: { priority: "high" },
  }),
  "DELETE /api/jobs/:id": ({ emptyJobId }) => ({ as: "recruiter", status: 204, params: id(emptyJobId) }),
  "POST /api/jobs/:id/duplicate": ({ jobId }) => ({ as: "recruiter", status: 201, params: id(jobId) }),
  "GET /api/jobs/:id/form": ({ jobId }) => ({ as: "client_user", status: 200, params: id(jobId) }),
  "PUT /api/jobs/:id/form": ({ jobId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    json: { fields: [{ key: "start", label: "When can you begin?", type: "date", required: true }] },
  }),
  "GET /api/jobs/:id/team": ({ jobId }) => ({ as: "recruiter", status: 200, params: id(jobId) }),
  "GET /api/jobs/:id/careers-preview": ({ jobId }) => ({ as: "recruiter", status: 200, params: id(jobId) }),
  "PUT /api/jobs/:id/team": ({ jobId, userId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    json: { team: [{ userId }] },
  }),

  "GET /api/campaigns": ({ clientId }) => ({ as: "client_user", status: 200, query: { clientId } }),
  "POST /api/campaigns": ({ clientId }) => ({
    as: "recruiter",
    status: 201,
    json: { name: "Night desk", clientId, seats: 3, startDate: "2030-01-01" },
  }),
  "GET /api/campaigns/words": () => ({ as: "recruiter", status: 200 }),
  "POST /api/campaigns/preview": () => ({
    as: "recruiter",
    status: 200,
    json: { requirements: { all: [{ kind: "document", type: "w9" }] } },
  }),
  "GET /api/campaigns/:id": ({ campaignId }) => ({ as: "client_user", status: 200, params: id(campaignId) }),
  "PUT /api/campaigns/:id": ({ campaignId }) => ({
    as: "recruiter",
    status: 200,
    params: id(campaignId),
    json: { seats: 4 },
  }),
  "POST /api/campaigns/:id/apply": ({ campaignId }) => ({
    as: "agent",
    status: 201,
    params: id(campaignId),
    json: { acceptTerms: true },
  }),
  "POST /api/campaigns/:id/withdraw": ({ joinedCampaignId }) => ({
    as: "agent",
    status: 200,
    params: id(joinedCampaignId),
    json: { reason: "Another job" },
  }),
  "GET /api/campaigns/:id/agents": ({ staffedCampaignId }) => ({
    as: "client_user",
    status: 200,
    params: id(staffedCampaignId),
  }),
  "GET /api/campaigns/:id/pool": ({ campaignId }) => ({
    as: "recruiter",
    status: 200,
    params: id(campaignId),
    query: { eligible: "true" },
  }),
  "POST /api/campaigns/:id/access": ({ campaignId, agentId }) => ({
    as: "recruiter",
    status: 204,
    params: id(campaignId),
    json: { agentId, unlocked: true },
  }),
  "POST /api/campaigns/:id/assign": ({ campaignId, agentId }) => ({
    as: "recruiter",
    status: 201,
    params: id(campaignId),
    json: { agentId, startDate: "2030-01-01" },
  }),
  "POST /api/campaigns/:id/unassign": ({ staffedCampaignId, agentId }) => ({
    as: "recruiter",
    status: 200,
    params: id(staffedCampaignId),
    json: { agentId, reason: "Ill" },
  }),

  "GET /api/candidates": ({ candidateEmail }) => ({
    as: "recruiter",
    status: 200,
    query: { q: candidateEmail },
  }),
  "POST /api/candidates": () => ({
    as: "recruiter",
    status: 201,
    json: { email: `${fresh("new")}@people.test`, name: "New Person", skills: ["sales"] },
  }),
  "POST /api/candidates/import": () => ({
    as: "recruiter",
    status: 200,
    form: () => csvForm(`First name,E-mail\nNew,${fresh("new")}@people.test\n`),
  }),
  "GET /api/candidates/imports/:id": ({ importId }) => ({
    as: "recruiter",
    status: 200,
    params: id(importId),
  }),
  "GET /api/candidates/imports/:id/errors.csv": ({ importId }) => ({
    as: "recruiter",
    status: 200,
    params: id(importId),
  }),
  "GET /api/candidates/export": () => ({ as: "recruiter", status: 200, query: { format: "json" } }),
  "GET /api/candidates/:id": ({ candidateId }) => ({ as: "recruiter", status: 200, params: id(candidateId) }),
  "PUT /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
    json: { city: "Lund" },
  }),
  "PATCH /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
    json: { tags: ["senior"] },
  }),
  "DELETE /api/candidates/:id": ({ candidateId }) => ({
    as: "recruiter",
    status: 204,
    params: id(candidateId),
  }),
  "GET /api/candidates/:id/notes": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),
  "POST /api/candidates/:id/notes": ({ candidateId }) => ({
    as: "recruiter",
    status: 201,
    params: id(candidateId),
    json: { text: "Calm on the phone" },
  }),
  "PATCH /api/candidates/:id/notes/:noteId": ({ candidateId, noteId }) => ({
    as: "recruiter",
    status: 200,
    params: { id: candidateId, noteId },
    json: { text: "Very calm on the phone" },
  }),
  "DELETE /api/candidates/:id/notes/:noteId": ({ candidateId, noteId }) => ({
    as: "recruiter",
    status: 204,
    params: { id: candidateId, noteId },
  }),
  "GET /api/candidates/:id/timeline": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),
  "POST /api/candidates/:id/send-selection-notification": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),

  "GET /api/jobs/:id/candidates": ({ jobId }) => ({ as: "client_user", status: 200, params: id(jobId) }),
  "POST /api/jobs/:id/candidates": ({ jobId }) => ({
    as: "recruiter",
    status: 201,
    params: id(jobId),
    form: () => {
      const form = pdfForm({ name: "New Person", email: `${fresh("new")}@people.test` }, "cv.pdf");
      form.delete("type");
      return form;
    },
  }),
  "GET /api/applications": ({ jobId }) => ({ as: "client_user", status: 200, query: { jobId } }),
  "POST /api/applications": ({ org, jobId }) => ({
    as: "nobody",
    status: 201,
    json: { org, job: jobId, candidateData: { name: "New Person", email: `${fresh("new")}@people.test` } },
  }),
  "GET /api/applications/status": ({ statusToken }) => ({
    as: "nobody",
    status: 200,
    query: { token: statusToken },
  }),
  "POST /api/applications/status/resend": ({ org, jobId, email }) => ({
    as: "nobody",
    status: 202,
    json: { org, job: jobId, email },
  }),
  "POST /api/applications/drafts": ({ org, jobId }) => ({
    as: "nobody",
    status: 201,
    json: { org, job: jobId, data: { formAnswers: { why: "The people" } } },
  }),
  "GET /api/applications/drafts/:token": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken },
  }),
  "PUT /api/applications/drafts/:token": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken },
    json: { data: { candidateData: { firstName: "New" } } },
  }),
  "PUT /api/applications/drafts/:token/files/:field": ({ draftToken }) => ({
    as: "nobody",
    status: 200,
    params: { token: draftToken, field: "cv" },
    form: () => pdfForm({}, "cv.pdf"),
  }),
  "DELETE /api/applications/drafts/:token/files/:field": ({ draftToken }) => ({
    as: "nobody",
    status: 204,
    params: { token: draftToken, field: "cv" },
  }),
  "POST /api/applications/drafts/:token/mail": ({ draftToken }) => ({
    as: "nobody",
    status: 204,
    params: { token: draftToken },
    json: { email: `${fresh("new")}@people.test` },
  }),
  "POST /api/applications/steps": ({ org, jobId }) => ({
    as: "nobody",
    status: 204,
    json: { org, job: jobId, step: "viewed" },
  }),
  "GET /api/applications/held": ({ jobId }) => ({ as: "recruiter", status: 200, query: { jobId } }),
  "GET /api/applications/held/:id": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "GET /api/applications/held/:id/files/:field": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: { id: waitingId, field: "cv" },
  }),
  "POST /api/applications/held/:id/accept": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "POST /api/applications/held/:id/discard": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "POST /api/applications/held/:id/restore": ({ waitingId }) => ({
    as: "recruiter",
    status: 200,
    params: id(waitingId),
  }),
  "GET /api/jobs/:id/apply-steps": ({ jobId }) => ({
    as: "recruiter",
    status: 200,
    params: id(jobId),
    query: { days: "7" },
  }),
  "GET /api/jobs/:id/sources": ({ jobId }) => ({ as: "recruiter", status: 200, params: id(jobId) }),
  "GET /api/jobs/:id/equal-opportunity": ({ jobId }) => ({ as: "admin", status: 200, params: id(jobId) }),
  "GET /api/organization/equal-opportunity": () => ({ as: "admin", status: 200 }),
  "POST /api/applications/bulk": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    json: { action: "tag", ids: [applicationId], tags: ["strong"] },
  }),
  "GET /api/applications/export": ({ jobId }) => ({ as: "recruiter", status: 200, query: { jobId } }),
  "GET /api/applications/:id": ({ applicationId }) => ({
    as: "candidate",
    status: 200,
    params: id(applicationId),
  }),
  "PATCH /api/applications/:id": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { rating: 4 },
  }),
  "DELETE /api/applications/:id": ({ applicationId }) => ({
    as: "recruiter",
    status: 204,
    params: id(applicationId),
  }),
  "POST /api/applications/:id/advance": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { reason: "As we said" },
  }),
  "POST /api/applications/:id/move-stage": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(applicationId),
    json: { stage: "phone-screen" },
  }),
  "POST /api/applications/:id/withdraw": ({ applicationId }) => ({
    as: "candidate",
    status: 200,
    params: id(applicationId),
    json: { reason: "As we said" },
  }),
  "GET /api/applications/:id/history": ({ applicationId }) => ({
    as: "client_user",
    status: 200,
    params: id(applicationId),
  }),

  "GET /api/candidates/:id/interview-history": ({ candidateId }) => ({
    as: "client_user",
    status: 200,
    params: id(candidateId),
  }),
  "GET /api/interviews": ({ jobId }) => ({ as: "client_user", status: 200, query: { jobId } }),
  "POST /api/interviews": ({ freeApplicationId }) => ({
    as: "recruiter",
    status: 201,
    json: {
      applicationId: freeApplicationId,
      proposedSlots: [{ start: soon(3) }],
      timeZone: "Europe/Berlin",
    },
  }),
  "GET /api/interviews/stats/pipeline": () => ({ as: "client_user", status: 200 }),
  "GET /api/interviews/:id": ({ interviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(interviewId),
  }),
  "PUT /api/interviews/:id": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { proposedSlots: [{ start: soon(4) }] },
  }),
  "POST /api/interviews/:id/book-slot": ({ openInterviewId }) => ({
    as: "candidate",
    status: 200,
    params: id(openInterviewId),
    json: { slotId: "first" },
  }),
  "POST /api/interviews/:id/send-invite": ({ bookedInterviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(bookedInterviewId),
  }),
  "POST /api/interviews/:id/mark-completed": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { rating: 4 },
  }),
  "POST /api/interviews/:id/mark-no-show": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
  }),
  "POST /api/interviews/:id/cancel": ({ interviewId }) => ({
    as: "recruiter",
    status: 200,
    params: id(interviewId),
    json: { reason: "We are ill" },
  }),
  "POST /api/interviews/:id/move-to-next-round": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { feedback: "Knows the work" },
  }),
  "POST /api/interviews/:id/reject": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { reason: "Too little experience" },
  }),
  "POST /api/interviews/:id/initiate-hiring": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { rating: 5 },
  }),
  "POST /api/interviews/:id/feedback": ({ heldInterviewId }) => ({
    as: "client_user",
    status: 200,
    params: id(heldInterviewId),
    json: { feedback: "Kind", rating: 4 },
  }),

  "POST /api/documents/upload": ({ agentId }) => ({
    as: "agent",
    status: 201,
    form: () => pdfForm({ agentId }),
  }),
  "GET /api/workflow-templates": () => ({ as: "recruiter", status: 200 }),
  "POST /api/workflow-templates": () => ({
    as: "recruiter",
    status: 201,
    json: {
      name: "Two steps",
      stages: [{ name: "New", actions: [{ type: "email", template: "application_received" }] }],
    },
  }),
  "GET /api/workflow-templates/mails": () => ({ as: "recruiter", status: 200 }),
  "GET /api/workflow-templates/:id": ({ templateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(templateId),
  }),
  "PATCH /api/workflow-templates/:id": ({ templateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(templateId),
    json: { name: "Shorter" },
  }),
  "PUT /api/workflow-templates/:id": ({ templateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(templateId),
    json: { description: "For interns" },
  }),
  "DELETE /api/workflow-templates/:id": ({ templateId }) => ({
    as: "recruiter",
    status: 204,
    params: id(templateId),
  }),
  "POST /api/workflow-templates/:id/apply": ({ templateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(templateId),
    json: { dryRun: true },
  }),
  "GET /api/workflow-steps": ({ templateId }) => ({ as: "recruiter", status: 200, query: { templateId } }),
  "POST /api/workflow-steps": ({ templateId }) => ({
    as: "recruiter",
    status: 201,
    json: { templateId, name: "Second look" },
  }),
  "GET /api/workflow-steps/:id": ({ stepId }) => ({ as: "recruiter", status: 200, params: id(stepId) }),
  "PATCH /api/workflow-steps/:id": ({ stepId }) => ({
    as: "recruiter",
    status: 200,
    params: id(stepId),
    json: { name: "Trial week" },
  }),
  "DELETE /api/workflow-steps/:id": ({ stepId }) => ({ as: "recruiter", status: 204, params: id(stepId) }),
  "GET /api/workflow-actions": ({ stepId }) => ({ as: "recruiter", status: 200, query: { stepId } }),
  "POST /api/workflow-actions": ({ stepId }) => ({
    as: "recruiter",
    status: 201,
    json: { stepId, type: "notification", to: "team", title: "{{name}} comes for a day" },
  }),
  "GET /api/workflow-actions/:id": ({ actionId }) => ({ as: "recruiter", status: 200, params: id(actionId) }),
  "PATCH /api/workflow-actions/:id": ({ actionId }) => ({
    as: "recruiter",
    status: 200,
    params: id(actionId),
    json: { name: "Plan" },
  }),
  "DELETE /api/workflow-actions/:id": ({ actionId }) => ({
    as: "recruiter",
    status: 204,
    params: id(actionId),
  }),
  "GET /api/workflow-tasks": ({ applicationId }) => ({
    as: "recruiter",
    status: 200,
    query: { applicationId },
  }),
  "POST /api/workflow-tasks": ({ applicationId }) => ({
    as: "recruiter",
    status: 201,
    json: { title: "Read the CV", applicationId },
  }),
  "GET /api/workflow-tasks/:id": ({ taskId }) => ({ as: "recruiter", status: 200, params: id(taskId) }),
  "PATCH /api/workflow-tasks/:id": ({ taskId }) => ({
    as: "recruiter",
    status: 200,
    params: id(taskId),
    json: { status: "done" },
  }),
  "DELETE /api/workflow-tasks/:id": ({ taskId }) => ({ as: "recruiter", status: 204, params: id(taskId) }),
  "GET /api/dashboard/stats": () => ({ as: "recruiter", status: 200, query: { days: "90" } }),

  "GET /api/documents": ({ agentId }) => ({ as: "recruiter", status: 200, query: { agentId } }),
  "GET /api/documents/requests": ({ agentId }) => ({ as: "recruiter", status: 200, query: { agentId } }),
  "POST /api/documents/requests": ({ agentId }) => ({
    as: "recruiter",
    status: 201,
    json: { agentId, type: "nda" },
  }),
  "GET /api/documents/types": () => ({ as: "recruiter", status: 200 }),
  "POST /api/documents/types": () => ({
    as: "recruiter",
    status: 201,
    json: { key: fresh("type").replaceAll("-", "_"), name: "Licence" },
  }),
  "PATCH /api/documents/types": () => ({
    as: "recruiter",
    status: 200,
    json: { key: "w9", name: "Form W-9" },
  }),
  "POST /api/documents/types/:key/template": ({ documentType }) => ({
    as: "recruiter",
    status: 200,
    params: { key: documentType },
    form: fileForm,
  }),
  "GET /api/documents/types/:key/template": ({ documentType }) => ({
    as: "agent",
    status: 200,
    params: { key: documentType },
  }),
  "DELETE /api/documents/types/:key/template": ({ documentType }) => ({
    as: "recruiter",
    status: 204,
    params: { key: documentType },
  }),
  "GET /api/documents/:id": ({ documentId }) => ({ as: "agent", status: 200, params: id(documentId) }),
  "GET /api/documents/:id/content": ({ documentId }) => ({
    as: "agent",
    status: 200,
    params: id(documentId),
  }),
  "PUT /api/documents/:id/status": ({ documentId }) => ({
    as: "recruiter",
    status: 200,
    params: id(documentId),
    json: { status: "approved" },
  }),
  "DELETE /api/documents/:id": ({ documentId }) => ({ as: "agent", status: 204, params: id(documentId) }),

  "GET /api/evaluations": ({ agentId }) => ({ as: "agent", status: 200, query: { agentId } }),
  "POST /api/evaluations": ({ agentId, evaluationType }) => ({
    as: "recruiter",
    status: 201,
    json: { agentId, type: evaluationType, score: 81, comment: "Clear and kind." },
  }),
  "GET /api/evaluations/types": () => ({ as: "recruiter", status: 200 }),
  "POST /api/evaluations/types": () => ({
    as: "recruiter",
    status: 201,
    json: { key: fresh("type").replaceAll("-", "_"), name: "Typing", passScore: 60 },
  }),
  "PATCH /api/evaluations/types": ({ evaluationType }) => ({
    as: "recruiter",
    status: 200,
    json: { key: evaluationType, name: "Spoken English" },
  }),
  "GET /api/evaluations/:id": ({ evaluationId }) => ({ as: "agent", status: 200, params: id(evaluationId) }),

  "GET /api/onboarding/steps": ({ agentId }) => ({ as: "recruiter", status: 200, query: { agentId } }),
  "POST /api/onboarding/steps": () => ({
    as: "admin",
    status: 201,
    json: {
      key: fresh("step"),
      title: "Read the handbook",
      kind: "video",
      description: "Twenty pages.",
      url: "https://handbook.example.com",
      dueDays: 3,
      appliesTo: { all: [{ kind: "skill", name: "Welding" }] },
    },
  }),
  "POST /api/onboarding/steps/order": ({ openStepId, signedStepId }) => ({
    as: "admin",
    status: 200,
    json: { ids: [signedStepId, openStepId] },
  }),
  "GET /api/onboarding/steps/:id": ({ openStepId }) => ({ as: "agent", status: 200, params: id(openStepId) }),
  "PUT /api/onboarding/steps/:id": ({ openStepId }) => ({
    as: "admin",
    status: 200,
    params: id(openStepId),
    json: { title: "Watch the other film" },
  }),
  "DELETE /api/onboarding/steps/:id": ({ openStepId }) => ({
    as: "admin",
    status: 204,
    params: id(openStepId),
  }),
  "GET /api/onboarding/progress": () => ({ as: "recruiter", status: 200 }),
  "POST /api/onboarding/:stepId/complete": ({ openStepId }) => ({
    as: "agent",
    status: 200,
    params: { stepId: openStepId },
    json: { data: {} },
  }),
  "POST /api/onboarding/:stepId/waive": ({ openStepId, agentId }) => ({
    as: "recruiter",
    status: 200,
    params: { stepId: openStepId },
    json: { agentId, waived: true, reason: "Seen last year." },
  }),
  "GET /api/onboarding/:stepId/copy": ({ signedStepId, agentId }) => ({
    as: "recruiter",
    status: 200,
    params: { stepId: signedStepId },
    query: { agentId },
  }),

  "GET /api/webhooks/event-types": () => ({ as: "agent", status: 200 }),
  "GET /api/webhooks/endpoints": () => ({ as: "admin", status: 200 }),
  "POST /api/webhooks/endpoints": () => ({
    as: "admin",
    status: 201,
    json: {
      url: "https://hooks.example.com/portico",
      events: ["integration.recovered"],
      ordering: "entity",
      headers: { "x-team": "people" },
      description: "Payroll",
      ratePerSecond: 5,
    },
  }),
  "GET /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "PATCH /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
    json: { description: "Payroll, the new one" },
  }),
  "DELETE /api/webhooks/endpoints/:id": ({ endpointId }) => ({
    as: "admin",
    status: 204,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/rotate-secret": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/test": ({ endpointId }) => ({
    as: "admin",
    status: 202,
    params: id(endpointId),
  }),
  "POST /api/webhooks/endpoints/:id/enable": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    params: id(endpointId),
  }),
  "GET /api/webhooks/deliveries": ({ endpointId }) => ({ as: "admin", status: 200, query: { endpointId } }),
  "GET /api/webhooks/deliveries/:id": ({ deliveryId }) => ({
    as: "admin",
    status: 200,
    params: id(deliveryId),
  }),
  "POST /api/webhooks/deliveries/:id/retry": ({ deliveryId }) => ({
    as: "admin",
    status: 202,
    params: id(deliveryId),
  }),
  "POST /api/webhooks/replay": ({ endpointId }) => ({
    as: "admin",
    status: 200,
    json: { endpointId, from: soon(-1), status: "exhausted" },
  }),
  "GET /api/webhooks/dead-letters": () => ({ as: "admin", status: 200 }),
  "GET /api/webhooks/health": () => ({ as: "admin", status: 200, query: { hours: "2" } }),
  "GET /api/metrics": () => ({ as: "admin", status: 200 }),
  "GET /api/api-keys": () => ({ as: "admin", status: 200 }),
  "POST /api/api-keys": () => ({
    as: "admin",
    status: 201,
    json: {
      name: "Dashboards",
      scopes: ["metrics:read"],
      ipAllowList: ["203.0.113.0/24"],
      expiresAt: soon(30),
    },
  }),
  "GET /api/api-keys/:id": ({ apiKeyId }) => ({ as: "admin", status: 200, params: id(apiKeyId) }),
  "DELETE /api/api-keys/:id": ({ apiKeyId }) => ({ as: "admin", status: 204, params: id(apiKeyId) }),

  "POST /api/hooks/:integrationId": ({ sourceId, sourceSecret }) => {
    const json = { eventId: fresh("evt"), eventType: "an.event.nobody.knows", data: {} };
    const headers = signed("portal", sourceSecret, JSON.stringify(json));
    return { as: "nobody", status: 202, params: { integrationId: sourceId }, json, headers };
  },
  "GET /api/integrations": () => ({ as: "admin", status: 200 }),
  "POST /api/integrations/portal/connect": () => ({
    as: "admin",
    status: 201,
    json: { name: "Other portal", scheme: "standard", ipAllowList: ["203.0.113.0/24"], acceptsWith: 200 },
  }),
  "GET /api/integrations/:id": ({ sourceId }) => ({ as: "admin", status: 200, params: id(sourceId) }),
  "PATCH /api/integrations/:id": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    params: id(sourceId),
    json: { name: "Portal, the new one" },
  }),
  "DELETE /api/integrations/:id": ({ sourceId }) => ({ as: "admin", status: 204, params: id(sourceId) }),
  "POST /api/integrations/:id/rotate": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    params: id(sourceId),
  }),
  "GET /api/webhooks/inbox": ({ sourceId }) => ({
    as: "admin",
    status: 200,
    query: { integrationId: sourceId, status: "quarantined" },
  }),
  "GET /api/webhooks/inbox/:id": ({ inboxId }) => ({ as: "admin", status: 200, params: id(inboxId) }),
  "POST /api/webhooks/inbox/:id/retry": ({ inboxId }) => ({
    as: "admin",
    status: 202,
    params: id(inboxId),
  }),
  "GET /api/candidates/:id/results": ({ candidateId }) => ({
    as: "recruiter",
    status: 200,
    params: id(candidateId),
  }),

  "GET /api/notifications": () => ({ as: "recruiter", status: 200 }),
  "POST /api/notifications": ({ agentUserId }) => ({
    as: "recruiter",
    status: 201,
    json: { userId: agentUserId, title: "Hello" },
  }),
  "POST /api/notifications/read-all": () => ({ as: "recruiter", status: 200 }),
  "PATCH /api/notifications/:id": ({ notificationId }) => ({
    as: "recruiter",
    status: 200,
    params: id(notificationId),
    json: { read: true },
  }),
};

/** The route's address with its parameters filled in. */
export function addressOf(path: string, sample: Pick<Sample, "params" | "query">): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = sample.params?.[name];
    if (value === undefined) throw new Error(`The sample of ${path} doesn't say what :${name} is.`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(sample.query).toString();
  return query ? `${filled}?${query}` : filled;
}

/** The sample of a route; a route without one is a hole in the shared tests. */
export function sampleOf(operation: { method: string; path: string }, things: Things): Sample {
  const made = SAMPLES[`${operation.method} ${operation.path}`];
  if (!made) throw new Error(`Say in samples.ts how ${operation.method} ${operation.path} is called.`);
  return made(things);
}

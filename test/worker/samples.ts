import type { Role } from "../../worker/features/users/words";
import { PASSWORD, pdfForm, type Things } from "./world";

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

  "POST /api/documents/upload": ({ agentId }) => ({
    as: "agent",
    status: 201,
    form: () => pdfForm({ agentId }),
  }),
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

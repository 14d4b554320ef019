import { logoForm, PASSWORD } from "../world";
import { fresh, id, newPassword, type Samples } from "./sample";

/** Calls of the routes of logins, organizations and people. */
export const accounts: Samples = {
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
};

import { fresh, id, type Samples } from "./sample";

/** Calls of the routes of pipelines, clients, jobs and campaigns. */
export const work: Samples = {
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
};

import { fileForm } from "../world";
import { fresh, id, type Samples } from "./sample";

/** Calls of the routes of documents, evaluations and onboarding. */
export const agents: Samples = {
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
};

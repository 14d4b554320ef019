import { id, type Samples } from "./sample";

/** Calls of the routes of workflows and tasks. */
export const workflows: Samples = {
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
};

import { Hono } from "hono";
import { agentsRoutes, homeRoutes } from "./features/agents/routes";
import { apiKeysRoutes } from "./features/api-keys/routes";
import { applicationsRoutes, bulkRoutes, jobApplicationsRoutes } from "./features/applications/routes";
import { applyRoutes, equalOpportunityRoutes, jobApplyRoutes } from "./features/apply/routes";
import { campaignsRoutes } from "./features/campaigns/routes";
import { candidatesRoutes } from "./features/candidates/routes";
import { jobPreviewRoutes } from "./features/careers/routes";
import { clientsRoutes } from "./features/clients/routes";
import { dashboardRoutes, meClientHome, meDay } from "./features/dashboard/routes";
import { documentsRoutes, meDocumentTypes } from "./features/documents/routes";
import { evaluationsRoutes } from "./features/evaluations/routes";
import {
  candidateResultsRoutes,
  hooksRoutes,
  inboxRoutes,
  integrationsRoutes,
} from "./features/inbox/routes";
import { candidateInterviewsRoutes, interviewsRoutes } from "./features/interviews/routes";
import { jobsRoutes } from "./features/jobs/routes";
import { notificationsRoutes } from "./features/notifications/routes";
import { onboardingRoutes } from "./features/onboarding/routes";
import { organizationRoutes, organizationsRoutes } from "./features/organizations/routes";
import { meLive, pipelinesRoutes } from "./features/pipelines/routes";
import { portalAccountsRoutes, portalRoutes } from "./features/portal/routes";
import { auth, candidatePortal, liveTicket } from "./features/sessions/routes";
import { linkRoutes } from "./features/status/routes";
import { healthRoutes, metricsRoutes, statusRoutes, VERSION } from "./features/system/routes";
import { tasksRoutes } from "./features/tasks/routes";
import { meTeam, usersRoutes } from "./features/users/routes";
import { webhooksRoutes } from "./features/webhooks/routes";
import {
  workflowActionsRoutes,
  workflowStepsRoutes,
  workflowTemplatesRoutes,
} from "./features/workflows/routes";
import { docsRoutes } from "./http/docs";
import { notModified } from "./http/not-modified";
import { observed } from "./http/observed";
import { openApiDocument } from "./http/openapi";
import { problem } from "./http/problems";
import { shield } from "./http/shield";
import type { HttpEnv } from "./http/types";
import { DomainError } from "./lib/errors";

export const app = new Hono<HttpEnv>();

app.use(observed);
app.use(notModified);

app.use("/api/*", shield);

app.route("/api/health", healthRoutes);
app.route("/api/status", statusRoutes);
app.route("/api/metrics", metricsRoutes);
app.route("/api/organizations", organizationsRoutes);
app.route("/api/organization/equal-opportunity", equalOpportunityRoutes);
app.route("/api/organization", organizationRoutes);
app.route("/api/auth", auth);
app.route("/api/candidate-portal", candidatePortal);
app.route("/api/candidate-portal", portalRoutes);
app.route("/api/admin/candidate-portal-users", portalAccountsRoutes);
app.route("/api/users", usersRoutes);
app.route("/api/agents", agentsRoutes);
app.route("/api/me/home", homeRoutes);
app.route("/api/me/document-types", meDocumentTypes);
app.route("/api/me/team", meTeam);
app.route("/api/me/day", meDay);
app.route("/api/me/client-home", meClientHome);
app.route("/api/me/live", meLive);
app.route("/api/live/ticket", liveTicket);
app.route("/api/pipelines", pipelinesRoutes);
app.route("/api/applications/status", linkRoutes);
app.route("/api/applications", applyRoutes);
app.route("/api/applications", applicationsRoutes);
app.route("/api/jobs", jobApplicationsRoutes);
app.route("/api/jobs", jobApplyRoutes);
app.route("/api/bulk", bulkRoutes);
app.route("/api/clients", clientsRoutes);
app.route("/api/jobs", jobsRoutes);
app.route("/api/jobs", jobPreviewRoutes);
app.route("/api/campaigns", campaignsRoutes);
app.route("/api/candidates", candidatesRoutes);
app.route("/api/candidates", candidateInterviewsRoutes);
app.route("/api/candidates", candidateResultsRoutes);
app.route("/api/interviews", interviewsRoutes);
app.route("/api/workflow-templates", workflowTemplatesRoutes);
app.route("/api/workflow-steps", workflowStepsRoutes);
app.route("/api/workflow-actions", workflowActionsRoutes);
app.route("/api/workflow-tasks", tasksRoutes);
app.route("/api/dashboard", dashboardRoutes);
app.route("/api/documents", documentsRoutes);
app.route("/api/evaluations", evaluationsRoutes);
app.route("/api/onboarding", onboardingRoutes);
app.route("/api/notifications", notificationsRoutes);
app.route("/api/api-keys", apiKeysRoutes);
app.route("/api/webhooks/inbox", inboxRoutes);
app.route("/api/webhooks", webhooksRoutes);
app.route("/api/hooks", hooksRoutes);
app.route("/api/integrations", integrationsRoutes);
app.route("/api/docs", docsRoutes);

/** Built on first use: start-up needs none of it. */
let document: ReturnType<typeof openApiDocument> | undefined;
app.get("/api/openapi.json", (c) => {
  document ??= openApiDocument(app, VERSION);
  return c.json(document);
});

app.notFound((c) =>
  problem(c, new DomainError("not-found", "There is nothing at this address. See /api/docs.")),
);
app.onError((error, c) => problem(c, error));

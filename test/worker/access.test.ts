import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import { can } from "../../worker/features/users/permissions";
import { ROLES, type Role } from "../../worker/features/users/words";
import { describedBy } from "../../worker/http/endpoint";
import { operations } from "../../worker/http/openapi";
import type { HttpEnv } from "../../worker/http/types";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { addressOf, SAMPLES, sampleOf } from "./samples";
import type { Things } from "./world";

const OPERATIONS = operations(app);
const GUARDED = OPERATIONS.filter((operation) => operation.endpoint.who !== "public");
const name = (operation: { method: string; path: string }) => `${operation.method} ${operation.path}`;

const LETTERS = new Map<string, Role>([
  ["A", "admin"],
  ["R", "recruiter"],
  ["C", "client_user"],
  ["K", "candidate"],
  ["G", "agent"],
]);

/** Who may call which route, as the contract says and apart from the table that decides: P public, S any session. */
const WHO: Record<string, string> = {
  "GET /api/health": "P",
  "GET /api/status": "P",
  "POST /api/organizations": "P",
  "GET /api/organization": "A R C K G",
  "PATCH /api/organization": "A",
  "PUT /api/organization/logo": "A",
  "DELETE /api/organization/logo": "A",
  "POST /api/organization/careers-preview": "A",
  "POST /api/auth/register": "P",
  "POST /api/auth/login": "P",
  "POST /api/auth/refresh": "P",
  "POST /api/auth/logout": "S",
  "GET /api/auth/me": "S",
  "PATCH /api/auth/me": "S",
  "POST /api/auth/change-password": "S",
  "GET /api/auth/sessions": "S",
  "DELETE /api/auth/sessions/:id": "S",
  "POST /api/auth/password-reset": "P",
  "POST /api/auth/password-reset/confirm": "P",
  "POST /api/auth/verify-email": "P",
  "POST /api/auth/verify-email/resend": "S",
  "POST /api/candidate-portal/register": "P",
  "POST /api/candidate-portal/login": "P",
  "POST /api/candidate-portal/change-password": "K",
  "GET /api/candidate-portal/me": "K",
  "GET /api/candidate-portal/home": "K",
  "GET /api/candidate-portal/applications": "K",
  "GET /api/candidate-portal/applications/:id": "K",
  "GET /api/candidate-portal/profile": "K",
  "PATCH /api/candidate-portal/profile": "K",
  "GET /api/admin/candidate-portal-users": "A",
  "POST /api/admin/candidate-portal-users": "A",
  "GET /api/admin/candidate-portal-users/:id": "A",
  "PUT /api/admin/candidate-portal-users/:id": "A",
  "DELETE /api/admin/candidate-portal-users/:id": "A",
  "POST /api/admin/candidate-portal-users/:id/reset-password": "A",
  "GET /api/users": "A",
  "POST /api/users": "A",
  "GET /api/users/:id": "A",
  "PATCH /api/users/:id": "A",
  "DELETE /api/users/:id": "A",
  "GET /api/agents": "A R",
  "GET /api/agents/:id": "A R G",
  "PUT /api/agents/:id": "A R G",
  "PUT /api/agents/:id/status": "A R",
  "GET /api/agents/:id/timeline": "A R",
  "GET /api/me/home": "G",
  "GET /api/me/document-types": "A R K G",
  "GET /api/me/team": "A R",
  "GET /api/me/day": "A R",
  "GET /api/me/client-home": "A R C",
  "GET /api/me/live": "S",
  "POST /api/live/ticket": "S",
  "GET /api/pipelines": "A R C",
  "GET /api/pipelines/:id/board": "A R C",
  "GET /api/pipelines/:id/changes": "A R C K G",
  "GET /api/pipelines/:id/live": "A R C K G",
  "POST /api/bulk/:batchId/undo": "A R",
  "GET /api/clients": "A R C",
  "POST /api/clients": "A R",
  "GET /api/clients/:id": "A R C",
  "PUT /api/clients/:id": "A R",
  "PATCH /api/clients/:id": "A R",
  "DELETE /api/clients/:id": "A R",
  "GET /api/clients/:id/users": "A",
  "POST /api/clients/:id/users": "A",
  "GET /api/clients/:id/users/:email": "A",
  "PUT /api/clients/:id/users/:email": "A",
  "DELETE /api/clients/:id/users/:email": "A",
  "GET /api/jobs": "A R C",
  "POST /api/jobs": "A R",
  "POST /api/jobs/complete": "A R",
  "GET /api/jobs/:id": "A R C",
  "PUT /api/jobs/:id": "A R",
  "PATCH /api/jobs/:id": "A R",
  "DELETE /api/jobs/:id": "A R",
  "POST /api/jobs/:id/duplicate": "A R",
  "GET /api/jobs/:id/form": "A R C",
  "PUT /api/jobs/:id/form": "A R",
  "GET /api/jobs/:id/team": "A R",
  "PUT /api/jobs/:id/team": "A R",
  "GET /api/jobs/:id/careers-preview": "A R",
  "GET /api/campaigns": "A R C K G",
  "POST /api/campaigns": "A R",
  "GET /api/campaigns/words": "A R",
  "POST /api/campaigns/preview": "A R",
  "GET /api/campaigns/:id": "A R C G",
  "PUT /api/campaigns/:id": "A R",
  "POST /api/campaigns/:id/apply": "G",
  "POST /api/campaigns/:id/withdraw": "G",
  "GET /api/campaigns/:id/agents": "A R C",
  "GET /api/campaigns/:id/pool": "A R",
  "POST /api/campaigns/:id/access": "A R",
  "POST /api/campaigns/:id/assign": "A R",
  "POST /api/campaigns/:id/unassign": "A R",
  "GET /api/candidates": "A R",
  "POST /api/candidates": "A R",
  "POST /api/candidates/import": "A R",
  "GET /api/candidates/imports/:id": "A R",
  "GET /api/candidates/imports/:id/errors.csv": "A R",
  "GET /api/candidates/export": "A R",
  "GET /api/candidates/:id": "A R",
  "PUT /api/candidates/:id": "A R",
  "PATCH /api/candidates/:id": "A R",
  "DELETE /api/candidates/:id": "A R",
  "GET /api/candidates/:id/notes": "A R",
  "POST /api/candidates/:id/notes": "A R",
  "PATCH /api/candidates/:id/notes/:noteId": "A R",
  "DELETE /api/candidates/:id/notes/:noteId": "A R",
  "GET /api/candidates/:id/timeline": "A R",
  "POST /api/candidates/:id/send-selection-notification": "A R",
  "POST /api/documents/upload": "A R K G",
  "GET /api/jobs/:id/candidates": "A R C",
  "POST /api/jobs/:id/candidates": "A R",
  "GET /api/applications": "A R C",
  "POST /api/applications": "P",
  "GET /api/applications/status": "P",
  "POST /api/applications/status/resend": "P",
  "POST /api/applications/drafts": "P",
  "GET /api/applications/drafts/:token": "P",
  "PUT /api/applications/drafts/:token": "P",
  "PUT /api/applications/drafts/:token/files/:field": "P",
  "DELETE /api/applications/drafts/:token/files/:field": "P",
  "POST /api/applications/drafts/:token/mail": "P",
  "POST /api/applications/steps": "P",
  "GET /api/applications/held": "A R",
  "GET /api/applications/held/:id": "A R",
  "GET /api/applications/held/:id/files/:field": "A R",
  "POST /api/applications/held/:id/accept": "A R",
  "POST /api/applications/held/:id/discard": "A R",
  "POST /api/applications/held/:id/restore": "A R",
  "GET /api/jobs/:id/apply-steps": "A R",
  "GET /api/jobs/:id/sources": "A R",
  "GET /api/jobs/:id/equal-opportunity": "A",
  "GET /api/organization/equal-opportunity": "A",
  "POST /api/applications/bulk": "A R",
  "GET /api/applications/export": "A R",
  "GET /api/applications/:id": "A R C K",
  "PATCH /api/applications/:id": "A R",
  "DELETE /api/applications/:id": "A R",
  "POST /api/applications/:id/advance": "A R",
  "POST /api/applications/:id/move-stage": "A R",
  "POST /api/applications/:id/withdraw": "A R K",
  "GET /api/applications/:id/history": "A R C",
  "GET /api/candidates/:id/interview-history": "A R C",
  "GET /api/interviews": "A R C",
  "POST /api/interviews": "A R",
  "GET /api/interviews/stats/pipeline": "A R C",
  "GET /api/interviews/:id": "A R C K",
  "PUT /api/interviews/:id": "A R",
  "POST /api/interviews/:id/book-slot": "P",
  "POST /api/interviews/:id/send-invite": "A R",
  "POST /api/interviews/:id/mark-completed": "A R",
  "POST /api/interviews/:id/mark-no-show": "A R",
  "POST /api/interviews/:id/cancel": "A R",
  "POST /api/interviews/:id/move-to-next-round": "A R C",
  "POST /api/interviews/:id/reject": "A R C",
  "POST /api/interviews/:id/initiate-hiring": "A R C",
  "POST /api/interviews/:id/feedback": "A R C",
  "GET /api/workflow-templates": "A R",
  "POST /api/workflow-templates": "A R",
  "GET /api/workflow-templates/mails": "A R",
  "GET /api/workflow-templates/:id": "A R",
  "PATCH /api/workflow-templates/:id": "A R",
  "PUT /api/workflow-templates/:id": "A R",
  "DELETE /api/workflow-templates/:id": "A R",
  "POST /api/workflow-templates/:id/apply": "A R",
  "GET /api/workflow-steps": "A R",
  "POST /api/workflow-steps": "A R",
  "GET /api/workflow-steps/:id": "A R",
  "PATCH /api/workflow-steps/:id": "A R",
  "DELETE /api/workflow-steps/:id": "A R",
  "GET /api/workflow-actions": "A R",
  "POST /api/workflow-actions": "A R",
  "GET /api/workflow-actions/:id": "A R",
  "PATCH /api/workflow-actions/:id": "A R",
  "DELETE /api/workflow-actions/:id": "A R",
  "GET /api/workflow-tasks": "A R",
  "POST /api/workflow-tasks": "A R",
  "GET /api/workflow-tasks/:id": "A R",
  "PATCH /api/workflow-tasks/:id": "A R",
  "DELETE /api/workflow-tasks/:id": "A R",
  "GET /api/dashboard/stats": "A R",
  "GET /api/documents": "A R C K G",
  "GET /api/documents/requests": "A R K G",
  "POST /api/documents/requests": "A R",
  "GET /api/documents/types": "A R",
  "POST /api/documents/types": "A R",
  "PATCH /api/documents/types": "A R",
  "POST /api/documents/types/:key/template": "A R",
  "GET /api/documents/types/:key/template": "S",
  "DELETE /api/documents/types/:key/template": "A R",
  "GET /api/documents/:id": "A R C K G",
  "GET /api/documents/:id/content": "A R C K G",
  "PUT /api/documents/:id/status": "A R",
  "DELETE /api/documents/:id": "A K G",
  "GET /api/evaluations": "A R K G",
  "POST /api/evaluations": "A R",
  "GET /api/evaluations/types": "A R",
  "POST /api/evaluations/types": "A R",
  "PATCH /api/evaluations/types": "A R",
  "GET /api/evaluations/:id": "A R K G",
  "GET /api/onboarding/steps": "A R G",
  "POST /api/onboarding/steps": "A",
  "POST /api/onboarding/steps/order": "A",
  "GET /api/onboarding/steps/:id": "A R G",
  "PUT /api/onboarding/steps/:id": "A",
  "DELETE /api/onboarding/steps/:id": "A",
  "GET /api/onboarding/progress": "A R",
  "POST /api/onboarding/:stepId/complete": "G",
  "POST /api/onboarding/:stepId/waive": "A R",
  "GET /api/onboarding/:stepId/copy": "A R G",
  "GET /api/webhooks/event-types": "S",
  "GET /api/webhooks/endpoints": "A",
  "POST /api/webhooks/endpoints": "A",
  "GET /api/webhooks/endpoints/:id": "A",
  "PATCH /api/webhooks/endpoints/:id": "A",
  "DELETE /api/webhooks/endpoints/:id": "A",
  "POST /api/webhooks/endpoints/:id/rotate-secret": "A",
  "POST /api/webhooks/endpoints/:id/test": "A",
  "POST /api/webhooks/endpoints/:id/enable": "A",
  "GET /api/webhooks/deliveries": "A",
  "GET /api/webhooks/deliveries/:id": "A",
  "POST /api/webhooks/deliveries/:id/retry": "A",
  "POST /api/webhooks/replay": "A",
  "GET /api/webhooks/dead-letters": "A",
  "GET /api/webhooks/health": "A",
  "GET /api/metrics": "A",
  "GET /api/api-keys": "A",
  "POST /api/api-keys": "A",
  "GET /api/api-keys/:id": "A",
  "DELETE /api/api-keys/:id": "A",
  "POST /api/hooks/:integrationId": "P",
  "GET /api/integrations": "A",
  "POST /api/integrations/portal/connect": "A",
  "GET /api/integrations/:id": "A",
  "PATCH /api/integrations/:id": "A",
  "DELETE /api/integrations/:id": "A",
  "POST /api/integrations/:id/rotate": "A",
  "GET /api/webhooks/inbox": "A",
  "GET /api/webhooks/inbox/:id": "A",
  "POST /api/webhooks/inbox/:id/retry": "A",
  "GET /api/candidates/:id/results": "A R",
  "GET /api/notifications": "S",
  "POST /api/notifications": "A R",
  "POST /api/notifications/read-all": "S",
  "PATCH /api/notifications/:id": "S",
};

/** Routes without an `endpoint()`: nothing decides who may call them. Middleware stands on `/*` and is none. */
function undescribed(of: Hono<HttpEnv>): string[] {
  const routes = of.routes.filter(({ method, path }) => method !== "ALL" || !path.endsWith("/*"));
  const described = new Set(routes.filter(({ handler }) => describedBy(handler)).map(name));
  const names = new Set(routes.filter(({ path }) => path.startsWith("/api")).map(name));
  return [...names].filter((one) => !described.has(one)).sort();
}

/** Ids that nobody has: these calls must end before anything is looked up, or find nothing. */
const NOTHING = new Proxy({} as Things, { get: (_, key) => `no_${String(key)}` });

let org: Org;
beforeAll(async () => {
  org = await newOrg();
});

/** The person's call of a route, without a body: access is decided before anything is read. */
const bare = (operation: { method: string; path: string }, token: string | undefined) =>
  call(operation.method, addressOf(operation.path, sampleOf(operation, NOTHING)), { token });

const someone = (role: Role): Promise<Person> => (role === "agent" ? org.agent() : org.person(role));

describe("the list of routes", () => {
  it("describes every route under /api but the documents themselves", () => {
    expect(undescribed(app)).toEqual([
      "GET /api/docs",
      "GET /api/docs/docs.css",
      "GET /api/docs/docs.js",
      "GET /api/openapi.json",
    ]);
  });

  it("finds a route that forgot to say who may call it", () => {
    const careless = new Hono<HttpEnv>().post("/api/open-door", (c) => c.text("come in"));
    careless.use("/api/*", async (_, next) => await next());
    expect(undescribed(careless)).toEqual(["POST /api/open-door"]);
    expect(operations(careless)).toEqual([]);
  });

  it("has a sample call for each route and none for routes that are gone", () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(OPERATIONS.map(name).sort());
  });

  it("lets the roles through that the contract names, route by route", () => {
    const who = ({ endpoint }: (typeof OPERATIONS)[number]) => {
      if (endpoint.who === "public") return "P";
      const permission = endpoint.who;
      if (permission === "session") return "S";
      return [...LETTERS].flatMap(([letter, role]) => (can(role, permission) ? [letter] : [])).join(" ");
    };
    expect(Object.fromEntries(OPERATIONS.map((operation) => [name(operation), who(operation)]))).toEqual(WHO);
  });
});

describe("without credentials", () => {
  it.each(GUARDED.map((operation) => [name(operation), operation] as const))(
    "%s is 401",
    async (_, operation) => {
      const answer = await bare(operation, undefined);
      const problem = await json(answer, 401);
      expect(problem).toMatchObject({ type: "unauthenticated", status: 401 });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );
});

describe("by role", () => {
  for (const role of ROLES) {
    it.each(OPERATIONS.map((operation) => [name(operation), operation] as const))(
      `a ${role} is let through to %s only by the table of permissions`,
      async (_, operation) => {
        const { who } = operation.endpoint;
        const person = await someone(role);
        const answer = await bare(operation, person.token);
        const allowed = who === "public" || who === "session" || can(role, who);
        expect(answer.status).toBeLessThan(500);
        if (!allowed) expect(await json(answer, 403)).toMatchObject({ type: "denied" });
        else if (who === "public") expect(answer.status).not.toBe(403);
        else expect([401, 403]).not.toContain(answer.status);
      },
    );
  }
});

describe("while a password must be changed", () => {
  const EXEMPT = [
    "GET /api/auth/me",
    "GET /api/candidate-portal/me",
    "POST /api/auth/change-password",
    "POST /api/auth/logout",
    "POST /api/candidate-portal/change-password",
  ];

  it.each(GUARDED.map((operation) => [name(operation), operation] as const))(
    "%s answers as the contract says",
    async (route, operation) => {
      const { who } = operation.endpoint;
      const role = who === "session" || who === "public" ? "recruiter" : ROLES.find((one) => can(one, who));
      const person = await someone(role ?? "admin");
      const must = worker.DB.prepare("update users set must_change_password = 1 where id = ?");
      await must.bind(person.user.id).run();
      const answer = await bare(operation, person.token);
      if (EXEMPT.includes(route)) expect(answer.status).not.toBe(403);
      else expect(await json(answer, 403)).toMatchObject({ type: "must-change-password" });
    },
  );

  it("doesn't let an admin make accounts through the public door either", async () => {
    const admin = await org.person("admin");
    const must = worker.DB.prepare("update users set must_change_password = 1 where id = ?");
    await must.bind(admin.user.id).run();
    const body = { email: "x@team.test", name: "X Y", password: "a-long-enough-secret", role: "recruiter" };
    const answer = await call("POST", "/api/auth/register", { token: admin.token, json: body });
    expect(await json(answer, 403)).toMatchObject({ type: "must-change-password" });
  });
});

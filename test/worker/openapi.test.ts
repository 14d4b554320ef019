import { beforeAll, describe, expect, it } from "vitest";
import type { ZodType } from "zod";
import { app } from "../../worker/app";
import { operations } from "../../worker/http/openapi";
import { Problem } from "../../worker/http/shapes";
import { type Call, call, json, newOrg } from "./org";
import { addressOf, sampleOf } from "./samples";
import { newWorld, PASSWORD, type World } from "./world";

type Json = Record<string, unknown>;
interface Operation extends Json {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<
    string,
    { post: { requestBody: { content: Record<string, { schema: Json; example: unknown }> } } }
  >;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
  security: Record<string, unknown>[];
  [key: string]: unknown;
}

const OPERATIONS = operations(app);
const named = (some: typeof OPERATIONS) =>
  some.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

let document: Document;
beforeAll(async () => {
  document = await json<Document>(await call("GET", "/api/openapi.json"), 200);
});

const each = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every object inside a value, with the way to it. */
function* inside(value: unknown, way = "#"): Generator<[string, Json]> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [way, value as Json];
  for (const [key, inner] of Object.entries(value)) yield* inside(inner, `${way}/${key}`);
}

describe("the document", () => {
  it("is OpenAPI 3.1 and says who it is of", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info.title).toBe("Portico");
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+$/);
    const known = ["openapi", "info", "servers", "security", "paths", "webhooks", "components", "tags"];
    expect(Object.keys(document).filter((key) => !known.includes(key))).toEqual([]);
  });

  it("points nowhere but to its own parts, each of which exists", () => {
    const schemas = Object.keys(document.components.schemas);
    for (const [way, { $ref }] of inside(document)) {
      if (typeof $ref !== "string") continue;
      const name = /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1];
      expect(schemas, way).toContain(name);
    }
  });

  it("holds schemas of JSON Schema's own words and none of their maker's", () => {
    for (const [way, part] of inside(document)) {
      for (const word of ["$schema", "$defs", "definitions", "~standard"])
        expect(part, way).not.toHaveProperty(word);
      const { type } = part;
      if (typeof type !== "string" || way.includes("/securitySchemes") || /\/(properties|example)$/.test(way))
        continue;
      if (/\/example\//.test(`${way}/`)) continue;
      expect(["string", "number", "integer", "boolean", "object", "array", "null"], way).toContain(type);
    }
  });

  it("gives each operation an id of its own, a summary, a tag, and answers with descriptions", () => {
    const all = each();
    const ids = all.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of all) {
      const where = `${method} ${path}`;
      expect(["get", "post", "put", "patch", "delete"], where).toContain(method);
      expect(operation.operationId, where).toMatch(/^[a-z][A-Za-z0-9]+$/);
      expect(operation.summary.length, where).toBeGreaterThan(3);
      expect(operation.tags, where).toHaveLength(1);
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => /^(101|2\d\d)$/.test(status)),
        where,
      ).toBe(true);
      for (const response of Object.values(operation.responses))
        expect(response.description, where).toBeTruthy();
    }
  });

  it("declares the parameters that stand in each path, and no others as path parameters", () => {
    for (const { path, operation } of each()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      for (const parameter of declared) expect(parameter.required).toBe(true);
      const names = (operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("shows every error as problem details, 401 and 403 wherever somebody must log in", () => {
    for (const { path, method, operation } of each()) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        const schema = content?.["application/problem+json"]?.schema;
        expect(schema, `${method} ${path} ${status}`).toEqual({ $ref: "#/components/schemas/Problem" });
      }
      if (operation.security?.length === 0) continue;
      expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(
        expect.arrayContaining(["401", "403"]),
      );
    }
  });

  it("tells which POSTs take an Idempotency-Key and which changes an If-Match", () => {
    const taking = (header: string) =>
      each()
        .filter(({ operation }) => operation.parameters?.some(({ name }) => name === header))
        .map(({ method, path }) => `${method} ${path}`);
    const keyed = taking("Idempotency-Key");
    expect(keyed.every((name) => name.startsWith("post "))).toBe(true);
    const unkeyed = each()
      .filter(({ method, path }) => method === "post" && !keyed.includes(`post ${path}`))
      .map(({ path }) => path);
    expect(unkeyed.sort()).toEqual([
      "/api/applications/drafts",
      "/api/applications/steps",
      "/api/auth/login",
      "/api/auth/logout",
      "/api/auth/refresh",
      "/api/candidate-portal/login",
      "/api/hooks/{integrationId}",
      "/api/live/ticket",
      "/api/organization/careers-preview",
    ]);
    expect(taking("If-Match").sort()).toEqual([
      "delete /api/clients/{id}",
      "delete /api/jobs/{id}",
      "delete /api/webhooks/endpoints/{id}",
      "patch /api/applications/{id}",
      "patch /api/candidate-portal/profile",
      "patch /api/candidates/{id}",
      "patch /api/candidates/{id}/notes/{noteId}",
      "patch /api/clients/{id}",
      "patch /api/evaluations/types",
      "patch /api/integrations/{id}",
      "patch /api/jobs/{id}",
      "patch /api/organization",
      "patch /api/users/{id}",
      "patch /api/webhooks/endpoints/{id}",
      "patch /api/workflow-tasks/{id}",
      "patch /api/workflow-templates/{id}",
      "post /api/applications/{id}/advance",
      "post /api/applications/{id}/move-stage",
      "post /api/applications/{id}/withdraw",
      "post /api/interviews/{id}/book-slot",
      "post /api/interviews/{id}/cancel",
      "post /api/interviews/{id}/feedback",
      "post /api/interviews/{id}/initiate-hiring",
      "post /api/interviews/{id}/mark-completed",
      "post /api/interviews/{id}/mark-no-show",
      "post /api/interviews/{id}/move-to-next-round",
      "post /api/interviews/{id}/reject",
      "post /api/interviews/{id}/send-invite",
      "post /api/onboarding/{stepId}/complete",
      "post /api/webhooks/endpoints/{id}/enable",
      "put /api/admin/candidate-portal-users/{id}",
      "put /api/agents/{id}",
      "put /api/agents/{id}/status",
      "put /api/campaigns/{id}",
      "put /api/candidates/{id}",
      "put /api/clients/{id}",
      "put /api/clients/{id}/users/{email}",
      "put /api/documents/{id}/status",
      "put /api/interviews/{id}",
      "put /api/jobs/{id}",
      "put /api/jobs/{id}/form",
      "put /api/onboarding/steps/{id}",
      "put /api/workflow-templates/{id}",
    ]);
  });

  it("names the security schemes that it asks for", () => {
    const schemes = Object.keys(document.components.securitySchemes);
    for (const alternative of document.security) {
      for (const name of Object.keys(alternative)) expect(schemes).toContain(name);
    }
  });

  it("describes the events that leave the building, each with an example", () => {
    expect(Object.keys(document.webhooks).sort()).toEqual([
      "agent.created",
      "agent.status_changed",
      "application.received",
      "application.status_changed",
      "campaign.applied",
      "campaign.assigned",
      "candidate.created",
      "candidate.updated",
      "document.approved",
      "document.rejected",
      "document.uploaded",
      "evaluation.completed",
      "hiring.initiated",
      "integration.failed",
      "integration.recovered",
      "interview.booked",
      "interview.cancelled",
      "interview.completed",
      "interview.failed",
      "interview.no_show",
      "interview.passed",
      "interview.scheduled",
      "job.closed",
      "job.posted",
      "onboarding.completed",
      "onboarding.step_completed",
    ]);
    for (const [type, { post }] of Object.entries(document.webhooks)) {
      const { schema, example } = post.requestBody.content["application/json"] ?? {};
      expect(example).toMatchObject({ id: expect.any(String), type, event: type, data: expect.any(Object) });
      expect(Object.keys(example as object), type).toEqual(schema?.required);
    }
  });

  it("lists every route of the contract that there is today", () => {
    const contract = `POST /api/organizations; POST /api/auth/register /login /refresh /logout /change-password
      /password-reset /password-reset/confirm /verify-email; GET /api/auth/sessions /me; DELETE /api/auth/sessions/{id};
      PATCH /api/auth/me; GET /api/organization; PATCH /api/organization; POST /api/candidate-portal/register /login
      /change-password; GET /api/candidate-portal/me; GET /api/users; POST /api/users; GET /api/users/{id};
      PATCH /api/users/{id}; DELETE /api/users/{id}; GET /api/agents; GET /api/agents/{id}; PUT /api/agents/{id};
      PUT /api/agents/{id}/status; POST /api/documents/upload; GET /api/documents; GET /api/documents/{id};
      GET /api/documents/{id}/content; PUT /api/documents/{id}/status; DELETE /api/documents/{id};
      GET /api/documents/requests; POST /api/documents/requests; GET /api/documents/types; POST /api/documents/types;
      PATCH /api/documents/types; GET /api/evaluations; POST /api/evaluations; GET /api/evaluations/{id};
      GET /api/evaluations/types; POST /api/evaluations/types; PATCH /api/evaluations/types;
      GET /api/onboarding/steps; POST /api/onboarding/steps; PUT /api/onboarding/steps/{id};
      DELETE /api/onboarding/steps/{id}; POST /api/onboarding/{stepId}/complete; GET /api/pipelines; GET /api/pipelines/{id}/board; GET /api/pipelines/{id}/changes;
      GET /api/pipelines/{id}/live; GET /api/me/live; POST /api/live/ticket; POST /api/bulk/{batchId}/undo;
      GET /api/notifications; POST /api/notifications; PATCH /api/notifications/{id}; POST /api/notifications/read-all;
      GET /api/candidates; POST /api/candidates; GET /api/candidates/{id}; PUT /api/candidates/{id};
      PATCH /api/candidates/{id}; DELETE /api/candidates/{id}; GET /api/candidates/{id}/timeline;
      GET /api/candidates/{id}/notes; POST /api/candidates/{id}/notes; PATCH /api/candidates/{id}/notes/{noteId};
      DELETE /api/candidates/{id}/notes/{noteId}; POST /api/candidates/{id}/send-selection-notification;
      POST /api/candidates/import; GET /api/candidates/imports/{id}; GET /api/candidates/imports/{id}/errors.csv;
      GET /api/candidates/export; GET /api/candidates/{id}/interview-history; GET /api/clients; POST /api/clients;
      GET /api/clients/{id}; PUT /api/clients/{id}; DELETE /api/clients/{id}; GET /api/clients/{id}/users;
      POST /api/clients/{id}/users; PUT /api/clients/{id}/users/{email}; DELETE /api/clients/{id}/users/{email};
      GET /api/jobs; POST /api/jobs; GET /api/jobs/{id}; PUT /api/jobs/{id}; PATCH /api/jobs/{id};
      DELETE /api/jobs/{id}; POST /api/jobs/{id}/duplicate; POST /api/jobs/complete; GET /api/jobs/{id}/form;
      PUT /api/jobs/{id}/form; GET /api/jobs/{id}/team; PUT /api/jobs/{id}/team; GET /api/jobs/{id}/candidates;
      POST /api/jobs/{id}/candidates; GET /api/applications; POST /api/applications; GET /api/applications/{id};
      PATCH /api/applications/{id}; DELETE /api/applications/{id}; POST /api/applications/{id}/advance;
      POST /api/applications/{id}/move-stage; POST /api/applications/{id}/withdraw;
      GET /api/applications/{id}/history; POST /api/applications/bulk; GET /api/applications/status; POST /api/applications/status/resend;
      POST /api/applications/drafts; GET /api/applications/drafts/{token}; PUT /api/applications/drafts/{token};
      GET /api/workflow-templates; POST /api/workflow-templates; GET /api/workflow-templates/{id};
      PATCH /api/workflow-templates/{id}; DELETE /api/workflow-templates/{id}; GET /api/workflow-steps;
      POST /api/workflow-steps; PATCH /api/workflow-steps/{id}; DELETE /api/workflow-steps/{id};
      GET /api/workflow-actions; POST /api/workflow-actions; PATCH /api/workflow-actions/{id};
      DELETE /api/workflow-actions/{id}; GET /api/workflow-tasks; POST /api/workflow-tasks;
      PATCH /api/workflow-tasks/{id}; DELETE /api/workflow-tasks/{id}; GET /api/dashboard/stats; GET /api/interviews;
      POST /api/interviews; GET /api/interviews/{id}; PUT /api/interviews/{id}; POST /api/interviews/{id}/book-slot;
      POST /api/interviews/{id}/send-invite; POST /api/interviews/{id}/mark-completed;
      POST /api/interviews/{id}/mark-no-show; POST /api/interviews/{id}/cancel;
      POST /api/interviews/{id}/move-to-next-round; POST /api/interviews/{id}/reject;
      POST /api/interviews/{id}/initiate-hiring; POST /api/interviews/{id}/feedback;
      GET /api/interviews/stats/pipeline; GET /api/admin/candidate-portal-users;
      POST /api/admin/candidate-portal-users; PUT /api/admin/candidate-portal-users/{id};
      DELETE /api/admin/candidate-portal-users/{id}; POST /api/admin/candidate-portal-users/{id}/reset-password;
      GET /api/health; GET /api/status; GET /api/metrics; GET /api/api-keys; POST /api/api-keys;
      DELETE /api/api-keys/{id}; GET /api/webhooks/event-types; GET /api/webhooks/endpoints;
      POST /api/webhooks/endpoints; GET /api/webhooks/endpoints/{id}; PATCH /api/webhooks/endpoints/{id};
      DELETE /api/webhooks/endpoints/{id}; POST /api/webhooks/endpoints/{id}/rotate-secret;
      POST /api/webhooks/endpoints/{id}/test /enable; GET /api/webhooks/deliveries;
      GET /api/webhooks/deliveries/{id}; POST /api/webhooks/deliveries/{id}/retry; POST /api/webhooks/replay;
      GET /api/webhooks/dead-letters; GET /api/webhooks/health; GET /api/webhooks/inbox;
      GET /api/webhooks/inbox/{id}; POST /api/webhooks/inbox/{id}/retry; POST /api/hooks/{integrationId};
      GET /api/integrations; POST /api/integrations/portal/connect; GET /api/integrations/{id};
      PATCH /api/integrations/{id}; DELETE /api/integrations/{id}; POST /api/integrations/{id}/rotate;
      GET /api/candidates/{id}/results`;
    const routes = contract.split(";").flatMap((line) => {
      const [method = "", first = "", ...more] = line.trim().split(/\s+/);
      const base = first.slice(0, first.lastIndexOf("/"));
      return [first, ...more.map((path) => base + path)].map((path) => `${method} ${path}`);
    });
    const listed = each().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(routes.filter((route) => !listed.includes(route))).toEqual([]);
    expect(listed.length).toBe(OPERATIONS.length);
  });

  it("is readable for people, with nothing loaded from elsewhere", async () => {
    const page = await call("GET", "/api/docs");
    expect(page.headers.get("content-type")).toContain("text/html");
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, path = ""] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await call("GET", path)).status, path).toBe(200);
    }
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("a real answer", () => {
  let shared: World;
  beforeAll(async () => {
    shared = await newWorld();
  });

  /** Sends an operation's sample in a world. */
  async function ask(operation: (typeof OPERATIONS)[number], world: World) {
    const sample = sampleOf(operation, world.things);
    const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
    const body: Call = sample.form ? { body: sample.form() } : sample.json ? { json: sample.json } : {};
    const headers = sample.headers ?? {};
    const to = addressOf(operation.path, sample);
    return { sample, answer: await call(operation.method, to, { token, ...body, headers }) };
  }

  /** Nothing is missing, of another type, or there without being declared. */
  function matches(schema: ZodType, body: unknown): void {
    expect(schema.parse(body)).toEqual(body);
  }

  it.each(named(OPERATIONS))("of %s is as the document says", async (_, operation) => {
    let { answer, sample } = await ask(operation, shared);
    // What an earlier change used up is there again in a new world; to make one for each would take minutes.
    if (answer.status !== sample.status) {
      shared = await newWorld();
      ({ answer, sample } = await ask(operation, shared));
    }
    expect(answer.status).toBe(sample.status);
    expect(answer.headers.get("x-request-id") ?? sample.status).toBeTruthy();
    const schema = operation.endpoint.answers[sample.status as 200];
    expect(schema).not.toBeUndefined();
    if (answer.webSocket) {
      answer.webSocket.accept();
      answer.webSocket.close();
    } else if (schema) {
      expect(answer.headers.get("content-type")).toContain("application/json");
      matches(schema, await answer.json());
    } else if (sample.status === 204) {
      expect(await answer.text()).toBe("");
    } else {
      await answer.arrayBuffer();
    }
  });

  it("of an admin who makes an account at the registration's door is too", async () => {
    const org = await newOrg();
    const { token } = await org.person("admin");
    const sent = { email: "made@team.test", password: PASSWORD, name: "Ma De", role: "recruiter" };
    const register = OPERATIONS.find(({ path }) => path === "/api/auth/register");
    const answer = await json(await call("POST", "/api/auth/register", { token, json: sent }), 201);
    matches(register?.endpoint.answers[201] as ZodType, answer);
  });

  it("that is an error is too", async () => {
    const { recruiter } = shared.people;
    const problems = [
      await call("GET", "/api/auth/me"),
      await call("GET", "/api/nothing"),
      await call("GET", "/api/agents?limit=0", { token: recruiter.token }),
      await call("POST", "/api/auth/login", { body: "{", headers: { "content-type": "application/json" } }),
    ];
    for (const answer of problems) matches(Problem, await answer.json());
  });
});

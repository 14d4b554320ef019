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

  it("names the public routes one by one, so that none becomes public by accident", () => {
    const open = OPERATIONS.filter((operation) => operation.endpoint.who === "public").map(name);
    expect(open.sort()).toEqual([
      "GET /api/health",
      "GET /api/status",
      "POST /api/auth/login",
      "POST /api/auth/password-reset",
      "POST /api/auth/password-reset/confirm",
      "POST /api/auth/refresh",
      "POST /api/auth/register",
      "POST /api/auth/verify-email",
      "POST /api/candidate-portal/login",
      "POST /api/candidate-portal/register",
      "POST /api/organizations",
    ]);
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

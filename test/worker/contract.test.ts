import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import { operations } from "../../worker/http/openapi";
import { call, json } from "./org";
import { addressOf, sampleOf } from "./samples";
import { newWorld, PASSWORD, pdfForm, type World } from "./world";

let world: World;
let token: string;
beforeAll(async () => {
  world = await newWorld();
  token = world.people.recruiter.token;
});

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  errors?: { path: string; message: string }[];
  current?: { id: string; version: number };
  [key: string]: unknown;
}

describe("problem details", () => {
  const agent = () => `/api/agents/${world.things.agentId}`;
  const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call("PUT", path, { token, json: body, headers });
  const CASES: Record<string, [status: number, type: string, ask: () => Promise<Response>]> = {
    "what can't be read": [400, "malformed", () => put(agent(), { city: "x" }, { "if-match": "3" })],
    "no credentials": [401, "unauthenticated", () => call("GET", "/api/agents")],
    "a role that may not": [403, "denied", () => call("GET", "/api/users", { token })],
    "what is absent": [404, "not-found", () => call("GET", "/api/agents/agt_none", { token })],
    "an address that is none": [404, "not-found", () => call("GET", "/api/agent", { token })],
    "a method that is none": [404, "not-found", () => call("DELETE", "/api/agents", { token })],
    "a clash": [409, "conflict", () => put(`${agent()}/status`, { status: "active", from: "onboarding" })],
    "an old version": [412, "outdated", () => put(agent(), { city: "x" }, { "if-match": '"99"' })],
    "too much": [413, "too-large", () => put(agent(), { city: "x".repeat(1024 * 1024) })],
    "another type": [415, "unsupported-type", () => call("PUT", agent(), { token, body: "city=x" })],
    "a broken rule": [422, "invalid", () => put(agent(), { country: "Nowhere" })],
  };

  it.each(Object.entries(CASES))("for %s say what, why and what next", async (_, [status, type, ask]) => {
    const answer = await ask();
    const problem = await json<Problem>(answer, status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(problem).toMatchObject({ type, status });
    expect(problem.title.length).toBeGreaterThan(3);
    expect(problem.detail.length).toBeGreaterThan(10);
    expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
    const known = ["type", "title", "status", "detail", "requestId", "errors", "current"];
    expect(Object.keys(problem).filter((key) => !known.includes(key))).toEqual([]);
  });

  it("of a clash and of an old version carry the current state", async () => {
    for (const name of ["a clash", "an old version"]) {
      const [status = 0, , ask] = CASES[name] ?? [];
      const problem = await json<Problem>((await ask?.()) as Response, status);
      expect(problem.current).toMatchObject({ id: world.things.agentId, version: expect.any(Number) });
    }
  });

  it("of a broken rule name each field", async () => {
    const change = { country: "Nowhere", skills: [""], phone: "x", firstName: "" };
    const problem = await json<Problem>(await put(agent(), change), 422);
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual([
      "country",
      "firstName",
      "phone",
      "skills.0",
    ]);
  });

  it("show nothing of what is inside", async () => {
    for (const [, , ask] of Object.values(CASES)) {
      expect(await (await ask()).text()).not.toMatch(
        /sqlite|d1_error|drizzle|select |zod|\.ts:|at async|org_id/i,
      );
    }
  });
});

describe("every answer", () => {
  it("carries a request id of its own and the headers that keep browsers careful", async () => {
    const asked = [
      "/api/health",
      "/api/agents",
      "/api/nothing",
      "/api/docs",
      "/api/openapi.json",
      "/api/auth/me",
    ];
    const ids = new Set<string>();
    for (const path of asked) {
      const { headers } = await call("GET", path, { token });
      ids.add(headers.get("x-request-id") ?? "");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toContain("no-store");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("strict-transport-security")).toMatch(/max-age=\d+/);
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("x-powered-by")).toBeNull();
    }
    expect(ids.size).toBe(asked.length);
  });

  it("keeps a request id that the platform gave, if it is one", async () => {
    const id = async (ray: string) =>
      (await call("GET", "/api/health", { headers: { "cf-ray": ray } })).headers.get("x-request-id");
    expect(await id("8f1d2c3b4a5e6f70-FRA")).toBe("8f1d2c3b4a5e6f70-FRA");
    expect(await id('<script>"x"')).not.toContain("<");
  });

  it("to a HEAD is that to a GET without its body", async () => {
    for (const path of ["/api/health", "/api/agents", `/api/documents/${world.things.documentId}`]) {
      const [got, head] = [await call("GET", path, { token }), await call("HEAD", path, { token })];
      expect(head.status).toBe(got.status);
      expect(await head.text()).toBe("");
      for (const name of ["content-type", "etag"]) expect(head.headers.get(name)).toBe(got.headers.get(name));
      await got.arrayBuffer();
    }
    expect((await call("HEAD", "/api/agents")).status).toBe(401);
  });

  it("to another site's preflight allows nothing", async () => {
    const headers = { origin: "https://evil.test", "access-control-request-method": "POST" };
    const answer = await call("OPTIONS", "/api/auth/login", { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("that created something says where it is, and it is there", async () => {
    const ask = async (operation: ReturnType<typeof operations>[number], own: World) => {
      const sample = sampleOf(operation, own.things);
      const caller = sample.as === "nobody" ? undefined : own.people[sample.as].token;
      const body = sample.form ? { body: sample.form() } : { json: sample.json };
      return {
        caller,
        answer: await call("POST", addressOf(operation.path, sample), { token: caller, ...body }),
      };
    };
    let own = await newWorld();
    for (const operation of operations(app)) {
      if (!(201 in operation.endpoint.answers) || operation.path === "/api/live/ticket") continue;
      let { caller, answer } = await ask(operation, own);
      if (answer.status !== 201) {
        // An earlier one used up what it needs; to make a world for each would take minutes.
        own = await newWorld();
        ({ caller, answer } = await ask(operation, own));
      }
      const made = await json<{ accessToken?: string }>(answer, 201);
      const location = answer.headers.get("location");
      expect(location, operation.path).toMatch(/^\/api\//);
      // A notification is read by the one whom it is for, in their list; it has no page of its own.
      if (operation.path === "/api/notifications") continue;
      // An application is read by those who log in; whoever applied from outside is mailed.
      if (operation.path === "/api/applications") continue;
      const there = await call("GET", location ?? "", { token: made.accessToken ?? caller });
      expect(there.status, `${operation.path} → ${location}`).toBe(200);
    }
  }, 120_000);
});

describe("a read", () => {
  const READS = operations(app).filter(
    ({ method, endpoint }) => method === "GET" && endpoint.answers[200] && endpoint.who !== "public",
  );

  it.each(READS.map((operation) => [operation.path, operation] as const))(
    "of %s carries an ETag, and is 304 for whoever has it",
    async (_, operation) => {
      const sample = sampleOf(operation, world.things);
      const caller = world.people[sample.as as "recruiter"].token;
      const ask = (headers: Record<string, string> = {}) =>
        call("GET", addressOf(operation.path, sample), { token: caller, headers });
      const first = await ask();
      const etag = first.headers.get("etag") ?? "";
      expect(etag).toMatch(/^(W\/)?"[\w-]+"$/);
      for (const known of [etag, `"other", ${etag}`, "*", etag.replace("W/", "")]) {
        const again = await ask({ "if-none-match": known });
        expect(again.status, known).toBe(304);
        expect(await again.text()).toBe("");
        expect(again.headers.get("etag")).toBe(etag);
        expect(again.headers.get("x-request-id")).toBeTruthy();
      }
      expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
    },
  );

  it("has another ETag once something changed", async () => {
    const own = await newWorld();
    const asked = [
      "/api/agents",
      `/api/pipelines/${own.org.pipelineId}/board`,
      `/api/agents/${own.things.agentId}`,
    ];
    const tags = async () =>
      await Promise.all(
        asked.map(async (path) => {
          const answer = await call("GET", path, { token: own.people.recruiter.token });
          await answer.arrayBuffer();
          return answer.headers.get("etag");
        }),
      );
    const before = await tags();
    const move = { token: own.people.recruiter.token, json: { status: "active" } };
    await json(await call("PUT", `/api/agents/${own.things.agentId}/status`, move), 200);
    for (const [i, tag] of (await tags()).entries()) expect(tag).not.toBe(before[i]);
  });
});

describe("aliases", () => {
  it.each(["/health", "/status", "/api/v1/health", "/api/v1/v2/health", "/health/"])(
    "%s is served",
    async (path) => {
      expect((await call("GET", path)).status).toBe(200);
    },
  );

  it("of document 004 take snake_case beside camelCase and answer camelCase", async () => {
    const body = (more: object) => ({
      email: `alias.${Math.random()}@people.test`,
      password: PASSWORD,
      org: world.org.slug,
      ...more,
    });
    for (const path of ["/api/register", "/api/v1/auth/register/", "/api/v1/v2/register"]) {
      const snake = body({ first_name: "Sna", last_name: "Ke" });
      const made = await json<Record<string, unknown>>(await call("POST", path, { json: snake }), 201);
      expect(made).toHaveProperty("accessToken");
      expect(JSON.stringify(made)).not.toMatch(/"[a-z]+_[a-z]+":/);
      await json(await call("POST", path, { json: body({ firstName: "Ca", lastName: "Mel" }) }), 201);
    }
    await json(await call("POST", "/api/auth/register", { json: body({ first_name: "Sna" }) }), 422);
  });

  it("serve login, profile, password reset and lists", async () => {
    const { email } = world.people.agent.user;
    const session = await json<{ accessToken: string }>(
      await call("POST", "/api/login", { json: { email, password: PASSWORD } }),
      200,
    );
    const own = { token: session.accessToken };
    expect(await json(await call("GET", "/api/profile/", own), 200)).toMatchObject({ email });
    const renamed = await call("PATCH", "/api/profile/", { ...own, json: { first_name: "Adela" } });
    expect(await json(renamed, 200)).toMatchObject({ firstName: "Adela" });
    await json(await call("POST", "/api/password-reset/", { json: { email } }), 202);
    const list = await call("GET", `/api/v1/documents/?agent_id=${world.things.agentId}`, own);
    expect((await json<{ data: unknown[] }>(list, 200)).data).toHaveLength(1);
    const upload = await call("POST", "/api/v1/documents/upload/", { ...own, body: pdfForm() });
    await json(upload, 201);
  });

  it("keep the rules of the routes they stand for", async () => {
    await json(await call("GET", "/api/v1/agents"), 401);
    await json(await call("GET", "/api/v1/users", { token }), 403);
    await json(await call("POST", "/api/login", { json: { email: "a@b.test", pass_word: "x" } }), 422);
    await json(
      await call("POST", "/api/login", { body: "{", headers: { "content-type": "application/json" } }),
      400,
    );
  });
});

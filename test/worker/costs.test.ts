import { beforeAll, describe, expect, it } from "vitest";
import { forgetUser } from "../../worker/features/sessions/sessions";
import { crowd } from "./crowd";
import { call, costOf, follow, json, newOrg, type Org, type Person, worker } from "./org";
import { pdfForm } from "./world";

type Agent = Awaited<ReturnType<Org["agent"]>>;

/** An organization with a pool of that many people, some of their rows in every other table. */
async function pool(people: number) {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  const admin = await org.person("admin");
  const agent = await org.agent();
  await crowd(org, people - 1);
  const post = (person: Person, path: string, body: object) =>
    call("POST", path, { token: person.token, json: body });
  for (let i = 0; i < 5; i++) {
    await json(await call("POST", "/api/documents/upload", { token: agent.token, body: pdfForm() }), 201);
    await json(await post(admin, "/api/notifications", { userId: recruiter.user.id, title: "Hello" }), 201);
    await json(
      await post(recruiter, "/api/documents/requests", { agentId: agent.agent.id, type: "nda" }),
      201,
    );
  }
  await follow();
  return { org, recruiter, agent };
}

/** What a request costs, the session's memory warm. */
async function cost(person: Person, path: string, method = "GET", body: object = {}) {
  // Forgotten first, so that the memory is new and can't end between the two requests.
  forgetUser(person.user.id);
  const me = await call("GET", "/api/auth/me", { token: person.token });
  expect(costOf(me).trips).toBe(2);
  const answer = await call(method, path, { token: person.token, ...body });
  expect(answer.status).toBeLessThan(300);
  return { ...costOf(answer), body: await answer.json() };
}
/** Rows that a list or a board shows. */
function shown(body: unknown): number {
  const { data, stages } = body as { data?: unknown[]; stages?: { cards: unknown[] }[] };
  return data ? data.length : (stages ?? []).reduce((sum, stage) => sum + stage.cards.length, 0);
}

let small: Awaited<ReturnType<typeof pool>>;
let large: Awaited<ReturnType<typeof pool>>;
beforeAll(async () => {
  small = await pool(50);
  large = await pool(2000);
  // A range that ends at the very end of an index reads one row less, so neither may be the last.
  await pool(1);
}, 60_000);

const READS: [
  name: string,
  by: "recruiter" | "agent",
  path: (pipelineId: string, agentId: string) => string,
][] = [
  ["who am I", "recruiter", () => "/api/auth/me"],
  ["who am I, for an agent", "agent", () => "/api/auth/me"],
  ["the board", "recruiter", (pipelineId) => `/api/pipelines/${pipelineId}/board`],
  ["the board with a filter", "recruiter", (pipelineId) => `/api/pipelines/${pipelineId}/board?waiting=yes`],
  ["the board with a name", "recruiter", (pipelineId) => `/api/pipelines/${pipelineId}/board?q=crowd1`],
  ["pipelines", "recruiter", () => "/api/pipelines"],
  ["the list", "recruiter", () => "/api/agents"],
  ["the list by status", "recruiter", () => "/api/agents?status=screening"],
  ["the list by name", "recruiter", () => "/api/agents?q=crowd1"],
  ["an agent's page", "recruiter", (_, agentId) => `/api/agents/${agentId}`],
  ["an agent's timeline", "recruiter", (_, agentId) => `/api/agents/${agentId}/timeline`],
  ["an agent's documents", "recruiter", (_, agentId) => `/api/documents?agentId=${agentId}`],
  ["my home", "agent", () => "/api/me/home"],
  ["my status", "agent", (_, agentId) => `/api/agents/${agentId}`],
  ["my documents", "agent", () => "/api/documents"],
  ["what I am asked for", "agent", () => "/api/documents/requests"],
  ["changes", "recruiter", (pipelineId) => `/api/pipelines/${pipelineId}/changes?since=0`],
  ["my changes", "agent", (pipelineId) => `/api/pipelines/${pipelineId}/changes?since=0`],
  ["documents to review", "recruiter", () => "/api/documents?status=pending"],
  ["document types", "recruiter", () => "/api/documents/types"],
  ["notifications", "recruiter", () => "/api/notifications"],
  ["sessions", "recruiter", () => "/api/auth/sessions"],
  ["the organization", "recruiter", () => "/api/organization"],
  ["clients", "recruiter", () => "/api/clients"],
  ["clients by status", "recruiter", () => "/api/clients?status=active"],
  ["clients by name", "recruiter", () => "/api/clients?q=acme"],
  ["jobs", "recruiter", () => "/api/jobs"],
  ["jobs by status", "recruiter", () => "/api/jobs?status=open"],
  ["jobs of a client", "recruiter", () => "/api/jobs?clientId=clt_none"],
  ["my jobs", "recruiter", () => "/api/jobs?mine=yes"],
  ["jobs by name", "recruiter", () => "/api/jobs?q=lead"],
];

describe("one round trip", () => {
  it.each(READS)("answers %s", async (_, by, path) => {
    const person = large[by];
    const { trips } = await cost(person, path(large.org.pipelineId, large.agent.agent.id));
    expect(trips).toBe(1);
  });

  it("more is asked of a session that is not in memory", async () => {
    const fresh = await large.org.person("recruiter");
    expect(costOf(await call("GET", "/api/auth/me", { token: fresh.token })).trips).toBe(2);
  });
});

describe("rows read", () => {
  const PAGED: [string, (pipelineId: string) => string][] = [
    ["the list", () => "/api/agents"],
    ["the list, oldest first", () => "/api/agents?sort=createdAt"],
    ["the list by status", () => "/api/agents?status=applied&limit=5"],
    ["the list of one row", () => "/api/agents?limit=1"],
    ["the list of two hundred", () => "/api/agents?limit=200"],
    ["the board", (pipelineId) => `/api/pipelines/${pipelineId}/board`],
    ["documents to review", () => "/api/documents?status=pending&limit=5"],
    ["notifications", () => "/api/notifications?limit=5"],
  ];

  it.each(PAGED)(
    "by %s are at most twice the rows shown and twenty, in a small pool and in a large one",
    async (_, path) => {
      for (const { org, recruiter } of [small, large]) {
        const { read, body } = await cost(recruiter, path(org.pipelineId));
        expect(shown(body)).toBeGreaterThan(0);
        expect(read).toBeLessThanOrEqual(2 * shown(body) + 20);
      }
    },
  );

  it("by a later page are no more than by the first", async () => {
    const first = await cost(large.recruiter, "/api/agents");
    let { nextCursor } = first.body as { nextCursor: string | null };
    for (let i = 0; i < 30; i++) {
      const next = (await cost(large.recruiter, `/api/agents?cursor=${nextCursor}`)) as {
        read: number;
        body: { nextCursor: string | null };
      };
      expect(next.read).toBeLessThanOrEqual(first.read + 2);
      nextCursor = next.body.nextCursor;
    }
  });

  it.each([
    ["the list", "/api/agents?limit=40"],
    ["the list by status", "/api/agents?status=applied&limit=5"],
    ["documents to review", "/api/documents?status=pending"],
    ["notifications", "/api/notifications"],
    ["who am I", "/api/auth/me"],
  ])("by %s are the same within a tenth for 50 people and for 2,000", async (_, path) => {
    const [few, many] = [await cost(small.recruiter, path), await cost(large.recruiter, path)];
    expect(shownIn(many.body)).toBe(shownIn(few.body));
    expect(Math.abs(many.read - few.read)).toBeLessThanOrEqual(few.read / 10);
  });
  const shownIn = (body: unknown) => (body as { data?: unknown[] }).data?.length;

  it("by the board grow with the cards shown alone", async () => {
    const path = (org: Org) => `/api/pipelines/${org.pipelineId}/board`;
    const [few, many] = [
      await cost(small.recruiter, path(small.org)),
      await cost(large.recruiter, path(large.org)),
    ];
    const aCard = (one: { read: number; body: unknown }) => one.read / (shown(one.body) + 20);
    expect(aCard(many)).toBeLessThanOrEqual(aCard(few) * 1.1);
  });
});

describe("two round trips", () => {
  let agent: Agent;
  beforeAll(async () => {
    agent = await large.org.agent("Mo Ved");
  });
  const move = (status: string, headers: Record<string, string> = {}) =>
    cost(large.recruiter, `/api/agents/${agent.agent.id}/status`, "PUT", { json: { status }, headers });

  it("are a move, which writes sixteen rows at most, indexes included", async () => {
    for (const status of ["screening", "documents", "rejected", "active"]) {
      const { trips, read, written, body } = await move(status);
      expect(body).toMatchObject({ status });
      expect(trips).toBe(2);
      expect(written).toBeLessThanOrEqual(16);
      // Of 2,000 people: whoever reads one row of each is found here.
      expect(read).toBeLessThanOrEqual(150);
    }
  });

  it("are a move with If-Match, and one to the same stage is one", async () => {
    const { version } = (await move("screening")).body as { version: number };
    expect((await move("documents", { "if-match": `"${version}"` })).trips).toBe(2);
    expect(await move("documents")).toMatchObject({ trips: 1, written: 0 });
  });

  it("are an upload", async () => {
    const { trips, read } = await cost(agent, "/api/documents/upload", "POST", { body: pdfForm() });
    expect(read).toBeLessThanOrEqual(200);
    expect(trips).toBe(2);
  });

  it("are a review, a change of a profile and a request for a document", async () => {
    const { body } = await cost(agent, "/api/documents?limit=1");
    const [document] = (body as { data: { id: string }[] }).data;
    const review = { json: { status: "rejected", reason: "Blurred" } };
    expect((await cost(large.recruiter, `/api/documents/${document?.id}/status`, "PUT", review)).trips).toBe(
      2,
    );
    const profile = { json: { city: "Lund" } };
    expect((await cost(agent, `/api/agents/${agent.agent.id}`, "PUT", profile)).trips).toBe(2);
    const request = { json: { agentId: agent.agent.id, type: "id" } };
    expect((await cost(large.recruiter, "/api/documents/requests", "POST", request)).trips).toBe(2);
  });

  it("and one more where an Idempotency-Key is looked up", async () => {
    const headers = { "idempotency-key": "a-key-of-the-cost-test" };
    const { trips } = await cost(agent, "/api/documents/upload", "POST", {
      body: pdfForm({}, "b.pdf"),
      headers,
    });
    expect(trips).toBe(3);
  });
});

it("no hot read scans a table", async () => {
  const scans: string[] = [];
  const real = worker.DB.prepare.bind(worker.DB);
  const seen = new Set<string>();
  worker.DB.prepare = (query: string) => {
    seen.add(query);
    return real(query);
  };
  try {
    for (const [, by, path] of READS) await cost(large[by], path(large.org.pipelineId, large.agent.agent.id));
  } finally {
    worker.DB.prepare = real;
  }
  for (const query of seen) {
    if (!/^\s*select/i.test(query)) continue;
    const blanks = Array.from({ length: (query.match(/\?/g) ?? []).length }, () => "x");
    const plan = await real(`explain query plan ${query}`)
      .bind(...blanks)
      .all<{ detail: string }>();
    for (const { detail } of plan.results) {
      // The text index is no table: its lookups are called scans as well.
      if (/^SCAN (?!CONSTANT|json_each|\(subquery|people_index VIRTUAL)/.test(detail))
        scans.push(`${detail}: ${query.slice(0, 200)}`);
    }
  }
  expect(seen.size).toBeGreaterThan(20);
  expect(scans).toEqual([]);
});

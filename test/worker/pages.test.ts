import { beforeAll, describe, expect, it } from "vitest";
import { crowd } from "./crowd";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { pdfForm } from "./world";

interface Page {
  data: { id: string }[];
  nextCursor: string | null;
  [key: string]: unknown;
}

/** A list of many rows, and how rows come and go while somebody walks through it. */
interface List {
  path: string;
  by: Person;
  table: string;
  /** Makes one more row, which a walk that is under way may show or not. */
  add(): Promise<unknown>;
}

let org: Org;
let recruiter: Person;
let admin: Person;
let agent: Awaited<ReturnType<Org["agent"]>>;
let lists: Record<string, List>;

const post = (person: Person, path: string, body: object) =>
  call("POST", path, { token: person.token, json: body });

beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
  admin = await org.person("admin");
  agent = await org.agent();
  await crowd(org, 20);
  const agentId = agent.agent.id;
  const upload = () => call("POST", "/api/documents/upload", { token: agent.token, body: pdfForm() });
  const request = () => post(recruiter, "/api/documents/requests", { agentId, type: "nda" });
  const notify = () => post(admin, "/api/notifications", { userId: recruiter.user.id, title: "Hello" });
  const client = () => post(recruiter, "/api/clients", { companyName: "Acme" });
  const { id: clientId } = await json<{ id: string }>(await client(), 201);
  const job = () => post(recruiter, "/api/jobs", { clientId, title: "Cook" });
  const person = () => org.person("client_user", "Cleo Bond", clientId);
  let tags = 0;
  const rename = async () => {
    tags += 1;
    const change = { token: recruiter.token, json: { tags: [`tag ${tags}`] } };
    return await call("PUT", `/api/agents/${agentId}`, change);
  };
  lists = {
    agents: { path: "/api/agents", by: recruiter, table: "agents", add: () => crowd(org, 1) },
    "agents, oldest first": {
      path: "/api/agents?sort=createdAt",
      by: recruiter,
      table: "agents",
      add: () => crowd(org, 1),
    },
    users: { path: "/api/users", by: admin, table: "users", add: () => org.person("recruiter") },
    documents: { path: "/api/documents", by: agent, table: "documents", add: upload },
    "all documents": {
      path: "/api/documents?status=pending",
      by: recruiter,
      table: "documents",
      add: upload,
    },
    requests: { path: "/api/documents/requests", by: agent, table: "document_requests", add: request },
    notifications: { path: "/api/notifications", by: recruiter, table: "notifications", add: notify },
    timeline: { path: `/api/agents/${agentId}/timeline`, by: recruiter, table: "events", add: rename },
    clients: { path: "/api/clients", by: recruiter, table: "clients", add: client },
    jobs: { path: "/api/jobs?status=open", by: recruiter, table: "jobs", add: job },
    "jobs, oldest first": { path: "/api/jobs?sort=createdAt", by: recruiter, table: "jobs", add: job },
    "people of a client": { path: `/api/clients/${clientId}/users`, by: admin, table: "users", add: person },
  };
  for (const make of [upload, request, notify, rename, client, job, person, () => org.person("recruiter")]) {
    for (let i = 0; i < 14; i++) await make();
  }
});

const NAMES = [
  "agents",
  "agents, oldest first",
  "users",
  "documents",
  "all documents",
  "requests",
  "notifications",
  "timeline",
  "clients",
  "jobs",
  "jobs, oldest first",
  "people of a client",
];
const listOf = (name: string) => lists[name] as List;

function ask(list: List, limit: number, cursor?: string | null, by = list.by): Promise<Response> {
  const more = `limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
  return call("GET", `${list.path}${list.path.includes("?") ? "&" : "?"}${more}`, { token: by.token });
}

/** Every id of a list, page after page; `between` happens after each page. */
async function walk(
  list: List,
  limit: number,
  between?: (shown: string[]) => Promise<unknown>,
): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page = await json<Page>(await ask(list, limit, cursor), 200);
    expect(page.data.length).toBeLessThanOrEqual(limit);
    ids.push(...page.data.map((row) => row.id));
    cursor = page.nextCursor;
    if (cursor !== null) await between?.(ids);
  }
  return ids;
}

describe.each(NAMES)("the list of %s", (name) => {
  it("shows the same rows in the same order, whatever the size of a page", async () => {
    const whole = await walk(listOf(name), 200);
    expect(whole.length).toBeGreaterThanOrEqual(12);
    expect(new Set(whole).size).toBe(whole.length);
    for (const limit of [1, 3, whole.length, whole.length - 1])
      expect(await walk(listOf(name), limit)).toEqual(whole);
  });

  it("walked while rows come and go shows each row that stays exactly once", async () => {
    const list = listOf(name);
    const before = await walk(list, 200);
    const gone = new Set<string>();
    let removals = 0;
    const shown = await walk(list, 4, async (ids) => {
      await list.add();
      // One that was shown already, and one that is still ahead.
      const next = before.filter((id) => !ids.includes(id) && !gone.has(id))[1];
      const victims = removals++ < 2 ? [ids[0], next] : [];
      for (const id of victims) {
        if (id === undefined || id === agent.agent.id || id === list.by.user.id) continue;
        gone.add(id);
        const clear = list.table === "events" ? "id = ? and type = 'agent.updated'" : "id = ?";
        await worker.DB.prepare(`delete from ${list.table} where ${clear}`).bind(id).run();
      }
    });
    expect(new Set(shown).size).toBe(shown.length);
    expect(before.filter((id) => !gone.has(id) && !shown.includes(id))).toEqual([]);
    expect(gone.size).toBeGreaterThan(1);
  });

  it("refuses a cursor that was altered", async () => {
    const list = listOf(name);
    const { nextCursor } = await json<Page>(await ask(list, 2), 200);
    const cursor = nextCursor ?? "";
    const flip = (at: number) =>
      cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
    const altered = [0, 5, cursor.indexOf(".") + 1, cursor.length - 1].map(flip);
    const [payload = "", mac = ""] = cursor.split(".");
    const odd = [
      payload,
      `.${mac}`,
      `${payload}.`,
      `${cursor}.x`,
      `${cursor}=`,
      `${cursor}A`,
      ".",
      "nonsense",
    ];
    for (const one of [...altered, ...odd]) {
      const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
        await ask(list, 2, one),
        422,
      );
      expect(problem.errors.map(({ path }) => path)).toEqual(["cursor"]);
    }
  });

  it("refuses the cursor of every other list", async () => {
    const { nextCursor } = await json<Page>(await ask(listOf(name), 2), 200);
    for (const other of NAMES.filter((one) => one !== name)) {
      expect((await ask(listOf(other), 2, nextCursor)).status, other).toBe(422);
    }
  });
});

describe("a cursor", () => {
  const cursorOf = async (answer: Response) => (await json<Page>(answer, 200)).nextCursor;

  it("of another organization is refused", async () => {
    const other = await newOrg();
    const theirs = await other.person("recruiter");
    await crowd(other, 5);
    const cursor = await cursorOf(await call("GET", "/api/agents?limit=2", { token: theirs.token }));
    expect((await ask(listOf("agents"), 2, cursor)).status).toBe(422);
  });

  it("with other filters, another order or by another person is refused", async () => {
    const cursor = await cursorOf(await ask(listOf("agents"), 2));
    for (const filter of ["status=applied", "q=crowd", "sort=createdAt", "campaign=x"]) {
      const answer = await call("GET", `/api/agents?limit=2&${filter}&cursor=${cursor}`, {
        token: recruiter.token,
      });
      expect(answer.status, filter).toBe(422);
    }
    for (const name of ["documents", "notifications"]) {
      const own = await cursorOf(await ask(listOf(name), 2));
      expect((await ask(listOf(name), 2, own, admin)).status, name).toBe(422);
    }
  });

  it("works with another size of page, and for a colleague where the list is the same", async () => {
    const cursor = await cursorOf(await ask(listOf("agents"), 2));
    expect((await ask(listOf("agents"), 7, cursor)).status).toBe(200);
    expect((await ask(listOf("agents"), 2, cursor, admin)).status).toBe(200);
  });
});

describe("a column of the board", () => {
  interface Board {
    stages: { key: string; count: number; cards: { agentId: string }[]; nextCursor: string | null }[];
    [key: string]: unknown;
  }
  let own: Org;
  let token: string;
  beforeAll(async () => {
    own = await newOrg();
    token = (await own.person("recruiter")).token;
    await crowd(own, 130, 1);
  });
  const board = (query = "") => call("GET", `/api/pipelines/${own.pipelineId}/board${query}`, { token });
  const column = async (query = "") =>
    (await json<Board>(await board(query), 200)).stages.find(({ key }) => key === "applied");
  const more = (cursor: string | null | undefined, filter = "") =>
    `?stage=applied&cursor=${encodeURIComponent(cursor ?? "")}${filter}`;

  it("goes on where its first cards end, while people enter and leave", async () => {
    const first = await column();
    expect(first?.count).toBe(130);
    const shown = first?.cards.map((card) => card.agentId) ?? [];
    expect(shown).toHaveLength(50);
    const left = shown[10];
    await json(
      await call("PUT", `/api/agents/${left}/status`, { token, json: { status: "screening" } }),
      200,
    );
    await own.agent("New Comer");
    let cursor = first?.nextCursor;
    while (cursor) {
      const next = await column(more(cursor));
      shown.push(...(next?.cards.map((card) => card.agentId) ?? []));
      cursor = next?.nextCursor;
    }
    expect(shown).toHaveLength(130);
    expect(new Set(shown).size).toBe(130);
  });

  it("refuses a cursor of another column, of other filters, or without a column", async () => {
    const cursor = (await column())?.nextCursor;
    expect((await board(more(cursor).replace("applied", "screening"))).status).toBe(422);
    expect((await board(more(cursor, "&q=crowd"))).status).toBe(422);
    expect((await board(more(cursor, "&waiting=yes"))).status).toBe(422);
    expect((await board(more(`${cursor}x`))).status).toBe(422);
    expect((await board(`?cursor=${encodeURIComponent(cursor ?? "")}`)).status).toBe(422);
    expect((await board("?stage=nowhere")).status).toBe(404);
  });
});

import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { app } from "../../worker/app";
import { operations } from "../../worker/http/openapi";
import { type Call, call, follow, json, newOrg, type Org, type Person, worker } from "./org";
import { addressOf, sampleOf } from "./samples";
import { changed, dump, newWorld, PASSWORD, pdfForm, type World } from "./world";

const POSTS = operations(app).filter(({ method }) => method === "POST");
const named = (some: typeof POSTS) => some.map((operation) => [operation.path, operation] as const);

let org: Org;
let recruiter: Person;
let world: World;
beforeAll(async () => {
  world = await newWorld();
  org = await newOrg();
  recruiter = await org.person("recruiter");
});
afterEach(() => {
  vi.useRealTimers();
});

let keys = 0;
const newKey = () => `key-${++keys}-${Math.random()}`;
const withKey = (key: string, headers: Record<string, string> = {}) => ({
  ...headers,
  "idempotency-key": key,
});
const replayed = (answer: Response) => answer.headers.get("idempotency-replayed");
const notify = (key: string, title: string, person = recruiter) =>
  call("POST", "/api/notifications", {
    token: person.token,
    json: { userId: recruiter.user.id, title },
    headers: withKey(key),
  });
async function count(query: string, ...values: unknown[]): Promise<number> {
  return Number(
    await worker.DB.prepare(query)
      .bind(...values)
      .first("n"),
  );
}
const titled = (title: string) => count("select count(*) as n from notifications where title = ?", title);

describe("a repeated POST with the same key", () => {
  it.each(named(POSTS.filter(({ endpoint }) => !endpoint.unkeyed)))(
    "to %s has one effect and gets the first answer again",
    async (path, operation) => {
      const sendIn = (world: World) => {
        const sample = sampleOf(operation, world.things);
        const body: Call = sample.form ? { body: sample.form() } : sample.json ? { json: sample.json } : {};
        const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
        return {
          sample,
          send: () => call("POST", addressOf(path, sample), { token, ...body, headers: withKey(path) }),
        };
      };
      let { sample, send } = sendIn(world);
      let first = await send();
      // What an earlier POST used up is there again in a new world; to make one for each would take minutes.
      if (first.status !== sample.status) {
        world = await newWorld();
        ({ sample, send } = sendIn(world));
        first = await send();
      }
      expect(first.status).toBe(sample.status);
      expect(replayed(first)).toBeNull();
      // What follows from it, like a mail or a count, is done.
      await follow();
      await vi.waitFor(
        async () => {
          const one = await dump(world.things.orgId);
          await new Promise((done) => setTimeout(done, 60));
          expect(changed(one, await dump(world.things.orgId))).toEqual([]);
          expect(
            await count(
              `select (select count(*) from events where org_id = ?1 and dispatch = 'pending')
                + (select count(*) from inbox_events where org_id = ?1 and status = 'received') as n`,
              world.things.orgId,
            ),
          ).toBe(0);
        },
        { timeout: 15_000 },
      );
      const before = await dump(world.things.orgId);
      const second = await send();
      expect(second.status).toBe(first.status);
      expect(replayed(second)).toBe("true");
      expect(await second.text()).toBe(await first.text());
      for (const name of ["location", "etag", "content-type"]) {
        expect(second.headers.get(name)).toBe(first.headers.get(name));
      }
      expect(changed(before, await dump(world.things.orgId))).toEqual([]);
    },
  );

  it.each(named(POSTS.filter(({ endpoint }) => endpoint.unkeyed)))(
    "to %s is not kept",
    async (path, operation) => {
      const world = await newWorld();
      const sample = sampleOf(operation, world.things);
      const token = sample.as === "nobody" ? undefined : world.people[sample.as].token;
      const body: Call = sample.json ? { json: sample.json } : {};
      const headers = withKey("same", sample.headers);
      const send = () => call("POST", addressOf(path, sample), { token, ...body, headers });
      const rows = await count("select count(*) as n from idempotency_keys");
      expect((await send()).status).toBe(sample.status);
      expect(replayed(await send())).toBeNull();
      expect(await count("select count(*) as n from idempotency_keys")).toBe(rows);
    },
  );

  it("but without a key is done again", async () => {
    const path = "/api/notifications";
    for (let i = 0; i < 2; i++) {
      const body = { userId: recruiter.user.id, title: "No key" };
      await json(await call("POST", path, { token: recruiter.token, json: body }), 201);
    }
    expect(await titled("No key")).toBe(2);
  });

  it("and another body is 422 and does nothing", async () => {
    const key = newKey();
    await json(await notify(key, "First body"), 201);
    const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
      await notify(key, "Second body"),
      422,
    );
    expect(problem.errors.map(({ path }) => path)).toEqual(["Idempotency-Key"]);
    expect(await titled("Second body")).toBe(0);
  });

  it("and another address is 422", async () => {
    const key = newKey();
    await json(await notify(key, "An address"), 201);
    const headers = withKey(key);
    await json(await call("POST", "/api/notifications/read-all", { token: recruiter.token, headers }), 422);
  });

  it("by somebody else is a request of its own", async () => {
    const key = newKey();
    const other = await org.person("recruiter");
    const [mine, theirs] = [await notify(key, "Two callers"), await notify(key, "Two callers", other)];
    expect([replayed(mine), replayed(theirs)]).toEqual([null, null]);
    expect(await titled("Two callers")).toBe(2);
  });

  it("ten times at once has one effect and one answer", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => notify(key, "At once")));
    const bodies = await Promise.all(answers.map((answer) => json<{ id: string }>(answer, 201)));
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter((answer) => replayed(answer) === null)).toHaveLength(1);
    expect(await titled("At once")).toBe(1);
  });

  it("and two bodies at once has the effect of one of them", async () => {
    const key = newKey();
    const answers = await Promise.all([notify(key, "Body A"), notify(key, "Body B")]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 422]);
    expect((await titled("Body A")) + (await titled("Body B"))).toBe(1);
  });

  it("works for 48 hours and then begins anew, swept or not", async () => {
    const key = newKey();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    await json(await notify(key, "Two days"), 201);
    const row = worker.DB.prepare("update sessions set expires_at = expires_at * 2 where id = ?");
    await row.bind(recruiter.sessionId).run();
    const { signAccessToken } = await import("../../worker/features/sessions/tokens");
    const later = async () => {
      const claims = { userId: recruiter.user.id, orgId: org.id, sessionId: recruiter.sessionId };
      return { ...recruiter, token: await signAccessToken(worker, claims, Date.now()) };
    };
    vi.setSystemTime(Date.now() + 47 * 3_600_000);
    expect(replayed(await notify(key, "Two days", await later()))).toBe("true");
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    const again = await notify(key, "Two days", await later());
    await json(again, 201);
    expect(replayed(again)).toBeNull();
    expect(replayed(await notify(key, "Two days", await later()))).toBe("true");
  });

  it.each(["", "x".repeat(256)])("that is no key (%j) is 400", async (key) => {
    await json(await notify(key, "No good key"), 400);
    expect(await titled("No good key")).toBe(0);
  });

  it("that was refused may be mended and sent again", async () => {
    const key = newKey();
    await json(await notify(key, ""), 422);
    await json(await notify(key, "Mended"), 201);
  });
});

describe("a registration with a key", () => {
  const body = () => ({
    email: `keyed.${++keys}@people.test`,
    password: PASSWORD,
    name: "Kay Eyed",
    org: org.slug,
  });
  const register = (sent: object, key: string, address = "192.0.2.1") =>
    call("POST", "/api/auth/register", {
      json: sent,
      headers: withKey(key, { "cf-connecting-ip": address }),
    });

  it("gives the same tokens again, and they work", async () => {
    const [sent, key] = [body(), newKey()];
    const first = await json<Record<string, string>>(await register(sent, key), 201);
    const second = await json<Record<string, string>>(await register(sent, key), 201);
    expect(second).toEqual(first);
    await json(await call("GET", "/api/auth/me", { token: second.accessToken }), 200);
    expect(await count("select count(*) as n from users where email = ?", sent.email)).toBe(1);
  });

  it("keeps the answer sealed: neither tokens nor the key nor the address stand in the table", async () => {
    const [sent, key] = [body(), newKey()];
    const made = await json<Record<string, string>>(await register(sent, key), 201);
    const rows = JSON.stringify((await worker.DB.prepare("select * from idempotency_keys").all()).results);
    for (const secret of [made.accessToken, made.refreshToken, key, sent.email, "192.0.2.1"]) {
      expect(rows).not.toContain(secret);
    }
    expect(rows.length).toBeGreaterThan(1000);
  });

  it("from another network address is a request of its own", async () => {
    const [sent, key] = [body(), newKey()];
    await json(await register(sent, key), 201);
    await json(await register(sent, key, "198.51.100.77"), 409);
  });

  it("five times at once makes one person", async () => {
    const [sent, key] = [body(), newKey()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => register(sent, key)));
    const bodies = await Promise.all(answers.map((answer) => json<{ agent: { id: string } }>(answer, 201)));
    expect(new Set(bodies.map(({ agent }) => agent.id)).size).toBe(1);
  });
});

describe("an upload with a key", () => {
  let agent: Person;
  beforeAll(async () => {
    agent = await org.agent();
  });
  const upload = (key: string, form: FormData) =>
    call("POST", "/api/documents/upload", { token: agent.token, body: form, headers: withKey(key) });

  it("is the same request where its parts are, whatever stands between them", async () => {
    const key = newKey();
    const first = await upload(key, pdfForm());
    const second = await upload(key, pdfForm());
    expect(await json(second, 201)).toEqual(await json(first, 201));
    expect(replayed(second)).toBe("true");
    const others = [pdfForm({}, "other.pdf"), pdfForm({ type: "id" }), pdfForm({ extra: "1" })];
    for (const form of others) await json(await upload(key, form), 422);
    const stored = "select count(*) as n from documents where owner_id = ?";
    expect(await count(stored, agent.user.agentId)).toBe(1);
  });

  it("as a raw file is another request where the address names another type or file", async () => {
    const key = newKey();
    const raw = async (query: string) =>
      call("POST", `/api/documents/upload?${query}`, {
        token: agent.token,
        body: await (pdfForm().get("file") as File).arrayBuffer(),
        headers: withKey(key, { "content-type": "application/pdf" }),
      });
    const first = await json(await raw("type=w9&fileName=a.pdf"), 201);
    expect(await json(await raw("type=w9&fileName=a.pdf"), 201)).toEqual(first);
    await json(await raw("type=id&fileName=a.pdf"), 422);
    await json(await raw("type=w9&fileName=b.pdf"), 422);
  });
});

describe("effect and answer", () => {
  it("hold together: a batch that fails leaves neither", async () => {
    const key = newKey();
    await worker.DB.exec(
      "create trigger no_notice before insert on notifications when new.title = 'Doomed' begin select raise(abort, 'no'); end",
    );
    const rows = await count("select count(*) as n from idempotency_keys");
    const answer = await notify(key, "Doomed");
    expect(await json(answer, 503)).toMatchObject({ type: "unavailable" });
    expect(answer.headers.get("retry-after")).toBeTruthy();
    expect(await count("select count(*) as n from idempotency_keys")).toBe(rows);
    await worker.DB.exec("drop trigger no_notice");
    await json(await notify(key, "Doomed"), 201);
    expect(await titled("Doomed")).toBe(1);
  });

  it("hold together the other way round: without the answer's place there is no effect", async () => {
    const key = newKey();
    await worker.DB.exec(
      "create trigger no_answer before insert on idempotency_keys begin select raise(abort, 'no'); end",
    );
    await json(await notify(key, "Unanswered"), 503);
    expect(await titled("Unanswered")).toBe(0);
    await worker.DB.exec("drop trigger no_answer");
  });
});

it("a PUT and a PATCH ignore the header", async () => {
  const agent = await org.agent();
  const key = newKey();
  const move = (status: string) =>
    call("PUT", `/api/agents/${agent.agent.id}/status`, {
      token: recruiter.token,
      json: { status },
      headers: withKey(key),
    });
  expect(await json(await move("screening"), 200)).toMatchObject({ status: "screening" });
  expect(await json(await move("documents"), 200)).toMatchObject({ status: "documents" });
  const rename = (firstName: string) =>
    call("PATCH", "/api/auth/me", { token: agent.token, json: { firstName }, headers: withKey(key) });
  expect(await json(await rename("One"), 200)).toMatchObject({ firstName: "One" });
  expect(await json(await rename("Two"), 200)).toMatchObject({ firstName: "Two" });
});

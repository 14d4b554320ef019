import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { anotherSession } from "./world";

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

let org: Org;
beforeAll(async () => {
  org = await newOrg();
});
afterEach(() => {
  vi.useRealTimers();
});

const refresh = (refreshToken: string) => call("POST", "/api/auth/refresh", { json: { refreshToken } });
const refreshed = async (token: string) => await json<Tokens>(await refresh(token), 200);
const me = (token: string) => call("GET", "/api/auth/me", { token });
const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const stopClock = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });

describe("a refresh", () => {
  it("gives new tokens, of which both work, and keeps the session", async () => {
    const person = await org.person("recruiter");
    const next = await refreshed(person.refreshToken);
    expect(next.refreshToken).not.toBe(person.refreshToken);
    expect(await json(await me(next.accessToken), 200)).toMatchObject({ sessionId: person.sessionId });
    const further = await refreshed(next.refreshToken);
    expect(further.refreshToken).not.toBe(next.refreshToken);
  });

  it("within ten seconds gives the same successor for the spent token again", async () => {
    const person = await org.person("recruiter");
    stopClock();
    const first = await refreshed(person.refreshToken);
    later(9_000);
    expect((await refreshed(person.refreshToken)).refreshToken).toBe(first.refreshToken);
    await refreshed(first.refreshToken);
  });

  it("with a spent token after ten seconds ends the whole family", async () => {
    const person = await org.person("recruiter");
    stopClock();
    const first = await refreshed(person.refreshToken);
    const second = await refreshed(first.refreshToken);
    later(10_001);
    await json(await refresh(person.refreshToken), 401);
    for (const token of [second.refreshToken, first.refreshToken, person.refreshToken]) {
      await json(await refresh(token), 401);
    }
    await json(await me(second.accessToken), 401);
    await json(await me(person.token), 401);
    const entry = worker.DB.prepare(
      "select count(*) as n from audit_entries where action_type = 'SESSION_REUSE_DETECTED' and entity_id = ?",
    );
    expect(await entry.bind(person.user.id).first("n")).toBe(1);
  });

  it("that ends one family leaves the person's other sessions alone", async () => {
    const person = await org.person("recruiter");
    const second = await anotherSession(person);
    stopClock();
    await refreshed(person.refreshToken);
    later(11_000);
    await json(await refresh(person.refreshToken), 401);
    await refreshed(second.refreshToken);
  });

  it("of one token by many at once gives all the same successor", async () => {
    const person = await org.person("recruiter");
    const all = await Promise.all(Array.from({ length: 8 }, () => refreshed(person.refreshToken)));
    expect(new Set(all.map((one) => one.refreshToken)).size).toBe(1);
    const tokens = worker.DB.prepare("select count(*) as n from refresh_tokens where session_id = ?");
    expect(await tokens.bind(person.sessionId).first("n")).toBe(2);
  });

  it("stores hashes only, and no successor can be made without the server's key", async () => {
    const person = await org.person("recruiter");
    const next = await refreshed(person.refreshToken);
    const rows = await worker.DB.prepare("select * from refresh_tokens").all();
    expect(JSON.stringify(rows.results)).not.toContain(next.refreshToken);
    expect(JSON.stringify(rows.results)).not.toContain(person.refreshToken);
  });

  it.each([
    ["nothing", {}],
    ["a word", { refreshToken: "nonsense" }],
    ["an empty one", { refreshToken: "" }],
  ])("with %s is 401", async (_, body) => {
    await json(await call("POST", "/api/auth/refresh", { json: body }), 401);
  });

  it("with an access token is 401", async () => {
    const person = await org.person("recruiter");
    await json(await refresh(person.token), 401);
  });

  it("works for thirty days of silence and not longer", async () => {
    const person = await org.person("recruiter");
    stopClock();
    later(29 * 86_400_000);
    const next = await refreshed(person.refreshToken);
    later(29 * 86_400_000);
    const further = await refreshed(next.refreshToken);
    later(31 * 86_400_000);
    await json(await refresh(further.refreshToken), 401);
  });
});

describe("an access token", () => {
  it("ends after ten minutes", async () => {
    const person = await org.person("recruiter");
    stopClock();
    later(599_000);
    await json(await me(person.token), 200);
    later(2_000);
    await json(await me(person.token), 401);
  });
});

describe("logging out", () => {
  it("ends the session at once, with every token that came from it", async () => {
    const person = await org.person("recruiter");
    const next = await refreshed(person.refreshToken);
    expect((await call("POST", "/api/auth/logout", { token: person.token })).status).toBe(204);
    for (const token of [person.token, next.accessToken]) await json(await me(token), 401);
    for (const token of [person.refreshToken, next.refreshToken]) await json(await refresh(token), 401);
  });

  it("leaves the person's other sessions alone", async () => {
    const person = await org.person("recruiter");
    const second = await anotherSession(person);
    await call("POST", "/api/auth/logout", { token: person.token });
    await json(await me(second.token), 200);
  });
});

describe("one's own sessions", () => {
  interface Page {
    data: { id: string; current: boolean; device: string; createdAt: string }[];
    nextCursor: null;
  }
  const list = async (person: Person) =>
    (
      await json<Page & Record<string, unknown>>(
        await call("GET", "/api/auth/sessions", { token: person.token }),
        200,
      )
    ).data;

  it("are listed newest first, the current one marked, those of others and ended ones left out", async () => {
    const person = await org.person("recruiter");
    await org.person("recruiter");
    const second = await anotherSession(person);
    const third = await anotherSession(person);
    await call("POST", "/api/auth/logout", { token: second.token });
    const shown = await list(person);
    expect(shown.map(({ id, current }) => [id, current])).toEqual([
      [third.sessionId, false],
      [person.sessionId, true],
    ]);
  });

  it("can be ended one by one, each once", async () => {
    const person = await org.person("recruiter");
    const second = await anotherSession(person);
    const end = () => call("DELETE", `/api/auth/sessions/${second.sessionId}`, { token: person.token });
    expect((await end()).status).toBe(204);
    await json(await me(second.token), 401);
    await json(await refresh(second.refreshToken), 401);
    await json(await end(), 404);
    expect(await list(person)).toHaveLength(1);
  });
});

describe("somebody who is disabled", () => {
  const disable = async (person: Person) => {
    const admin = await org.person("admin");
    const answer = await call("DELETE", `/api/users/${person.user.id}`, { token: admin.token });
    expect(answer.status).toBe(204);
  };

  it("is out at once, with every token", async () => {
    const person = await org.person("recruiter");
    await json(await me(person.token), 200);
    await disable(person);
    await json(await me(person.token), 401);
    await json(await refresh(person.refreshToken), 401);
  });

  it("is out within five seconds where another isolate did it", async () => {
    const person = await org.person("recruiter");
    stopClock();
    await json(await me(person.token), 200);
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(person.user.id).run();
    later(5_001);
    await json(await me(person.token), 401);
    await json(await refresh(person.refreshToken), 401);
  });

  it("stays out after being let in again, until a new login", async () => {
    const person = await org.person("recruiter");
    const admin = await org.person("admin");
    await disable(person);
    const back = { json: { status: "active" }, token: admin.token };
    await json(await call("PATCH", `/api/users/${person.user.id}`, back), 200);
    await json(await refresh(person.refreshToken), 401);
    await json(await me((await anotherSession(person)).token), 200);
  });
});

it("somebody whose role changes must log in again", async () => {
  const person = await org.person("recruiter");
  const admin = await org.person("admin");
  const change = { json: { role: "admin" }, token: admin.token };
  await json(await call("PATCH", `/api/users/${person.user.id}`, change), 200);
  await json(await me(person.token), 401);
});

it("one admin always remains, even when two take each other's place away at once", async () => {
  for (const change of [{ status: "disabled" }, { role: "recruiter" }]) {
    const own = await newOrg();
    const admins = [await own.person("admin"), await own.person("admin")] as const;
    const against = (by: Person, whom: Person) =>
      call("PATCH", `/api/users/${whom.user.id}`, { json: change, token: by.token });
    await Promise.all(admins.map((admin) => me(admin.token)));
    await Promise.all([against(admins[0], admins[1]), against(admins[1], admins[0])]);
    const left = worker.DB.prepare(
      "select count(*) as n from users where org_id = ? and role = 'admin' and disabled_at is null",
    );
    expect(await left.bind(own.id).first("n")).toBe(1);
  }
});

import { beforeAll, describe, expect, it } from "vitest";
import type { PortalAccount } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { calm, count, eventsOf, outboxOf, rows } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";
import { candidateCrowd, newCandidate } from "./people";
import { watchOwn } from "./sockets";
import { PASSWORD } from "./world";

const PATH = "/api/admin/candidate-portal-users";
let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin", "Ann Holm");
});

let people = 0;
const address = () => `account.${++people}@portal.test`;
const post = (body: object, path = PATH) => call("POST", path, { token: admin.token, json: body });
const make = async (body: object) => await json<PortalAccount>(await post(body), 201);
const put = (id: string, body: object, headers: Record<string, string> = {}) =>
  call("PUT", `${PATH}/${id}`, { token: admin.token, json: body, headers });
const list = async (query = "") =>
  await json<{ data: PortalAccount[]; nextCursor: string | null }>(
    await call("GET", `${PATH}${query}`, { token: admin.token }),
    200,
  );
const login = (email: string, password: string) =>
  call("POST", "/api/candidate-portal/login", { json: { email, password, org: org.slug } });
interface Session {
  accessToken: string;
  refreshToken: string;
  user: { id: string; mustChangePassword: boolean };
}

/** The first password that the newest mail to an address carries. */
async function mailedPassword(email: string): Promise<string> {
  await calm(org);
  const [mail] = await rows<{ body_text: string }>(
    "select body_text from outbox where to_address = ? order by at desc, rowid desc limit 1",
    email,
  );
  return /Password: (.+)/.exec(mail?.body_text ?? "")?.[1]?.trim() ?? "";
}

describe("an account that an admin makes", () => {
  it("is mailed with a first password, which has to be changed, and proves the address", async () => {
    const email = address();
    const answer = await post({
      email,
      name: "Pia Portal",
      phone: "+1 555 0133",
      linkedinUrl: "example.com/pia",
      currentCompany: "Nordwind",
      experienceYears: 6,
    });
    const made = await json<PortalAccount>(answer, 201);
    expect(answer.headers.get("location")).toBe(`${PATH}/${made.id}`);
    expect(made).toEqual({
      id: made.id,
      email,
      name: "Pia Portal",
      firstName: "Pia",
      lastName: "Portal",
      phone: "+1 555 0133",
      linkedinUrl: "https://example.com/pia",
      currentCompany: "Nordwind",
      experienceYears: 6,
      status: "active",
      mustChangePassword: true,
      emailVerified: false,
      linkedCandidateId: expect.stringMatching(/^cand_/),
      lastLoginAt: null,
      version: 1,
      createdBy: admin.user.email,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await list(`?q=${encodeURIComponent(email)}`)).data).toEqual([made]);
    const password = await mailedPassword(email);
    expect(password).toHaveLength(12);
    expect(await outboxOf(email)).toHaveLength(1);
    const session = await json<Session>(await login(email, password), 200);
    expect(session.user.mustChangePassword).toBe(true);
    const token = session.accessToken;
    expect(await json(await call("GET", "/api/documents", { token }), 403)).toMatchObject({
      type: "must-change-password",
    });
    const change = { currentPassword: password, newPassword: PASSWORD };
    expect(
      (await call("POST", "/api/candidate-portal/change-password", { token, json: change })).status,
    ).toBe(204);
    const me = await json<Me>(await call("GET", "/api/candidate-portal/me", { token }), 200);
    expect(me).toMatchObject({ candidateId: made.linkedCandidateId, emailVerified: true });
    await json(await call("GET", "/api/documents", { token }), 200);
    const [shown] = (await list(`?q=${encodeURIComponent(email)}`)).data;
    expect(shown).toMatchObject({ mustChangePassword: false, emailVerified: true });
    expect(shown?.lastLoginAt).not.toBeNull();
  });

  it("is that of a known candidate, by id or by address, and only adds what is missing", async () => {
    const first = await newCandidate(admin, { email: address(), name: "Known One", currentCompany: "Old" });
    const made = await make({ linkedCandidateId: first.id, currentCompany: "New", experienceYears: 3 });
    expect(made).toMatchObject({
      email: first.email,
      name: "Known One",
      linkedCandidateId: first.id,
      currentCompany: "Old",
      experienceYears: 3,
    });
    const second = await newCandidate(admin, { email: address(), name: "Known Two" });
    expect(await make({ email: second.email, name: "Other Words" })).toMatchObject({
      name: "Known Two",
      linkedCandidateId: second.id,
    });
    expect(await rows("select user_id from candidates where id = ?", first.id)).toEqual([
      { user_id: made.id },
    ]);
    expect((await eventsOf(first.id)).map(({ type }) => type)).toEqual([
      "candidate.created",
      "candidate.updated",
    ]);
  });

  it("with a password needs no new one unless asked, and the password is not mailed", async () => {
    const email = address();
    const made = await make({ email, name: "Own Password", password: PASSWORD });
    expect(made.mustChangePassword).toBe(false);
    expect(await mailedPassword(email)).toBe("the one you were given");
    expect((await json<Session>(await login(email, PASSWORD), 200)).user.mustChangePassword).toBe(false);
    const other = address();
    const must = await make({ email: other, name: "Must", password: PASSWORD, mustChangePassword: true });
    expect(must.mustChangePassword).toBe(true);
    expect(await mailedPassword(other)).toBe(PASSWORD);
  });

  it("is refused where there is one, where the address is of another kind, or where it can't be", async () => {
    const email = address();
    const made = await make({ email, name: "Only Once" });
    expect(await json(await post({ email, name: "Again" }), 409)).toMatchObject({ current: { id: made.id } });
    expect(await json(await post({ linkedCandidateId: made.linkedCandidateId }), 409)).toMatchObject({
      current: { id: made.id },
    });
    const agent = await org.agent();
    expect(await json(await post({ email: agent.user.email, name: "Double" }), 409)).not.toHaveProperty(
      "current",
    );
    await json(await post({ linkedCandidateId: "cand_nobody" }), 404);
    const known = await newCandidate(admin, { email: address(), name: "Known" });
    const wrong = await json<{ errors: { path: string }[] }>(
      await post({ linkedCandidateId: known.id, email: address() }),
      422,
    );
    expect(wrong.errors.map(({ path }) => path)).toEqual(["email"]);
    for (const body of [
      {},
      { email: "nonsense", name: "X" },
      { email: address() },
      { email: address(), name: "X", password: "short" },
    ])
      await json(await post(body), 422);
  });

  it("is made once however many click at once", async () => {
    const email = address();
    const answers = await Promise.all([1, 2, 3].map(() => post({ email, name: "Click Click" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await count("select count(*) from candidates where email = ?", email)).toBe(1);
    await calm(org);
    expect(await outboxOf(email)).toHaveLength(1);
  });

  it("takes over one that somebody registered and never proved", async () => {
    const email = address();
    const sent = { email, password: PASSWORD, name: "Not Proved", org: org.slug };
    const session = await json<Session>(
      await call("POST", "/api/candidate-portal/register", { json: sent }),
      201,
    );
    expect((await list(`?q=${encodeURIComponent(email)}`)).data[0]).toMatchObject({
      linkedCandidateId: null,
      createdBy: null,
    });
    const made = await make({ email, name: "Real Owner" });
    expect(made).toMatchObject({
      id: session.user.id,
      linkedCandidateId: expect.any(String),
      mustChangePassword: true,
    });
    await json(await call("GET", "/api/auth/me", { token: session.accessToken }), 401);
    await json(await login(email, PASSWORD), 401);
  });
});

/** An account with a session that is past its first password. */
async function withSession() {
  const email = address();
  const made = await make({ email, name: "Ses Sion", password: PASSWORD });
  const session = await json<Session>(await login(email, PASSWORD), 200);
  return { ...made, ...session, email };
}

describe("an account that an admin changes", () => {
  it("changes what is told of the person, on the profile too", async () => {
    const made = await make({ email: address(), name: "Old Name" });
    const answer = await put(
      made.id,
      {
        name: "New Name",
        linkedinUrl: "https://example.com/new",
        currentCompany: "Nordwind",
        experienceYears: 9,
        phone: null,
      },
      { "if-match": '"1"' },
    );
    const changed = await json<PortalAccount>(answer, 200);
    expect(answer.headers.get("etag")).toBe('"2"');
    expect(changed).toMatchObject({
      name: "New Name",
      currentCompany: "Nordwind",
      experienceYears: 9,
      version: 2,
    });
    const shown = await call("GET", `/api/candidates/${made.linkedCandidateId}`, { token: admin.token });
    expect(await json(shown, 200)).toMatchObject({
      name: "New Name",
      linkedinUrl: "https://example.com/new",
      currentCompany: "Nordwind",
      experienceYears: 9,
      version: 2,
    });
    expect((await list("?q=New%20Name")).data.map(({ id }) => id)).toContain(made.id);
    expect(
      await json(await put(made.id, { phone: "+1 555 0100" }, { "if-match": '"1"' }), 412),
    ).toMatchObject({
      current: { version: 2 },
    });
    await json(await put(made.id, {}), 422);
    await json(await put(made.id, { status: "asleep" }), 422);
    await json(await put("usr_nobody", { status: "inactive" }), 404);
    await json(await put(admin.user.id, { status: "inactive" }), 404);
  });

  it("is out when inactive, its socket too, and in again when active", async () => {
    const account = await withSession();
    const socket = await watchOwn({ token: account.accessToken } as Person);
    expect(await json(await put(account.id, { status: "inactive" }), 200)).toMatchObject({
      status: "inactive",
    });
    await json(await call("GET", "/api/auth/me", { token: account.accessToken }), 401);
    await json(await login(account.email, PASSWORD), 401);
    const refresh = { refreshToken: account.refreshToken };
    await json(await call("POST", "/api/auth/refresh", { json: refresh }), 401);
    await calm(org);
    await socket.until("the end of the socket", () => socket.closed !== null);
    expect(socket.closed?.code).toBe(4401);
    expect((await list("?status=inactive")).data.map(({ id }) => id)).toContain(account.id);
    expect((await list("?status=active&limit=200")).data.map(({ id }) => id)).not.toContain(account.id);
    await json(await put(account.id, { status: "active" }), 200);
    await json(await login(account.email, PASSWORD), 200);
  });

  it("gets a new first password by mail, and every session ends", async () => {
    const account = await withSession();
    const reset = await call("POST", `${PATH}/${account.id}/reset-password`, { token: admin.token });
    expect(await json(reset, 200)).toMatchObject({ mustChangePassword: true });
    await json(await call("GET", "/api/auth/me", { token: account.accessToken }), 401);
    await json(await login(account.email, PASSWORD), 401);
    const password = await mailedPassword(account.email);
    expect((await json<Session>(await login(account.email, password), 200)).user.mustChangePassword).toBe(
      true,
    );
    await json(await put(account.id, { status: "inactive" }), 200);
    const again = await call("POST", `${PATH}/${account.id}/reset-password`, { token: admin.token });
    expect(await json(again, 409)).toMatchObject({ current: { status: "inactive" } });
  });

  it("that nobody proved belongs to whoever gets the new password", async () => {
    const email = address();
    const known = await newCandidate(admin, { email, name: "Known Owner" });
    const sent = { email, password: PASSWORD, name: "Un Proved", org: org.slug };
    const session = await json<Session>(
      await call("POST", "/api/candidate-portal/register", { json: sent }),
      201,
    );
    const reset = await call("POST", `${PATH}/${session.user.id}/reset-password`, { token: admin.token });
    expect(await json(reset, 200)).toMatchObject({ linkedCandidateId: known.id, emailVerified: false });
    const again = await json<Session>(await login(email, await mailedPassword(email)), 200);
    const me = await call("GET", "/api/candidate-portal/me", { token: again.accessToken });
    expect(await json(me, 200)).toMatchObject({ candidateId: known.id, emailVerified: true });
  });

  it("is gone with its sessions when removed; the candidate stays, and may register again", async () => {
    const account = await withSession();
    const removed = await call("DELETE", `${PATH}/${account.id}`, { token: admin.token });
    expect(removed.status).toBe(204);
    await json(await call("GET", "/api/auth/me", { token: account.accessToken }), 401);
    await json(await login(account.email, PASSWORD), 401);
    for (const [table, column] of [
      ["users", "id"],
      ["sessions", "user_id"],
      ["one_time_tokens", "user_id"],
      ["notifications", "user_id"],
    ])
      expect(await count(`select count(*) from ${table} where ${column} = ?`, account.id), table).toBe(0);
    const shown = await call("GET", `/api/candidates/${account.linkedCandidateId}`, { token: admin.token });
    expect(await json(shown, 200)).toMatchObject({ userId: null, name: "Ses Sion" });
    await json(await call("DELETE", `${PATH}/${account.id}`, { token: admin.token }), 404);
    const sent = { email: account.email, password: PASSWORD, name: "Ses Sion", org: org.slug };
    await json(await call("POST", "/api/candidate-portal/register", { json: sent }), 201);
  });
});

describe("the list of accounts", () => {
  it("goes on by cursor, shows candidates' accounts alone, and those of no other organization", async () => {
    const own = await newOrg();
    const ann = await own.person("admin");
    await own.agent();
    const made = [
      await own.person("candidate", "A A"),
      await own.person("candidate", "B B"),
      await own.person("candidate", "C C"),
    ];
    const page = async (query: string) =>
      await json<{ data: PortalAccount[]; nextCursor: string | null }>(
        await call("GET", `${PATH}${query}`, { token: ann.token }),
        200,
      );
    const first = await page("?limit=2");
    const second = await page(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(
      made.map(({ user }) => user.id).reverse(),
    );
    expect(second.nextCursor).toBeNull();
    await json(
      await call("GET", `${PATH}?cursor=${first.nextCursor}&status=active`, { token: ann.token }),
      422,
    );
  });

  it("costs one round trip and rows by what it shows", async () => {
    const own = await newOrg();
    const ann = await own.person("admin");
    await candidateCrowd(own, 3000);
    const insert = `insert into users (id, org_id, email, first_name, last_name, role, candidate_id, disabled_at, created_at, updated_at)
      select replace(c.id, 'cand', 'usr'), c.org_id, c.email, c.first_name, c.last_name, 'candidate', c.id,
        case when c.rowid % 500 = 0 then 1 end, c.created_at, c.updated_at from candidates c where c.org_id = ?1`;
    await rows(insert, own.id);
    await rows("update candidates set user_id = replace(id, 'cand', 'usr') where org_id = ?1", own.id);
    await call("GET", "/api/auth/sessions", { token: ann.token });
    for (const query of [
      "",
      "?status=active",
      "?status=inactive",
      "?q=crowd2999",
      "?q=crowd2999%40crowd.test",
    ]) {
      const answer = await call("GET", `${PATH}${query}`, { token: ann.token });
      const { data } = await json<{ data: unknown[] }>(answer, 200);
      const { trips, read } = costOf(answer);
      expect(data.length, query).toBeGreaterThan(0);
      expect(trips, query).toBe(1);
      expect(read, query).toBeLessThanOrEqual(2 * data.length + 20);
    }
  });
});

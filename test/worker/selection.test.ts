import { beforeAll, describe, expect, it } from "vitest";
import type { SelectionResult } from "../../worker/features/candidates/schema";
import { calm, count, eventsOf, rows } from "./facts";
import { call, json, newOrg, type Org, type Person } from "./org";
import { newCandidate } from "./people";

let org: Org;
let rea: Person;
beforeAll(async () => {
  org = await newOrg();
  rea = await org.person("recruiter", "Rea Cruz");
});

let people = 0;
const somebody = async () =>
  await newCandidate(rea, { email: `chosen.${++people}@select.test`, name: "Kim Park" });
const send = (id: string, headers: Record<string, string> = {}) =>
  call("POST", `/api/candidates/${id}/send-selection-notification`, { token: rea.token, headers });
const mailsTo = async (email: string) => {
  await calm(org);
  return await rows<{ subject: string; body_text: string }>(
    "select subject, body_text from outbox where to_address = ? order by subject",
    email,
  );
};

describe("somebody without a login", () => {
  it("gets one by mail, with a first password that must be changed", async () => {
    const { id, email } = await somebody();
    const result = await json<SelectionResult>(await send(id), 200);
    expect(result).toMatchObject({ emailed: true, created: true });
    const shown = await json(await call("GET", `/api/candidates/${id}`, { token: rea.token }), 200);
    expect(shown).toMatchObject({ userId: result.userId, selectedAt: expect.any(String), version: 2 });
    const mails = await mailsTo(email);
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/you have been selected$/),
      expect.stringMatching(/^Your account at /),
    ]);
    const password = /Password: (\S+)/.exec(mails[1]?.body_text ?? "")?.[1] ?? "";
    expect(password).toHaveLength(12);
    expect(mails[0]?.body_text).not.toContain(password);
    const login = await call("POST", "/api/auth/login", { json: { email, password, org: org.slug } });
    const session = await json<{ accessToken: string; user: object }>(login, 200);
    expect(session.user).toMatchObject({ id: result.userId, role: "candidate", mustChangePassword: true });
    const me = await call("GET", "/api/candidate-portal/me", { token: session.accessToken });
    expect(await json(me, 200)).toMatchObject({ candidateId: id });
    const [user] = await rows("select * from users where id = ?", result.userId);
    expect(JSON.stringify(user)).not.toContain(password);
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual(["candidate.created", "candidate.updated"]);
  });

  it("gets one however many click at once", async () => {
    const { id, email } = await somebody();
    const answers = await Promise.all([send(id), send(id), send(id)]);
    const results = await Promise.all(answers.map((answer) => json<SelectionResult>(answer, 200)));
    expect(new Set(results.map(({ userId }) => userId)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(await count("select count(*) from users where email = ?", email)).toBe(1);
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it("gets the same answer for the same Idempotency-Key", async () => {
    const { id } = await somebody();
    const first = await json(await send(id, { "idempotency-key": "select-1" }), 200);
    const again = await send(id, { "idempotency-key": "select-1" });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await json(again, 200)).toEqual(first);
  });

  it("whose old login was closed with an older profile gets it again", async () => {
    const person = await org.person("candidate", "Come Back");
    const { email } = person.user;
    await call("DELETE", `/api/candidates/${person.user.candidateId}`, { token: rea.token });
    const { id } = await newCandidate(rea, { email, name: "Come Back" });
    const result = await json<SelectionResult>(await send(id), 200);
    expect(result).toEqual({ userId: person.user.id, emailed: true, created: true });
    expect((await call("GET", "/api/auth/me", { token: person.token })).status).toBe(401);
    const mails = await mailsTo(email);
    const password = /Password: (\S+)/.exec(mails.map(({ body_text }) => body_text).join())?.[1] ?? "";
    await json(await call("POST", "/api/auth/login", { json: { email, password, org: org.slug } }), 200);
  });
});

it("somebody with a login gets the mail alone", async () => {
  const person = await org.person("candidate", "Has Login");
  const id = person.user.candidateId ?? "";
  expect(await json(await send(id), 200)).toEqual({ userId: person.user.id, emailed: true, created: false });
  expect(await mailsTo(person.user.email)).toHaveLength(1);
  expect((await call("GET", "/api/auth/me", { token: person.token })).status).toBe(200);
});

it("an address that is an agent's or a colleague's is a 409, and no mail goes out", async () => {
  for (const other of [await org.agent(), await org.person("recruiter")]) {
    const { id } = await newCandidate(rea, { email: other.user.email, name: "Double Life" });
    const before = await count("select count(*) from emails where org_id = ?", org.id);
    expect(await json(await send(id), 409)).toMatchObject({ current: { id, userId: null } });
    expect(await count("select count(*) from emails where org_id = ?", org.id)).toBe(before);
  }
});

it("nobody is a 404", async () => {
  expect(await json(await send("cand_nobody"), 404)).toMatchObject({ type: "not-found" });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { SelectionResult } from "../../worker/features/candidates/schema";
import type { Me } from "../../worker/features/users/schema";
import { calm, count, eventsOf, rows } from "./facts";
import { newHiring } from "./hiring";
import { call, json, newOrg, type Org, type Person } from "./org";
import { apply, newCandidate } from "./people";
import { PASSWORD, pdfForm } from "./world";

const DOOR = "/api/candidate-portal/register";
let org: Org;
let rea: Person;
let jobId: string;
beforeAll(async () => {
  org = await newOrg();
  const hiring = await newHiring(org);
  rea = hiring.recruiter;
  jobId = hiring.job.id;
});

let people = 0;
const address = () => `link.${++people}@portal.test`;
interface Session {
  user: { id: string; email: string };
  accessToken: string;
}
const register = async (email: string, more: object = {}) =>
  await call("POST", DOOR, { json: { email, password: PASSWORD, name: "Lin Door", org: org.slug, ...more } });
const registered = async (email: string) => await json<Session>(await register(email), 201);
const me = async (token: string) => await json<Me>(await call("GET", "/api/auth/me", { token }), 200);

/** The secret of the newest mail to an address that carries one. */
async function mailed(email: string, path: string): Promise<string> {
  await calm(org);
  const mails = await rows<{ body_text: string }>(
    "select body_text from outbox where to_address = ? order by at desc, rowid desc",
    email,
  );
  const found = mails.map(({ body_text }) => new RegExp(`${path}\\?token=([\\w-]+)`).exec(body_text)?.[1]);
  return found.find((token) => token !== undefined) ?? "";
}
const prove = async (email: string) =>
  await call("POST", "/api/auth/verify-email", { json: { token: await mailed(email, "/verify-email") } });

/** Somebody who stands in a job and never had a login. */
async function applied(email: string) {
  const person = await newCandidate(rea, { email, name: "Known Kim", phone: "+1 555 0101" });
  return { ...person, application: await apply(rea, jobId, person.id) };
}

describe("somebody who applied without an account and registers later", () => {
  it("finds everything once the address is proved, and nothing before", async () => {
    const email = address();
    const person = await applied(email);
    const session = await registered(email);
    const token = session.accessToken;
    expect(await me(token)).toMatchObject({ candidateId: null, emailVerified: false, firstName: "Lin" });
    await json(await call("GET", `/api/applications/${person.application.id}`, { token }), 404);
    await json(await call("POST", `/api/applications/${person.application.id}/withdraw`, { token }), 404);
    await json(
      await call("GET", `/api/pipelines/${person.application.pipelineId}/changes?since=0`, { token }),
      404,
    );

    expect((await prove(email)).status).toBe(204);
    expect(await me(token)).toMatchObject({
      candidateId: person.id,
      emailVerified: true,
      name: "Known Kim",
      phone: "+1 555 0101",
    });
    await json(await call("GET", `/api/applications/${person.application.id}`, { token }), 200);
    const shown = await json(await call("GET", `/api/candidates/${person.id}`, { token: rea.token }), 200);
    expect(shown).toMatchObject({ userId: session.user.id, name: "Known Kim", version: 2 });
    expect(await count("select count(*) from candidates where email = ?", email)).toBe(1);
    expect((await eventsOf(person.id)).map(({ type }) => type)).toEqual([
      "candidate.created",
      "candidate.updated",
    ]);
  });

  it("is answered the same whether the address is known or not", async () => {
    const known = address();
    await applied(known);
    const shape = async (email: string) => {
      const answer = await register(email);
      const made = await json<Session & Record<string, unknown>>(answer, 201);
      const { id: _id, email: _email, sessionId: _s, ...rest } = await me(made.accessToken);
      const upload = await call("POST", "/api/documents/upload", {
        token: made.accessToken,
        body: pdfForm(),
      });
      const {
        id: _d,
        ownerName,
        candidateId,
        uploadedBy: _u,
        createdAt: _c,
        updatedAt: _a,
        ...document
      } = await json<Record<string, unknown>>(upload, 201);
      const home = await call("GET", "/api/documents", { token: made.accessToken });
      const listed = (await json<{ data: unknown[] }>(home, 200)).data.length;
      const named = await call("PATCH", "/api/auth/me", {
        token: made.accessToken,
        json: { phone: "+1 555 0199" },
      });
      return {
        fields: Object.keys(made).sort(),
        location: answer.headers.get("location"),
        rest,
        document,
        owner: [ownerName, candidateId],
        listed,
        named: named.status,
      };
    };
    expect(await shape(known)).toEqual(await shape(address()));
    expect(
      await count(
        "select count(*) from documents d join candidates c on c.id = d.owner_id where c.email = ?",
        known,
      ),
    ).toBe(0);
  });

  it("gets a profile with the proof where nobody knew the address", async () => {
    const email = address();
    const { accessToken: token } = await registered(email);
    expect(await count("select count(*) from candidates where email = ?", email)).toBe(0);
    expect((await prove(email)).status).toBe(204);
    const { candidateId } = await me(token);
    const shown = await json(await call("GET", `/api/candidates/${candidateId}`, { token: rea.token }), 200);
    expect(shown).toMatchObject({ email, name: "Lin Door", source: "registration" });
    expect((await eventsOf(candidateId ?? "")).map(({ type }) => type)).toEqual(["candidate.created"]);
    const found = await call("GET", `/api/candidates?q=${email.split("@")[0]}`, { token: rea.token });
    expect((await json<{ data: unknown[] }>(found, 200)).data).toHaveLength(1);
  });

  it("proves the address by a new password as well", async () => {
    const email = address();
    const person = await applied(email);
    await registered(email);
    await call("POST", "/api/auth/password-reset", { json: { email, org: org.slug } });
    const token = await mailed(email, "/reset-password");
    const chosen = { token, password: "another-long-secret" };
    expect((await call("POST", "/api/auth/password-reset/confirm", { json: chosen })).status).toBe(204);
    const login = { email, password: chosen.password, org: org.slug };
    const session = await json<Session>(
      await call("POST", "/api/candidate-portal/login", { json: login }),
      200,
    );
    expect(await me(session.accessToken)).toMatchObject({ candidateId: person.id, emailVerified: true });
  });

  it("brings what was uploaded before the proof along, and what was asked for is there", async () => {
    const email = address();
    const person = await applied(email);
    const request = await json<{ id: string }>(
      await call("POST", "/api/documents/requests", {
        token: rea.token,
        json: { candidateId: person.id, type: "cv" },
      }),
      201,
    );
    const { accessToken: token } = await registered(email);
    const sent = await call("POST", "/api/documents/upload", {
      token,
      body: pdfForm({ type: "cv" }, "cv.pdf"),
    });
    const { id } = await json<{ id: string }>(sent, 201);
    expect(await json(await call("GET", `/api/documents/${id}`, { token: rea.token }), 200)).toMatchObject({
      ownerName: "Lin Door",
      candidateId: null,
    });
    await json(
      await call("GET", `/api/documents/${id}`, { token: (await org.person("candidate")).token }),
      404,
    );
    await prove(email);
    expect(await json(await call("GET", `/api/documents/${id}`, { token }), 200)).toMatchObject({
      candidateId: person.id,
      ownerName: "Known Kim",
    });
    expect(await rows("select status, document_id from document_requests where id = ?", request.id)).toEqual([
      { status: "fulfilled", document_id: id },
    ]);
    expect(await rows("select cv_document_id from candidates where id = ?", person.id)).toEqual([
      { cv_document_id: id },
    ]);
  });

  it("joins once when the link is opened many times at once", async () => {
    const email = address();
    const person = await applied(email);
    await registered(email);
    const token = await mailed(email, "/verify-email");
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => call("POST", "/api/auth/verify-email", { json: { token } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422]);
    expect((await eventsOf(person.id)).filter(({ type }) => type === "candidate.updated")).toHaveLength(1);
  });
});

describe("somebody who registers with an address that is not theirs", () => {
  it("sees nothing of its owner, whoever came first", async () => {
    const email = address();
    const thief = await registered(email);
    const person = await applied(email);
    expect(await me(thief.accessToken)).toMatchObject({ candidateId: null });
    await json(
      await call("GET", `/api/applications/${person.application.id}`, { token: thief.accessToken }),
      404,
    );
    await calm(org);
    expect(await count("select count(*) from events where user_id = ?", thief.user.id)).toBe(0);
    expect(await count("select count(*) from notifications where user_id = ?", thief.user.id)).toBe(0);
  });

  it("is out once the owner takes the account over by mail", async () => {
    const email = address();
    const person = await applied(email);
    const thief = await registered(email);
    expect(await json(await register(email), 409)).not.toHaveProperty("current");
    const selection = await call("POST", `/api/candidates/${person.id}/send-selection-notification`, {
      token: rea.token,
    });
    expect(await json<SelectionResult>(selection, 200)).toEqual({
      userId: thief.user.id,
      emailed: true,
      created: true,
    });
    await json(await call("GET", "/api/auth/me", { token: thief.accessToken }), 401);
    const login = { email, password: PASSWORD, org: org.slug };
    await json(await call("POST", "/api/candidate-portal/login", { json: login }), 401);
  });

  it("can't keep an address from somebody whom the team removed and took in again", async () => {
    const email = address();
    const person = await applied(email);
    const { accessToken: token } = await registered(email);
    await prove(email);
    expect(await me(token)).toMatchObject({ candidateId: person.id });
    await call("DELETE", `/api/candidates/${person.id}`, { token: rea.token });
    await json(await call("GET", "/api/auth/me", { token }), 401);
    expect(await rows("select email_verified_at, candidate_id from users where email = ?", email)).toEqual([
      { email_verified_at: null, candidate_id: null },
    ]);
  });
});

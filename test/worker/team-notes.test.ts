import { beforeAll, describe, expect, it } from "vitest";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { mailedToken } from "./world";

let org: Org;
let recruiter: Person;
let agent: Awaited<ReturnType<Org["agent"]>>;
beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
  agent = await org.agent();
});

const change = (person: Person, body: object) =>
  call("PUT", `/api/agents/${agent.agent.id}`, { token: person.token, json: body });

describe("what the team notes about an agent", () => {
  const NOTES = { tags: ["slow to answer"], rating: 2 };

  it("is shown to the team and to nobody else", async () => {
    expect(await json(await change(recruiter, NOTES), 200)).toMatchObject(NOTES);
    const own = `/api/agents/${agent.agent.id}`;
    expect(await json(await call("GET", own, recruiter), 200)).toMatchObject(NOTES);
    const answers = [
      await call("GET", own, agent),
      await call("GET", "/api/me/home", agent),
      await call("GET", "/api/auth/me", agent),
      await call("GET", `/api/pipelines/${org.pipelineId}/changes?since=0`, agent),
      await change(agent, { city: "Lund" }),
      await call("PUT", own, { token: agent.token, json: { city: "Bonn" }, headers: { "if-match": '"1"' } }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 412]);
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).not.toContain("slow to answer");
      expect(text).not.toMatch(/"rating":[1-5]|"tags"(?!:\[\])/);
    }
    expect(await json(await call("GET", own, recruiter), 200)).toMatchObject({ ...NOTES, city: "Lund" });
  });

  it("is not the agent's to change", async () => {
    for (const body of [{ tags: ["best of all"] }, { rating: 5 }, { email: "other@people.test" }]) {
      const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
        await change(agent, body),
        422,
      );
      expect(problem.errors.map(({ path }) => path)).toEqual(Object.keys(body));
    }
    expect(await json(await call("GET", `/api/agents/${agent.agent.id}`, recruiter), 200)).toMatchObject(
      NOTES,
    );
  });
});

describe("an address that the team changes", () => {
  it("is the login's too, and links in the old mailbox open nothing any more", async () => {
    const links = [await mailedToken(agent, "verify_email"), await mailedToken(agent, "password_reset")];
    await json(await change(recruiter, { email: "Moved@People.test" }), 200);
    expect(await json(await call("GET", "/api/auth/me", agent), 200)).toMatchObject({
      email: "moved@people.test",
    });
    const [verify = "", reset = ""] = links;
    await json(await call("POST", "/api/auth/verify-email", { json: { token: verify } }), 422);
    const body = { token: reset, password: "a-long-enough-secret" };
    await json(await call("POST", "/api/auth/password-reset/confirm", { json: body }), 422);
  });

  it("can't be one that somebody else has", async () => {
    const before = await json(await call("GET", `/api/agents/${agent.agent.id}`, recruiter), 200);
    for (const email of [recruiter.user.email, (await org.agent()).user.email]) {
      await json(await change(recruiter, { email }), 409);
    }
    expect(await json(await call("GET", `/api/agents/${agent.agent.id}`, recruiter), 200)).toEqual(before);
  });
});

describe("one's own profile", () => {
  const rename = (person: Person, body: object) =>
    call("PATCH", "/api/auth/me", { token: person.token, json: body });

  it("of a candidate changes what the team sees of them", async () => {
    const candidate = await org.person("candidate", "Kim Park");
    await json(await rename(candidate, { name: "Kim Lee", phone: "55555" }), 200);
    const row = worker.DB.prepare(
      "select first_name, last_name, phone, version from candidates where id = ?",
    );
    expect(await row.bind(candidate.user.candidateId).first()).toEqual({
      first_name: "Kim",
      last_name: "Lee",
      phone: "55555",
      version: 2,
    });
  });

  it("holds no line breaks in a name, whose words stand in mail headers", async () => {
    const names = [
      { firstName: "A\r\nBcc: x@evil.test" },
      { lastName: "B\nSubject: hi" },
      { name: "C\u0000D" },
    ];
    for (const body of names) {
      const problem = await json<{ errors: { path: string }[]; [key: string]: unknown }>(
        await rename(agent, body),
        422,
      );
      expect(problem.errors.map(({ path }) => path)).toEqual(Object.keys(body));
    }
  });
});

describe("an organization's own host", () => {
  const claim = async (domain: string | null) => {
    const admin = await org.person("admin");
    return await call("PATCH", "/api/organization", { token: admin.token, json: { domain } });
  };

  it("can't be the portal's, where everybody registers, nor another organization's", async () => {
    await json(await claim("portico.test"), 422);
    const other = await newOrg();
    await worker.DB.prepare("update organizations set domain = 'jobs.taken.test' where id = ?")
      .bind(other.id)
      .run();
    await json(await claim("jobs.taken.test"), 409);
    expect(await json(await claim("jobs.own.test"), 200)).toMatchObject({ domain: "jobs.own.test" });
    expect(await json(await claim(null), 200)).toMatchObject({ domain: null });
  });
});

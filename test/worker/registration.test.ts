import { beforeAll, describe, expect, it } from "vitest";
import { call, follow, json, newOrg, type Org, worker } from "./org";
import { PASSWORD } from "./world";

interface Registered {
  user: { id: string; email: string; name: string; role: string; orgId: string; mustChangePassword: boolean };
  agent?: {
    id: string;
    status: string;
    atsId: string;
    applicationId: string;
    email: string;
    version: number;
  };
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}
interface Refused {
  type: string;
  errors: { path: string; message: string }[];
  [key: string]: unknown;
}

const REGISTER = "/api/auth/register";
const PORTAL = "/api/candidate-portal/register";
let people = 0;
const body = (more: Record<string, unknown> = {}) => {
  people += 1;
  return { email: `nina.${people}@people.test`, password: PASSWORD, name: "Nina Berg", ...more };
};
const register = async (more: Record<string, unknown>) =>
  await json<Registered>(await call("POST", REGISTER, { json: body(more) }), 201);

async function rows<T>(query: string, ...values: unknown[]): Promise<T[]> {
  return (
    await worker.DB.prepare(query)
      .bind(...values)
      .all<T>()
  ).results;
}

let org: Org;
beforeAll(async () => {
  org = await newOrg();
});

describe("where there is one organization only", () => {
  it("registration needs no org", async () => {
    const { user } = await register({});
    expect(user.orgId).toBe(org.id);
  });
});

describe("where there are several organizations", () => {
  let second: Org;
  beforeAll(async () => {
    second = await newOrg();
  });

  it("registration names one by its short name, in any case", async () => {
    expect((await register({ org: second.slug })).user.orgId).toBe(second.id);
    expect((await register({ org: ` ${org.slug.toUpperCase()} ` })).user.orgId).toBe(org.id);
  });

  it("registration without a name or with an unknown one says so and makes nobody", async () => {
    for (const more of [{}, { org: "nowhere" }]) {
      const sent = body(more);
      const problem = await json<Refused>(await call("POST", REGISTER, { json: sent }), 422);
      expect(problem.errors.map((error) => error.path)).toEqual(["org"]);
      expect(await rows("select id from users where email = ?", sent.email)).toEqual([]);
    }
  });

  it("registration at an organization's own host is for that one", async () => {
    const domain = `jobs.${second.slug}.test`;
    await worker.DB.prepare("update organizations set domain = ? where id = ?").bind(domain, second.id).run();
    const answer = await call("POST", `https://${domain}${REGISTER}`, { json: body() });
    expect((await json<Registered>(answer, 201)).user.orgId).toBe(second.id);
  });

  it("the same address may have an account in each", async () => {
    const { email } = body();
    const one = await register({ email, org: org.slug });
    const two = await register({ email, org: second.slug });
    expect(one.user.id).not.toBe(two.user.id);
  });
});

describe("an agent who registers", () => {
  it("stands in the first stage, is logged in, and gets an id in the ATS", async () => {
    const sent = body({ org: org.slug, phone: "+1 (555) 010-0199" });
    const answer = await call("POST", REGISTER, { json: sent });
    const made = await json<Registered>(answer, 201);
    expect(made.user).toMatchObject({ email: sent.email, name: "Nina Berg", role: "agent", orgId: org.id });
    expect(made.user.mustChangePassword).toBe(false);
    expect(made.agent).toMatchObject({ status: "applied", email: sent.email, version: 1 });
    expect(made.agent?.atsId).toBe(made.agent?.applicationId);
    expect(made.expiresIn).toBe(600);
    expect(answer.headers.get("location")).toBe(`/api/agents/${made.agent?.id}`);
    const me = await json(await call("GET", "/api/auth/me", { token: made.accessToken }), 200);
    expect(me).toMatchObject({ id: made.user.id, agentId: made.agent?.id, emailVerified: false });
    const home = await call("GET", answer.headers.get("location") ?? "", { token: made.accessToken });
    expect(await json(home, 200)).toMatchObject({ id: made.agent?.id, phone: "+1 (555) 010-0199" });
  });

  it("is told of by exactly one agent.created with the catalogue's fields", async () => {
    const made = await register({ org: org.slug });
    await follow();
    const events = await rows<{ type: string; data: string; actor_id: string; entity_seq: number }>(
      "select type, data, actor_id, entity_seq from events where entity_id = ?",
      made.agent?.id,
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: "agent.created", actor_id: made.user.id, entity_seq: 1 });
    expect(JSON.parse(events[0]?.data ?? "")).toEqual({
      agentId: made.agent?.id,
      email: made.user.email,
      atsId: made.agent?.atsId,
    });
  });

  it("gets a mail to confirm the address", async () => {
    const made = await register({ org: org.slug });
    const mails = await rows<{ template: string }>(
      "select template from emails where to_address = ? and template = 'verify_email'",
      made.user.email,
    );
    expect(mails).toHaveLength(1);
  });

  it("may write the name in two parts, or one", async () => {
    const parts = await register({
      org: org.slug,
      name: undefined,
      firstName: "Ana Maria",
      lastName: "de Souza",
    });
    expect(parts.user.name).toBe("Ana Maria de Souza");
    const problem = await json<Refused>(
      await call("POST", REGISTER, { json: body({ org: org.slug, name: undefined }) }),
      422,
    );
    expect(problem.errors.map((error) => error.path)).toEqual(["name"]);
  });

  it("is found in the team's list and on its board at once", async () => {
    const recruiter = await org.person("recruiter");
    const made = await register({ org: org.slug, name: "Zebulon Quist" });
    const list = await call("GET", "/api/agents?q=zebul", { token: recruiter.token });
    expect((await json<{ data: { id: string }[] }>(list, 200)).data.map((one) => one.id)).toEqual([
      made.agent?.id,
    ]);
  });

  it("takes an address once, however it is written", async () => {
    const first = await register({ org: org.slug });
    const again = body({ email: ` ${first.user.email.toUpperCase()} `, org: org.slug });
    const problem = await json(await call("POST", REGISTER, { json: again }), 409);
    expect(problem).toMatchObject({ type: "conflict" });
    expect(problem).not.toHaveProperty("current");
    const portal = await json(await call("POST", PORTAL, { json: again }), 409);
    expect(portal).toMatchObject({ type: "conflict" });
    expect(
      await rows("select id from users where email = ? and org_id = ?", first.user.email, org.id),
    ).toHaveLength(1);
  });

  it("registers once when ten requests race", async () => {
    const sent = body({ org: org.slug });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call("POST", REGISTER, { json: sent })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await rows("select id from agents where email = ?", sent.email)).toHaveLength(1);
    const counts = await rows<{ count: number; real: number }>(
      `select count, (select count(*) from applications where stage_id = stages.id) as real
         from stages where org_id = ?`,
      org.id,
    );
    for (const stage of counts) expect(stage.count).toBe(stage.real);
  });
});

describe("a candidate who registers", () => {
  it.each([
    ["with the role", REGISTER, { role: "candidate" }],
    ["at the candidates' door", PORTAL, {}],
  ])("%s enters no pool", async (_, path, more) => {
    const answer = await call("POST", path, { json: body({ org: org.slug, ...more }) });
    const made = await json<Registered>(answer, 201);
    expect(made.user.role).toBe("candidate");
    expect(made).not.toHaveProperty("agent");
    expect(answer.headers.get("location")).toBeTruthy();
    const me = await json(await call("GET", "/api/candidate-portal/me", { token: made.accessToken }), 200);
    expect(me).toMatchObject({ id: made.user.id, agentId: null, candidateId: null, pipelineId: null });
    expect(await rows("select id from candidates where email = ?", made.user.email)).toEqual([]);
    expect(await rows("select id from agents where email = ?", made.user.email)).toEqual([]);
  });
});

describe("a password", () => {
  it.each([
    ["7 characters", "abc7xyz"],
    ["129 characters", `${"k3".repeat(64)}z`],
    ["one that attackers try first", "password123"],
    ["a pattern", "12345678"],
    ["the address", "same.address@people.test"],
    ["the name", "Nina Berg"],
  ])("that is %s is refused by its field", async (_, password) => {
    const sent = body({ org: org.slug, password, email: "same.address@people.test" });
    const problem = await json<Refused>(await call("POST", REGISTER, { json: sent }), 422);
    expect(problem.errors.map((error) => error.path)).toEqual(["password"]);
    expect(JSON.stringify(problem)).not.toContain(password);
    expect(await rows("select id from users where email = ?", sent.email)).toEqual([]);
  });

  it("of 8 and of 128 characters without any rule about kinds of characters is taken", async () => {
    for (const password of ["qmwzvbtr", "pw ".repeat(43).slice(0, 127).concat("x")]) {
      expect((await register({ org: org.slug, password })).user.role).toBe("agent");
    }
  });

  it("is stored as a scrypt hash with the agreed cost and nowhere in clear", async () => {
    const made = await register({ org: org.slug, password: "canary-of-a-password" });
    const [user] = await rows<{ password_hash: string }>(
      "select password_hash from users where id = ?",
      made.user.id,
    );
    expect(user?.password_hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3,k=[\w-]+\$[^$]+\$[^$]+$/);
  });
});

describe("a team account made at the registration's door", () => {
  it("is an admin's to make, without tokens", async () => {
    const admin = await org.person("admin");
    const sent = body({ role: "recruiter", mustChangePassword: true });
    const answer = await call("POST", REGISTER, { token: admin.token, json: sent });
    const made = await json<{ user: { id: string; role: string } }>(answer, 201);
    expect(Object.keys(made)).toEqual(["user"]);
    expect(made.user).toMatchObject({ role: "recruiter", mustChangePassword: true });
    expect(answer.headers.get("location")).toBe(`/api/users/${made.user.id}`);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("goes into the admin's own organization, whatever org says", async () => {
    const other = await newOrg();
    const admin = await org.person("admin");
    const sent = body({ role: "admin", org: other.slug });
    await json(await call("POST", REGISTER, { token: admin.token, json: sent }), 201);
    expect(await rows("select org_id from users where email = ?", sent.email)).toEqual([{ org_id: org.id }]);
  });

  it("is nobody else's to make", async () => {
    const callers = [undefined, (await org.person("recruiter")).token, (await org.agent()).token];
    for (const token of callers) {
      for (const role of ["admin", "recruiter", "client_user"]) {
        const sent = body({ role, org: org.slug });
        await json(await call("POST", REGISTER, { token, json: sent }), 403);
        expect(await rows("select id from users where email = ?", sent.email)).toEqual([]);
      }
    }
    await json(await call("POST", REGISTER, { token: "nonsense", json: body({ role: "admin" }) }), 401);
  });
});

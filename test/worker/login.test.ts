import { beforeAll, describe, expect, it } from "vitest";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { PASSWORD, withPassword } from "./world";

const LOGIN = "/api/auth/login";
const PORTAL = "/api/candidate-portal/login";
const WRONG = "not-the-password-at-all";

let org: Org;
let other: Org;
let recruiter: Person;
beforeAll(async () => {
  org = await newOrg();
  other = await newOrg();
  recruiter = await withPassword(await org.person("recruiter"));
});

const logIn = (body: Record<string, unknown>, path = LOGIN) => call("POST", path, { json: body });

/** Someone of `where` with the address of somebody else. */
async function withAddress(
  where: Org,
  role: "recruiter" | "candidate" | "agent",
  email: string,
): Promise<Person> {
  const person = role === "agent" ? await where.agent() : await where.person(role);
  await worker.DB.prepare("update users set email = ? where id = ?").bind(email, person.user.id).run();
  return await withPassword(person);
}

async function lastLogin(person: Person, at: number): Promise<void> {
  await worker.DB.prepare("update users set last_login_at = ? where id = ?").bind(at, person.user.id).run();
}

describe("a login", () => {
  it("gives the session answer, and tokens that work", async () => {
    const answer = await logIn({ email: recruiter.user.email, password: PASSWORD });
    const session = await json<Record<string, string>>(answer, 200);
    expect(session).toEqual({
      user: {
        id: recruiter.user.id,
        email: recruiter.user.email,
        name: "Rea Cruz",
        role: "recruiter",
        orgId: org.id,
        mustChangePassword: false,
      },
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 600,
    });
    const me = await json(await call("GET", "/api/auth/me", { token: session.accessToken }), 200);
    expect(me).toMatchObject({ id: recruiter.user.id, organization: { id: org.id, slug: org.slug } });
  });

  it("stores neither token, only hashes", async () => {
    const session = await json<Record<string, string>>(
      await logIn({ email: recruiter.user.email, password: PASSWORD }),
      200,
    );
    const rows = await worker.DB.prepare("select * from refresh_tokens").all();
    expect(JSON.stringify(rows.results)).not.toContain(session.refreshToken);
  });

  it("finds the address however it is written, in any organization or in the one that is named", async () => {
    const spelled = ` ${recruiter.user.email.toUpperCase()} `;
    await json(await logIn({ email: spelled, password: PASSWORD }), 200);
    await json(await logIn({ email: spelled, password: PASSWORD, org: org.slug.toUpperCase() }), 200);
    await json(await logIn({ email: spelled, password: PASSWORD, org: other.slug }), 401);
  });

  it("leaves an audit entry and no trace of a refused one", async () => {
    const count = async () =>
      await worker.DB.prepare(
        "select count(*) as n from audit_entries where action_type = 'USER_LOGIN'",
      ).first("n");
    const before = Number(await count());
    await json(await logIn({ email: recruiter.user.email, password: WRONG }), 401);
    expect(await count()).toBe(before);
    await json(await logIn({ email: recruiter.user.email, password: PASSWORD }), 200);
    expect(await count()).toBe(before + 1);
  });
});

describe("a refused login", () => {
  it("looks the same whatever was wrong", async () => {
    const disabled = await withPassword(await org.person("recruiter"));
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(disabled.user.id).run();
    const invited = await org.person("recruiter");
    const bodies = [
      { email: recruiter.user.email, password: WRONG },
      { email: "nobody@nowhere.test", password: WRONG },
      { email: recruiter.user.email, password: PASSWORD, org: "no-such-org" },
      { email: disabled.user.email, password: PASSWORD },
      { email: invited.user.email, password: PASSWORD },
      { email: "not an address", password: PASSWORD },
      { email: recruiter.user.email, password: `${PASSWORD} ` },
    ];
    const answers = [];
    for (const body of bodies) {
      const answer = await logIn(body);
      const { requestId, ...shown } = await json(answer, 401);
      expect(requestId).toBeTruthy();
      const headers = [...answer.headers].filter(
        ([name]) => name !== "x-request-id" && name !== "server-timing",
      );
      answers.push(JSON.stringify([shown, headers]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("don't go together");
  });
});

describe("an address that several organizations know", () => {
  it("opens the one whose password fits, the newest login first", async () => {
    const email = "shared@people.test";
    const first = await withAddress(org, "recruiter", email);
    const second = await withAddress(other, "agent", email);
    const who = async (body = {}) =>
      (await json<{ user: { id: string } }>(await logIn({ email, password: PASSWORD, ...body }), 200)).user
        .id;
    await lastLogin(first, 1000);
    await lastLogin(second, 2000);
    expect(await who()).toBe(second.user.id);
    await lastLogin(first, Date.now() + 1000);
    expect(await who()).toBe(first.user.id);
    expect(await who({ org: other.slug })).toBe(second.user.id);
    // Only one of them has this password: it is found behind the other.
    await worker.DB.prepare("update users set password_hash = null where id = ?").bind(first.user.id).run();
    expect(await who()).toBe(second.user.id);
  });

  it("is tried in three organizations at most", async () => {
    const email = "everywhere@people.test";
    const orgs = [org, other, await newOrg(), await newOrg()];
    for (const [i, one] of orgs.entries()) await lastLogin(await withAddress(one, "recruiter", email), i + 1);
    const unfit = worker.DB.prepare(
      "update users set password_hash = 'none' where email = ? and last_login_at > 1",
    );
    await unfit.bind(email).run();
    await json(await logIn({ email, password: PASSWORD }), 401);
    await json(await logIn({ email, password: PASSWORD, org: org.slug }), 200);
  });
});

describe("the candidates' door", () => {
  it("lets candidates in and nobody else", async () => {
    const candidate = await withPassword(await org.person("candidate"));
    const made = await json<{ user: { role: string } }>(
      await logIn({ email: candidate.user.email, password: PASSWORD }, PORTAL),
      200,
    );
    expect(made.user.role).toBe("candidate");
    await json(await logIn({ email: candidate.user.email, password: PASSWORD }), 200);
    await json(await logIn({ email: recruiter.user.email, password: PASSWORD }, PORTAL), 401);
  });

  it("finds a candidate behind newer logins of the same address as somebody else", async () => {
    const email = "many.hats@people.test";
    const candidate = await withAddress(org, "candidate", email);
    await lastLogin(candidate, 1);
    for (const one of [other, await newOrg(), await newOrg()]) {
      await lastLogin(await withAddress(one, "recruiter", email), 1000);
    }
    const made = await json<{ user: { id: string } }>(
      await logIn({ email, password: PASSWORD }, PORTAL),
      200,
    );
    expect(made.user.id).toBe(candidate.user.id);
  });
});

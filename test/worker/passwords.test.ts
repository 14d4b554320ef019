import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { changePassword } from "../../worker/features/users/passwords";
import { failLimit, rules } from "../../worker/lib/counter";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { anotherSession, mailedToken, PASSWORD, withPassword } from "./world";

const NEW = "a-new-and-long-secret";
const WRONG = "not-the-password-at-all";

let org: Org;
beforeAll(async () => {
  org = await newOrg();
});
afterEach(() => {
  vi.useRealTimers();
});

const logIn = async (person: Person, password: string) =>
  (await call("POST", "/api/auth/login", { json: { email: person.user.email, password } })).status;
const me = (person: { token: string }) => call("GET", "/api/auth/me", { token: person.token });
const someone = async () => await withPassword(await org.person("recruiter", "Ida Wells"));

interface Mail {
  template: string;
  subject: string;
  body_text: string;
}
/** The mails that stand in line for an address, once there are `count` of them. */
async function mailsTo(email: string, template: string, count: number): Promise<Mail[]> {
  const query = worker.DB.prepare("select * from emails where to_address = ? and template = ? order by id");
  return await vi.waitFor(async () => {
    const { results } = await query.bind(email, template).all<Mail>();
    expect(results).toHaveLength(count);
    return results;
  });
}
const tokenIn = (mail: Mail | undefined) => /[?&]token=([\w-]+)/.exec(mail?.body_text ?? "")?.[1] ?? "";
const paths = async (answer: Response) =>
  (await json<{ errors: { path: string }[]; [key: string]: unknown }>(answer, 422)).errors.map(
    ({ path }) => path,
  );

describe.each(["/api/auth/change-password", "/api/candidate-portal/change-password"])("%s", (path) => {
  const owner = async () => await withPassword(await org.person("candidate", "Ida Wells"));
  const change = (person: Person, currentPassword: string, newPassword: string) =>
    call("POST", path, { token: person.token, json: { currentPassword, newPassword } });

  it("changes the password and ends the other sessions, not this one", async () => {
    const person = await owner();
    const second = await anotherSession(person);
    expect((await change(person, PASSWORD, NEW)).status).toBe(204);
    await json(await me(person), 200);
    await json(await me(second), 401);
    await json(await call("POST", "/api/auth/refresh", { json: { refreshToken: second.refreshToken } }), 401);
    expect(await logIn(person, PASSWORD)).toBe(401);
    expect(await logIn(person, NEW)).toBe(200);
  });

  it("needs the current password, a good new one, and another one", async () => {
    const person = await owner();
    expect(await paths(await change(person, WRONG, NEW))).toEqual(["currentPassword"]);
    expect(await paths(await change(person, PASSWORD, "password1"))).toEqual(["newPassword"]);
    expect(await paths(await change(person, PASSWORD, "short"))).toEqual(["newPassword"]);
    expect(await paths(await change(person, PASSWORD, person.user.email))).toEqual(["newPassword"]);
    expect(await paths(await change(person, PASSWORD, PASSWORD))).toEqual(["newPassword"]);
    expect(await logIn(person, PASSWORD)).toBe(200);
  });
});

describe("a guess at the current password", () => {
  it("counts as a failed login does, and a right one doesn't", async () => {
    const person = await someone();
    const rule = rules("deployed").failedLogins;
    const fail = () => failLimit(worker, "failedLogins", person.user.email, rule, Date.now());
    for (let i = 0; i < rule.limit - 1; i++) await fail();
    const ctx = { ...person.ctx, env: { ...worker, MODE: "deployed" } };
    const change = (currentPassword: string, newPassword: string) =>
      changePassword(ctx, { currentPassword, newPassword }, person.sessionId);
    await change(PASSWORD, NEW);
    await change(NEW, PASSWORD);
    await expect(change(WRONG, NEW)).rejects.toMatchObject({ code: "invalid" });
    await expect(change(WRONG, NEW)).rejects.toMatchObject({ code: "rate-limited" });
    await expect(change(PASSWORD, NEW)).rejects.toMatchObject({ code: "rate-limited" });
  });
});

describe("a password reset", () => {
  const ask = (body: Record<string, string>) => call("POST", "/api/auth/password-reset", { json: body });
  const confirm = (token: string, password = NEW) =>
    call("POST", "/api/auth/password-reset/confirm", { json: { token, password } });

  it("is accepted alike for an address that exists and for one that doesn't", async () => {
    const person = await someone();
    const answers = [];
    for (const email of [person.user.email, "nobody@nowhere.test"]) {
      const answer = await ask({ email });
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(202);
    await mailsTo(person.user.email, "password_reset", 1);
    await mailsTo("nobody@nowhere.test", "password_reset", 0);
  });

  it("mails a link of our own address that works once and ends every session", async () => {
    const person = await someone();
    await ask({ email: person.user.email.toUpperCase() });
    const [mail] = await mailsTo(person.user.email, "password_reset", 1);
    expect(mail?.body_text).toContain("https://portico.test/reset-password?token=");
    expect((await confirm(tokenIn(mail))).status).toBe(204);
    expect(await logIn(person, NEW)).toBe(200);
    expect(await logIn(person, PASSWORD)).toBe(401);
    await json(await me(person), 401);
    expect(await paths(await confirm(tokenIn(mail), "yet-another-secret"))).toEqual(["token"]);
    expect(await logIn(person, NEW)).toBe(200);
  });

  it("writes links under the configured address, whatever host the request names", async () => {
    const person = await someone();
    const body = { json: { email: person.user.email }, headers: { "x-forwarded-host": "evil.test" } };
    await call("POST", "https://evil.test/api/auth/password-reset", body);
    const [mail] = await mailsTo(person.user.email, "password_reset", 1);
    expect(mail?.body_text).not.toContain("evil.test");
  });

  it("of a person with accounts in two organizations mails both, or the one that is named", async () => {
    const other = await newOrg();
    const [one, two] = [await someone(), await other.person("recruiter")];
    const { email } = one.user;
    await worker.DB.prepare("update users set email = ? where id = ?").bind(email, two.user.id).run();
    await ask({ email });
    await mailsTo(email, "password_reset", 2);
    await ask({ email, org: other.slug });
    await mailsTo(email, "password_reset", 3);
  });

  it("sends nothing to somebody who is disabled, and an old link of theirs opens nothing", async () => {
    const person = await someone();
    const token = await mailedToken(person, "password_reset");
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(person.user.id).run();
    await ask({ email: person.user.email });
    expect(await paths(await confirm(token))).toEqual(["token"]);
    await mailsTo(person.user.email, "password_reset", 0);
  });

  it("doesn't cost the link where the password is too weak", async () => {
    const person = await someone();
    const token = await mailedToken(person, "password_reset");
    for (const weak of ["password1", "short", "Ida Wells"]) {
      expect(await paths(await confirm(token, weak))).toEqual(["password"]);
    }
    expect((await confirm(token)).status).toBe(204);
  });

  it("works for thirty minutes", async () => {
    const person = await someone();
    const [early, late] = [
      await mailedToken(person, "password_reset"),
      await mailedToken(person, "password_reset"),
    ];
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30 * 60_000 + 1 });
    expect(await paths(await confirm(late))).toEqual(["token"]);
    vi.setSystemTime(Date.now() - 60_000);
    expect((await confirm(early)).status).toBe(204);
  });

  it("uses up every other link of the same person", async () => {
    const person = await someone();
    const [one, two] = [await mailedToken(person, "password_reset"), await mailedToken(person, "invitation")];
    expect((await confirm(one)).status).toBe(204);
    expect(await paths(await confirm(two))).toEqual(["token"]);
  });

  it("sets one password when two people hold the link at once", async () => {
    const person = await someone();
    const token = await mailedToken(person, "password_reset");
    const answers = await Promise.all([confirm(token, `${NEW}-1`), confirm(token, `${NEW}-2`)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 422]);
    const won = answers[0]?.status === 204 ? 1 : 2;
    expect(await logIn(person, `${NEW}-${won}`)).toBe(200);
    expect(await logIn(person, `${NEW}-${3 - won}`)).toBe(401);
  });

  it.each(["verify_email", "live"] as const)("isn't done with a secret for %s", async (purpose) => {
    const person = await someone();
    expect(await paths(await confirm(await mailedToken(person, purpose)))).toEqual(["token"]);
  });

  it("stores no secret in clear but in the mail that carries it", async () => {
    const person = await someone();
    const token = await mailedToken(person, "password_reset");
    const rows = await worker.DB.prepare("select * from one_time_tokens").all();
    expect(JSON.stringify(rows.results)).not.toContain(token);
  });
});

describe("confirming an address", () => {
  const verify = (token: string) => call("POST", "/api/auth/verify-email", { json: { token } });
  const verified = async (person: Person) => (await json(await me(person), 200)).emailVerified;

  it("works once, within two days", async () => {
    const person = await org.agent();
    const token = await mailedToken(person, "verify_email");
    expect(await verified(person)).toBe(false);
    expect((await verify(token)).status).toBe(204);
    expect(await verified(person)).toBe(true);
    expect(await paths(await verify(token))).toEqual(["token"]);
    const late = await mailedToken(person, "verify_email");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 86_400_000 + 1 });
    expect(await paths(await verify(late))).toEqual(["token"]);
  });

  it("isn't done with a secret for a new password", async () => {
    const person = await org.agent();
    expect(await paths(await verify(await mailedToken(person, "password_reset")))).toEqual(["token"]);
    expect(await verified(person)).toBe(false);
  });

  it("can be asked for again, until it is done", async () => {
    const person = await org.agent();
    const again = () => call("POST", "/api/auth/verify-email/resend", { token: person.token });
    await json(await again(), 202);
    const [mail] = await mailsTo(person.user.email, "verify_email", 1);
    expect((await verify(tokenIn(mail))).status).toBe(204);
    await json(await again(), 202);
    await mailsTo(person.user.email, "verify_email", 1);
  });

  it("is due again for an address that the team changed", async () => {
    const person = await org.agent();
    await verify(await mailedToken(person, "verify_email"));
    const recruiter = await org.person("recruiter");
    const change = { token: recruiter.token, json: { email: `new.${person.user.email}` } };
    await json(await call("PUT", `/api/agents/${person.agent.id}`, change), 200);
    expect(await verified(person)).toBe(false);
  });
});

describe("an invitation", () => {
  const invite = async (body: Record<string, unknown> = {}) => {
    const admin = await org.person("admin", "Ann Holm");
    const email = `guest.${crypto.randomUUID()}@team.test`;
    const sent = { email, name: "Gus Guest", role: "recruiter", ...body };
    const answer = await call("POST", "/api/users", { token: admin.token, json: sent });
    return {
      admin,
      email,
      user: await json<{ id: string; status: string; mustChangePassword: boolean }>(answer, 201),
    };
  };
  const logInAs = async (email: string, password: string) =>
    await call("POST", "/api/auth/login", { json: { email, password } });

  it("goes out where no password was given, and its link lets the person in", async () => {
    const { admin, email, user } = await invite();
    expect(user).toMatchObject({ status: "invited", mustChangePassword: false });
    const [mail] = await mailsTo(email, "invitation", 1);
    expect(mail?.subject).toContain("Ann Holm");
    expect(mail?.body_text).toContain("https://portico.test/welcome?token=");
    const confirm = { json: { token: tokenIn(mail), password: NEW } };
    expect((await call("POST", "/api/auth/password-reset/confirm", confirm)).status).toBe(204);
    await json(await logInAs(email, NEW), 200);
    const shown = await call("GET", `/api/users/${user.id}`, { token: admin.token });
    expect(await json(shown, 200)).toMatchObject({ status: "active" });
  });

  it("is not sent where a password was given, which then need not be changed", async () => {
    const { email, user } = await invite({ password: PASSWORD });
    expect(user).toMatchObject({ status: "active", mustChangePassword: false });
    await mailsTo(email, "invitation", 0);
    const session = await json<{ user: unknown }>(await logInAs(email, PASSWORD), 200);
    expect(session.user).toMatchObject({ mustChangePassword: false });
  });

  it("to change a password at once shuts every door but that one until it is done", async () => {
    const { email } = await invite({ password: PASSWORD, mustChangePassword: true });
    const session = await json<{ accessToken: string; user: unknown }>(await logInAs(email, PASSWORD), 200);
    expect(session.user).toMatchObject({ mustChangePassword: true });
    const token = session.accessToken;
    expect(await json(await call("GET", "/api/agents", { token }), 403)).toMatchObject({
      type: "must-change-password",
    });
    expect(await json(await call("GET", "/api/auth/me", { token }), 200)).toMatchObject({
      mustChangePassword: true,
    });
    const change = { token, json: { currentPassword: PASSWORD, newPassword: NEW } };
    expect((await call("POST", "/api/auth/change-password", change)).status).toBe(204);
    await json(await call("GET", "/api/agents", { token }), 200);
  });
});

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { app } from "../../worker/app";
import type { Env } from "../../worker/env";
import { login, takeTurn } from "../../worker/features/sessions/login";
import { requestReset, resendVerification } from "../../worker/features/users/passwords";
import { failLimit, rules } from "../../worker/lib/counter";
import { DomainError } from "../../worker/lib/errors";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { PASSWORD, withPassword } from "./world";

const WRONG = "not-the-password-at-all";
let verified = 0;
/** Counts how often a password is looked at. */
const PASSWORDS = {
  getByName: (name: string) => {
    verified += 1;
    return worker.PASSWORDS.getByName(name);
  },
} as Env["PASSWORDS"];
const deployed = { ...worker, MODE: "deployed", SIGN_UP: "off", PASSWORDS };

let org: Org;
let recruiter: Person;
beforeAll(async () => {
  org = await newOrg();
  recruiter = await withPassword(await org.person("recruiter"));
});
afterEach(() => {
  vi.useRealTimers();
});

/** A request to the Worker as it is where it is deployed. */
async function ask(path: string, body: object, address: string): Promise<Response> {
  const ctx = createExecutionContext();
  const headers = { "content-type": "application/json", "cf-connecting-ip": address };
  const request = new Request(`https://portico.test${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const answer = await app.fetch(request, deployed, ctx);
  await waitOnExecutionContext(ctx);
  return answer;
}

describe("logins", () => {
  const visitor = { device: "Test", address: "198.51.100.7" };
  const attempt = (email: string, password: string, address = visitor.address) =>
    login(
      deployed,
      { email, password },
      { ...visitor, address },
      { requestId: "req", after: (work) => void work.catch(() => {}) },
    ).then(
      () => "in",
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );

  it("the eleventh failure of an account in 15 minutes is not even looked at", async () => {
    const person = await withPassword(await org.person("recruiter"));
    const { email } = person.user;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    for (let i = 0; i < 10; i++) expect(await attempt(email, WRONG)).toBe("unauthenticated");
    verified = 0;
    expect(await attempt(email, WRONG)).toBe("rate-limited");
    expect(await attempt(email, PASSWORD)).toBe("rate-limited");
    expect(verified).toBe(0);
    expect(await attempt(recruiter.user.email, PASSWORD)).toBe("in");
    vi.setSystemTime(Date.now() + 15 * 60_000 + 1000);
    expect(await attempt(email, PASSWORD)).toBe("in");
  });

  it("an address that nobody has is limited alike, so that the limit tells nothing", async () => {
    const results = [];
    for (let i = 0; i < 11; i++) results.push(await attempt("ghost@nowhere.test", WRONG));
    expect(results).toEqual([...Array(10).fill("unauthenticated"), "rate-limited"]);
  });

  it("an address that nobody has costs the same work as a wrong password", async () => {
    const disabled = await withPassword(await org.person("recruiter"));
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(disabled.user.id).run();
    const invited = await org.person("recruiter");
    for (const email of [recruiter, disabled, invited]
      .map((one) => one.user.email)
      .concat("none@nowhere.test")) {
      verified = 0;
      expect(await attempt(email, WRONG)).toBe("unauthenticated");
      expect(verified).toBe(1);
    }
  });

  it("successes never count, however many", async () => {
    const person = await withPassword(await org.person("recruiter"));
    for (let i = 0; i < 12; i++) expect(await attempt(person.user.email, PASSWORD)).toBe("in");
    expect(await attempt(person.user.email, WRONG)).toBe("unauthenticated");
  });

  it("the 301st login of a network address in an hour is refused, of whichever account", async () => {
    const address = "203.0.113.9";
    for (let i = 0; i < 300; i++) await takeTurn(deployed, "logins", address);
    expect(await attempt(recruiter.user.email, PASSWORD, address)).toBe("rate-limited");
    expect(await attempt(recruiter.user.email, PASSWORD, "203.0.113.10")).toBe("in");
  });
});

it("a refusal for too many attempts says when to come back", async () => {
  const email = "hammered@people.test";
  const rule = rules(worker.MODE).failedLogins;
  for (let i = 0; i < rule.limit; i++) await failLimit(worker, "failedLogins", email, rule, Date.now());
  const answer = await call("POST", "/api/auth/login", { json: { email, password: WRONG } });
  expect(await json(answer, 429)).toMatchObject({ type: "rate-limited", status: 429 });
  const wait = Number(answer.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(15 * 60);
});

describe("registrations", () => {
  it("and sign-ups of a network address are a hundred an hour", async () => {
    const address = "203.0.113.20";
    for (let i = 0; i < 100; i++) await takeTurn(deployed, "registrations", address);
    const person = { email: "late@people.test", password: PASSWORD, name: "La Te", org: org.slug };
    const answer = await ask("/api/auth/register", person, address);
    expect(await json(answer, 429)).toMatchObject({ type: "rate-limited" });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await json(await ask("/api/auth/register", person, "203.0.113.21"), 201);
  });

  it("of an organization are closed unless a setting opens them", async () => {
    const body = { name: "X", slug: "closed", email: "x@closed.test", password: PASSWORD, adminName: "X Y" };
    expect(await json(await ask("/api/organizations", body, "203.0.113.22"), 403)).toMatchObject({
      type: "denied",
    });
    expect(await worker.DB.prepare("select id from organizations where slug = 'closed'").first()).toBeNull();
  });
});

describe("mails that anybody can cause", () => {
  const count = async (person: Person, template: string) => {
    const query = worker.DB.prepare("select count(*) as n from emails where to_address = ? and template = ?");
    return await query.bind(person.user.email, template).first("n");
  };

  it("to choose a new password are five an hour for a person, and the answer never tells", async () => {
    const person = await org.person("recruiter");
    const reset = () => requestReset(deployed, { email: person.user.email }, (work) => void work);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    for (let i = 0; i < 8; i++) {
      vi.setSystemTime(Date.now() + 1);
      await reset();
    }
    expect(await count(person, "password_reset")).toBe(5);
    vi.setSystemTime(Date.now() + 3_600_001);
    await reset();
    expect(await count(person, "password_reset")).toBe(6);
  });

  it("to choose a new password are asked for twenty times an hour by a network address", async () => {
    const body = { email: "nobody@nowhere.test" };
    const address = "203.0.113.23";
    for (let i = 0; i < 20; i++) await json(await ask("/api/auth/password-reset", body, address), 202);
    await json(await ask("/api/auth/password-reset", body, address), 429);
  });

  it("to confirm an address are five an hour", async () => {
    const person = await org.agent();
    const resend = () => resendVerification({ ...person.ctx, env: deployed });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    for (let i = 0; i < 5; i++) {
      vi.setSystemTime(Date.now() + 1);
      await resend();
    }
    await expect(resend()).rejects.toMatchObject({ code: "rate-limited" });
    expect(await count(person, "verify_email")).toBe(5);
  });
});

it("a deployed answer doesn't say what it cost", async () => {
  const answer = await ask(
    "/api/auth/login",
    { email: recruiter.user.email, password: PASSWORD },
    "203.0.113.24",
  );
  await json(answer, 200);
  expect(answer.headers.get("server-timing")).toBeNull();
});

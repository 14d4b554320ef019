import { beforeAll, describe, expect, it } from "vitest";
import { call, json, newOrg, type Org, type Person } from "./org";
import { PASSWORD, withPassword } from "./world";

const OWN = "https://portico.test";
const FOREIGN = [
  "https://evil.test",
  "https://portico.test.evil.test",
  "http://portico.test",
  "null",
  "https://sub.portico.test",
];

let org: Org;
let person: Person;
beforeAll(async () => {
  org = await newOrg();
  person = await withPassword(await org.agent());
});

const logIn = (headers: Record<string, string>) =>
  call("POST", "/api/auth/login", { json: { email: person.user.email, password: PASSWORD }, headers });

/** The cookies that an answer sets, by name. */
function cookiesOf(answer: Response): Map<string, { value: string; flags: string[] }> {
  return new Map(
    answer.headers.getSetCookie().map((line) => {
      const [pair = "", ...flags] = line.split("; ");
      const at = pair.indexOf("=");
      return [
        pair.slice(0, at),
        { value: pair.slice(at + 1), flags: flags.map((flag) => flag.toLowerCase()) },
      ];
    }),
  );
}
const headerOf = (cookies: ReturnType<typeof cookiesOf>) =>
  [...cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");

/** The two that are a session, and the one that tells our script that there is one. */
const ALL = ["__Host-portico", "__Host-portico-refresh", "portico-session"];

/** A browser that has just logged in. */
async function browser(): Promise<string> {
  const answer = await logIn({ origin: OWN });
  await json(answer, 200);
  return headerOf(cookiesOf(answer));
}

describe("cookies", () => {
  it("are set for a login from our own pages, out of reach of scripts and other sites", async () => {
    const cookies = cookiesOf(await logIn({ origin: OWN }));
    expect([...cookies.keys()].sort()).toEqual(ALL);
    for (const [name, { flags }] of cookies) {
      expect(flags).toEqual(expect.arrayContaining(["path=/", "secure", "samesite=lax"]));
      expect(flags.includes("httponly")).toBe(name.startsWith("__Host-"));
      expect(flags.some((flag) => flag.startsWith("domain"))).toBe(false);
    }
    expect(cookies.get("__Host-portico")?.flags).toContain("max-age=600");
    expect(cookies.get("__Host-portico-refresh")?.flags).toContain(`max-age=${30 * 86_400}`);
    expect(cookies.get("portico-session")?.value).toBe("1");
  });

  it("are set as well where a browser sends Sec-Fetch-Site alone", async () => {
    expect(cookiesOf(await logIn({ "sec-fetch-site": "same-origin" })).size).toBe(3);
  });

  it.each([{}, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "cross-site" }])(
    "are not set for a login with %j: such a client has the tokens",
    async (headers) => {
      const answer = await logIn(headers as Record<string, string>);
      expect(await json(answer, 200)).toHaveProperty("refreshToken");
      expect(cookiesOf(answer).size).toBe(0);
    },
  );

  it.each(FOREIGN)("are not set for a login from %s", async (origin) => {
    expect(cookiesOf(await logIn({ origin, "sec-fetch-site": "same-origin" })).size).toBe(0);
  });

  it("are set at registration and sign-up too, and again when the answer is repeated", async () => {
    const agent = { email: "cookie.agent@people.test", password: PASSWORD, name: "Co Okie", org: org.slug };
    const boss = {
      name: "Crumbs",
      slug: "crumbs",
      email: "boss@crumbs.test",
      password: PASSWORD,
      adminName: "Bo Ss",
    };
    for (const [path, body] of [
      ["/api/auth/register", agent],
      ["/api/organizations", boss],
    ] as const) {
      const headers = { origin: OWN, "idempotency-key": `cookies-${path}` };
      const first = await call("POST", path, { json: body, headers });
      const second = await call("POST", path, { json: body, headers });
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.headers.get("idempotency-replayed")).toBe("true");
      for (const answer of [first, second]) {
        const me = await call("GET", "/api/auth/me", { headers: { cookie: headerOf(cookiesOf(answer)) } });
        expect(await json(me, 200)).toMatchObject({ email: body.email });
      }
    }
  });
});

describe("a request with cookies", () => {
  it("may read from anywhere: the answer stays unreadable for other sites", async () => {
    const cookie = await browser();
    for (const origin of [OWN, ...FOREIGN]) {
      const answer = await call("GET", "/api/auth/me", { headers: { cookie, origin } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });

  it.each(["POST", "PATCH"])("may change something by %s only from our own pages", async (method) => {
    const cookie = await browser();
    const path = method === "POST" ? "/api/notifications/read-all" : "/api/auth/me";
    const body = method === "POST" ? {} : { json: { phone: "55555" } };
    const send = (headers: Record<string, string>) =>
      call(method, path, { ...body, headers: { cookie, ...headers } });
    expect((await send({ origin: OWN })).status).toBe(200);
    expect((await send({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    const refused = [{}, { "sec-fetch-site": "none" }, { "sec-fetch-site": "same-site" }];
    for (const headers of [...refused, ...FOREIGN.map((origin) => ({ origin }))]) {
      expect(await json(await send(headers as Record<string, string>), 403)).toMatchObject({
        type: "denied",
      });
    }
  });

  it("and a bearer token counts as one with the token, from any origin", async () => {
    const cookie = await browser();
    const other = await org.agent();
    const headers = { cookie, origin: "https://evil.test" };
    const answer = await call("PATCH", "/api/auth/me", {
      token: other.token,
      json: { phone: "66666" },
      headers,
    });
    expect(await json(answer, 200)).toMatchObject({ id: other.user.id });
  });

  it("made by a form of another site does nothing", async () => {
    const cookie = await browser();
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { cookie, origin: "https://evil.test", "content-type": type };
      const answer = await call("POST", "/api/auth/change-password", {
        body: '{"currentPassword":"x"}',
        headers,
      });
      expect(answer.status).toBe(403);
    }
  });
});

describe("a refresh by cookie", () => {
  const refresh = (headers: Record<string, string>) =>
    call("POST", "/api/auth/refresh", { json: {}, headers });

  it("gives new cookies that work", async () => {
    const cookie = await browser();
    const answer = await refresh({ cookie, origin: OWN });
    await json(answer, 200);
    const next = cookiesOf(answer);
    expect([...next.keys()].sort()).toEqual(ALL);
    await json(await call("GET", "/api/auth/me", { headers: { cookie: headerOf(next) } }), 200);
  });

  it.each([...FOREIGN, ""])("from %j is refused and spends nothing", async (origin) => {
    const cookie = await browser();
    const refused = await refresh(origin ? { cookie, origin } : { cookie });
    await json(refused, 403);
    expect(cookiesOf(refused).size).toBe(0);
    await json(await refresh({ cookie, origin: OWN }), 200);
  });

  it("that is over takes the cookies away, so that the browser stops sending them", async () => {
    const cookie = await browser();
    expect((await call("POST", "/api/auth/logout", { headers: { cookie, origin: OWN } })).status).toBe(204);
    const answer = await refresh({ cookie, origin: OWN });
    await json(answer, 401);
    const gone = cookiesOf(answer);
    expect([...gone.keys()].sort()).toEqual(ALL);
    for (const { value, flags } of gone.values()) {
      expect(value).toBe("");
      expect(flags).toContain("max-age=0");
    }
  });

  it("without a token left takes the rest away too, for our own pages only", async () => {
    const rest = "portico-session=1";
    const own = await refresh({ cookie: rest, origin: OWN });
    await json(own, 401);
    expect([...cookiesOf(own).keys()]).toEqual(["portico-session"]);
    const foreign = await refresh({ cookie: rest, origin: "https://evil.test" });
    await json(foreign, 401);
    expect(cookiesOf(foreign).size).toBe(0);
  });
});

it("logging out takes the cookies away", async () => {
  const cookie = await browser();
  const answer = await call("POST", "/api/auth/logout", { headers: { cookie, origin: OWN } });
  expect(answer.status).toBe(204);
  for (const { value, flags } of cookiesOf(answer).values()) {
    expect(value).toBe("");
    expect(flags).toEqual(expect.arrayContaining(["max-age=0", "path=/", "secure"]));
  }
  expect([...cookiesOf(answer).keys()].sort()).toEqual(ALL);
  expect((await call("GET", "/api/auth/me", { headers: { cookie } })).status).toBe(401);
});

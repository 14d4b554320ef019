import { SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import { ACCESS_SECONDS } from "../../worker/features/sessions/tokens";
import { operations } from "../../worker/http/openapi";
import { deriveKey } from "../../worker/lib/keys";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { addressOf, sampleOf } from "./samples";
import type { Things } from "./world";

const GUARDED = operations(app).filter((operation) => operation.endpoint.who !== "public");
const NOTHING = new Proxy({} as Things, { get: (_, key) => `no_${String(key)}` });

interface Draft {
  alg?: string;
  typ?: string;
  issuer?: string;
  audience?: string;
  subject?: string;
  claims?: Record<string, unknown>;
  /** Seconds since it was made. */
  age?: number;
  life?: number;
  header?: Record<string, unknown>;
  key?: Uint8Array;
}

let org: Org;
let person: Person;
let other: Person;
let right: Uint8Array;

beforeAll(async () => {
  org = await newOrg();
  person = await org.person("admin");
  other = await org.person("admin");
  right = await deriveKey(worker.PORTICO_KEY, "access-token-1");
});

/** A token as ours are made, but for what `draft` says. */
async function forge(draft: Draft = {}): Promise<string> {
  const at = Math.floor(Date.now() / 1000) - (draft.age ?? 0);
  const claims = draft.claims ?? { org: person.user.orgId, sid: person.sessionId };
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: draft.alg ?? "HS256", typ: draft.typ ?? "at+jwt", ...draft.header })
    .setSubject(draft.subject ?? person.user.id)
    .setIssuer(draft.issuer ?? "portico")
    .setAudience(draft.audience ?? "portico-api")
    .setJti("tok_forged")
    .setIssuedAt(at)
    .setExpirationTime(at + (draft.life ?? ACCESS_SECONDS))
    .sign(draft.key ?? right);
}

const unsecured = () =>
  new UnsecuredJWT({ org: person.user.orgId, sid: person.sessionId })
    .setSubject(person.user.id)
    .setIssuer("portico")
    .setAudience("portico-api")
    .setIssuedAt()
    .setExpirationTime("10m")
    .encode();

const tampered = () => {
  const [head, payload = "", mac] = person.token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const altered = { ...claims, sub: other.user.id, sid: other.sessionId };
  return `${head}.${Buffer.from(JSON.stringify(altered)).toString("base64url")}.${mac}`;
};

const BAD: Record<string, () => string | Promise<string>> = {
  "a word": () => "nonsense",
  "three empty parts": () => "..",
  "an altered payload": tampered,
  "a missing signature": () => person.token.split(".").slice(0, 2).join("."),
  "alg none": unsecured,
  "alg none that claims our type": () =>
    `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${person.token.split(".")[1]}.`,
  "another key": () => forge({ key: crypto.getRandomValues(new Uint8Array(32)) }),
  "another key that the header carries": async () => {
    const key = crypto.getRandomValues(new Uint8Array(32));
    const jwk = { kty: "oct", k: Buffer.from(key).toString("base64url") };
    return await forge({ key, header: { jwk, kid: "mine", jku: "https://evil.test/keys" } });
  },
  "the key of another purpose": async () => forge({ key: await deriveKey(worker.PORTICO_KEY, "cursor-1") }),
  "another algorithm under our key": () => forge({ alg: "HS512" }),
  "another type": () => forge({ typ: "JWT" }),
  "another issuer": () => forge({ issuer: "elsewhere" }),
  "another audience": () => forge({ audience: "elsewhere" }),
  "no session": () => forge({ claims: { org: person.user.orgId } }),
  "no organization": () => forge({ claims: { sid: person.sessionId } }),
  "another organization": () => forge({ claims: { org: "org_other", sid: person.sessionId } }),
  "a session of somebody else": () => forge({ claims: { org: person.user.orgId, sid: other.sessionId } }),
  "a session that never was": () => forge({ claims: { org: person.user.orgId, sid: "ses_none" } }),
  "an end in the past": () => forge({ age: ACCESS_SECONDS + 1 }),
  "an end that is too far away": () => forge({ age: ACCESS_SECONDS + 60, life: 3600 }),
  "a beginning in the future": () => forge({ age: -3600 }),
  "the refresh token": () => person.refreshToken,
};

describe("a bearer token", () => {
  it("made as ours is accepted, so that the refusals below mean something", async () => {
    expect((await call("GET", "/api/auth/me", { token: await forge() })).status).toBe(200);
  });

  it.each(Object.entries(BAD))("with %s opens no route", async (_, make) => {
    const token = await make();
    for (const operation of GUARDED) {
      const answer = await call(operation.method, addressOf(operation.path, sampleOf(operation, NOTHING)), {
        token,
      });
      expect(`${operation.method} ${operation.path} ${answer.status}`).toBe(
        `${operation.method} ${operation.path} 401`,
      );
    }
  });

  it.each(["", "Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Bearer a b", "Token abc", "bearer\tabc"])(
    "is not read from the header %j",
    async (authorization) => {
      await json(await call("GET", "/api/auth/me", { headers: { authorization } }), 401);
    },
  );

  it("that is bad is not rescued by a good cookie", async () => {
    const cookie = `__Host-portico=${person.token}`;
    expect((await call("GET", "/api/auth/me", { headers: { cookie } })).status).toBe(200);
    expect((await call("GET", "/api/auth/me", { token: "nonsense", headers: { cookie } })).status).toBe(401);
  });

  it("in the address or the body counts for nothing", async () => {
    const query = await call("GET", `/api/auth/me?access_token=${person.token}&token=${person.token}`);
    expect(query.status).toBe(401);
  });

  it("that is bad doesn't keep anybody from public routes", async () => {
    expect((await call("GET", "/api/health", { token: "nonsense" })).status).toBe(200);
  });
});

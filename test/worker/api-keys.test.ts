import { beforeAll, describe, expect, it } from "vitest";
import { count, rows } from "./facts";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { newEndpoint } from "./sent";

let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
});

interface Key {
  id: string;
  key: string;
  start: string;
  [field: string]: unknown;
}
const make = (more: object = {}, by = admin) =>
  call("POST", "/api/api-keys", {
    token: by.token,
    json: { name: "Payroll", scopes: ["webhooks:read"], ...more },
  });
const newKey = async (more: object = {}) => await json<Key>(await make(more), 201);
const read = (key: string, headers: Record<string, string> = {}) =>
  call("GET", "/api/webhooks/endpoints", { token: key, headers });
const pathsOf = async (answer: Response) =>
  (await json<{ errors: { path: string }[]; [key: string]: unknown }>(answer, 422)).errors.map(
    ({ path }) => path,
  );

describe("a new key", () => {
  it("is shown once and stored as a hash", async () => {
    const made = await newKey();
    expect(made.key).toMatch(/^pk_[\w-]{43}$/);
    expect(made.key.startsWith(made.start)).toBe(true);
    expect(made.start.length).toBeLessThan(10);
    expect((await read(made.key)).status).toBe(200);
    for (const path of ["/api/api-keys", `/api/api-keys/${made.id}`]) {
      const text = await (await call("GET", path, { token: admin.token })).text();
      expect(text).toContain(made.id);
      expect(text).not.toContain(made.key);
    }
    for (const table of ["api_keys", "audit_entries", "idempotency_keys"]) {
      expect(JSON.stringify(await rows(`select * from ${table}`)), table).not.toContain(made.key);
    }
  });

  it("is the same for the same Idempotency-Key, and kept sealed", async () => {
    const again = () =>
      call("POST", "/api/api-keys", {
        token: admin.token,
        json: { name: "Twice", scopes: ["metrics:read"] },
        headers: { "idempotency-key": "one-key" },
      });
    const first = await json<Key>(await again(), 201);
    expect(await json(await again(), 201)).toEqual(first);
    expect(await count("select count(*) from api_keys where name = 'Twice'")).toBe(1);
    expect(JSON.stringify(await rows("select * from idempotency_keys"))).not.toContain(first.key);
  });

  it("needs a name, a scope that there is, ranges that are some, and an end to come", async () => {
    expect(await pathsOf(await make({ name: " " }))).toEqual(["name"]);
    expect(await pathsOf(await make({ scopes: [] }))).toEqual(["scopes"]);
    expect(await pathsOf(await make({ scopes: ["webhooks:read", "admin"] }))).toEqual(["scopes.1"]);
    expect(await pathsOf(await make({ ipAllowList: [] }))).toEqual(["ipAllowList"]);
    const list = ["203.0.113.7", "10.0.0.0/33", "home", "2001:db8::/32", "010.0.0.1"];
    expect(await pathsOf(await make({ ipAllowList: list }))).toEqual([
      "ipAllowList.1",
      "ipAllowList.2",
      "ipAllowList.4",
    ]);
    expect(await pathsOf(await make({ expiresAt: new Date(Date.now() - 1).toISOString() }))).toEqual([
      "expiresAt",
    ]);
    expect(await pathsOf(await make({ expiresAt: "2999-02-31T00:00:00Z" }))).toEqual(["expiresAt"]);
  });
});

describe("a request with a key", () => {
  it("may do what its scopes say and nothing else", async () => {
    const reader = await newKey();
    const writer = await newKey({ scopes: ["webhooks:write"] });
    const meter = await newKey({ scopes: ["metrics:read"] });
    const body = { url: "https://hooks.example.com/in", events: ["job.posted"] };
    const asked = (key: Key, method: string, path: string, sent?: object) =>
      call(method, path, { token: key.key, ...(sent ? { json: sent } : {}) });
    const made = await json<{ id: string }>(
      await asked(writer, "POST", "/api/webhooks/endpoints", body),
      201,
    );
    const one = `/api/webhooks/endpoints/${made.id}`;
    expect((await asked(reader, "GET", one)).status).toBe(200);
    expect((await asked(meter, "GET", "/api/metrics")).status).toBe(200);
    expect((await asked(meter, "GET", "/metrics")).status).toBe(200);
    for (const [key, method, path, sent] of [
      [reader, "POST", "/api/webhooks/endpoints", body],
      [reader, "PATCH", one, { description: "x" }],
      [reader, "DELETE", one, undefined],
      [reader, "GET", "/api/metrics", undefined],
      [writer, "GET", one, undefined],
      [meter, "GET", one, undefined],
      [reader, "GET", "/api/api-keys", undefined],
      [writer, "POST", "/api/api-keys", { name: "More", scopes: ["webhooks:write"] }],
      [reader, "GET", "/api/agents", undefined],
      [reader, "GET", "/api/auth/me", undefined],
      [reader, "GET", "/api/users", undefined],
    ] as const) {
      const problem = await json(await asked(key, method, path, sent), 403);
      expect(problem, `${method} ${path}`).toMatchObject({ type: "denied" });
    }
    expect(await json(await asked(reader, "GET", one), 200)).toMatchObject({ description: null });
  });

  it("stands in the audit as what did it, and has its own Idempotency-Keys", async () => {
    const [one, two] = [
      await newKey({ scopes: ["webhooks:write"] }),
      await newKey({ scopes: ["webhooks:write"] }),
    ];
    const send = (key: Key) =>
      call("POST", "/api/webhooks/endpoints", {
        token: key.key,
        json: { url: "https://hooks.example.com/in", events: ["job.posted"] },
        headers: { "idempotency-key": "same" },
      });
    const [first, again, other] = [await send(one), await send(one), await send(two)];
    const made = await json<{ id: string }>(first, 201);
    expect((await json<{ id: string }>(again, 201)).id).toBe(made.id);
    expect((await json<{ id: string }>(other, 201)).id).not.toBe(made.id);
    expect(await rows("select actor_kind, actor_id from audit_entries where entity_id = ?", made.id)).toEqual(
      [{ actor_kind: "api_key", actor_id: one.id }],
    );
  });

  it("sees its own organization and no other", async () => {
    const other = await newOrg();
    const theirs = await newEndpoint(await other.person("admin"));
    const reader = await newKey();
    expect((await call("GET", `/api/webhooks/endpoints/${theirs.id}`, { token: reader.key })).status).toBe(
      404,
    );
    expect(await (await read(reader.key)).text()).not.toContain(theirs.id);
  });

  it("is 401 with a key that is unknown, cut, revoked or over", async () => {
    const made = await newKey();
    const over = await newKey({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await read(over.key)).status).toBe(200);
    await worker.DB.prepare("update api_keys set expires_at = ? where id = ?")
      .bind(Date.now() - 1, over.id)
      .run();
    const revoked = await newKey();
    const revoke = () => call("DELETE", `/api/api-keys/${revoked.id}`, { token: admin.token });
    expect((await revoke()).status).toBe(204);
    expect((await revoke()).status).toBe(404);
    expect((await call("GET", `/api/api-keys/${revoked.id}`, { token: admin.token })).status).toBe(404);
    for (const key of [
      `pk_${"x".repeat(43)}`,
      made.key.slice(0, -1),
      `${made.key}x`,
      "pk_",
      over.key,
      revoked.key,
    ]) {
      const answer = await read(key);
      expect(await json(answer, 401), key.slice(0, 6)).toMatchObject({ type: "unauthenticated" });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect((await read(made.key)).status).toBe(200);
  });

  it("is let in from the addresses of its list alone", async () => {
    const { key } = await newKey({ ipAllowList: ["203.0.113.0/24", "2001:db8:1::/48"] });
    const from = async (address: string) => (await read(key, { "cf-connecting-ip": address })).status;
    expect(await from("203.0.113.9")).toBe(200);
    expect(await from("2001:db8:1::9")).toBe(200);
    expect(await from("::ffff:203.0.113.9")).toBe(200);
    expect(await from("203.0.114.9")).toBe(401);
    expect(await from("2001:db8:2::9")).toBe(401);
    expect(await from("unknown")).toBe(401);
    const forwarded = await read(key, {
      "cf-connecting-ip": "198.51.100.1",
      "x-forwarded-for": "203.0.113.9",
    });
    expect(forwarded.status).toBe(401);
  });

  it("notes when the key was used last", async () => {
    const made = await newKey();
    expect(made.lastUsedAt).toBeNull();
    await read(made.key);
    await expect
      .poll(async () => await count("select coalesce(last_used_at, 0) from api_keys where id = ?", made.id))
      .toBeGreaterThan(Date.now() - 10_000);
  });

  it("never takes a session's place: a cookie beside a bad key doesn't count", async () => {
    const headers = { cookie: `__Host-portico=${admin.token}` };
    expect((await read("pk_nothing", headers)).status).toBe(401);
  });
});

describe("the list of keys", () => {
  it("has those that work, the newest first, in pages", async () => {
    const own = await newOrg();
    const by = await own.person("admin");
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await json<Key>(await make({ name: `Key ${i}` }, by), 201)).id);
    await call("DELETE", `/api/api-keys/${made[2]}`, { token: by.token });
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor ? `&cursor=${cursor}` : "";
      const answer = await call("GET", `/api/api-keys?limit=2${more}`, { token: by.token });
      const page: { data: Key[]; nextCursor: string | null } = await json(answer, 200);
      found.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(found).toEqual(made.filter((_, i) => i !== 2).reverse());
  });
});

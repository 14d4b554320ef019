import { beforeAll, describe, expect, it } from "vitest";
import { forgetUser } from "../../worker/features/sessions/sessions";
import { count, outboxOf, rows, written } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";
import { PASSWORD } from "./world";

interface Client {
  id: string;
  companyName: string;
  status: string;
  city: string | null;
  website: string | null;
  notes: string | null;
  jobCount: number;
  openJobCount: number;
  version: number;
}
type Page<T> = { data: T[]; nextCursor: string | null };

let org: Org;
let admin: Person;
let recruiter: Person;
let client: Client;
let cleo: Person;

const ask = (method: string, path: string, body?: unknown, by: Person = recruiter, headers = {}) =>
  call(method, path, { token: by.token, ...(body === undefined ? {} : { json: body }), headers });
const make = async (fields: object) =>
  await json<Client>(await ask("POST", "/api/clients", { companyName: "Acme", ...fields }), 201);

beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin", "Ann Holm");
  recruiter = await org.person("recruiter");
  client = await make({ companyName: "Nordwind Logistik", city: "Kiel", notes: "Pays late." });
  cleo = await org.person("client_user", "Cleo Bond", client.id);
});

describe("a client", () => {
  it("has document 002's fields, and an address that gets its scheme", async () => {
    const made = await make({
      companyName: "  Blue Harbour  ",
      industry: "Retail",
      website: "blue.example",
      phone: "+351 21 000 000",
      address: "Rua 1",
      city: "Lisbon",
      state: "Lisboa",
      country: "Portugal",
      postalCode: "1000-001",
      notes: "Met at a fair.",
    });
    expect(made).toMatchObject({
      companyName: "Blue Harbour",
      status: "active",
      website: "https://blue.example",
      postalCode: "1000-001",
      jobCount: 0,
      openJobCount: 0,
      version: 1,
      createdBy: recruiter.user.id,
    });
    expect(await json(await ask("GET", `/api/clients/${made.id}`), 200)).toEqual(made);
    const audit = await rows("select action_type, new_value from audit_entries where entity_id = ?", made.id);
    expect(audit).toEqual([
      { action_type: "CLIENT_CREATE", new_value: '{"companyName":"Blue Harbour","status":"active"}' },
    ]);
  });

  it("changes by PUT and by PATCH just where something was sent, and notes which fields", async () => {
    const made = await make({ city: "Bergen" });
    const path = `/api/clients/${made.id}`;
    const put = await json<Client>(await ask("PUT", path, { notes: "Quick." }), 200);
    expect(put).toMatchObject({ city: "Bergen", notes: "Quick.", version: 2 });
    const patched = await json<Client>(await ask("PATCH", path, { status: "inactive", city: null }), 200);
    expect(patched).toMatchObject({ city: null, status: "inactive", notes: "Quick.", version: 3 });
    const audit = await rows<{ metadata: string; old_value: string }>(
      "select metadata, old_value from audit_entries where entity_id = ? order by seq",
      made.id,
    );
    expect(audit.slice(1).map(({ metadata }) => JSON.parse(metadata).fields)).toEqual([
      ["notes"],
      ["status", "city"],
    ]);
    // Notes may be about people, so they stand in one place only.
    expect(JSON.stringify(audit)).not.toContain("Quick");
  });

  it("that is sent what it has already stays as it is", async () => {
    const made = await make({ city: "Oslo" });
    const before = await written(org);
    expect(await json(await ask("PUT", `/api/clients/${made.id}`, { city: "Oslo" }), 200)).toEqual(made);
    expect(await written(org)).toEqual(before);
  });

  it("refuses what is no client, and records nothing", async () => {
    const before = await written(org);
    const path = `/api/clients/${client.id}`;
    await json(await ask("POST", "/api/clients", { companyName: " " }), 422);
    await json(await ask("POST", "/api/clients", { companyName: "X", website: "javascript:alert(1)" }), 422);
    await json(await ask("PUT", path, {}), 422);
    await json(await ask("PUT", path, { status: "gone" }), 422);
    await json(await ask("PUT", path, { jobCount: 5 }), 422);
    await json(await ask("PUT", path, { city: "X" }, recruiter, { "if-match": '"99"' }), 412);
    await json(await ask("PUT", "/api/clients/clt_none", { city: "X" }), 404);
    expect(await written(org)).toEqual(before);
  });

  it("is found by the beginnings of words of its name, industry and city", async () => {
    const made = await make({ companyName: "Crème Brûlée Foods", industry: "Catering", city: "Tromsø" });
    const find = async (q: string, more = "") =>
      (
        await json<Page<Client>>(await ask("GET", `/api/clients?q=${encodeURIComponent(q)}${more}`), 200)
      ).data.map(({ id }) => id);
    for (const q of ["creme", "brul food", "cater", "Tromsø"]) expect(await find(q), q).toContain(made.id);
    expect(await find("creme", "&status=inactive")).toEqual([]);
    expect(await find("???")).toEqual([]);
    await json(await ask("PATCH", `/api/clients/${made.id}`, { companyName: "Plain Foods" }), 200);
    expect(await find("creme")).not.toContain(made.id);
    expect(await find("plain")).toContain(made.id);
  });

  it("without jobs can be removed, and its people can't come in any more", async () => {
    const made = await make({ companyName: "Short Lived" });
    const person = await org.person("client_user", "Lea Ving", made.id);
    await json(await ask("GET", "/api/auth/me", undefined, person), 200);
    expect((await ask("DELETE", `/api/clients/${made.id}`)).status).toBe(204);
    await json(await ask("GET", `/api/clients/${made.id}`), 404);
    await json(await ask("GET", "/api/auth/me", undefined, person), 401);
    expect(await count("select count(*) from users where id = ? and disabled_at > 0", person.user.id)).toBe(
      1,
    );
    const found = await json<Page<Client>>(await ask("GET", "/api/clients?q=short lived"), 200);
    expect(found.data).toEqual([]);
    await json(await ask("DELETE", `/api/clients/${made.id}`), 404);
  });

  it("with a job stays, and says what to do instead", async () => {
    const made = await make({ companyName: "Busy" });
    await json(await ask("POST", "/api/jobs", { clientId: made.id, title: "One" }), 201);
    const before = await written(org);
    const problem = await json<{ detail: string; current: Client } & Record<string, unknown>>(
      await ask("DELETE", `/api/clients/${made.id}`),
      409,
    );
    expect(problem.detail).toContain("inactive");
    expect(problem.current).toMatchObject({ id: made.id, jobCount: 1 });
    expect(await written(org)).toEqual(before);
  });

  it("has an ETag that changes with its counts and still names its version", async () => {
    const made = await make({ companyName: "Counted" });
    const read = () => ask("GET", `/api/clients/${made.id}`);
    const before = (await read()).headers.get("etag") ?? "";
    await json(await ask("POST", "/api/jobs", { clientId: made.id, title: "One" }), 201);
    const after = (await read()).headers.get("etag") ?? "";
    expect(after).not.toBe(before);
    const changed = await ask("PUT", `/api/clients/${made.id}`, { city: "Ulm" }, recruiter, {
      "if-match": after,
    });
    expect(await json(changed, 200)).toMatchObject({ version: 2 });
    await json(
      await ask("PUT", `/api/clients/${made.id}`, { city: "Bonn" }, recruiter, { "if-match": after }),
      412,
    );
  });
});

describe("a client user", () => {
  it("sees the own client alone, and not what the team notes about it", async () => {
    const other = await make({ companyName: "Somebody Else" });
    const list = await json<Page<Client>>(await ask("GET", "/api/clients", undefined, cleo), 200);
    expect(list.data).toHaveLength(1);
    expect(list.data[0]).toMatchObject({ id: client.id, notes: null });
    const own = await json(await ask("GET", `/api/clients/${client.id}`, undefined, cleo), 200);
    expect(own).toMatchObject({ notes: null });
    await json(await ask("GET", `/api/clients/${other.id}`, undefined, cleo), 404);
    const found = await ask("GET", "/api/clients?q=somebody", undefined, cleo);
    expect((await json<Page<Client>>(found, 200)).data).toEqual([]);
    await json(await ask("PUT", `/api/clients/${client.id}`, { city: "X" }, cleo), 403);
    await json(await ask("DELETE", `/api/clients/${client.id}`, undefined, cleo), 403);
  });
});

describe("people of a client", () => {
  const path = () => `/api/clients/${client.id}/users`;
  const one = (email: string) => `${path()}/${encodeURIComponent(email)}`;

  it("come in by an invitation, or by a password at once", async () => {
    const email = `hi.ring+1@${org.slug}.test`;
    const invited = await ask("POST", path(), { email: email.toUpperCase(), name: "Hi Ring" }, admin);
    expect(invited.headers.get("location")).toBe(one(email));
    expect(await json(invited, 201)).toMatchObject({
      email,
      firstName: "Hi",
      role: "client_user",
      clientId: client.id,
      status: "invited",
    });
    expect(await rows("select template from emails where to_address = ?", email)).toEqual([
      { template: "invitation" },
    ]);
    const other = `pass.word@${org.slug}.test`;
    const body = { email: other, firstName: "Pa", lastName: "Ss", password: PASSWORD };
    expect(await json(await ask("POST", path(), body, admin), 201)).toMatchObject({ status: "active" });
    expect(await outboxOf(other)).toEqual([]);
    const login = { email: other, password: PASSWORD, org: org.slug };
    const session = await json<{ accessToken: string }>(
      await call("POST", "/api/auth/login", { json: login }),
      200,
    );
    const jobs = await call("GET", "/api/jobs", { token: session.accessToken });
    expect((await json<Page<unknown>>(jobs, 200)).data).toEqual([]);
    const list = await json<Page<{ email: string }>>(await ask("GET", path(), undefined, admin), 200);
    expect(list.data.map((user) => user.email)).toEqual([other, email, cleo.user.email]);
  });

  it("are changed and disabled by their address, and are out at once", async () => {
    const person = await org.person("client_user", "Ida Sand", client.id);
    const { email } = person.user;
    const change = { phone: "+49 30 1234", lastName: "Strand" };
    expect(await json(await ask("PUT", one(email), change, admin), 200)).toMatchObject({
      name: "Ida Strand",
      phone: "+49 30 1234",
      version: 2,
    });
    await json(await ask("GET", "/api/auth/me", undefined, person), 200);
    expect((await ask("DELETE", one(email), undefined, admin)).status).toBe(204);
    await json(await ask("GET", "/api/auth/me", undefined, person), 401);
    expect(await json(await ask("GET", one(email), undefined, admin), 200)).toMatchObject({
      status: "disabled",
    });
    expect(await json(await ask("PUT", one(email), { status: "active" }, admin), 200)).toMatchObject({
      version: 4,
    });
  });

  it("are not found through another client, and nobody else is through this one", async () => {
    const other = await make({ companyName: "Not Theirs" });
    const before = await written(org);
    const wrong = `/api/clients/${other.id}/users/${cleo.user.email}`;
    await json(await ask("PUT", wrong, { name: "X" }, admin), 404);
    await json(await ask("DELETE", wrong, undefined, admin), 404);
    for (const email of [admin.user.email, recruiter.user.email, "nobody@x.test"]) {
      await json(await ask("PUT", one(email), { name: "X" }, admin), 404);
      await json(await ask("DELETE", one(email), undefined, admin), 404);
    }
    await json(await ask("POST", path(), { email: admin.user.email, name: "Twice" }, admin), 409);
    await json(
      await ask("POST", path(), { email: "weak@x.test", name: "W", password: "password1" }, admin),
      422,
    );
    await json(
      await ask("POST", "/api/clients/clt_none/users", { email: "a@x.test", name: "A" }, admin),
      404,
    );
    await json(await ask("PUT", one(cleo.user.email), { role: "admin" }, admin), 422);
    await json(await ask("GET", path()), 403);
    expect(await written(org)).toEqual(before);
  });

  it("who join the team belong to no client any more", async () => {
    const person = await org.person("client_user", "Jo Iner", client.id);
    await json(await ask("PATCH", `/api/users/${person.user.id}`, { role: "recruiter" }, admin), 200);
    await json(await ask("GET", one(person.user.email), undefined, admin), 404);
    expect(await count("select count(*) from users where id = ? and client_id is null", person.user.id)).toBe(
      1,
    );
  });
});

describe("what it costs", () => {
  it("is one round trip a read and two a write", async () => {
    const cost = async (method: string, path: string, body?: object, by: Person = recruiter) => {
      // Forgotten first, so that the memory is new and can't end between the two requests.
      forgetUser(by.user.id);
      await json(await ask("GET", "/api/auth/me", undefined, by), 200);
      return costOf(await ask(method, path, body, by)).trips;
    };
    const made = await make({ companyName: "Cheap" });
    const path = `/api/clients/${made.id}`;
    for (const read of ["/api/clients", "/api/clients?q=acme", "/api/clients?status=active", path]) {
      expect(await cost("GET", read), read).toBe(1);
    }
    expect(await cost("GET", `${path}/users`, undefined, admin)).toBe(1);
    expect(await cost("POST", "/api/clients", { companyName: "A" })).toBe(1);
    expect(await cost("PUT", path, { city: "A" })).toBe(2);
    expect(await cost("DELETE", path)).toBe(2);
    const user = { email: `cheap@${org.slug}.test`, name: "C" };
    expect(await cost("POST", `/api/clients/${client.id}/users`, user, admin)).toBe(2);
  });
});

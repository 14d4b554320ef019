import { beforeAll, describe, expect, it } from "vitest";
import { peekLimit, rules } from "../../worker/lib/counter";
import { count, rows } from "./facts";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { type MadeEndpoint, newEndpoint, putDeliveries } from "./sent";

let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
});

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(method, `/api/webhooks${path}`, {
    token: admin.token,
    ...(body === undefined ? {} : { json: body }),
    headers,
  });
const create = (body: object) =>
  ask("POST", "/endpoints", { url: "https://hooks.example.com/in", events: ["*"], ...body });
interface Problem {
  detail: string;
  errors: { path: string; message: string }[];
  [key: string]: unknown;
}
const errorsOf = async (answer: Response) => (await json<Problem>(answer, 422)).errors;
const periodsOf = (id: string) =>
  rows<{ from_seq: number; until_seq: number | null; events: string }>(
    "select from_seq, until_seq, events from webhook_periods where endpoint_id = ? order by from_seq",
    id,
  );
/** An event of the organization, so that the next period begins later than the last one. */
const somethingHappens = () => org.agent("Ada Lund");
const newest = () => count("select max(seq) from events");

describe("a new endpoint", () => {
  it("is answered with its secret, which stands nowhere afterwards", async () => {
    const token = "Bearer canary-of-the-receiver";
    const made = await json<MadeEndpoint>(await create({ headers: { Authorization: token } }), 201);
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toMatchObject({ status: "enabled", circuit: "closed", version: 1, events: ["*"] });
    expect(made.headerNames.map((name) => name.toLowerCase())).toEqual(["authorization"]);
    for (const path of ["/endpoints", `/endpoints/${made.id}`]) {
      const text = await (await ask("GET", path)).text();
      expect(text).toContain(made.id);
      expect(text).not.toContain(made.secret);
      expect(text).not.toContain(token);
    }
    const stored = JSON.stringify(await rows("select * from webhook_endpoints where id = ?", made.id));
    const audit = JSON.stringify(await rows("select * from audit_entries where entity_id = ?", made.id));
    for (const secret of [made.secret, made.secret.slice(6), token]) {
      expect(stored).not.toContain(secret);
      expect(audit).not.toContain(secret);
    }
    expect(audit).toContain("WEBHOOK_ENDPOINT_CREATE");
  });

  it("is subscribed from the newest event on", async () => {
    await somethingHappens();
    const { id } = await newEndpoint(admin);
    expect(await periodsOf(id)).toEqual([
      { from_seq: await newest(), until_seq: null, events: '["integration.recovered"]' },
    ]);
  });

  it("takes words of the catalogue or *, and names those that are none", async () => {
    const unknown = await create({ events: ["job.posted", "job.eaten", "note.added", "JOB.POSTED"] });
    const errors = await errorsOf(unknown);
    expect(errors.map(({ path }) => path)).toEqual(["events.1", "events.2", "events.3"]);
    expect(errors[0]?.message).toContain("job.eaten");
    expect(await errorsOf(await create({ events: [] }))).toHaveLength(1);
    const twice = await json<MadeEndpoint>(await create({ events: ["job.posted", "job.posted"] }), 201);
    expect(twice.events).toEqual(["job.posted"]);
    const all = await json<MadeEndpoint>(await create({ events: ["job.posted", "*"] }), 201);
    expect(all.events).toEqual(["*"]);
  });

  it.each([
    "http://hooks.example.com/in",
    "https://10.0.0.1/in",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00::1]/in",
    "https://printer.local/in",
    "https://user:password@hooks.example.com/in",
    "https://hooks.example.com:22/in",
    "ftp://hooks.example.com/in",
    "https://portico.test/api/hooks/int_1",
    "hooks.example.com",
  ])("can't be at %s", async (url) => {
    expect((await errorsOf(await create({ url }))).map(({ path }) => path)).toEqual(["url"]);
  });

  it("can't be at an organization's own domain, which leads back to us", async () => {
    const other = await newOrg();
    const set = worker.DB.prepare("update organizations set domain = ? where id = ?");
    await set.bind("jobs.example.org", other.id).run();
    const problem = await json<Problem>(await create({ url: "https://jobs.example.org/in" }), 422);
    expect(problem.errors[0]?.path).toBe("url");
    expect(problem.detail).not.toContain(other.id);
  });

  it.each([
    ["content-type", "text/plain"],
    ["Host", "example.org"],
    ["webhook-id", "evt_1"],
    ["X-Webhook-Signature", "00"],
    ["connection", "close"],
    ["Transfer-Encoding", "chunked"],
    ["cookie", "a=b"],
    ["x-hub-hops", "0"],
    ["user-agent", "me"],
    ["x-team", "a\r\nx-evil: 1"],
    ["x-team", "caf\u00e9"],
    ["x-team", ""],
    ["x team", "a"],
    ["x-team:", "a"],
    ["", "a"],
  ])("can't have the header %j: %j", async (name, value) => {
    const errors = await errorsOf(await create({ headers: { [name]: value } }));
    expect(errors[0]?.path).toBe(`headers.${name}`);
  });

  it("is the fiftieth at most, however many are made at once", async () => {
    const full = await newOrg();
    const by = await full.person("admin");
    const body = { url: "https://hooks.example.com/in", events: ["job.posted"] };
    const make = () => call("POST", "/api/webhooks/endpoints", { token: by.token, json: body });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const answers = await Promise.all(Array.from({ length: 10 }, make));
      statuses.push(...answers.map((answer) => answer.status));
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    expect(statuses.filter((status) => status === 409)).toHaveLength(10);
    const kept = "from webhook_endpoints where org_id = ?";
    expect(await count(`select count(*) ${kept}`, full.id)).toBe(50);
    expect(await count("select count(*) from webhook_periods where org_id = ?", full.id)).toBe(50);
    const [first] = await rows<{ id: string }>(`select id ${kept} limit 1`, full.id);
    await call("DELETE", `/api/webhooks/endpoints/${first?.id}`, { token: by.token });
    expect((await make()).status).toBe(201);
  });
});

describe("a change of an endpoint", () => {
  it("of its events ends one period and begins another", async () => {
    const { id } = await newEndpoint(admin, { events: ["job.posted"] });
    const [first] = await periodsOf(id);
    await somethingHappens();
    await json(await ask("PATCH", `/endpoints/${id}`, { events: ["job.closed"] }), 200);
    const at = await newest();
    expect(at).toBeGreaterThan(first?.from_seq ?? 0);
    expect(await periodsOf(id)).toEqual([
      { from_seq: first?.from_seq, until_seq: at, events: '["job.posted"]' },
      { from_seq: at, until_seq: null, events: '["job.closed"]' },
    ]);
    await json(await ask("PATCH", `/endpoints/${id}`, { description: "Payroll" }), 200);
    expect(await periodsOf(id)).toHaveLength(2);
  });

  it("before any event came begins the same period again", async () => {
    const { id } = await newEndpoint(admin, { events: ["job.posted"] });
    await json(await ask("PATCH", `/endpoints/${id}`, { events: ["job.closed"] }), 200);
    const periods = await periodsOf(id);
    expect(periods.map(({ until_seq, events }) => [until_seq, events])).toEqual([[null, '["job.closed"]']]);
  });

  it("leaves what isn't sent, and takes own headers away where none are sent", async () => {
    const { id, version } = await newEndpoint(admin, { headers: { "x-team": "a" }, description: "One" });
    const renamed = await json<MadeEndpoint>(
      await ask("PATCH", `/endpoints/${id}`, { description: "Two" }),
      200,
    );
    expect(renamed).toMatchObject({ description: "Two", headerNames: ["x-team"], version: version + 1 });
    const bare = await json<MadeEndpoint>(await ask("PATCH", `/endpoints/${id}`, { headers: {} }), 200);
    expect(bare.headerNames).toEqual([]);
  });

  it("is refused as a whole where one field is wrong", async () => {
    const { id } = await newEndpoint(admin);
    await json(await ask("PATCH", `/endpoints/${id}`, { description: "x", url: "https://10.1.1.1/" }), 422);
    await json(await ask("PATCH", `/endpoints/${id}`, {}), 422);
    expect(await json(await ask("GET", `/endpoints/${id}`), 200)).toMatchObject({
      description: null,
      version: 1,
    });
  });

  it("of the address makes the next probe of an open circuit due", async () => {
    const { id } = await newEndpoint(admin);
    const open = "update webhook_endpoints set circuit = 'open', failures = 5, probe_at = ? where id = ?";
    await worker.DB.prepare(open)
      .bind(Date.now() + 3_600_000, id)
      .run();
    const mended = await json<{ probeAt: string }>(
      await ask("PATCH", `/endpoints/${id}`, { url: "https://hooks.example.com/mended" }),
      200,
    );
    expect(Date.parse(mended.probeAt)).toBeLessThanOrEqual(Date.now());
  });
});

describe("turning off and on", () => {
  it("cancels what is open, says so, and begins a new period", async () => {
    const { id } = await newEndpoint(admin);
    await putDeliveries(org, id, 3, (i) => ({
      status: (["pending", "parked", "delivered"] as const)[i] ?? "pending",
      nextAt: i === 0 ? Date.now() + 3_600_000 : null,
    }));
    await somethingHappens();
    const off = await json<MadeEndpoint>(await ask("PATCH", `/endpoints/${id}`, { status: "disabled" }), 200);
    expect(off).toMatchObject({ status: "disabled", disabledReason: "person" });
    expect(off.counts).toMatchObject({ pending: 0, parked: 0, delivered: 1, cancelled: 2 });
    const stored = await rows(
      "select status, reason, next_at from webhook_deliveries where endpoint_id = ?",
      id,
    );
    const cancelled = { status: "cancelled", reason: "The endpoint was turned off.", next_at: null };
    expect(stored).toEqual(expect.arrayContaining([cancelled, cancelled]));
    expect((await periodsOf(id)).map(({ until_seq }) => until_seq)).toEqual([await newest()]);
    const until = await newest();
    await somethingHappens();
    const on = await json<MadeEndpoint>(await ask("POST", `/endpoints/${id}/enable`), 200);
    expect(on).toMatchObject({ status: "enabled", disabledReason: null, disabledAt: null });
    const periods = await periodsOf(id);
    expect(periods).toHaveLength(2);
    expect(periods[1]?.from_seq).toBeGreaterThan(until);
    expect(await json(await ask("GET", `/endpoints/${id}`), 200)).toMatchObject({ counts: off.counts });
  });

  it("at once, with no event between, is the same period again", async () => {
    const { id } = await newEndpoint(admin);
    await json(await ask("PATCH", `/endpoints/${id}`, { status: "disabled" }), 200);
    await json(await ask("PATCH", `/endpoints/${id}`, { status: "enabled" }), 200);
    expect((await periodsOf(id)).map(({ until_seq }) => until_seq)).toEqual([null]);
  });

  it("closes a circuit, also of an endpoint that is on", async () => {
    for (const state of ["open", "half_open"]) {
      const { id } = await newEndpoint(admin);
      const broken = `update webhook_endpoints set circuit = ?, failures = 7, probes = 2, probe_at = 9e12,
        failing_since = 1 where id = ?`;
      await worker.DB.prepare(broken).bind(state, id).run();
      const on = await json<MadeEndpoint>(await ask("POST", `/endpoints/${id}/enable`), 200);
      expect(on).toMatchObject({ circuit: "closed", probeAt: null, failingSince: null, version: 2 });
      expect(await periodsOf(id)).toHaveLength(1);
    }
  });

  it("changes nothing of an endpoint that is on and well", async () => {
    const { id } = await newEndpoint(admin);
    expect(await json(await ask("POST", `/endpoints/${id}/enable`), 200)).toMatchObject({ version: 1 });
    const entries = "select count(*) from audit_entries where entity_id = ?";
    expect(await count(entries, id)).toBe(1);
  });

  it("with an old version is 412 and turns nothing on", async () => {
    const { id } = await newEndpoint(admin);
    await json(await ask("PATCH", `/endpoints/${id}`, { status: "disabled" }), 200);
    await json(await ask("POST", `/endpoints/${id}/enable`, undefined, { "if-match": '"1"' }), 412);
    expect(await json(await ask("GET", `/endpoints/${id}`), 200)).toMatchObject({ status: "disabled" });
  });
});

describe("removing", () => {
  it("cancels what is open; the endpoint is absent and its deliveries are still to be seen", async () => {
    const { id, url } = await newEndpoint(admin, { headers: { "x-team": "a" } });
    const [waiting] = await putDeliveries(org, id, 1, { status: "parked" });
    expect((await ask("DELETE", `/endpoints/${id}`)).status).toBe(204);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { description: "x" }],
      ["DELETE", "", undefined],
      ["POST", "/test", undefined],
      ["POST", "/enable", undefined],
      ["POST", "/rotate-secret", undefined],
    ] as const) {
      expect((await ask(method, `/endpoints/${id}${path}`, body)).status, `${method} ${path}`).toBe(404);
    }
    const list = await json<{ data: { id: string }[] }>(await ask("GET", "/endpoints?limit=200"), 200);
    expect(list.data.map((endpoint) => endpoint.id)).not.toContain(id);
    expect(await json(await ask("GET", `/deliveries/${waiting}`), 200)).toMatchObject({
      status: "cancelled",
      reason: "The endpoint was removed.",
      endpointUrl: url,
    });
    expect((await periodsOf(id)).map(({ until_seq }) => until_seq)).toEqual([expect.any(Number)]);
    const [row] = await rows("select headers, previous_secret from webhook_endpoints where id = ?", id);
    expect(row).toEqual({ headers: null, previous_secret: null });
  });
});

describe("a new secret", () => {
  it("differs, and the one before it signs for another 24 hours", async () => {
    const made = await newEndpoint(admin);
    const path = `/endpoints/${made.id}/rotate-secret`;
    const next = await json<MadeEndpoint>(await ask("POST", path), 200);
    expect(next.secret).toMatch(/^whsec_/);
    expect(next.secret).not.toBe(made.secret);
    const left = Date.parse(String(next.previousSecretUntil)) - Date.now();
    expect(Math.round(left / 3_600_000)).toBe(24);
    const { openSecret } = await import("../../worker/features/webhooks/secrets");
    const [row] = await rows<{ secret: string; previous_secret: string }>(
      "select secret, previous_secret from webhook_endpoints where id = ?",
      made.id,
    );
    const place = { orgId: org.id, table: "webhook_endpoints", id: made.id } as const;
    expect(await openSecret(worker, place, row?.secret ?? "")).toBe(next.secret);
    expect(await openSecret(worker, place, row?.previous_secret ?? "")).toBe(made.secret);
  });

  it("is the same for the same Idempotency-Key, though nothing keeps it readable", async () => {
    const { id } = await newEndpoint(admin);
    const rotate = () =>
      ask("POST", `/endpoints/${id}/rotate-secret`, undefined, { "idempotency-key": `rotate-${id}` });
    const first = await json<MadeEndpoint>(await rotate(), 200);
    expect(await json(await rotate(), 200)).toEqual(first);
    expect(JSON.stringify(await rows("select * from idempotency_keys"))).not.toContain(first.secret);
  });
});

describe("a test", () => {
  it("is put in line as a delivery of its own, with the bytes that will be sent", async () => {
    const { id } = await newEndpoint(admin, { events: ["job.posted"] });
    const answer = await ask("POST", `/endpoints/${id}/test`);
    const sent = await json<{ id: string; eventId: string }>(answer, 202);
    expect(sent).toMatchObject({
      endpointId: id,
      eventType: "webhook.test",
      status: "pending",
      attempts: [],
    });
    expect(answer.headers.get("location")).toBe(`/api/webhooks/deliveries/${sent.id}`);
    const shown = await json<{ body: string }>(await ask("GET", `/deliveries/${sent.id}`), 200);
    expect(JSON.parse(shown.body)).toMatchObject({
      id: sent.eventId,
      type: "webhook.test",
      event: "webhook.test",
      data: { endpointId: id },
    });
  });

  it("of an endpoint that is off is 409 and sends nothing", async () => {
    const { id } = await newEndpoint(admin);
    await json(await ask("PATCH", `/endpoints/${id}`, { status: "disabled" }), 200);
    const problem = await json(await ask("POST", `/endpoints/${id}/test`), 409);
    expect(problem.current).toMatchObject({ id, status: "disabled" });
    expect(await count("select count(*) from webhook_deliveries where endpoint_id = ?", id)).toBe(0);
  });

  it("counts against the organization's limit, whichever endpoint it goes to", async () => {
    const own = await newOrg();
    const by = await own.person("admin");
    const rule = rules("test").webhookTests;
    for (let i = 1; i <= 2; i++) {
      const { id } = await newEndpoint(by);
      await json(await call("POST", `/api/webhooks/endpoints/${id}/test`, { token: by.token }), 202);
      expect(await peekLimit(worker, "webhookTests", own.id, rule, Date.now())).toMatchObject({ count: i });
    }
    expect(rules("deployment").webhookTests).toEqual({ limit: 60, windowMs: 3_600_000 });
  });
});

describe("the event catalogue", () => {
  it("is each event that leaves the building, with a schema that its example fits", async () => {
    const { data } = await json<{
      data: {
        type: string;
        summary: string;
        schema: Record<string, unknown>;
        example: Record<string, unknown>;
      }[];
    }>(await ask("GET", "/event-types"), 200);
    const document = await json<{ webhooks: object }>(await call("GET", "/api/openapi.json"), 200);
    expect(data.map(({ type }) => type).sort()).toEqual(Object.keys(document.webhooks).sort());
    for (const { type, schema, example } of data) {
      expect(Object.keys(example)).toEqual([
        "id",
        "type",
        "event",
        "timestamp",
        "data",
        "seq",
        "actor",
        "entity",
      ]);
      expect(example).toMatchObject({ type, event: type });
      expect(Object.keys(example.data as object)).toEqual(
        expect.arrayContaining((schema.required as string[] | undefined) ?? []),
      );
      expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    }
  });
});

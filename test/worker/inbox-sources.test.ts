import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { processInbox } from "../../worker/features/inbox/process";
import type { InboxEvent, InboxLine, Source, SourceWithSecret } from "../../worker/features/inbox/schema";
import { OVERLAP_MS, SCHEMES } from "../../worker/features/inbox/words";
import { signAccessToken } from "../../worker/features/sessions/tokens";
import { rows } from "./facts";
import { callWith, ctxWith, lostQueue } from "./faults";
import { inboxRow, newSource, portalEvent, post, send, sent, signed, workOff } from "./incoming";
import { call, costOf, json, newOrg, type Org, type Person, settled, worker } from "./org";

let org: Org;
let admin: Person;
beforeAll(async () => {
  org = await newOrg();
  admin = await org.person("admin");
});
afterEach(() => {
  vi.useRealTimers();
});

const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  call(method, path, { token: admin.token, headers, ...(body ? { json: body } : {}) });
const event = () => JSON.stringify(portalEvent("an.event.nobody.knows", {}));

describe("a source", () => {
  it.each(SCHEMES)(
    "with the scheme %s is connected, with its secret and its address answered this once",
    async (scheme) => {
      const answer = await ask("POST", "/api/integrations/portal/connect", { name: "Portal", scheme });
      const made = await json<SourceWithSecret>(answer, 201);
      expect(made).toMatchObject({
        type: "portal",
        scheme,
        status: "enabled",
        acceptsWith: 202,
        ipAllowList: null,
      });
      expect(made.hookUrl).toBe(`https://portico.test/api/hooks/${made.id}`);
      expect(answer.headers.get("location")).toBe(`/api/integrations/${made.id}`);
      expect(Buffer.from(made.secret.replace("whsec_", ""), "base64").byteLength).toBeGreaterThanOrEqual(24);
      const shown = await json<Source>(await ask("GET", `/api/integrations/${made.id}`), 200);
      expect(shown).not.toHaveProperty("secret");
      const { secret: _, ...rest } = made;
      expect(shown).toEqual(rest);
      expect(JSON.stringify(await rows("select * from integrations where id = ?", made.id))).not.toContain(
        made.secret.slice(8, 30),
      );
      expect((await post(made, event())).status).toBe(202);
    },
  );

  it("is one of a list, the newest first, without those that are gone", async () => {
    const own = await newOrg();
    const boss = await own.person("admin");
    const made = [];
    for (const name of ["A", "B", "C"]) made.push(await newSource(boss, { name }));
    const gone = await call("DELETE", `/api/integrations/${made[1]?.id}`, { token: boss.token });
    expect(gone.status).toBe(204);
    const page = async (query: string) =>
      await json<{ data: Source[]; nextCursor: string | null }>(
        await call("GET", `/api/integrations?${query}`, { token: boss.token }),
        200,
      );
    const first = await page("limit=1");
    const second = await page(`limit=1&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
    expect([first, second].flatMap(({ data }) => data.map(({ name }) => name))).toEqual(["C", "A"]);
    expect(second.nextCursor).toBeNull();
    for (const method of ["GET", "DELETE"])
      expect((await call(method, `/api/integrations/${made[1]?.id}`, { token: boss.token })).status).toBe(
        404,
      );
  });

  it("is changed in what was sent, and refuses what is no address by its place", async () => {
    const source = await newSource(admin);
    const path = `/api/integrations/${source.id}`;
    const list = ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7"];
    const changed = await json<Source>(await ask("PATCH", path, { name: "Other", ipAllowList: list }), 200);
    expect(changed).toMatchObject({ name: "Other", ipAllowList: list, version: 2, status: "enabled" });
    const bad = { ipAllowList: ["203.0.113.0/33", "10.0.0.1", "example.com", "1.2.3"] };
    const problem = await json<{ errors: { path: string }[] }>(await ask("PATCH", path, bad), 422);
    expect(problem.errors.map((error) => error.path)).toEqual([
      "ipAllowList.0",
      "ipAllowList.2",
      "ipAllowList.3",
    ]);
    await json(await ask("PATCH", path, { name: "Late" }, { "if-match": '"1"' }), 412);
    expect((await ask("PATCH", path, { ipAllowList: null, status: "disabled" })).status).toBe(200);
    expect((await post(source, event())).status).toBe(401);
    await ask("PATCH", path, { status: "enabled" });
    expect((await post(source, event())).status).toBe(202);
  });

  it("counts both its secrets for 24 hours after a rotation, and the old one not a moment longer", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const old = await newSource(admin);
    const fresh = await json<SourceWithSecret>(await ask("POST", `/api/integrations/${old.id}/rotate`), 200);
    expect(fresh.secret).not.toBe(old.secret);
    expect(Date.parse(fresh.previousSecretUntil ?? "")).toBe(Date.now() + OVERLAP_MS);
    const both = async () => [(await post(old, event())).status, (await post(fresh, event())).status];
    expect(await both()).toEqual([202, 202]);
    vi.setSystemTime(Date.now() + OVERLAP_MS - 1);
    expect(await both()).toEqual([202, 202]);
    vi.setSystemTime(Date.now() + 1);
    expect(await both()).toEqual([401, 202]);
    // A sender that is changing over signs with both.
    const text = event();
    const one = signed("portal", old.secret, text)["x-portal-signature"];
    const two = signed("portal", fresh.secret, text)["x-portal-signature"]?.split(",")[1];
    expect((await post(old, text, { "x-portal-signature": `${one},${two}` })).status).toBe(202);
  });

  it("that is rotated twice knows the last two secrets", async () => {
    const first = await newSource(admin);
    const rotate = async () =>
      await json<SourceWithSecret>(await ask("POST", `/api/integrations/${first.id}/rotate`), 200);
    const [second, third] = [await rotate(), await rotate()];
    const statuses = [];
    for (const source of [first, second, third]) statuses.push((await post(source, event())).status);
    expect(statuses).toEqual([401, 202, 202]);
  });

  it("leaves each step in the audit trail, without its secret", async () => {
    const source = await newSource(admin, { name: "Audited" });
    await ask("PATCH", `/api/integrations/${source.id}`, { name: "Audited again" });
    await ask("POST", `/api/integrations/${source.id}/rotate`);
    await ask("DELETE", `/api/integrations/${source.id}`);
    const trail = await rows<{ action_type: string }>(
      "select * from audit_entries where entity_id = ? order by seq",
      source.id,
    );
    expect(trail.map((entry) => entry.action_type)).toEqual([
      "INTEGRATION_CONNECT",
      "INTEGRATION_UPDATE",
      "INTEGRATION_SECRET_ROTATE",
      "INTEGRATION_DELETE",
    ]);
    expect(JSON.stringify(trail)).not.toContain("whsec_");
    const [row] = await rows<{ secret: string }>("select secret from integrations where id = ?", source.id);
    expect(row?.secret).toBe("");
  });

  it("whose secret can't be opened takes nothing, and says that it is us", async () => {
    const source = await newSource(admin);
    const other = { PORTICO_KEY: Buffer.alloc(32, 9).toString("base64") };
    const text = event();
    const options = { body: text, headers: signed("portal", source.secret, text) };
    const answer = await callWith(other, "POST", `/api/hooks/${source.id}`, options);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("whsec_");
  });
});

describe("what came in", () => {
  let portal: SourceWithSecret;
  let good: { id: string };
  let bad: { id: string };
  beforeAll(async () => {
    portal = await newSource(admin, { name: "Inbox" });
    bad = await sent(org, portal, "planet.exploded", { about: "everything" });
    good = await sent(org, portal, "candidate.created", {
      candidate: { email: "in@box.test", name: "In Box" },
    });
  });
  const list = async (query = "") =>
    (
      await json<{ data: InboxLine[] }>(
        await ask("GET", `/api/webhooks/inbox?integrationId=${portal.id}${query}`),
        200,
      )
    ).data;

  it("is listed, the newest first, by source, type and status", async () => {
    const ids = (lines: InboxLine[]) => lines.map(({ id }) => id);
    expect(ids(await list())).toEqual([good.id, bad.id]);
    expect(ids(await list("&status=quarantined"))).toEqual([bad.id]);
    expect(ids(await list("&eventType=candidate.created"))).toEqual([good.id]);
    const page = await json<{ data: InboxLine[]; nextCursor: string }>(
      await ask("GET", `/api/webhooks/inbox?integrationId=${portal.id}&limit=1`),
      200,
    );
    expect(ids(await list(`&limit=1&cursor=${encodeURIComponent(page.nextCursor)}`))).toEqual([bad.id]);
    const [line] = await list("&status=processed");
    expect(line).toMatchObject({
      integrationName: "Inbox",
      status: "processed",
      attempts: 1,
      result: { candidateId: expect.stringMatching(/^cand_/) },
    });
  });

  it("is shown as it came, without what could sign or log in", async () => {
    const shown = await json<InboxEvent>(await ask("GET", `/api/webhooks/inbox/${bad.id}`), 200);
    expect(JSON.parse(shown.body)).toMatchObject({ data: { about: "everything" } });
    expect(shown.reason).toContain("planet.exploded");
    expect(JSON.stringify(shown.headers)).not.toMatch(/v1=|signature/);
  });

  it("is read in as few round trips as its list and itself need", async () => {
    await list();
    const answers = [
      await ask("GET", "/api/webhooks/inbox?limit=10"),
      await ask("GET", `/api/webhooks/inbox/${bad.id}`),
    ];
    // One more for the session, where its memory of five seconds ended.
    for (const answer of answers) expect(costOf(answer).trips).toBeLessThanOrEqual(2);
    expect(costOf(answers[1] as Response).read).toBeLessThan(8);
  });

  it("can be run again, with a note in the audit trail, also by an API key that may", async () => {
    const made = await ask("POST", "/api/api-keys", {
      name: "Ops",
      scopes: ["webhooks:read", "webhooks:write"],
    });
    const { key } = await json<{ key: string }>(made, 201);
    const by = (method: string, path: string) => call(method, path, { token: key });
    expect((await by("GET", "/api/webhooks/inbox")).status).toBe(200);
    expect((await by("GET", `/api/webhooks/inbox/${bad.id}`)).status).toBe(200);
    const line = await json<InboxLine>(await by("POST", `/api/webhooks/inbox/${bad.id}/retry`), 202);
    expect(line).toMatchObject({ id: bad.id, status: "received", reason: null, attempts: 0 });
    expect(await workOff(org, bad.id)).toMatchObject({ status: "quarantined" });
    const [entry] = await rows(
      "select * from audit_entries where entity_id = ? and action_type = 'INBOX_RETRY'",
      bad.id,
    );
    expect(entry).toMatchObject({ actor_kind: "api_key" });
    expect((await by("GET", "/api/integrations")).status).toBe(403);
  });

  it("is worked off in five round trips: its claim, whom it is about, the verb's two, what waited for it", async () => {
    const body = JSON.stringify(
      portalEvent("candidate.created", { candidate: { email: "few@box.test", name: "Few" } }),
    );
    const options = { body, headers: signed("portal", portal.secret, body) };
    const answer = await callWith({ EVENTS_QUEUE: lostQueue }, "POST", `/api/hooks/${portal.id}`, options);
    const { id } = await json<{ id: string }>(answer, 202);
    const ctx = ctxWith(org.ctx, {});
    await processInbox(ctx, id);
    await settled();
    expect(ctx.db.meter.roundTrips).toBe(5);
    expect((await inboxRow(id)).status).toBe("processed");
  });

  it("of a person who is erased says nothing of them any more, and stays a repeat", async () => {
    const canary = "erased.canary@box.test";
    const candidate = { email: canary, name: "Canary Bird", externalId: "canary-1" };
    const created = portalEvent("candidate.created", { candidate });
    const first = await send(portal, created);
    const { ids } = await workOff(org, first);
    const result = { candidate: { email: canary }, assessment: { type: "song", summary: "canary sings" } };
    const done = await sent(org, portal, "assessment.completed", result);
    const unclear = await sent(org, portal, "offer.accepted", { candidate: { email: canary } });
    expect(unclear.status).toBe("quarantined");
    expect((await ask("DELETE", `/api/candidates/${ids.candidateId}`)).status).toBe(204);
    const tables = ["inbox_events", "portal_assessments", "external_ids", "integrations"];
    for (const table of tables) {
      const text = JSON.stringify(await rows(`select * from ${table} where org_id = ?`, org.id));
      expect(text.toLowerCase(), table).not.toContain("canary");
    }
    expect((await post(portal, JSON.stringify(created))).status).toBe(200);
    expect((await ask("POST", `/api/webhooks/inbox/${done.id}/retry`)).status).toBe(409);
  });
});

describe("who may see it", () => {
  it("is admins alone, of the organization alone", async () => {
    const source = await newSource(admin);
    const id = await send(source, portalEvent("x", {}));
    const paths = [`/api/integrations/${source.id}`, `/api/webhooks/inbox/${id}`];
    const stranger = await (await newOrg()).person("admin");
    for (const path of paths) {
      for (const role of ["recruiter", "client_user", "candidate"] as const)
        expect((await call("GET", path, { token: (await org.person(role)).token })).status).toBe(403);
      expect((await call("GET", path, { token: stranger.token })).status).toBe(404);
    }
    const claims = { userId: admin.user.id, orgId: org.id, sessionId: "ses_none" };
    const token = await signAccessToken(worker, claims, Date.now());
    expect((await call("GET", paths[0] ?? "", { token })).status).toBe(401);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { calm, count, outboxOf, rows } from "./facts";
import { applicant, FORM, type Hiring, newHiring } from "./hiring";
import { call, costOf, json, newOrg, type Org, worker } from "./org";
import { closeAll, connect, pause, upgrade } from "./sockets";

const DAY = 24 * 60 * 60 * 1000;
let org: Org;
let hiring: Hiring;
let job: Job;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  org = await newOrg();
  hiring = await newHiring(org);
  job = await json<Job>(
    await send("POST", "/api/jobs/complete", {
      job: { clientId: hiring.clientId, title: "Night lead" },
      form: { fields: FORM },
      workflow: {
        stages: [
          {
            name: "CANARY inbox",
            description: "CANARY description",
            publicName: "We have it",
            publicNext: "Somebody reads it.",
            replyByDays: 3,
            actions: [{ type: "email", template: "application_received" }],
          },
          { name: "CANARY maybe pile" },
          { name: "CANARY talk", publicName: "A talk", replyByDays: 5 },
          { name: "CANARY yes", kind: "hired" },
          { name: "CANARY no", kind: "rejected" },
        ],
      },
    }),
    201,
  );
});
afterEach(async () => {
  await closeAll();
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
/** Lets days pass, after which the recruiter has to log in again. */
async function passDays(days: number): Promise<void> {
  pass(days * DAY);
  hiring.recruiter = await org.person("recruiter", "Rea Cruz");
}
const send = (method: string, path: string, body?: object, by = hiring.recruiter) =>
  call(method, path, { token: by.token, ...(body ? { json: body } : {}) });
const move = (id: string, stage: string, more: object = {}) =>
  send("POST", `/api/applications/${id}/move-stage`, { stage, ...more });
const keyOf = (name: string) => job.stages.find((stage) => stage.name === `CANARY ${name}`)?.key ?? "";

/** The newest personal link in somebody's mails, as a path. */
async function linkOf(email: string): Promise<string> {
  await calm(org);
  const mails = await rows<{ text: string }>(
    "select body_text as text from outbox where to_address = ? order by at, rowid",
    email,
  );
  const found = mails.flatMap(({ text }) => /\/status\/[\w-]{43}/.exec(text)?.[0] ?? []);
  const [newest] = found.slice(-1);
  if (!newest) throw new Error(`No link was mailed to ${email}: ${JSON.stringify(mails)}`);
  return newest;
}

/** Somebody who applied, and the link that they were mailed. */
async function kim(more: Record<string, unknown> = {}) {
  const email = `kim.${Math.random().toString(36).slice(2)}@people.test`;
  const application = await applicant(hiring.recruiter, job, { email, ...more });
  return { id: application.id, email, path: await linkOf(email) };
}

/** A browser: it keeps the cookies that it is given. */
function browser() {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    cookie,
    ask: async (method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit) => {
      const sent = { ...headers, ...(jar.size > 0 ? { cookie: cookie() } : {}) };
      const answer = await call(method, path, { headers: sent, ...(body === undefined ? {} : { body }) });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      return answer;
    },
  };
}
type Browser = ReturnType<typeof browser>;
const page = async (who: Browser, path: string, status = 200) => {
  const answer = await who.ask("GET", path);
  expect(answer.status).toBe(status);
  return await answer.text();
};

describe("the page behind a personal link", () => {
  it("says where one stands, what happens next, and until when an answer is promised", async () => {
    const { id, path } = await kim();
    const mine = browser();
    const first = await page(mine, path);
    expect(first).toContain("Night lead");
    expect(first).toContain("We have it");
    expect(first).toContain("Somebody reads it.");
    expect(first).toContain("promises you an answer by");
    await passDays(4);
    expect(await page(mine, path)).toContain("It is late; we told the team.");
    await json(await move(id, keyOf("maybe pile")), 200);
    // No words were given for this one: those of its status.
    const second = await page(mine, path);
    expect(second).toContain("Being read");
    expect(second).not.toContain("It is late");
    await json(await move(id, keyOf("no"), { reason: "CANARY reason" }), 200);
    const last = await page(mine, path);
    expect(last).toContain("Not going on");
    expect(last).toContain("Thank you for the time");
    expect(last).not.toContain("Withdraw my application");
  });

  it("says the same to programs, and nothing for a secret that opens no link", async () => {
    const { id, path, email } = await kim({ lastName: "CANARY-last" });
    const token = path.split("/").at(-1) ?? "";
    const ask = (secret: string) => call("GET", `/api/applications/status?token=${secret}`);
    const text = await (await ask(token)).text();
    expect(JSON.parse(text)).toMatchObject({
      job: { title: "Night lead" },
      stage: "We have it",
      next: "Somebody reads it.",
      history: [{ stage: "We have it" }],
      promise: { late: false },
    });
    for (const secret of ["CANARY", email]) expect(text).not.toContain(secret);
    await json(await move(id, keyOf("maybe pile")), 200);
    const later = await json<{ stage: string; history: unknown[] }>(await ask(token), 200);
    expect(later.stage).toBe("Being read");
    expect(later.history).toHaveLength(2);
    const unknown = await json<{ requestId?: string }>(await ask("b".repeat(43)), 404);
    const nonsense = await json<{ requestId?: string }>(await ask("x"), 404);
    expect({ ...nonsense, requestId: "" }).toEqual({ ...unknown, requestId: "" });
    await json(await call("GET", "/api/applications/status"), 422);
    // Once a browser keeps the link, a program that was forwarded it sees nothing.
    const mine = browser();
    await page(mine, path);
    await page(mine, path);
    await json(await ask(token), 404);
  });

  it("shows nothing that the team keeps for itself, nor anything of anybody else", async () => {
    const { id, path } = await kim({ firstName: "Kim", lastName: "CANARY-last", phone: "+49 30 5550199" });
    await applicant(hiring.recruiter, job, { firstName: "CANARY-other" });
    const change = {
      rating: 4,
      tags: ["CANARY-tag"],
      starred: true,
      notes: "CANARY notes",
      internalNotes: "CANARY internal",
      source: "CANARY source",
    };
    await json(await send("PATCH", `/api/applications/${id}`, change), 200);
    const { candidateId } = await json<Application>(await send("GET", `/api/applications/${id}`), 200);
    await json(await send("POST", `/api/candidates/${candidateId}/notes`, { text: "CANARY note" }), 201);
    const mine = browser();
    for (const stage of ["maybe pile", "talk", "no"]) {
      await json(await move(id, keyOf(stage), { reason: "CANARY reason" }), 200);
      const html = await page(mine, path);
      expect(html).not.toMatch(/canary/i);
      expect(html).not.toContain("Nordwind");
      expect(html).not.toContain("5550199");
      expect(html).not.toContain(hiring.recruiter.user.lastName);
      for (const secret of [id, candidateId, job.id, job.pipelineId, org.id])
        expect(html).not.toContain(secret);
    }
  });

  it("is kept by nobody on the way, listed nowhere, and tells nobody its address", async () => {
    const { path } = await kim();
    const answer = await browser().ask("GET", path);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-status-[0-9a-f]{16}=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("leaves out a move that was taken back", async () => {
    const { id, path } = await kim();
    const { batchId } = await json<{ batchId: string }>(await move(id, keyOf("talk")), 200);
    const mine = browser();
    expect(await page(mine, path)).toContain("A talk");
    await json(await send("POST", `/api/bulk/${batchId}/undo`), 200);
    const history = /<ol class="status-history".*?<\/ol>/s.exec(await page(mine, path))?.[0] ?? "";
    expect(history).toContain("We have it");
    expect(history).not.toContain("A talk");
  });

  it("costs one round trip, one browser or another, and a look without news answers with nothing", async () => {
    const { path } = await kim();
    const mine = browser();
    const first = await mine.ask("GET", path);
    expect(costOf(first).trips).toBe(1);
    expect(costOf(first).read).toBeLessThanOrEqual(80);
    const second = await mine.ask("GET", path);
    expect(costOf(second).trips).toBe(1);
    const etag = second.headers.get("etag") ?? "";
    expect(etag).toBe(first.headers.get("etag"));
    const look = await mine.ask("GET", path, { "x-look": "1", "if-none-match": etag });
    expect(look.status).toBe(304);
    expect(await look.text()).toBe("");
    expect(costOf(look)).toMatchObject({ trips: 1, written: 0 });
  });
});

describe("whose the link is", () => {
  it("the first browser that comes back keeps it; whoever it is forwarded to sees nothing", async () => {
    const { path, email } = await kim();
    const [mine, friend] = [browser(), browser()];
    await page(mine, path);
    await page(mine, path);
    const elsewhere = await page(friend, path, 404);
    expect(elsewhere).not.toContain("Night lead");
    expect(elsewhere).not.toContain(org.slug);
    expect(elsewhere).toContain("Mail me a new link");
    // A cookie that was made up opens nothing either.
    const name = mine.cookie().split("=")[0];
    expect((await call("GET", path, { headers: { cookie: `${name}=${"a".repeat(43)}` } })).status).toBe(404);
    // Nor does anything but looking.
    for (const act of ["keep", "withdraw", "interviews/x/book"])
      expect((await friend.ask("POST", `${path}/${act}`)).status).toBe(404);
    expect((await upgrade(`${path}/live`)).status).toBe(404);
    // The friend may ask, and the person gets it.
    expect((await friend.ask("POST", `${path}/renew`)).status).toBe(200);
    const fresh = await vi.waitFor(async () => {
      const newest = await linkOf(email);
      expect(newest).not.toBe(path);
      return newest;
    });
    expect(await page(friend, fresh)).toContain("Night lead");
    expect(await page(mine, path)).toContain("Night lead");
  });

  it("whatever only looks at it, as mail services do, locks nobody out", async () => {
    const { path } = await kim();
    for (let i = 0; i < 3; i++) await page(browser(), path);
    const scanner = browser();
    await page(scanner, path);
    // It even runs the page's script, which looks without keeping.
    expect((await scanner.ask("GET", path, { "x-look": "1" })).status).toBe(200);
    (await connect(`${path}/live`, { headers: { cookie: scanner.cookie() } })).close();
    const mine = browser();
    await page(mine, path);
    expect((await mine.ask("POST", `${path}/keep`)).status).toBe(204);
    expect(await page(mine, path)).toContain("Night lead");
    await page(scanner, path, 404);
  });

  it("one that is guessed, too old, cut short or another browser's gets the same page", async () => {
    const { path } = await kim();
    const mine = browser();
    await page(mine, path);
    await page(mine, path);
    const bare = (html: string) => html.replaceAll(/\/status\/[\w-]+/g, "");
    const other = bare(await page(browser(), path, 404));
    const guessed = bare(await page(browser(), `/status/${"b".repeat(43)}`, 404));
    const cut = bare(await page(browser(), path.slice(0, -3), 404));
    pass(61 * DAY);
    const old = bare(await page(mine, path, 404));
    expect(new Set([other, guessed, cut, old]).size).toBe(1);
    // The old one can still be answered with a new one.
    expect((await mine.ask("POST", `${path}/renew`)).status).toBe(200);
  });

  it("goes with the application", async () => {
    const { id, path } = await kim();
    await page(browser(), path);
    expect((await send("DELETE", `/api/applications/${id}`)).status).toBe(204);
    await page(browser(), path, 404);
    expect(await count("select count(*) from status_links where application_id = ?", id)).toBe(0);
  });

  it("is stored as a hash only", async () => {
    const { id, path } = await kim();
    const secret = path.split("/").at(-1) ?? "";
    const stored = await rows("select * from status_links where application_id = ?", id);
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe("what its holder can do", () => {
  it("withdraw, once; the team reads who did", async () => {
    const { id, path } = await kim();
    const mine = browser();
    expect(await page(mine, path)).toContain("Yes, withdraw it");
    for (let i = 0; i < 2; i++) {
      const done = await mine.ask("POST", `${path}/withdraw`);
      expect(done.status).toBe(303);
      expect(done.headers.get("location")).toBe(path);
    }
    expect(await page(mine, path)).toContain("Withdrawn");
    const seen = await json<Application>(await send("GET", `/api/applications/${id}`), 200);
    expect(seen).toMatchObject({ stageKind: "withdrawn", reason: expect.stringContaining("withdrew") });
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type = 'application.status_changed'",
        id,
      ),
    ).toBe(1);
  });

  it("is nothing of the API, by link or by cookie", async () => {
    const { id, path } = await kim();
    const mine = browser();
    await page(mine, path);
    await page(mine, path);
    const secret = path.split("/").at(-1);
    for (const headers of [
      { cookie: mine.cookie() },
      { authorization: `Bearer ${secret}` },
      { cookie: `__Host-portico=${secret}` },
    ] as Record<string, string>[]) {
      for (const url of [
        `/api/applications/${id}`,
        `/api/applications/${id}/history`,
        "/api/me/home",
        `/api/pipelines/${job.pipelineId}/board`,
        `/api/pipelines/${job.pipelineId}/changes?since=0`,
      ])
        expect((await call("GET", url, { headers })).status).toBe(401);
      for (const socket of [`/api/pipelines/${job.pipelineId}/live`, "/api/me/live"])
        expect((await upgrade(socket, { headers })).status).toBe(401);
    }
  });

  it("hear by a socket that there is something new, and not what", async () => {
    const { id, path } = await kim();
    const other = await kim();
    const mine = browser();
    await page(mine, path);
    const live = await connect(`${path}/live`, { headers: { cookie: mine.cookie() } });
    expect(live.frames).toEqual([{ type: "hello" }]);
    await json(await move(other.id, keyOf("talk"), { reason: "CANARY" }), 200);
    await json(await send("PATCH", `/api/applications/${id}`, { rating: 2 }), 200);
    await pause(100);
    expect(live.frames).toHaveLength(1);
    await json(await move(id, keyOf("talk"), { reason: "CANARY" }), 200);
    await live.until("the word", () => live.frames.length > 1);
    expect(live.frames.slice(1)).toEqual([{ type: "changed" }]);
    // Somebody else keeps the link now: the next thing that happens is not for this socket.
    const first = browser();
    await page(first, path);
    await page(first, path);
    pass(6000);
    await json(await move(id, keyOf("maybe pile")), 200);
    await live.until("the end", () => live.closed !== null);
    expect(live.closed?.code).toBe(4401);
    expect(live.frames.filter(({ type }) => (type as string) === "changed")).toHaveLength(1);
  });

  it("is refused from other sites", async () => {
    const { path } = await kim();
    const answer = await upgrade(`${path}/live`, { headers: { origin: "https://evil.test" } });
    expect(answer.webSocket).toBeFalsy();
  });
});

it("whoever has a login reads the same words, on every route and socket, and never a stage's own name", async () => {
  const lea = await org.person("candidate", "Lea Login");
  const made = await json<Application>(
    await send("POST", "/api/applications", { job: job.id, candidateId: lea.user.candidateId }),
    201,
  );
  await calm(org);
  const live = await connect("/api/me/live", { token: lea.token });
  await json(await move(made.id, keyOf("talk"), { reason: "CANARY reason" }), 200);
  await calm(org);
  await live.until("the move", () => live.events.length > 0);
  const read = async (path: string) => {
    const answer = await send("GET", path, undefined, lea);
    expect(answer.status).toBe(200);
    return await answer.text();
  };
  const all = [
    JSON.stringify(live.frames),
    await read(`/api/applications/${made.id}`),
    await read(`/api/pipelines/${job.pipelineId}/changes?since=0`),
    await read("/api/notifications"),
    ...(await rows<{ text: string }>(
      "select subject || body_text as text from emails where to_address = ?",
      lea.user.email,
    ).then((mails) => mails.map(({ text }) => text))),
  ];
  for (const text of all) expect(text).not.toMatch(/canary/i);
  expect(await read(`/api/applications/${made.id}`)).toContain("A talk");
  const left = await json<Application>(
    await send("POST", `/api/applications/${made.id}/withdraw`, {}, lea),
    200,
  );
  expect(left).toMatchObject({ stage: "withdrawn", stageName: "Withdrawn" });
});

describe("what is asked of somebody without a login", () => {
  it("leads to their own page, which says it", async () => {
    const { id, email, path } = await kim();
    const { candidateId } = await json<Application>(await send("GET", `/api/applications/${id}`), 200);
    await json(
      await send("POST", "/api/documents/requests", { candidateId, type: "id", message: "Both sides." }),
      201,
    );
    const fresh = await linkOf(email);
    expect(fresh).not.toBe(path);
    const mine = browser();
    const html = await page(mine, fresh);
    expect(html).toContain("Identity document");
    expect(html).toContain("Both sides.");
    expect(html).toContain("Make an account to send it");
  });

  it("interviews are chosen from, and the chosen time is theirs", async () => {
    const { id, path } = await kim();
    const start = new Date(Date.now() + 2 * DAY).toISOString();
    const made = await json<{ id: string }>(
      await send("POST", "/api/interviews", {
        applicationId: id,
        timeZone: "Europe/Berlin",
        proposedSlots: [{ start }],
        interviewerIds: [hiring.recruiter.user.id],
        roundName: "First round",
      }),
      201,
    );
    const mine = browser();
    const html = await page(mine, path);
    expect(html).toContain("First round");
    expect(html).not.toContain(hiring.recruiter.user.lastName);
    const slot = /name="slot" value="([^"]+)"/.exec(html)?.[1] ?? "";
    expect(slot).not.toBe("");
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const booked = await mine.ask("POST", `${path}/interviews/${made.id}/book`, form, `slot=${slot}`);
    expect(booked.status).toBe(303);
    expect(await page(mine, path)).toContain("By video, 45 minutes, with Rea");
    // Nobody books by another person's link.
    const other = await kim();
    const refused = await browser().ask(
      "POST",
      `${other.path}/interviews/${made.id}/book`,
      form,
      `slot=${slot}`,
    );
    expect(refused.status).toBe(404);
  });
});

describe("a link sent again", () => {
  const ask = (email: string, more: object = {}) =>
    call("POST", "/api/applications/status/resend", {
      json: { org: org.slug, job: job.slug, email, ...more },
    });

  it("is answered alike, whether anybody applied or not", async () => {
    const { email, path } = await kim();
    const [known, unknown, noJob] = [
      await ask(email),
      await ask("nobody@people.test"),
      await ask(email, { job: "no-such-job" }),
    ];
    const said = await json(known, 202);
    expect(await json(unknown, 202)).toEqual(said);
    expect(await json(noJob, 202)).toEqual(said);
    for (const answer of [known, unknown, noJob])
      expect([...answer.headers.keys()].sort()).toEqual([...known.headers.keys()].sort());
    await vi.waitFor(async () => expect(await linkOf(email)).not.toBe(path));
    expect(await page(browser(), await linkOf(email))).toContain("Night lead");
    expect(await outboxOf("nobody@people.test")).toEqual([]);
    expect(
      await count("select count(*) from emails where org_id = ? and template = 'status_link'", org.id),
    ).toBe(1);
  });

  it("goes to nobody of another organization", async () => {
    const { email } = await kim();
    const other = await newOrg();
    await json(await ask(email, { org: other.slug }), 202);
    await pause(50);
    expect(
      await count("select count(*) from emails where template = 'status_link' and to_address = ?", email),
    ).toBe(0);
  });

  it("comes once in ten minutes and five times a day in a deployment", async () => {
    const { email } = await kim();
    const sent = () =>
      count("select count(*) from emails where template = 'status_link' and to_address = ?", email);
    const { resendByEmail } = await import("../../worker/features/status/resend");
    const ctx = { ...org.ctx, env: { ...worker, MODE: "deployed" } };
    for (let i = 0; i < 3; i++) await resendByEmail(ctx, { job: job.id, email });
    expect(await sent()).toBe(1);
    for (let i = 0; i < 8; i++) {
      pass(10 * 60_000 + 1);
      await resendByEmail(ctx, { job: job.id, email });
    }
    expect(await sent()).toBe(5);
    pass(DAY);
    await resendByEmail(ctx, { job: job.id, email });
    expect(await sent()).toBe(6);
  });
});

it("old links are swept once nobody can ask for a new one by them", async () => {
  const { id } = await kim();
  const { sweep } = await import("../../worker/cron/sweep");
  pass(200 * DAY);
  await sweep(worker, () => {});
  expect(await count("select count(*) from status_links where application_id = ?", id)).toBe(1);
  pass(50 * DAY);
  await sweep(worker, () => {});
  expect(await count("select count(*) from status_links where application_id = ?", id)).toBe(0);
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { calm, moved } from "./facts";
import { lineBroken, watchedDb } from "./faults";
import { call, json, newOrg, type Org, type Person, worker } from "./org";
import { channel, closeAll, connect, pause, seqsAfter, swapDb, upgrade, watch, watchOwn } from "./sockets";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(async () => {
  await closeAll();
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const ORIGIN = "https://portico.test";

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter", "Rea Cruz"), await org.agent("Ada Lund")];
  await calm(org);
  return { org, recruiter, ada, pool: `/api/pipelines/${org.pipelineId}/live` };
}
async function ticketOf(by: Person): Promise<string> {
  const made = await json<{ ticket: string; expiresIn: number }>(
    await call("POST", "/api/live/ticket", { token: by.token }),
    201,
  );
  expect(made.expiresIn).toBe(30);
  return made.ticket;
}
async function refused(status: number, ...ask: Parameters<typeof upgrade>): Promise<void> {
  const answer = await upgrade(...ask);
  expect(answer.webSocket).toBeFalsy();
  await json(answer, status);
}

describe("a ticket", () => {
  it("opens one socket, once", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const ticket = await ticketOf(recruiter);
    const live = await connect(`${pool}?ticket=${ticket}`);
    await moved(recruiter, ada.agent.id, "screening");
    await live.until("the move", () => live.seqs.length === 1);
    await refused(401, `${pool}?ticket=${ticket}`);
    expect(live.seqs).toEqual(await seqsAfter(org, live.hello?.seq ?? 0));
  });

  it("lets one in of ten who try it at the same moment", async () => {
    const { recruiter, pool } = await setting();
    const ticket = await ticketOf(recruiter);
    const answers = await Promise.all(Array.from({ length: 10 }, () => upgrade(`${pool}?ticket=${ticket}`)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([101, ...new Array<number>(9).fill(401)]);
    for (const answer of answers) {
      answer.webSocket?.accept();
      answer.webSocket?.close(1000);
    }
  });

  it("is good for thirty seconds", async () => {
    const { recruiter, pool } = await setting();
    const [early, late] = [await ticketOf(recruiter), await ticketOf(recruiter)];
    pass(29_000);
    await connect(`${pool}?ticket=${early}`);
    pass(1_001);
    await refused(401, `${pool}?ticket=${late}`);
  });

  it("is no password: not for a request, not for another's data, not after the session", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const ticket = await ticketOf(ada);
    expect((await call("GET", "/api/auth/me", { token: ticket })).status).toBe(401);
    expect((await call("GET", `/api/auth/me?ticket=${ticket}`)).status).toBe(401);
    const live = await connect(`${pool}?ticket=${ticket}`);
    const bo = await org.agent("Bo Beck");
    await moved(recruiter, bo.agent.id, "screening");
    await pause(50);
    expect(live.events).toEqual([]);
    const afterwards = await ticketOf(ada);
    expect((await call("POST", "/api/auth/logout", { token: ada.token, json: {} })).status).toBe(204);
    await refused(401, `${pool}?ticket=${afterwards}`);
  });

  it("that is none is a 401", async () => {
    const { pool } = await setting();
    for (const ticket of ["", "x", "a".repeat(43), "%00"]) await refused(401, `${pool}?ticket=${ticket}`);
  });
});

describe("a browser's cookie", () => {
  const cookieOf = (by: Person, origin?: string) => ({
    headers: { cookie: `__Host-portico=${by.token}`, ...(origin === undefined ? {} : { origin }) },
  });

  it("opens a socket from our own pages", async () => {
    const { recruiter, pool } = await setting();
    const live = await connect(pool, cookieOf(recruiter, ORIGIN));
    expect(live.viewers).toEqual(["Rea Cruz"]);
  });

  it("opens none from another site", async () => {
    const { recruiter, pool } = await setting();
    for (const origin of [
      "https://evil.test",
      "null",
      "https://portico.test.evil.test",
      "http://portico.test",
      "https://portico.test:444",
    ]) {
      await refused(403, pool, cookieOf(recruiter, origin));
      await refused(403, "/api/me/live", cookieOf(recruiter, origin));
    }
  });

  it("doesn't make a bearer's Origin matter", async () => {
    const { recruiter, pool } = await setting();
    await connect(pool, { token: recruiter.token, headers: { origin: "https://evil.test" } });
  });
});

describe("a socket is refused", () => {
  it("without credentials and with bad ones", async () => {
    const { ada, pool } = await setting();
    for (const path of [pool, "/api/me/live"]) {
      await refused(401, path);
      await refused(401, path, { token: "nonsense" });
      await refused(401, path, { token: `${ada.token}x` });
      await refused(401, path, { headers: { cookie: "__Host-portico=nonsense" } });
    }
  });

  it("as absent for another organization's pipeline, whoever asks and however", async () => {
    const [one, two] = [await setting(), await setting()];
    for (const by of [two.recruiter, two.ada, await two.org.person("admin")]) {
      await refused(404, one.pool, { token: by.token });
      await refused(404, `${one.pool}?ticket=${await ticketOf(by)}`);
    }
    await refused(404, "/api/pipelines/pipe_nowhere/live", { token: one.recruiter.token });
    await json(
      await call("GET", one.pool.replace("live", "changes?since=0"), { token: two.recruiter.token }),
      404,
    );
  });

  it("to those who have nothing to see in a pipeline", async () => {
    const { org, pool } = await setting();
    const candidate = await org.person("candidate");
    const answer = await upgrade(pool, { token: candidate.token });
    expect([403, 404]).toContain(answer.status);
    await watchOwn(candidate);
  });

  it("for a request that asks for no upgrade, or resumes from nowhere", async () => {
    const { recruiter, pool } = await setting();
    await json(await call("GET", pool, { token: recruiter.token }), 400);
    for (const since of ["-1", "x", "1.5", "1e3", "9".repeat(30)]) {
      await refused(400, `${pool}?since=${since}`, { token: recruiter.token });
    }
  });
});

describe("a session that ends", () => {
  const ended = async (
    end: (by: Person & { agent?: unknown }, org: Org) => Promise<unknown>,
    whose: (setting: Awaited<ReturnType<typeof newOrg>>) => Promise<Person>,
  ) => {
    const { org, recruiter, ada } = await setting();
    const leaver = await whose(org);
    const [live, other] = [await watch(leaver, org), await watch(recruiter, org)];
    await moved(recruiter, ada.agent.id, "screening");
    await live.until("the move", () => live.seqs.length === 1);
    await end(leaver, org);
    pass(5_001);
    await moved(recruiter, ada.agent.id, "documents");
    await other.until("both moves", () => other.seqs.length === 2);
    await live.until("closing", () => live.closed !== null);
    expect(live.seqs, "nothing after the end").toHaveLength(1);
    expect(live.closed?.code).toBe(4401);
    expect(live.frames.at(-1)).toEqual({ type: "error", detail: "Your session has ended. Log in again." });
    await moved(recruiter, ada.agent.id, "assessment");
    await other.until("the third move", () => other.seqs.length === 3);
    expect(other.closed).toBe(null);
    await other.until("leaving", () => other.viewers?.length === 1);
    expect(live.seqs).toHaveLength(1);
  };

  it("by logging out closes its socket before that sees what comes later", async () => {
    await ended(
      async (by) => {
        expect((await call("POST", "/api/auth/logout", { token: by.token, json: {} })).status).toBe(204);
      },
      (org) => org.person("recruiter", "Lea Leaver"),
    );
  });

  it("because its user was disabled closes its socket too", async () => {
    await ended(
      async (by, org) => {
        const admin = await org.person("admin", "Ann Boss");
        const path = `/api/users/${by.user.id}`;
        await json(await call("PATCH", path, { token: admin.token, json: { status: "disabled" } }), 200);
      },
      (org) => org.person("recruiter", "Lea Leaver"),
    );
  });

  it("because its user has another role now closes its socket too", async () => {
    await ended(
      async (by, org) => {
        const admin = await org.person("admin", "Ann Boss");
        const path = `/api/users/${by.user.id}`;
        await json(await call("PATCH", path, { token: admin.token, json: { role: "admin" } }), 200);
      },
      (org) => org.person("recruiter", "Lea Leaver"),
    );
  });

  it("of old age closes its socket too", async () => {
    const { org, recruiter, ada } = await setting();
    const live = await watch(recruiter, org);
    const admin = await org.person("admin");
    const past = worker.DB.prepare("update sessions set expires_at = ? where id = ?");
    await past.bind(Date.now() - 1, recruiter.sessionId).run();
    await moved(admin, ada.agent.id, "screening");
    await live.until("closing", () => live.closed !== null);
    expect(live.events).toEqual([]);
  });

  it("is found out with the next event if D1 was away at the first", async () => {
    const { org, recruiter, ada } = await setting();
    const admin = await org.person("admin");
    const live = await watch(recruiter, org);
    const stub = channel(`pipeline:${org.pipelineId}`);
    let away = true;
    const DB = watchedDb({
      before: () => {
        if (away) throw lineBroken();
      },
    });
    await swapDb(stub, DB);
    expect((await call("POST", "/api/auth/logout", { token: recruiter.token, json: {} })).status).toBe(204);
    pass(5_001);
    await moved(admin, ada.agent.id, "screening");
    await pause(50);
    away = false;
    await moved(admin, ada.agent.id, "documents");
    await live.until("closing", () => live.closed !== null);
    expect(live.events).toEqual([]);
  });
});

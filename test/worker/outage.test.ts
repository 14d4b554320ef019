import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import { calm, checkPool, count, moved, pathOf, rows, written } from "./facts";
import { callWith, envWith, isCommit, lineBroken, watchedDb } from "./faults";
import { call, json, newOrg, worker } from "./org";
import { formOf, objectsOf, remove, type StoredDocument, send, uploaded } from "./uploads";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  // The session is known, so that nothing but the request itself asks D1.
  for (const { token } of [recruiter, ada]) await json(await call("GET", "/api/auth/me", { token }), 200);
  await calm(org);
  return { org, recruiter, ada };
}

/** D1 that breaks at the first commit and stays away. */
function breaksAtCommit(where: "before" | "after"): D1Database {
  let broken = false;
  return watchedDb({
    before: (sql) => {
      if (where === "before" && isCommit(sql)) broken = true;
      if (broken) throw lineBroken();
    },
    after: (sql) => {
      if (!isCommit(sql)) return;
      broken = true;
      throw lineBroken();
    },
  });
}

function isUnavailable(answer: Response, body: Record<string, unknown>): void {
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(body).toMatchObject({ status: 503, type: "unavailable" });
  expect(body.detail).not.toMatch(/D1_|sql|network/i);
}

async function runSweep(env = worker): Promise<void> {
  const work: Promise<unknown>[] = [];
  await sweep(env, (one) => work.push(one));
  await Promise.all(work);
}

describe("D1 that fails before the commit", () => {
  it("is a 503 that changed nothing, and the same request works later", async () => {
    const { org, recruiter, ada } = await setting();
    const before = await written(org);
    const path = `/api/agents/${ada.agent.id}/status`;
    const request = { token: recruiter.token, json: { status: "screening" } };
    const answer = await callWith({ DB: breaksAtCommit("before") }, "PUT", path, request);
    isUnavailable(answer, await json(answer, 503));
    expect(await written(org)).toEqual(before);
    await json(await call("PUT", path, request), 200);
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening"]);
    await checkPool(org);
  });

  it("already when the session is looked up is a 503 too, never a 401", async () => {
    const { org, recruiter } = await setting();
    const away = watchedDb({
      before: () => {
        throw lineBroken();
      },
    });
    pass(6_000);
    for (const path of ["/api/auth/me", `/api/pipelines/${org.pipelineId}/board`, "/api/agents"]) {
      const answer = await callWith({ DB: away }, "GET", path, { token: recruiter.token });
      isUnavailable(answer, await json(answer, 503));
    }
  });
});

describe("D1 that commits and loses the reply", () => {
  const key = (name: string) => ({ "idempotency-key": name });

  it("of a move: 503, and repeating it finds the person there, with one event", async () => {
    const { org, recruiter, ada } = await setting();
    const path = `/api/agents/${ada.agent.id}/status`;
    const request = { token: recruiter.token, json: { status: "screening" } };
    const answer = await callWith({ DB: breaksAtCommit("after") }, "PUT", path, request);
    isUnavailable(answer, await json(answer, 503));
    expect(await json(await call("PUT", path, request), 200)).toMatchObject({
      status: "screening",
      version: 2,
    });
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening"]);
    await checkPool(org);
  });

  it("of a keyed upload: 503, and the same key gives the original, with one event and one object", async () => {
    const { org, ada } = await setting();
    const request = () => formOf(ada, { headers: key("upload-1") });
    const path = "/api/documents/upload";
    const answer = await callWith({ DB: breaksAtCommit("after") }, "POST", path, request());
    isUnavailable(answer, await json(answer, 503));
    const again = await call("POST", path, request());
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const document = await json<StoredDocument>(again, 201);
    expect(again.headers.get("location")).toBe(`/api/documents/${document.id}`);
    expect(await rows("select id from documents where org_id = ?", org.id)).toEqual([{ id: document.id }]);
    expect(
      await count("select count(*) from events where org_id = ? and type = 'document.uploaded'", org.id),
    ).toBe(1);
    expect(await objectsOf(org)).toHaveLength(1);
  });

  it("once only: the keyed request itself finds its answer", async () => {
    const { org, ada } = await setting();
    let lost = false;
    const DB = watchedDb({
      after: (sql) => {
        if (lost || !isCommit(sql)) return;
        lost = true;
        throw lineBroken();
      },
    });
    const request = formOf(ada, { headers: key("upload-2") });
    const document = await json<StoredDocument>(
      await callWith({ DB }, "POST", "/api/documents/upload", request),
      201,
    );
    expect(await rows("select id from documents where org_id = ?", org.id)).toEqual([{ id: document.id }]);
  });

  it("of a keyed undo: 503, and the same key says what it did", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    const path = `/api/bulk/${batchId}/undo`;
    const request = { token: recruiter.token, headers: key(`undo-${batchId}`) };
    const answer = await callWith({ DB: breaksAtCommit("after") }, "POST", path, request);
    isUnavailable(answer, await json(answer, 503));
    expect(await json(await call("POST", path, request), 200)).toEqual({
      batchId,
      results: [{ id: ada.agent.id, ok: true }],
    });
    expect(await pathOf(ada.agent.id)).toHaveLength(2);
    await checkPool(org);
  });

  it("of a keyed notification: 503, and the same key gives the original", async () => {
    const { recruiter, ada } = await setting();
    const request = {
      token: recruiter.token,
      json: { userId: ada.user.id, title: "Call me" },
      headers: key("note-1"),
    };
    const answer = await callWith({ DB: breaksAtCommit("after") }, "POST", "/api/notifications", request);
    isUnavailable(answer, await json(answer, 503));
    const made = await json<{ id: string }>(await call("POST", "/api/notifications", request), 201);
    expect(await rows("select id from notifications where title = 'Call me'")).toEqual([{ id: made.id }]);
  });
});

describe("a flaky D1, one batch in four lost before or after it ran", () => {
  it("answers nothing but 2xx and 503, and every promise holds", async () => {
    const { org, recruiter, ada } = await setting();
    let seed = 7;
    const unlucky = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      if (seed / 2 ** 31 < 1 / 8) throw lineBroken();
    };
    const DB = watchedDb({ before: unlucky, after: unlucky });
    const stages = ["screening", "documents", "assessment", "onboarding", "active", "inactive", "applied"];
    for (let round = 0; round < 20; round++) {
      const json = { status: stages[round % stages.length] };
      const moves = await callWith({ DB }, "PUT", `/api/agents/${ada.agent.id}/status`, {
        token: recruiter.token,
        json,
      });
      expect([200, 503]).toContain(moves.status);
      const files = await callWith(
        { DB },
        "POST",
        "/api/documents/upload",
        formOf(ada, { headers: { "idempotency-key": `flaky-${round % 5}` } }),
      );
      expect([201, 503]).toContain(files.status);
    }
    await checkPool(org);
    pass(2 * 3_600_000);
    await calm(org);
    await runSweep();
    const stored = await rows<{ r2_key: string }>("select r2_key from documents where org_id = ?", org.id);
    expect(stored.length, "one document for each key at most").toBeLessThanOrEqual(5);
    expect((await objectsOf(org)).sort()).toEqual(stored.map((row) => row.r2_key).sort());
    const notices = await rows<{ times: number }>(
      "select count(*) as times from notifications where org_id = ? and user_id = ? and event_seq is not null group by event_seq",
      org.id,
      ada.user.id,
    );
    expect(notices.every((row) => row.times === 1)).toBe(true);
  });
});

describe("R2 that fails", () => {
  const failing = (method: "put" | "get" | "delete") =>
    new Proxy(worker.FILES, {
      get: (bucket, name) => {
        if (name === method) return async () => Promise.reject(new Error("put: Unspecified error (0)"));
        const value: unknown = Reflect.get(bucket, name);
        return typeof value === "function" ? value.bind(bucket) : value;
      },
    });

  it("to store a file is a 503 that leaves nothing, and the upload works later", async () => {
    const { org, ada } = await setting();
    const before = await written(org);
    const answer = await callWith({ FILES: failing("put") }, "POST", "/api/documents/upload", formOf(ada));
    isUnavailable(answer, await json(answer, 503));
    expect(await written(org)).toEqual(before);
    expect(await objectsOf(org)).toEqual([]);
    const document = await uploaded(ada);
    pass(2 * 3_600_000);
    await runSweep();
    expect(await objectsOf(org)).toHaveLength(1);
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
    expect(document.status).toBe("pending");
  });

  it("to give a file is a 503, and a file that is gone is a 404", async () => {
    const { org, ada } = await setting();
    const document = await uploaded(ada);
    const path = `/api/documents/${document.id}/content`;
    const answer = await callWith({ FILES: failing("get") }, "GET", path, { token: ada.token });
    isUnavailable(answer, await json(answer, 503));
    await worker.FILES.delete(await objectsOf(org));
    await json(await call("GET", path, { token: ada.token }), 404);
  });

  it("to delete a file still takes the document away, and the object goes with a later sweep", async () => {
    const { org, ada } = await setting();
    const document = await uploaded(ada);
    const path = `/api/documents/${document.id}`;
    const answer = await callWith({ FILES: failing("delete") }, "DELETE", path, { token: ada.token });
    expect(answer.status).toBe(204);
    await json(await call("GET", path, { token: ada.token }), 404);
    expect(await objectsOf(org)).toHaveLength(1);
    pass(3_600_000 + 1);
    await runSweep(envWith({ FILES: failing("delete") }));
    expect(await objectsOf(org), "the janitor's own failure loses no note").toHaveLength(1);
    await runSweep();
    expect(await objectsOf(org)).toEqual([]);
  });
});

describe("the janitor", () => {
  it("removes a file whose row was never written, after an hour and not before", async () => {
    const { org, ada } = await setting();
    const answer = await callWith(
      { DB: breaksAtCommit("before") },
      "POST",
      "/api/documents/upload",
      formOf(ada),
    );
    expect(answer.status).toBe(503);
    expect(await objectsOf(org)).toHaveLength(1);
    expect(await count("select count(*) from documents where org_id = ?", org.id)).toBe(0);
    pass(3_600_000 - 1);
    await runSweep();
    expect(await objectsOf(org)).toHaveLength(1);
    pass(2);
    await runSweep();
    expect(await objectsOf(org)).toEqual([]);
  });

  it("never removes a file that has a row, whatever happened on its way", async () => {
    const { org, recruiter, ada } = await setting();
    await uploaded(ada);
    await callWith(
      { DB: breaksAtCommit("after") },
      "POST",
      "/api/documents/upload",
      formOf(ada, { type: "nda" }),
    );
    await json(await send(recruiter, { agentId: ada.agent.id, type: "cv" }), 201);
    const gone = await uploaded(ada, { type: "id" });
    expect((await remove(ada, gone.id)).status).toBe(204);
    for (let day = 0; day < 3; day++) {
      pass(24 * 3_600_000);
      await runSweep();
    }
    const stored = await rows<{ r2_key: string }>("select r2_key from documents where org_id = ?", org.id);
    expect(stored).toHaveLength(3);
    expect((await objectsOf(org)).sort()).toEqual(stored.map((row) => row.r2_key).sort());
  });
});

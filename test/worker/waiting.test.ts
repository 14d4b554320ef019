import { describe, expect, it } from "vitest";
import { calm, count, moved, noticesOf, outboxOf, rows } from "./facts";
import { call, json, newOrg, type Org, type Person } from "./org";
import { objectsOf, remove, review, send, uploaded, waitingFor } from "./uploads";

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  return { org, recruiter, ada };
}

/** What the recruiter's board shows on an agent's card. */
async function onBoard(org: Org, by: Person, agentId: string): Promise<string | null | undefined> {
  const board = await json<{ stages: { cards: { agentId: string; waitingFor: string | null }[] }[] }>(
    await call("GET", `/api/pipelines/${org.pipelineId}/board`, { token: by.token }),
    200,
  );
  return board.stages.flatMap((stage) => stage.cards).find((card) => card.agentId === agentId)?.waitingFor;
}
const changeType = (by: Person, key: string, required: boolean) =>
  call("PATCH", "/api/documents/types", { token: by.token, json: { key, required } });
const ask = (by: Person, agentId: string, type: string, more: Record<string, unknown> = {}) =>
  call("POST", "/api/documents/requests", { token: by.token, json: { agentId, type, ...more } });

describe("a card waits for", () => {
  it("the next required document, its review, its mending, and then nothing", async () => {
    const { org, recruiter, ada } = await setting();
    const waits = async (words: string | null) => {
      expect(await waitingFor(ada.agent.id)).toBe(words);
      expect(await onBoard(org, recruiter, ada.agent.id)).toBe(words);
    };
    await waits("no W-9");
    const w9 = await uploaded(ada);
    await waits("W-9 to review");
    await json(await review(recruiter, w9.id, "rejected", "Too dark."), 200);
    await waits("W-9 to mend");
    const again = await uploaded(ada);
    await waits("W-9 to review");
    await json(await review(recruiter, again.id, "approved"), 200);
    await waits("no NDA");
    const nda = await uploaded(ada, { type: "nda", name: "nda.pdf" });
    await waits("NDA to review");
    await json(await review(recruiter, nda.id, "approved"), 200);
    await waits(null);
    await json(await review(recruiter, again.id, "rejected", "Last year's."), 200);
    await waits("W-9 to mend");
  });

  it("what is owed again when a pending document is taken back", async () => {
    const { recruiter, ada } = await setting();
    const first = await uploaded(ada);
    expect((await remove(ada, first.id)).status).toBe(204);
    expect(await waitingFor(ada.agent.id)).toBe("no W-9");
    const second = await uploaded(ada);
    await json(await review(recruiter, second.id, "rejected", "Too dark."), 200);
    const third = await uploaded(ada);
    expect((await remove(ada, third.id)).status).toBe(204);
    expect(await waitingFor(ada.agent.id)).toBe("W-9 to mend");
  });

  it("the oldest review first, before anything that is owed", async () => {
    const { recruiter, ada } = await setting();
    const cv = await uploaded(ada, { type: "cv", name: "cv.pdf" });
    expect(await waitingFor(ada.agent.id)).toBe("CV to review");
    await uploaded(ada);
    expect(await waitingFor(ada.agent.id)).toBe("CV to review");
    await json(await review(recruiter, cv.id, "approved"), 200);
    expect(await waitingFor(ada.agent.id)).toBe("W-9 to review");
  });

  it("what everybody is asked for from now on, and no longer when that ends", async () => {
    const { org, recruiter, ada } = await setting();
    const [bo, others] = [await org.agent("Bo Beck"), await setting()];
    for (const who of [ada, bo]) {
      for (const type of ["w9", "nda"]) {
        await json(await review(recruiter, (await uploaded(who, { type })).id, "approved"), 200);
      }
    }
    expect([await waitingFor(ada.agent.id), await waitingFor(bo.agent.id)]).toEqual([null, null]);
    await json(await changeType(recruiter, "id", true), 200);
    expect([await waitingFor(ada.agent.id), await waitingFor(bo.agent.id)]).toEqual([
      "no Identity document",
      "no Identity document",
    ]);
    expect(await waitingFor(others.ada.agent.id), "another organization asks by itself").toBe("no W-9");
    const eve = await org.agent("Eve Ek");
    expect(await waitingFor(eve.agent.id)).toBe("no W-9");
    await json(await changeType(recruiter, "id", false), 200);
    await json(await changeType(recruiter, "w9", false), 200);
    expect([await waitingFor(ada.agent.id), await waitingFor(eve.agent.id)]).toEqual([null, "no NDA"]);
    const added = { key: "badge", name: "Badge", required: true };
    await json(await call("POST", "/api/documents/types", { token: recruiter.token, json: added }), 201);
    expect(await waitingFor(bo.agent.id)).toBe("no Badge");
  });

  it("nothing while somebody is out, and for what is owed when they are back", async () => {
    const { recruiter, ada } = await setting();
    await moved(recruiter, ada.agent.id, "rejected");
    expect(await waitingFor(ada.agent.id)).toBe(null);
    await moved(recruiter, ada.agent.id, "screening");
    expect(await waitingFor(ada.agent.id)).toBe("no W-9");
  });

  it("the same thing since the same time, until something else is waited for", async () => {
    const { recruiter, ada } = await setting();
    const since = () => count("select waiting_since from applications where agent_id = ?", ada.agent.id);
    const first = await since();
    expect(first).toBeGreaterThan(0);
    await new Promise((done) => setTimeout(done, 5));
    await json(await changeType(recruiter, "cv", true), 200);
    await moved(recruiter, ada.agent.id, "screening");
    expect(await since()).toBe(first);
    await uploaded(ada);
    expect(await since()).toBeGreaterThan(first);
  });
});

describe("a request for a document", () => {
  it("is one event, mails and notifies once, and stands on the card", async () => {
    const { org, recruiter, ada } = await setting();
    for (const type of ["w9", "nda"]) {
      await json(await review(recruiter, (await uploaded(ada, { type })).id, "approved"), 200);
    }
    const more = { message: "The newest one, please.", dueDate: "2096-12-24" };
    expect(await json(await ask(recruiter, ada.agent.id, "cv", more), 201)).toMatchObject({
      status: "open",
      ...more,
    });
    expect(await waitingFor(ada.agent.id)).toBe("no CV");
    await calm(org);
    await calm(org);
    expect((await noticesOf(ada.user.id)).filter((title) => title === "Please upload your CV")).toHaveLength(
      1,
    );
    const mails = await outboxOf(ada.user.email);
    expect(mails.filter((mail) => mail.subject.endsWith("asks for your CV"))).toHaveLength(1);
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type = 'document.requested'",
        ada.agent.id,
      ),
    ).toBe(1);
  });

  it("is fulfilled by the upload, and open again when that is rejected or taken back", async () => {
    const { recruiter, ada } = await setting();
    for (const type of ["w9", "nda"]) {
      await json(await review(recruiter, (await uploaded(ada, { type })).id, "approved"), 200);
    }
    const state = async () =>
      (await rows("select status, document_id from document_requests where owner_id = ?", ada.agent.id))[0];
    await json(await ask(recruiter, ada.agent.id, "cv"), 201);
    const first = await uploaded(ada, { type: "cv" });
    expect(await state()).toEqual({ status: "fulfilled", document_id: first.id });
    expect(await waitingFor(ada.agent.id)).toBe("CV to review");
    expect((await remove(ada, first.id)).status).toBe(204);
    expect(await state()).toEqual({ status: "open", document_id: null });
    expect(await waitingFor(ada.agent.id)).toBe("no CV");
    const second = await uploaded(ada, { type: "cv" });
    await json(await review(recruiter, second.id, "rejected", "Not readable."), 200);
    expect(await waitingFor(ada.agent.id)).toBe("CV to mend");
    expect(await state()).toEqual({ status: "open", document_id: null });
    const third = await uploaded(ada, { type: "cv" });
    await json(await review(recruiter, third.id, "approved"), 200);
    expect(await state()).toEqual({ status: "fulfilled", document_id: third.id });
    expect(await waitingFor(ada.agent.id)).toBe(null);
  });

  it("is refused for a stranger, a type that doesn't exist, nobody or two people, and by agents", async () => {
    const { recruiter, ada } = await setting();
    const other = await setting();
    await json(await ask(other.recruiter, ada.agent.id, "cv"), 404);
    await json(await ask(recruiter, ada.agent.id, "tattoo"), 422);
    await json(await ask(recruiter, ada.agent.id, "cv", { candidateId: "cand_1" }), 422);
    await json(await ask(recruiter, ada.agent.id, "cv", { dueDate: "24.12.2026" }), 422);
    const over = await json<{ errors: object[] }>(
      await ask(recruiter, ada.agent.id, "cv", { dueDate: "2026-01-31" }),
      422,
    );
    expect(over.errors).toMatchObject([{ path: "dueDate", message: expect.stringContaining("is over") }]);
    await json(await ask(ada, ada.agent.id, "cv"), 403);
    expect(await count("select count(*) from document_requests where owner_id = ?", ada.agent.id)).toBe(0);
  });
});

describe("documents that wait for review", () => {
  it("are fifty a person at most, even if many come at once", async () => {
    const { org, recruiter, ada } = await setting();
    const pending = () =>
      count("select count(*) from documents where owner_id = ? and status = 'pending'", ada.agent.id);
    for (let i = 0; i < 45; i += 15) await Promise.all(Array.from({ length: 15 }, () => send(ada)));
    expect(await pending()).toBe(45);
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(ada)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      ...new Array<number>(5).fill(201),
      ...new Array<number>(7).fill(409),
    ]);
    expect(await pending()).toBe(50);
    await json(await send(recruiter, { agentId: ada.agent.id }), 409);
    const [one] = await rows<{ id: string }>(
      "select id from documents where owner_id = ? limit 1",
      ada.agent.id,
    );
    await json(await review(recruiter, one?.id ?? "", "approved"), 200);
    await uploaded(ada);
    expect(await pending()).toBe(50);
    expect(await objectsOf(org)).toHaveLength(51);
    await calm(org);
  });
});

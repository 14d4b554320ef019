import { afterEach, describe, expect, it } from "vitest";
import { calm, count, eventsOf, moved } from "./facts";
import { call, json, newOrg } from "./org";
import { closeAll, connect, pause, sawAll, seqsAfter, watch, watchOwn } from "./sockets";
import { remove, review, uploaded } from "./uploads";

afterEach(closeAll);

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter", "Rea Cruz"), await org.agent("Ada Lund")];
  await calm(org);
  return { org, recruiter, ada };
}

describe("a pipeline's socket", () => {
  it("says hello with the newest seq and who looks on, then sends each event as changes has it", async () => {
    const { org, recruiter, ada } = await setting();
    const live = await watch(recruiter, org);
    expect(live.frames).toEqual([
      {
        type: "hello",
        seq: (await seqsAfter(org, 0)).at(-1),
        viewers: [{ id: recruiter.user.id, name: "Rea Cruz" }],
      },
    ]);
    const since = live.hello?.seq ?? 0;
    await moved(recruiter, ada.agent.id, "screening");
    const document = await uploaded(ada);
    await json(await review(recruiter, document.id, "approved"), 200);
    const other = await uploaded(ada, { type: "nda" });
    expect((await remove(ada, other.id)).status).toBe(204);
    await json(
      await call("PUT", `/api/agents/${ada.agent.id}`, { token: ada.token, json: { city: "Graz" } }),
      200,
    );
    await org.agent("Bo Beck");
    await sawAll(live, org, since);
    expect(live.events.map((event) => event.type)).toEqual([
      "agent.status_changed",
      "document.uploaded",
      "document.approved",
      "document.uploaded",
      "document.deleted",
      "agent.updated",
      "agent.created",
    ]);
    const path = `/api/pipelines/${org.pipelineId}/changes?since=${since}`;
    const polled = await json<{ data: unknown[] }>(await call("GET", path, { token: recruiter.token }), 200);
    expect(polled.data).toEqual(live.events);
    const [move] = live.events;
    expect(move).toMatchObject({
      actor: { kind: "user", id: recruiter.user.id, name: "Rea Cruz" },
      entity: { type: "agent", id: ada.agent.id, seq: 2 },
      data: {
        agentId: ada.agent.id,
        oldStatus: "applied",
        newStatus: "screening",
        changedBy: recruiter.user.id,
      },
    });
    expect(Object.keys(move ?? {}).sort()).toEqual(["actor", "at", "data", "entity", "id", "seq", "type"]);
  });

  it("sends what happens at once in few frames, in the order of seq", async () => {
    const { org, recruiter } = await setting();
    const people = await Promise.all(Array.from({ length: 10 }, (_, i) => org.agent(`Ada${i} Lund`)));
    const live = await watch(recruiter, org);
    await Promise.all(people.map(({ agent }) => moved(recruiter, agent.id, "screening")));
    await sawAll(live, org, live.hello?.seq ?? 0);
  });

  it("answers ping with pong, which is no JSON", async () => {
    const { org, recruiter } = await setting();
    const live = await watch(recruiter, org);
    live.socket.send("ping");
    await live.until("pong", () => live.texts.length > 0);
    expect(live.texts).toEqual(["pong"]);
  });

  it("cares for nothing else that is sent to it", async () => {
    const { org, recruiter, ada } = await setting();
    const [live, other] = [await watch(recruiter, org), await watch(recruiter, org)];
    const since = live.hello?.seq ?? 0;
    for (const message of [
      "",
      "{",
      '{"type":"events","events":[]}',
      "x".repeat(100_000),
      new Uint8Array([1, 2]),
    ]) {
      live.socket.send(message);
    }
    await moved(recruiter, ada.agent.id, "screening");
    for (const one of [live, other]) await sawAll(one, org, since);
  });
});

describe("who looks on", () => {
  it("is told to the team when somebody comes and goes, each person once", async () => {
    const { org, recruiter } = await setting();
    const admin = await org.person("admin", "Ann Boss");
    const first = await watch(recruiter, org);
    expect(first.viewers).toEqual(["Rea Cruz"]);
    const second = await watch(admin, org);
    expect(second.viewers).toEqual(["Ann Boss", "Rea Cruz"]);
    await first.until("presence", () => first.viewers?.length === 2);
    const again = await watch(recruiter, org);
    expect(again.viewers).toEqual(["Ann Boss", "Rea Cruz"]);
    again.close();
    await pause(50);
    expect(first.viewers, "still there on another screen").toEqual(["Ann Boss", "Rea Cruz"]);
    second.close();
    await first.until("leaving", () => first.viewers?.length === 1);
    expect(first.viewers).toEqual(["Rea Cruz"]);
    expect(first.frames.filter((frame) => frame.type === "presence")).toHaveLength(2);
  });

  it("is nothing that an agent is told, and agents are not among them", async () => {
    const { org, recruiter, ada } = await setting();
    const team = await watch(recruiter, org);
    const own = await watch(ada, org);
    expect(own.hello?.viewers).toEqual([]);
    const admin = await watch(await org.person("admin", "Ann Boss"), org);
    await team.until("presence", () => team.viewers?.length === 2);
    expect(team.viewers).toEqual(["Ann Boss", "Rea Cruz"]);
    admin.close();
    await team.until("leaving", () => team.viewers?.length === 1);
    await pause(30);
    expect(own.frames.map((frame) => frame.type)).toEqual(["hello"]);
  });
});

describe("an agent sees", () => {
  it("only what is about them, in the pipeline as in their own channel", async () => {
    const { org, recruiter, ada } = await setting();
    const bo = await org.agent("Bo Beck");
    await calm(org);
    const [inPool, own] = [await watch(ada, org), await watchOwn(ada)];
    await moved(recruiter, bo.agent.id, "screening");
    await moved(recruiter, ada.agent.id, "screening");
    await uploaded(bo);
    const mine = (await eventsOf(ada.agent.id)).at(-1)?.seq ?? 0;
    await Promise.all([inPool.has(mine), own.has(mine)]);
    await calm(org);
    await pause(50);
    expect(inPool.seqs).toEqual([mine]);
    for (const event of own.events) expect(["agent", "user"]).toContain(event.entity.type);
    expect(own.events.every(({ entity }) => [ada.agent.id, ada.user.id].includes(entity.id))).toBe(true);
    const path = `/api/pipelines/${org.pipelineId}/changes?since=0`;
    const polled = await json<{ data: { entity: { id: string } }[] }>(
      await call("GET", path, { token: ada.token }),
      200,
    );
    expect(polled.data.map((event) => event.entity.id)).toEqual([ada.agent.id, ada.agent.id]);
  });

  it("nothing of others even after a resume from the very beginning", async () => {
    const { org, recruiter, ada } = await setting();
    const bo = await org.agent("Bo Beck");
    await moved(recruiter, bo.agent.id, "screening");
    await watch(recruiter, org);
    const live = await watch(ada, org, 0);
    await live.until("own events", () => live.events.length > 0);
    expect(live.events.map((event) => event.entity.id)).toEqual([ada.agent.id]);
  });
});

describe("one's own channel", () => {
  it("shows a notification the moment that it is made, and that it was read elsewhere", async () => {
    const { org, recruiter, ada } = await setting();
    const [phone, laptop] = [await watchOwn(ada), await watchOwn(ada)];
    expect(phone.hello?.viewers).toEqual([]);
    const note = { userId: ada.user.id, title: "Call me", message: "Today, please." };
    const made = await json<{ id: string }>(
      await call("POST", "/api/notifications", { token: recruiter.token, json: note }),
      201,
    );
    await phone.until("the notification", () => phone.events.length === 1);
    expect(phone.events[0]).toMatchObject({
      type: "notification.created",
      entity: { type: "user", id: ada.user.id },
      data: { notificationId: made.id, title: "Call me", message: "Today, please." },
    });
    const path = `/api/notifications/${made.id}`;
    await json(await call("PATCH", path, { token: ada.token, json: { read: true } }), 200);
    await laptop.until("reading", () => laptop.events.length === 2);
    expect(laptop.events[1]).toMatchObject({ type: "notification.read", data: { notificationId: made.id } });
    await moved(recruiter, ada.agent.id, "screening");
    await phone.until("the move and its notice", () => phone.events.length === 4);
    expect(phone.events.slice(2).map((event) => event.type)).toEqual([
      "agent.status_changed",
      "notification.created",
    ]);
    await calm(org);
    await pause(50);
    expect(phone.events, "everything once").toHaveLength(4);
    expect(laptop.seqs).toEqual(phone.seqs);
  });

  it("is nobody else's", async () => {
    const { org, recruiter, ada } = await setting();
    const mine = await watchOwn(recruiter);
    const candidate = await watchOwn(await org.person("candidate"));
    await moved(recruiter, ada.agent.id, "screening");
    await calm(org);
    await pause(50);
    expect([mine.events, candidate.events]).toEqual([[], []]);
    await uploaded(ada);
    await mine.until("what the team is told", () => mine.events.length === 1);
    expect(mine.events[0]?.data).toMatchObject({ title: "Ada Lund uploaded a W-9" });
    const told = "select count(*) from notifications where user_id = ? and type = 'document_uploaded'";
    expect(await count(told, recruiter.user.id)).toBe(1);
  });

  it("goes on where a device left off", async () => {
    const { org, ada } = await setting();
    const first = await watchOwn(ada, 0);
    await first.until("what was missed", () => first.events.length > 0);
    const seen = first.seqs.at(-1) ?? 0;
    first.close();
    await uploaded(ada);
    await calm(org);
    const second = await connect(`/api/me/live?since=${seen}`, { token: ada.token });
    await second.until("the upload", () => second.events.length > 0);
    expect(second.events.map((event) => event.type)).toEqual(["document.uploaded"]);
  });
});

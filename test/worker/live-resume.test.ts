import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { updateAgent } from "../../worker/features/agents/update";
import { moveApplication } from "../../worker/features/applications/move";
import { createNotification } from "../../worker/features/notifications/notifications";
import { AGENT_POOL_STAGES } from "../../worker/features/pipelines/agent-pool";
import { calm, moved } from "./facts";
import { ctxWith, killedAfterCommit, lineBroken, once, watchedDb } from "./faults";
import { call, json, newOrg, type Org, type Person, settled, worker } from "./org";
import {
  channel,
  closeAll,
  evict,
  type Live,
  pause,
  sawAll,
  seqsAfter,
  swapDb,
  watch,
  watchOwn,
} from "./sockets";

afterEach(closeAll);
const KEYS = AGENT_POOL_STAGES.map((stage) => stage.key);

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter", "Rea Cruz"), await org.agent("Ada Lund")];
  await calm(org);
  return { org, recruiter, ada, pool: channel(`pipeline:${org.pipelineId}`) };
}

/** The seq from which a board's reader resumes. */
async function boardSeq(org: Org, by: Person): Promise<number> {
  const path = `/api/pipelines/${org.pipelineId}/board`;
  return (await json<{ seq: number }>(await call("GET", path, { token: by.token }), 200)).seq;
}

/** A move of which nobody is told, as if the Worker were killed right after its commit. */
async function untold(by: Person, agentId: string, stage: string): Promise<void> {
  await moveApplication(ctxWith(by.ctx, killedAfterCommit), { who: { agentId }, stage });
  await settled();
}
async function tour(by: Person, agentId: string, from = 1): Promise<void> {
  for (const key of KEYS.slice(from)) await moved(by, agentId, key);
}

/** More events of others than a page of the channel's holds. */
async function longHistory(org: Org): Promise<void> {
  const row = `insert into events (id, org_id, type, at, actor_kind, entity_type, entity_id, entity_seq,
    pipeline_id, data, detail, change_id, dispatch, next_at)
    select 'evt_' || ?1 || '_' || value, ?1, 'agent.updated', 0, 'system', 'agent', 'agt_' || ?1, value, ?2, '{}', '{}',
      'chg', 'done', 0 from json_each(?3)`;
  const values = JSON.stringify(Array.from({ length: 1203 }, (_, i) => i + 1));
  await worker.DB.prepare(row).bind(org.id, org.pipelineId, values).run();
}

describe("a client that comes back with its last seq", () => {
  it("gets what it missed before anything else, once and in order", async () => {
    const { org, recruiter, ada } = await setting();
    const since = await boardSeq(org, recruiter);
    await tour(recruiter, ada.agent.id);
    const alone = await watch(recruiter, org, since);
    await sawAll(alone, org, since);
    expect(alone.hello?.seq).toBe(alone.seqs.at(-1));
    expect(alone.frames.map((frame) => frame.type)).toEqual(["hello", "events"]);
    const [, second] = alone.seqs;
    const beside = await watch(recruiter, org, second);
    await moved(recruiter, ada.agent.id, "applied");
    await sawAll(beside, org, second ?? 0);
    await sawAll(alone, org, since);
  });

  it("gets nothing when it missed nothing, or claims to know the future", async () => {
    const { org, recruiter, ada } = await setting();
    const since = await boardSeq(org, recruiter);
    const lives = [await watch(recruiter, org, since), await watch(recruiter, org, since + 1_000_000)];
    await pause(30);
    for (const live of lives) expect(live.frames.filter((frame) => frame.type === "events")).toEqual([]);
    await moved(recruiter, ada.agent.id, "screening");
    await sawAll(lives[0] as Live, org, since);
  });

  it("misses nothing of a history longer than a page", async () => {
    const { org, recruiter } = await setting();
    const since = await boardSeq(org, recruiter);
    await longHistory(org);
    const live = await watch(recruiter, org, since);
    await sawAll(live, org, since);
    expect(live.seqs).toHaveLength(1203);
  });

  it("and sees only what is theirs, costs no look at what is others'", async () => {
    const { org, ada, pool } = await setting();
    await longHistory(org);
    let read = 0;
    const after = (_: string, results: D1Result[]) => {
      for (const { meta } of results) read += meta.rows_read;
    };
    await swapDb(pool, watchedDb({ after }));
    const live = await watch(ada, org, 0);
    await live.until("own events", () => live.events.length > 0);
    expect(live.events.map((event) => event.entity.id)).toEqual([ada.agent.id]);
    expect(read).toBeLessThan(20);
  });

  it("who has seen on the board what the channel has not yet sent, gets nothing twice", async () => {
    const { org, recruiter, ada } = await setting();
    const first = await watch(recruiter, org);
    const start = first.hello?.seq ?? 0;
    await untold(recruiter, ada.agent.id, "screening");
    await untold(recruiter, ada.agent.id, "documents");
    const since = await boardSeq(org, recruiter);
    const second = await watch(recruiter, org, since);
    await moved(recruiter, ada.agent.id, "assessment");
    await sawAll(second, org, since);
    await sawAll(first, org, start);
    expect([first.seqs.length, second.seqs.length]).toEqual([3, 1]);
  });

  it("has no gap at the moment of joining, while others move people all the time", async () => {
    const { org, recruiter } = await setting();
    const people = await Promise.all(Array.from({ length: 6 }, (_, i) => org.agent(`Ada${i} Lund`)));
    let going = true;
    const storm = Promise.all(
      people.map(async ({ agent }, i) => {
        for (let step = 1; going && step < 100; step++) {
          await moved(recruiter, agent.id, KEYS[(i + step) % KEYS.length] ?? "applied");
        }
      }),
    );
    const joined: { live: Live; since: number }[] = [];
    try {
      for (let i = 0; i < 12; i++) {
        const since = await boardSeq(org, recruiter);
        joined.push({ live: await watch(recruiter, org, since), since });
        // Now and then one leaves, or all do, so that the next one comes to an empty channel.
        if (i % 4 === 3) joined.shift()?.live.close();
        if (i % 5 === 4) for (const { live } of joined.splice(0)) live.close();
      }
    } finally {
      going = false;
      await storm;
    }
    for (const { live, since } of joined) await sawAll(live, org, since);
    expect(joined.length).toBeGreaterThan(0);
  });

  it("without since hears of what happens while it joins, even if nobody was there before", async () => {
    const { recruiter, ada } = await setting();
    const stub = channel(`user:${ada.user.id}`);
    const note = { userId: ada.user.id, title: "Now", message: "", type: "message" };
    let asked = 0;
    // Committed after the object has asked for the newest seq, and before the socket is let in.
    const during = once(
      (sql) => /select "seq"|order by/.test(sql),
      async () => {
        asked += 1;
        await createNotification(recruiter.ctx, note);
        await pause(50);
      },
    );
    await swapDb(stub, watchedDb({ after: during }));
    const live = await watchOwn(ada);
    await live.until("the notification", () => live.events.length > 0);
    expect([asked, live.events.map((event) => event.type)]).toEqual([1, ["notification.created"]]);
  });
});

describe("a channel that is evicted", () => {
  it("keeps its sockets, and they get what follows in order", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const lives = [await watch(recruiter, org), await watch(recruiter, org)];
    const since = lives[0]?.hello?.seq ?? 0;
    for (const key of KEYS.slice(1, 5)) {
      await moved(recruiter, ada.agent.id, key);
      await evict(pool);
    }
    await moved(recruiter, ada.agent.id, "active");
    for (const live of lives) await sawAll(live, org, since);
    expect(lives.map((live) => live.closed)).toEqual([null, null]);
    lives[0]?.socket.send("ping");
    await lives[0]?.until("pong", () => lives[0]?.texts.length === 1);
  });

  it("never skips what was committed while it slept and of which nobody told it", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const live = await watch(recruiter, org);
    const since = live.hello?.seq ?? 0;
    await moved(recruiter, ada.agent.id, "screening");
    await live.until("the first move", () => live.seqs.length === 1);
    await evict(pool);
    await untold(recruiter, ada.agent.id, "documents");
    await untold(recruiter, ada.agent.id, "assessment");
    // Somebody joins a channel that has just been woken: the cursor stays where the others are.
    const late = await watch(recruiter, org);
    await moved(recruiter, ada.agent.id, "onboarding");
    await sawAll(live, org, since);
    expect(live.seqs).toHaveLength(4);
    await late.has(live.seqs.at(-1) ?? 0);
    expect(late.seqs).toEqual(live.seqs.filter((seq) => seq > (late.hello?.seq ?? 0)));
  });

  it("in the middle of a burst loses nothing and sends nothing twice", async () => {
    const { org, recruiter, pool } = await setting();
    const people = await Promise.all(Array.from({ length: 5 }, (_, i) => org.agent(`Ada${i} Lund`)));
    const lives = [await watch(recruiter, org), await watch(recruiter, org)];
    const since = lives[0]?.hello?.seq ?? 0;
    const burst = Promise.all(people.map(({ agent }) => tour(recruiter, agent.id)));
    for (let i = 0; i < 4; i++) {
      await pause(15);
      await evict(pool);
    }
    await burst;
    for (const live of lives) await sawAll(live, org, since);
    expect(lives[0]?.seqs).toHaveLength(40);
  });

  it("with its sockets closed lets them come back where they were", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const live = await watch(recruiter, org);
    await moved(recruiter, ada.agent.id, "screening");
    await live.until("the move", () => live.seqs.length === 1);
    await evict(pool, "close");
    await live.until("closing", () => live.closed !== null);
    await moved(recruiter, ada.agent.id, "documents");
    const again = await watch(recruiter, org, live.seqs.at(-1));
    await sawAll(again, org, live.seqs.at(-1) ?? 0);
    expect(again.seqs).toHaveLength(1);
  });
});

describe("what no poke told", () => {
  it("is sent by the sweep, in the order of seq", async () => {
    const { org, recruiter, ada } = await setting();
    const live = await watch(recruiter, org);
    await untold(recruiter, ada.agent.id, "screening");
    await untold(recruiter, ada.agent.id, "documents");
    await pause(30);
    expect(live.events).toEqual([]);
    await calm(org);
    await sawAll(live, org, live.hello?.seq ?? 0);
    expect(live.seqs).toHaveLength(2);
  });

  it("is sent by the sweep even if nothing else follows from it", async () => {
    const { org, recruiter, ada } = await setting();
    const [board, own] = [await watch(recruiter, org), await watchOwn(ada)];
    const silent = ctxWith(recruiter.ctx, killedAfterCommit);
    await createNotification(silent, { userId: ada.user.id, title: "Call me", message: "", type: "message" });
    await updateAgent(silent, ada.agent.id, { city: "Graz" });
    await settled();
    expect([board.events, own.events]).toEqual([[], []]);
    await calm(org);
    await board.until("the change of the profile", () => board.events.length === 1);
    await own.until("both", () => own.events.length === 2);
    expect(own.events.map((event) => event.type)).toEqual(["notification.created", "agent.updated"]);
  });

  it("because D1 was away comes with the channel's own next try", async () => {
    const { org, recruiter, ada, pool } = await setting();
    const live = await watch(recruiter, org);
    const since = live.hello?.seq ?? 0;
    let away = true;
    await swapDb(
      pool,
      watchedDb({
        before: () => {
          if (away) throw lineBroken();
        },
      }),
    );
    await moved(recruiter, ada.agent.id, "screening");
    await pause(50);
    expect(live.events).toEqual([]);
    away = false;
    expect(await runDurableObjectAlarm(pool)).toBe(true);
    await sawAll(live, org, since);
  });
});

it("shows two hundred moves to fifty sockets in the same order, without a gap", {
  timeout: 60_000,
}, async () => {
  const { org, recruiter } = await setting();
  const people = await Promise.all(Array.from({ length: 25 }, (_, i) => org.agent(`Ada${i} Lund`)));
  const lives = await Promise.all(Array.from({ length: 50 }, () => watch(recruiter, org)));
  const since = lives[0]?.hello?.seq ?? 0;
  await Promise.all(people.map(({ agent }) => tour(recruiter, agent.id)));
  expect(await seqsAfter(org, since)).toHaveLength(200);
  for (const live of lives) await sawAll(live, org, since);
  // One frame for all that is new, or a burst would be two hundred of them.
  expect(lives[0]?.frames.filter((frame) => frame.type === "events").length).toBeLessThanOrEqual(200);
  await calm(org);
  await pause(50);
  for (const live of lives) expect(live.seqs).toHaveLength(200);
});

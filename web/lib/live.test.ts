import { describe, expect, it } from "vitest";
import type { Changes, LiveEvent } from "../../worker/features/pipelines/schema";
import { type ChannelOptions, type LiveState, openChannel, type Socket, type Surroundings } from "./live";

interface FakeSocket extends Socket {
  path: string;
  sent: string[];
  closed: boolean;
}

/** A world with its own clock, sockets that do as told, and nothing random. */
function world() {
  let time = 0;
  let timers: { due: number; run: () => void }[] = [];
  const sockets: FakeSocket[] = [];
  const listeners = { wake: () => {}, lost: () => {} };
  let renewals = 0;
  const around: Surroundings = {
    socket(path) {
      const socket: FakeSocket = {
        path,
        sent: [],
        closed: false,
        onmessage: null,
        onclose: null,
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.closed = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    after(ms, run) {
      const timer = { due: time + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    random: () => 1,
    renew: async () => {
      renewals += 1;
    },
    watch(wake, lost) {
      listeners.wake = wake;
      listeners.lost = lost;
      return () => {
        listeners.wake = listeners.lost = () => {};
      };
    },
  };
  return {
    around,
    sockets,
    listeners,
    get renewals() {
      return renewals;
    },
    get timers() {
      return timers.length;
    },
    last: () => sockets.at(-1) as FakeSocket,
    async pass(ms: number) {
      await settled();
      const end = time + ms;
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        time = next.due;
        timers = timers.filter((other) => other !== next);
        next.run();
        await settled();
      }
      time = end;
      await settled();
    },
  };
}

/** Lets promises that are resolved already run what waits for them. */
async function settled() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function event(seq: number): LiveEvent {
  return {
    id: `evt_${seq}`,
    seq,
    type: "agent.status_changed",
    at: "2026-01-01T00:00:00.000Z",
    actor: { kind: "user", id: "usr_1", name: "Chris" },
    entity: { type: "agent", id: "agt_1", seq },
    data: {},
  };
}

function say(socket: FakeSocket, frame: object | string) {
  socket.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
}
const hello = (seq: number) => ({ type: "hello", seq, viewers: [] });
const events = (...seqs: number[]) => ({ type: "events", events: seqs.map(event) });

function open(over: Partial<ChannelOptions> = {}) {
  const w = world();
  const seen: number[] = [];
  const states: LiveState[] = [];
  const channel = openChannel(
    {
      path: "/live",
      since: 10,
      onEvents: (batch) => seen.push(...batch.map(({ seq }) => seq)),
      onState: (state) => states.push(state),
      ...over,
    },
    w.around,
  );
  return { w, seen, states, channel };
}

describe("a channel with a socket", () => {
  it("resumes from the screen's seq and keeps it when the server says a newer one", () => {
    const { w, seen, states, channel } = open();
    expect(w.last().path).toBe("/live?since=10");
    say(w.last(), hello(14));
    expect(channel.seq).toBe(10);
    say(w.last(), events(12, 14));
    expect(seen).toEqual([12, 14]);
    expect(states).toEqual(["live"]);
  });

  it("starts from now without a seq", () => {
    const { w, seen } = open({ since: undefined });
    expect(w.last().path).toBe("/live");
    say(w.last(), hello(7));
    say(w.last(), events(7, 8));
    expect(seen).toEqual([8]);
  });

  it("drops what it has already seen", () => {
    const { w, seen } = open();
    say(w.last(), hello(10));
    say(w.last(), events(11, 12));
    say(w.last(), events(11, 12, 13));
    expect(seen).toEqual([11, 12, 13]);
  });

  it("tells who is looking, and nobody once the socket is lost", () => {
    const viewers: number[] = [];
    const { w } = open({ onPresence: (list) => viewers.push(list.length) });
    say(w.last(), { type: "hello", seq: 10, viewers: [{ id: "usr_1", name: "Ada" }] });
    say(w.last(), { type: "presence", viewers: [] });
    w.last().onclose?.();
    expect(viewers).toEqual([1, 0, 0]);
  });

  it("pings every 25 s, and takes the bare pong for an answer", async () => {
    const { w, states } = open();
    say(w.last(), hello(10));
    await w.pass(25_000);
    expect(w.last().sent).toEqual(["ping"]);
    say(w.last(), "pong");
    await w.pass(24_000);
    expect(states).toEqual(["live"]);
  });

  it("gives a socket up that doesn't answer a ping, and resumes where it was", async () => {
    const { w, states } = open();
    say(w.last(), hello(10));
    say(w.last(), events(11));
    await w.pass(25_000 + 8_000);
    expect(states).toEqual(["live", "reconnecting"]);
    expect(w.sockets[0]?.closed).toBe(true);
    await w.pass(500);
    expect(w.last().path).toBe("/live?since=11");
    say(w.last(), hello(11));
    expect(states).toEqual(["live", "reconnecting", "live"]);
  });

  it("waits longer between tries, up to 15 s, where there is nothing to poll", async () => {
    const { w } = open();
    const pauses: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const before = w.sockets.length;
      w.last().onclose?.();
      let waited = 0;
      for (; w.sockets.length === before; waited += 500) await w.pass(500);
      pauses.push(waited);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it("tries at once when the line is back, and checks a socket that may have died in sleep", async () => {
    const { w, states } = open();
    w.last().onclose?.();
    w.listeners.wake();
    expect(w.sockets).toHaveLength(2);
    say(w.last(), hello(10));
    w.listeners.wake();
    await w.pass(0);
    expect(w.last().sent).toEqual(["ping"]);
    await w.pass(8_000);
    expect(states.at(-1)).toBe("reconnecting");
  });

  it("renews the session once when a socket is refused", () => {
    const { w } = open();
    w.last().onclose?.();
    w.listeners.wake();
    w.last().onclose?.();
    expect(w.renewals).toBe(1);
  });
});

describe("a channel without a socket", () => {
  const answers = (list: Changes[]) => {
    const asked: number[] = [];
    const poll = async (since: number) => {
      asked.push(since);
      return list.shift() ?? { data: [], seq: since, hasMore: false };
    };
    return { asked, poll };
  };

  it("polls after two failed tries, and every 30 s once a third one fails", async () => {
    const { asked, poll } = answers([{ data: [event(11)], seq: 11, hasMore: false }]);
    const { w, seen, states } = open({ poll });
    w.last().onclose?.();
    expect(states).toEqual(["reconnecting"]);
    await w.pass(1_000);
    w.last().onclose?.();
    await settled();
    expect(seen).toEqual([11]);
    expect(states).toEqual(["reconnecting"]);
    w.last().onclose?.();
    expect(states).toEqual(["reconnecting", "polling"]);
    await w.pass(29_999);
    expect(asked).toEqual([10]);
    await w.pass(1);
    expect(asked).toEqual([10, 11]);
  });

  it("counts a socket that never says hello as failed", async () => {
    const { poll } = answers([]);
    const { w, states } = open({ poll });
    await w.pass(6_000 + 1_000 + 6_000 + 6_000);
    expect(states.at(-1)).toBe("polling");
  });

  it("asks on while there is more", async () => {
    const { asked, poll } = answers([
      { data: [event(11)], seq: 11, hasMore: true },
      { data: [event(12)], seq: 20, hasMore: false },
    ]);
    const { w, seen, channel } = open({ poll });
    w.last().onclose?.();
    await w.pass(1_000);
    w.last().onclose?.();
    await settled();
    expect(asked).toEqual([10, 11]);
    expect(seen).toEqual([11, 12]);
    expect(channel.seq).toBe(20);
  });

  it("stops polling once a socket says hello", async () => {
    const { asked, poll } = answers([]);
    const { w, states } = open({ poll });
    w.last().onclose?.();
    await w.pass(1_000);
    w.last().onclose?.();
    await w.pass(0);
    w.last().onclose?.();
    await w.pass(60_000);
    expect(asked).toHaveLength(3);
    expect(w.sockets).toHaveLength(4);
    say(w.last(), hello(10));
    expect(states).toEqual(["reconnecting", "polling", "live"]);
    await w.pass(20_000);
    expect(asked).toHaveLength(3);
  });

  it("goes on trying sockets where nothing else gets through either", async () => {
    const poll = async (): Promise<Changes> => {
      throw new Error("no line");
    };
    const { w, states } = open({ poll });
    const pauses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const before = w.sockets.length;
      w.last().onclose?.();
      let waited = 0;
      for (; w.sockets.length === before; waited += 500) await w.pass(500);
      pauses.push(waited);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(states).toEqual(["reconnecting"]);
    say(w.last(), hello(10));
    expect(states).toEqual(["reconnecting", "live"]);
  });

  it("does not poll where the server comes back between a socket and the poll", async () => {
    const { asked, poll } = answers([]);
    const { w, states } = open({ poll });
    w.last().onclose?.();
    await w.pass(1_000);
    w.last().onclose?.();
    await w.pass(0);
    say(w.last(), hello(10));
    expect(states).toEqual(["reconnecting", "live"]);
    await w.pass(20_000);
    expect(asked).toEqual([10]);
  });

  it("takes a poll that fails for a server that is away", async () => {
    let away = false;
    const poll = async (since: number): Promise<Changes> => {
      if (away) throw new Error("no line");
      return { data: [], seq: since, hasMore: false };
    };
    const { w, states } = open({ poll });
    w.last().onclose?.();
    await w.pass(1_000);
    w.last().onclose?.();
    await w.pass(0);
    w.last().onclose?.();
    expect(states.at(-1)).toBe("polling");
    away = true;
    await w.pass(30_000);
    expect(states.at(-1)).toBe("reconnecting");
    const before = w.sockets.length;
    await w.pass(4_000);
    expect(w.sockets).toHaveLength(before + 1);
    say(w.last(), hello(10));
    expect(states.at(-1)).toBe("live");
  });

  it("hands on each event once when a poll's answer and a socket overlap", async () => {
    let answer: (changes: Changes) => void = () => {};
    const poll = () => new Promise<Changes>((resolve) => (answer = resolve));
    const { w, seen } = open({ poll });
    w.last().onclose?.();
    await w.pass(1_000);
    w.last().onclose?.();
    w.listeners.wake();
    say(w.last(), hello(12));
    say(w.last(), events(11, 12));
    answer({ data: [event(11), event(12), event(13)], seq: 13, hasMore: false });
    await settled();
    say(w.last(), events(13, 14));
    expect(seen).toEqual([11, 12, 13, 14]);
  });
});

it("leaves nothing behind when it is closed", async () => {
  const { w, channel, states } = open();
  say(w.last(), hello(10));
  channel.close();
  expect(w.last().closed).toBe(true);
  expect(w.timers).toBe(0);
  await w.pass(120_000);
  expect(w.sockets).toHaveLength(1);
  expect(states).toEqual(["live"]);
});

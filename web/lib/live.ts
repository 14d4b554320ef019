import type { Changes, LiveEvent } from "../../worker/features/pipelines/schema";
import { POLL_SECONDS } from "../../worker/features/pipelines/words";
import { get } from "./client";

/** How news reach us: by socket (`live`), by asking every 30 s (`polling`), or not at the moment. */
export type LiveState = "connecting" | "live" | "reconnecting" | "polling";

export interface Viewer {
  id: string;
  name: string;
}

export interface ChannelOptions {
  /** The path of the socket, like `/api/pipelines/pipe_1/live`. */
  path: string;
  /** The seq that the screen's data already holds; news start after it. Absent: from now on. */
  since?: number;
  /** Asks for what came after `since` where no socket can be had. May refresh by itself and answer nothing. */
  poll?: (since: number) => Promise<Changes | undefined>;
  /** Events in the order of `seq`, each once. */
  onEvents: (events: LiveEvent[]) => void;
  onPresence?: (viewers: Viewer[]) => void;
  onState?: (state: LiveState) => void;
}

export interface Channel {
  /** The newest seq seen. */
  readonly seq: number | undefined;
  readonly state: LiveState;
  /** Tries the socket now instead of after its pause. */
  wake(): void;
  close(): void;
}

/** The part of a WebSocket that a channel uses. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

/** What a channel takes from its surroundings, so that tests can bring their own. */
export interface Surroundings {
  socket(path: string): Socket;
  /** Starts a timer; the answer stops it. */
  after(ms: number, run: () => void): () => void;
  random(): number;
  /** Makes sure that the session's cookies are fresh, since a socket can't say why it was refused. */
  renew(): Promise<unknown>;
  /** Hears that the line is likely back (`wake`) or gone (`lost`); the answer stops listening. */
  watch(wake: () => void, lost: () => void): () => void;
}

const PING_MS = 25_000;
const PONG_MS = 8_000;
const HELLO_MS = 6_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const PAUSE_WHILE_POLLING_MS = 60_000;
const TRIES_BEFORE_POLLING = 2;

type Frame =
  | { type: "hello"; seq: number; viewers?: Viewer[] }
  | { type: "events"; events: LiveEvent[] }
  | { type: "presence"; viewers: Viewer[] }
  | { type: "error" };

/** Opens a channel of live events that survives lost sockets, sleep and networks without sockets. */
export function openChannel(options: ChannelOptions, around: Surroundings = browser()): Channel {
  let state: LiveState = "connecting";
  let cursor = options.since;
  let failures = 0;
  let socket: Socket | null = null;
  let closed = false;
  let asking = false;
  /** A poll was answered since sockets began to fail: it is not the server that is away. */
  let reached = false;
  let stopRetry = () => {};
  let stopPing = () => {};
  let stopDeadline = () => {};
  let stopPoll = () => {};

  const become = (next: LiveState) => {
    if (state === next || closed) return;
    state = next;
    options.onState?.(next);
  };

  /** Hands on what is new. Socket and poll may overlap; each run starts at or before the cursor, so none is missed. */
  const take = (events: LiveEvent[]) => {
    const fresh = events.filter((event) => cursor === undefined || event.seq > cursor);
    const last = fresh.at(-1);
    if (!last) return;
    cursor = last.seq;
    options.onEvents(fresh);
  };

  const connect = () => {
    stopRetry();
    if (closed || socket) return;
    const made = around.socket(cursor === undefined ? options.path : `${options.path}?since=${cursor}`);
    socket = made;
    made.onmessage = ({ data }) => {
      if (socket === made && typeof data === "string") heard(data);
    };
    made.onclose = () => {
      if (socket === made) lost();
    };
    stopDeadline = around.after(HELLO_MS, lost);
  };

  const heard = (text: string) => {
    stopDeadline();
    // The runtime answers pings by itself with this bare word.
    if (text === "pong") return;
    const frame = parse(text);
    if (!frame) return;
    if (frame.type === "hello") {
      failures = 0;
      reached = false;
      stopPoll();
      // With a cursor of our own the missed events follow; the newest seq would skip them.
      cursor ??= frame.seq;
      become("live");
      ping(PING_MS);
      options.onPresence?.(frame.viewers ?? []);
    } else if (frame.type === "events") take(frame.events);
    else if (frame.type === "presence") options.onPresence?.(frame.viewers);
  };

  const ping = (ms: number) => {
    stopPing();
    stopPing = around.after(ms, () => {
      socket?.send("ping");
      stopDeadline();
      stopDeadline = around.after(PONG_MS, lost);
      ping(PING_MS);
    });
  };

  const drop = () => {
    const old = socket;
    socket = null;
    stopPing();
    stopDeadline();
    if (old) {
      old.onmessage = null;
      old.onclose = null;
      old.close();
    }
  };

  const lost = () => {
    const wasLive = state === "live";
    drop();
    if (closed) return;
    if (!wasLive) failures += 1;
    if (failures === 1) around.renew().catch(() => {});
    options.onPresence?.([]);
    if (reached) return pollOn();
    become("reconnecting");
    retry();
    if (failures >= TRIES_BEFORE_POLLING) void ask();
  };

  /** Sockets don't get through and requests do, so asking is what is left. */
  const pollOn = () => {
    if (state !== "polling") stopPoll = around.after(POLL_SECONDS * 1000, () => void ask());
    become("polling");
    stopRetry();
    stopRetry = around.after(PAUSE_WHILE_POLLING_MS, connect);
  };

  const retry = () => {
    stopRetry();
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    stopRetry = around.after(pause * (0.5 + around.random() / 2), connect);
  };

  const ask = async () => {
    stopPoll();
    if (!options.poll || asking) return;
    asking = true;
    let answered = true;
    try {
      for (let more = true; more && !closed; ) {
        const changes = await options.poll(cursor ?? 0);
        if (closed || !changes) break;
        take(changes.data);
        cursor = Math.max(cursor ?? 0, changes.seq);
        more = changes.hasMore;
      }
    } catch {
      answered = false;
    }
    asking = false;
    if (closed || failures < TRIES_BEFORE_POLLING) return;
    if (answered && state === "polling") {
      stopPoll = around.after(POLL_SECONDS * 1000, () => void ask());
    } else if (answered) {
      // The server may have come back between the two: if so, the next socket opens.
      reached = true;
      connect();
    } else {
      // Neither gets through, so the server is away, and a socket tells soonest when it is back.
      reached = false;
      if (state !== "polling") return;
      become("reconnecting");
      retry();
    }
  };

  const wake = () => {
    if (closed) return;
    if (state === "live") return ping(0);
    if (state === "polling") void ask();
    connect();
  };

  const unwatch = around.watch(wake, () => {
    if (state === "live") lost();
  });
  connect();

  return {
    get seq() {
      return cursor;
    },
    get state() {
      return state;
    },
    wake,
    close() {
      closed = true;
      unwatch();
      stopRetry();
      stopPoll();
      drop();
    },
  };
}

function parse(text: string): Frame | null {
  try {
    return JSON.parse(text) as Frame;
  } catch {
    return null;
  }
}

function browser(): Surroundings {
  return {
    socket: (path) => {
      const address = new URL(path, location.href);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(address) as Socket;
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    renew: () => get("/api/auth/me"),
    watch: (wake, lost) => {
      const seen = () => {
        if (document.visibilityState === "visible") wake();
      };
      addEventListener("online", wake);
      addEventListener("offline", lost);
      document.addEventListener("visibilitychange", seen);
      return () => {
        removeEventListener("online", wake);
        removeEventListener("offline", lost);
        document.removeEventListener("visibilitychange", seen);
      };
    },
  };
}

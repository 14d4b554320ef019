import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Channel } from "../../worker/live/channel";
import { rows } from "./facts";
import { call, type Org, type Person, worker } from "./org";

interface Frame {
  type: "hello" | "events" | "presence" | "error";
  seq?: number;
  viewers?: { id: string; name: string }[];
  events?: LiveEvent[];
  detail?: string;
}

/** A client's end of a live socket, which keeps whatever arrives. */
export class Live {
  readonly frames: Frame[] = [];
  /** What came that is no JSON. */
  readonly texts: string[] = [];
  closed: { code: number; reason: string } | null = null;
  private readonly waiters = new Set<() => boolean>();

  constructor(readonly socket: WebSocket) {
    socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      if (text.startsWith("{")) this.frames.push(JSON.parse(text) as Frame);
      else this.texts.push(text);
      this.look();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      if (socket.readyState !== WebSocket.CLOSED) socket.close();
      this.look();
    });
    socket.accept();
  }

  private look(): void {
    for (const waiter of this.waiters) if (waiter()) this.waiters.delete(waiter);
  }

  get hello(): Frame | undefined {
    return this.frames.find((frame) => frame.type === "hello");
  }
  get events(): LiveEvent[] {
    return this.frames.flatMap((frame) => frame.events ?? []);
  }
  get seqs(): number[] {
    return this.events.map((event) => event.seq);
  }
  /** The names in the newest word on who looks on. */
  get viewers(): string[] | undefined {
    const last = this.frames.findLast((frame) => frame.viewers !== undefined);
    return last?.viewers?.map((viewer) => viewer.name).sort();
  }

  /**
   * Waits for something to arrive. Asked at each message, since timers of a test hardly run while the
   * Worker beside it is busy.
   */
  async until(what: string, test: () => boolean): Promise<void> {
    if (test()) return;
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => {
        fail(new Error(`${what} did not happen. Frames: ${JSON.stringify(this.frames).slice(-800)}`));
      }, 5000);
      this.waiters.add(() => {
        if (!test()) return false;
        clearTimeout(late);
        done();
        return true;
      });
    });
  }
  async has(seq: number): Promise<void> {
    await this.until(`event ${seq}`, () => this.seqs.includes(seq));
  }
  close(): void {
    this.socket.close(1000, "Bye.");
  }
}

export const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks for an upgrade; the answer is a socket or a refusal. */
export async function upgrade(
  path: string,
  options: { token?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return await call("GET", path, { ...options, headers: { upgrade: "websocket", ...options.headers } });
}

const open: Live[] = [];

/** Opens a socket and waits for its hello. */
export async function connect(path: string, options: Parameters<typeof upgrade>[1] = {}): Promise<Live> {
  const answer = await upgrade(path, options);
  if (!answer.webSocket) throw new Error(`No socket: ${answer.status} ${await answer.text()}`);
  const live = new Live(answer.webSocket);
  open.push(live);
  await live.until("hello", () => live.hello !== undefined);
  return live;
}

/** Closes every socket that a test left open. */
export async function closeAll(): Promise<void> {
  for (const live of open.splice(0)) if (live.closed === null) live.close();
  await pause(20);
}

export const watch = (by: Person, org: Org, since?: number) =>
  connect(`/api/pipelines/${org.pipelineId}/live${since === undefined ? "" : `?since=${since}`}`, {
    token: by.token,
  });
export const watchOwn = (by: Person, since?: number) =>
  connect(`/api/me/live${since === undefined ? "" : `?since=${since}`}`, { token: by.token });

/** A channel's object by its name. */
export const channel = (name: string) => worker.CHANNEL.get(worker.CHANNEL.idFromName(name));

/** The seqs of a pipeline after one of them, as D1 has them. */
export async function seqsAfter(org: Org, seq: number): Promise<number[]> {
  const found = await rows<{ seq: number }>(
    "select seq from events where pipeline_id = ? and seq > ? order by seq",
    org.pipelineId,
    seq,
  );
  return found.map((row) => row.seq);
}

/** Asserts that a socket got everything of a pipeline after `seq`, each once and in order. */
export async function sawAll(live: Live, org: Org, seq: number): Promise<void> {
  const all = await seqsAfter(org, seq);
  const last = all.at(-1);
  if (last !== undefined) await live.has(last);
  expect(live.seqs).toEqual(all);
}

/** Puts a channel's object to sleep, if it is awake. */
export async function evict(
  stub: DurableObjectStub,
  webSockets: "hibernate" | "close" = "hibernate",
): Promise<void> {
  await evictDurableObject(stub, { webSockets }).catch((error: Error) => {
    if (!error.message.includes("not currently running")) throw error;
  });
}

/** Replaces D1 as a channel's object sees it, until the object sleeps. */
export async function swapDb(stub: DurableObjectStub<Channel>, DB: D1Database): Promise<void> {
  await runInDurableObject(stub, (instance: Channel) => {
    Object.defineProperty(instance, "env", { value: { ...worker, DB }, configurable: true });
  });
}

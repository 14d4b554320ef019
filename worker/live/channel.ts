import { DurableObject } from "cloudflare:workers";
import { and, desc, eq, sql } from "drizzle-orm";
import { database, type OrgDatabase } from "../db/database";
import type { Env } from "../env";
import { events } from "../events/table";
import { type Audience, type EventRow, presentEvent, selectEvents } from "../features/pipelines/changes";
import type { LiveEvent } from "../features/pipelines/schema";
import { isForApplicants } from "../features/status/words";
import { log, reasonOf } from "../lib/log";
import { selectGood } from "./good";
import { eventsAfter, parseTopic, type Topic } from "./topics";

/** Who sits behind a socket. It lives in the socket's attachment, since memory doesn't outlive a sleep. */
export interface Watcher {
  userId: string;
  /** Of whoever has only a personal link: the hash of its secret. */
  sessionId: string;
  name: string;
  /** The team sees everything and each other, a client's people what is shared, others what is about themselves. */
  audience: Audience;
}

interface Home {
  orgId: string;
  topic: Topic;
}

interface Viewer {
  id: string;
  name: string;
}

/** Events of one pull; a longer backlog is pulled again. */
const PAGE = 500;
/** Sessions are checked again before events are sent, at most this often. */
const CHECK_MS = 5000;
/** After a failed pull. */
const RETRY_MS = 2000;

/**
 * A channel: wakes when poked, pulls what was committed after its cursor and sends it in the order of
 * `seq` to its sockets, one frame for all that is new. The cursor is stored, so that a sleep loses
 * nothing; everything that reads or moves it runs in one line, one after the other.
 */
export class Channel extends DurableObject<Env> {
  private lane: Promise<unknown> = Promise.resolve();
  private waiting = false;
  private wanted = 0;
  private checkedAt = 0;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** There is a new event with this `seq`. Pokes that arrive while a pull waits become one pull. */
  async poke(seq: number): Promise<void> {
    this.wanted = Math.max(this.wanted, seq);
    if (this.waiting) return;
    this.waiting = true;
    try {
      await this.inLine(async () => {
        this.waiting = false;
        // Asked in line, because somebody may be joining just now.
        const watched = this.ctx.getWebSockets().length > 0;
        if (watched && this.wanted > this.cursor()) await this.pull();
      });
    } catch {
      // Logged in line; whoever poked could do nothing about it.
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  /** Pulls again what a failure left behind. */
  override async alarm(): Promise<void> {
    try {
      await this.inLine(async () => {
        if (this.ctx.getWebSockets().length > 0) await this.pull();
      });
    } catch {
      // Logged in line. An alarm that throws is given up after a few times, so this one sets itself again.
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  /** The upgrade. The route has authenticated the caller and tells who it is in headers of its own. */
  override async fetch(request: Request): Promise<Response> {
    const watcher = JSON.parse(decodeURIComponent(request.headers.get("x-watcher") ?? "")) as Watcher;
    const home: Home = {
      orgId: request.headers.get("x-org") ?? "",
      topic: parseTopic(request.headers.get("x-topic") ?? ""),
    };
    const since = request.headers.get("x-since");
    const { 0: client, 1: server } = new WebSocketPair();
    await this.inLine(async () => {
      if (!this.ctx.storage.kv.get<Home>("home")) this.ctx.storage.kv.put("home", home);
      await this.join(server, watcher, home, since === null ? null : Number(since));
    });
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Lets a socket in at the cursor that everybody has, after sending it what it missed. */
  private async join(socket: WebSocket, watcher: Watcher, home: Home, since: number | null): Promise<void> {
    const db = this.db(home);
    if (this.ctx.getWebSockets().length === 0) {
      const [newest] = await db.read(
        db.select({ seq: events.seq }, events, {
          where: eq(home.topic.kind === "user" ? events.userId : events.pipelineId, home.topic.id),
          orderBy: desc(events.seq),
          limit: 1,
        }),
      );
      this.ctx.storage.kv.put("cursor", newest[0]?.seq ?? 0);
    } else {
      // A board may have shown what no poke has told of yet: its reader must not get that again.
      await this.pull();
    }
    const cursor = this.cursor();
    const missed: LiveEvent[] = [];
    for (let from = since; from !== null && from < cursor; ) {
      const after = eventsAfter(home.topic, from, watcher.audience);
      const [rows] = await db.read(
        selectEvents(db, and(after.where, sql`${events.seq} <= ${cursor}`), after.orderBy, PAGE),
      );
      missed.push(...rows.map((row) => presentEvent(row, watcher.audience)));
      from = rows.length < PAGE ? null : (rows.at(-1)?.seq ?? null);
    }
    this.ctx.acceptWebSocket(socket);
    socket.serializeAttachment(watcher);
    if (watcher.audience.kind === "applicant") return send(socket, { type: "hello" });
    const viewers = this.viewers();
    send(socket, { type: "hello", seq: cursor, viewers: isTeam(watcher) ? viewers : [] });
    if (missed.length > 0) send(socket, { type: "events", events: missed });
    this.showPresence(viewers, socket);
  }

  /** Pulls until nothing is left and sends each page as one frame. */
  private async pull(): Promise<void> {
    const home = this.ctx.storage.kv.get<Home>("home");
    if (!home) return;
    const db = this.db(home);
    for (;;) {
      const after = eventsAfter(home.topic, this.cursor());
      const query = selectEvents(db, after.where, after.orderBy, PAGE);
      const rows = await this.pullChecked(db, query);
      const last = rows.at(-1);
      if (!last) return;
      // Stored before it is sent: the output gate holds the frames until the cursor is on disk.
      this.ctx.storage.kv.put("cursor", last.seq);
      this.broadcast(rows);
      if (rows.length < PAGE) return;
    }
  }

  /** The pull, and in the same round trip which sessions are still good, at most every five seconds. */
  private async pullChecked(db: OrgDatabase, query: ReturnType<typeof selectEvents>): Promise<EventRow[]> {
    const now = Date.now();
    if (now < this.checkedAt + CHECK_MS) {
      const [rows] = await db.read(query);
      return rows;
    }
    const ids = [...new Set(this.ctx.getWebSockets().map((socket) => watcherOf(socket).sessionId))];
    const [rows, good] = await db.read(query, selectGood(db, ids));
    this.checkedAt = now;
    const still = new Set(good.map(({ id, browser }) => (browser === null ? id : `${id}:${browser}`)));
    for (const socket of this.ctx.getWebSockets()) {
      const { sessionId, audience } = watcherOf(socket);
      const own = audience.kind === "applicant" ? `${sessionId}:${audience.browser}` : sessionId;
      if (!still.has(sessionId) && !still.has(own))
        refuse(socket, 4401, "Your session has ended. Log in again.");
    }
    return rows;
  }

  private broadcast(rows: EventRow[]): void {
    const everything = JSON.stringify({
      type: "events",
      events: rows.map((row) => presentEvent(row, { kind: "team" })),
    });
    for (const socket of this.ctx.getWebSockets()) {
      const watcher = watcherOf(socket);
      if (isTeam(watcher)) {
        sendText(socket, everything);
        continue;
      }
      const own = rows.filter((row) => concerns(watcher, row));
      if (own.length === 0) continue;
      // Whoever has only a link hears that there is something, and asks for it.
      if (watcher.audience.kind === "applicant") send(socket, { type: "changed" });
      else send(socket, { type: "events", events: own.map((row) => presentEvent(row, watcher.audience)) });
    }
  }

  override async webSocketMessage(): Promise<void> {
    // Clients have nothing to say but `ping`, which is answered without waking this object.
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // Reserved codes may be received but never sent.
    const answer = code === 1005 || code === 1006 || code === 1015 ? 1000 : code;
    try {
      socket.close(answer, "Goodbye.");
    } catch {
      // Closed from the other side already.
    }
    this.showPresence(this.viewers());
  }

  override async webSocketError(): Promise<void> {
    this.showPresence(this.viewers());
  }

  /** The people of the team who look at this pipeline, each once. */
  private viewers(): Viewer[] {
    const people = new Map<string, string>();
    for (const socket of this.ctx.getWebSockets()) {
      const watcher = watcherOf(socket);
      if (isTeam(watcher) && socket.readyState === WebSocket.OPEN) people.set(watcher.userId, watcher.name);
    }
    // In an order of their own: sockets come in any, and the same people must read the same.
    return [...people].map(([id, name]) => ({ id, name })).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private showPresence(viewers: Viewer[], except?: WebSocket): void {
    const text = JSON.stringify({ type: "presence", viewers });
    if (text === this.shown) return;
    this.shown = text;
    for (const socket of this.ctx.getWebSockets()) {
      if (socket !== except && isTeam(watcherOf(socket))) sendText(socket, text);
    }
  }
  private shown = "";

  private cursor(): number {
    return this.ctx.storage.kv.get<number>("cursor") ?? 0;
  }

  private db(home: Home): OrgDatabase {
    return database(this.env, home.orgId);
  }

  /** One after the other, and a failure stops nobody behind it: what it missed, the next pull finds. */
  private async inLine<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work, work);
    this.lane = turn.catch((error) => log("warn", "channel.failed", { reason: reasonOf(error) }));
    return await turn;
  }
}

/** Read once while the object is awake: a thousand sockets are asked at each frame and each newcomer. */
const watchers = new WeakMap<WebSocket, Watcher>();

function watcherOf(socket: WebSocket): Watcher {
  let watcher = watchers.get(socket);
  if (!watcher) {
    watcher = socket.deserializeAttachment() as Watcher;
    watchers.set(socket, watcher);
  }
  return watcher;
}

function concerns({ audience, userId }: Watcher, row: EventRow): boolean {
  switch (audience.kind) {
    case "team":
      return true;
    case "client":
      return row.forClient;
    case "own":
      return row.userId === userId;
    case "applicant":
      return (
        isForApplicants(row.type) &&
        (row.entityId === audience.applicationId || row.data.applicationId === audience.applicationId)
      );
  }
}

const isTeam = (watcher: Watcher): boolean => watcher.audience.kind === "team";

function send(socket: WebSocket, message: Record<string, unknown>): void {
  sendText(socket, JSON.stringify(message));
}

function sendText(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // Closed meanwhile: its owner comes back with the last seq it has.
  }
}

function refuse(socket: WebSocket, code: number, detail: string): void {
  send(socket, { type: "error", detail });
  try {
    socket.close(code, detail);
  } catch {
    // Closed meanwhile.
  }
}

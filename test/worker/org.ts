import { env, exports } from "cloudflare:workers";
import { database } from "../../worker/db/database";
import type { Env } from "../../worker/env";
import { commit } from "../../worker/events/commit";
import { type Ctx, systemCtx } from "../../worker/events/context";
import { drain, sweepEvents } from "../../worker/events/drain";
import { events } from "../../worker/events/table";
import { newAgent } from "../../worker/features/agents/new-agent";
import type { Agent } from "../../worker/features/agents/schema";
import { insertCandidate } from "../../worker/features/candidates/create";
import { createClient } from "../../worker/features/clients/change";
import { newOrganization } from "../../worker/features/organizations/organizations";
import { actorOf, newSession } from "../../worker/features/sessions/sessions";
import { newUserRow } from "../../worker/features/users/register";
import { users } from "../../worker/features/users/table";
import type { Role } from "../../worker/features/users/words";
import { newId } from "../../worker/lib/ids";

export const worker = env as unknown as Env;
const ORIGIN = "https://portico.test";

/** Work that goes on after an answer, so that a test can wait for it. */
const underWay: Promise<unknown>[] = [];
const after = (work: Promise<unknown>) => {
  underWay.push(work);
};
/** Waits for everything that verbs called by a test left to do. */
export async function settled(): Promise<void> {
  while (underWay.length > 0) await underWay.pop();
}

export interface Person {
  user: typeof users.$inferSelect;
  token: string;
  refreshToken: string;
  sessionId: string;
  ctx: Ctx;
}

export interface Org {
  id: string;
  slug: string;
  pipelineId: string;
  ctx: Ctx;
  /**
   * Makes somebody with a session, without the cost of a password. A client user is of the named client, or
   * of a new one of their own.
   */
  person(role: Role, name?: string, clientId?: string): Promise<Person>;
  /** Makes an agent with a login, standing in the first stage. */
  agent(name?: string): Promise<Person & { agent: Agent }>;
}

let count = 0;

/** An organization of a suite's own: storage is new for each file, not for each test. */
export async function newOrg(): Promise<Org> {
  const id = newId("org");
  count += 1;
  const slug = `org-${count}-${id.slice(-6)}`;
  const ctx = { ...systemCtx(worker, id, after), db: database(worker, id) };
  const made = newOrganization(ctx, { name: `Org ${count}`, slug });
  await commit(ctx, { id: newId("chg"), writes: made.writes, audit: [], result: null });
  const found = await worker.DB.prepare("select id from pipelines where org_id = ? and kind = 'agent_pool'")
    .bind(id)
    .first<{ id: string }>();
  const pipelineId = found?.id ?? "";

  const rowOf = (role: Role, name: string) => {
    const [firstName = "", ...rest] = name.split(" ");
    count += 1;
    const email = `${firstName.toLowerCase()}.${count}@${slug}.test`;
    return newUserRow(ctx, { email, firstName, lastName: rest.join(" "), role });
  };
  const letIn = async (row: typeof users.$inferSelect): Promise<Person> => {
    const session = await newSession(ctx, row, { device: "Test", address: null });
    await ctx.db.write(session.writes);
    const { accessToken: token, refreshToken } = session.session;
    return { user: row, token, refreshToken, sessionId: session.id, ctx: { ...ctx, actor: actorOf(row) } };
  };
  return {
    id,
    slug,
    pipelineId,
    ctx,
    person: async (role, name = "Rea Cruz", clientId) => {
      const row = rowOf(role, name);
      if (role === "client_user") {
        row.clientId =
          clientId ?? (await createClient(ctx, { companyName: `Client of ${name}`, status: "active" })).id;
      }
      const statements = [];
      if (role === "candidate") {
        const { email, firstName, lastName, phone } = row;
        const made = insertCandidate(ctx, { userId: row.id, email, firstName, lastName, phone });
        row.candidateId = made.row.id;
        statements.push(...made.writes);
      }
      await ctx.db.write([...statements, ctx.db.insert(users, row)]);
      return await letIn(row);
    },
    agent: async (name = "Ada Lund") => {
      const row = rowOf("agent", name);
      const { email, firstName, lastName, phone } = row;
      const entry = await newAgent(ctx, {
        userId: row.id,
        email,
        firstName,
        lastName,
        phone,
        source: "test",
      });
      row.agentId = entry.agent.id;
      await commit(
        { ...ctx, actor: actorOf(row) },
        {
          id: newId("chg"),
          writes: [ctx.db.insert(users, row), ...entry.writes],
          events: entry.events,
          audit: [],
          result: null,
        },
      );
      return { ...(await letIn(row)), agent: entry.agent };
    },
  };
}

export interface Call {
  token?: string | undefined;
  /** Sent as JSON. */
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** A request as `call` sends it. */
export function requestOf(method: string, path: string, options: Call = {}): Request {
  const headers = new Headers(options.headers);
  if (options.token) headers.set("authorization", `Bearer ${options.token}`);
  if (options.json !== undefined) headers.set("content-type", "application/json");
  const body = options.json === undefined ? options.body : JSON.stringify(options.json);
  return new Request(new URL(path, ORIGIN), {
    method,
    headers,
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
}

/** A request to the Worker, through its own fetch. */
export async function call(method: string, path: string, options: Call = {}): Promise<Response> {
  return await exports.default.fetch(requestOf(method, path, options));
}

/** The answer's JSON, after its status was checked. */
export async function json<T = Record<string, unknown>>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  if (response.status !== status)
    throw new Error(`Expected ${status}, got ${response.status}: ${text.slice(0, 600)}`);
  return JSON.parse(text) as T;
}

/** What the request cost D1, from the header of local mode. */
export function costOf(response: Response): { trips: number; read: number; written: number } {
  const found = /trips=(\d+) read=(\d+) written=(\d+)/.exec(response.headers.get("server-timing") ?? "");
  if (!found) throw new Error("The answer doesn't say what it cost.");
  return { trips: Number(found[1]), read: Number(found[2]), written: Number(found[3]) };
}

/** Runs what follows from the events so far, as the sweep would. */
export async function follow(): Promise<void> {
  await settled();
  await sweepEvents(worker, after);
  await settled();
}

export { drain, events };

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { database } from "../../worker/db/database";
import type { Env } from "../../worker/env";
import type { Ctx } from "../../worker/events/context";
import entry from "../../worker/index";
import { type Call, requestOf, worker } from "./org";

/** The Worker's bindings with some of them replaced. */
export const envWith = (changed: Partial<Env>): Env => ({ ...worker, ...changed });

/** A request to the Worker with some of its bindings replaced; waits for what it leaves to do. */
export async function callWith(
  changed: Partial<Env>,
  method: string,
  path: string,
  options: Call = {},
): Promise<Response> {
  const ctx = createExecutionContext();
  const request = requestOf(method, path, options) as Parameters<typeof entry.fetch>[0];
  const response = await entry.fetch(request, envWith(changed), ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

/** The same caller in a Worker with other bindings. */
export function ctxWith(ctx: Ctx, changed: Partial<Env>): Ctx {
  const env = { ...ctx.env, ...changed };
  return { ...ctx, env, db: database(env, ctx.orgId) };
}

/** A queue that takes messages and loses them. */
export const lostQueue = { send: async () => {}, sendBatch: async () => {} } as unknown as Queue<never>;

/** A queue that refuses, as one over its limits does. */
export const refusingQueue = {
  send: async () => {
    throw new Error("Too Many Requests");
  },
} as unknown as Queue<never>;

/** Channels that nobody can reach. */
export const lostChannels = {
  idFromName: (name: string) => worker.CHANNEL.idFromName(name),
  get: () => ({
    poke: async () => {
      throw new Error("Durable Object is overloaded.");
    },
  }),
} as unknown as Env["CHANNEL"];

/** A Worker whose nudges all get lost, as if it were killed right after each commit. */
export const killedAfterCommit = {
  EVENTS_QUEUE: lostQueue,
  EMAIL_QUEUE: lostQueue,
  CHANNEL: lostChannels,
} as Partial<Env>;

/** What D1 says when the line to it breaks, whether or not the batch was run. */
export const lineBroken = () => new Error("D1_ERROR: Network connection lost.");

interface Watch {
  before?: (sql: string) => unknown;
  after?: (sql: string, results: D1Result[]) => unknown;
}

/**
 * D1 with somebody who looks on: `before` and `after` are called with the statements of each batch and
 * may take their time, change what is stored, or throw. What `after` throws is a lost reply.
 */
export function watchedDb({ before, after }: Watch): D1Database {
  const words = new WeakMap<D1PreparedStatement, string>();
  const prepare = (sql: string): D1PreparedStatement => {
    const statement = worker.DB.prepare(sql);
    words.set(statement, sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values: unknown[]) => {
      const bound = bind(...values);
      words.set(bound, sql);
      return bound;
    };
    return statement;
  };
  const batch = async <T>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> => {
    const sql = statements.map((one) => words.get(one) ?? "").join(";\n");
    await before?.(sql);
    const results = await worker.DB.batch<T>(statements);
    await after?.(sql, results);
    return results;
  };
  return { prepare, batch } as unknown as D1Database;
}

/** True for the batch of a verb that changes something. */
export const isCommit = (sql: string): boolean => /insert into ["`]?(audit_entries|handled)/i.test(sql);

/** Calls `work` the first time only that `test` is true. */
export function once(test: (sql: string) => boolean, work: () => unknown): (sql: string) => unknown {
  let done = false;
  return async (sql) => {
    if (done || !test(sql)) return;
    done = true;
    await work();
  };
}

import type { Env } from "../../../worker/env";
import { commit, event } from "../../../worker/events/commit";
import { systemCtx } from "../../../worker/events/context";
import product from "../../../worker/index";
import { newId } from "../../../worker/lib/ids";
import { seed } from "./seed";

export { Channel, Counter, CvReader, Lane, Passwords } from "../../../worker/index";

/** A statement as it went to D1. */
interface Said {
  sql: string;
  params: unknown[];
  /** Rows it read, once it was run. */
  read?: number;
}

/** D1 that notes each batch and when the last one was done. */
function listening(d1: D1Database) {
  const batches: Said[][] = [];
  const heard = { batches, doneAt: 0 };
  const said = new WeakMap<object, Said>();
  const note = (statement: D1PreparedStatement, what: Said): D1PreparedStatement => {
    said.set(statement, what);
    const bind = statement.bind.bind(statement);
    statement.bind = (...params) => note(bind(...params), { sql: what.sql, params });
    return statement;
  };
  const wrapped = {
    prepare: (sql: string) => note(d1.prepare(sql), { sql, params: [] }),
    batch: async (statements: D1PreparedStatement[]) => {
      const batch = statements.map((statement) => said.get(statement) ?? { sql: "", params: [] });
      batches.push(batch);
      const results = await d1.batch(statements);
      heard.doneAt = Date.now();
      for (const [i, one] of batch.entries()) one.read = results[i]?.meta.rows_read ?? 0;
      return results;
    },
  };
  return { heard, d1: wrapped as unknown as D1Database };
}

// The line of each request is still written, but `wrangler dev` would carry it through an inspector and a
// terminal, which costs more than most answers and happens on a developer's machine only.
console.info = () => {};

/** Events that were not handed to their subscribers yet. */
async function pending(env: Env): Promise<number> {
  const found = await env.DB.prepare("select count(*) as count from events where dispatch = 'pending'").first(
    "count",
  );
  return Number(found);
}

/**
 * Commits events about as many people, a hundred in each commit. The queue is told once all are committed: what is
 * measured begins there, as the bare loop begins with messages that need no change of data.
 */
async function commitEvents(env: Env, after: (work: Promise<unknown>) => void, wanted: WantedEvents) {
  const nudges: Parameters<Env["EVENTS_QUEUE"]["send"]>[0][] = [];
  const queue = { send: async (message: (typeof nudges)[number]) => void nudges.push(message) };
  const held = { ...env, EVENTS_QUEUE: queue as unknown as Env["EVENTS_QUEUE"] };
  const ctx = systemCtx(held, wanted.orgId, after);
  for (let left = wanted.count; left > 0; left -= 100) {
    const events = Array.from({ length: Math.min(left, 100) }, () => {
      const id = newId("cand");
      return event({
        type: "candidate.updated",
        entity: { type: "candidate", id },
        data: { candidateId: id },
      });
    });
    await commit(ctx, { id: newId("chg"), writes: [], events, audit: [], result: null });
  }
  for (const message of nudges) await env.EVENTS_QUEUE.send(message);
}

interface WantedEvents {
  orgId: string;
  count: number;
}

/** Deliveries that are not over. */
async function undelivered(env: Env): Promise<number> {
  const found = await env.DB.prepare(
    "select coalesce(sum(n), 0) as count from webhook_counts where status in ('pending', 'parked')",
  ).first("count");
  return Number(found);
}

/**
 * The product with doors for the bench: the seed, what is still to follow, the statements behind an
 * answer, the moment of a commit, events and what becomes of their webhooks. A request that asks for none of them goes to the product as it is.
 */
export default {
  ...product,
  async fetch(request, env, ctx) {
    const door = request.headers.get("x-bench");
    if (door === null) return await product.fetch(request, env, ctx);
    if (door === "seed") return Response.json(await seed(env, await request.json()));
    if (door === "pending") return Response.json(await pending(env));
    if (door === "undelivered") return Response.json(await undelivered(env));
    if (door === "events") {
      await commitEvents(env, (work) => ctx.waitUntil(work), await request.json());
      return new Response(null, { status: 204 });
    }
    const { heard, d1 } = listening(env.DB);
    const answer = await product.fetch(request, { ...env, DB: d1 }, ctx);
    if (door === "committed") {
      const stamped = new Response(answer.body, answer);
      stamped.headers.set("x-bench-committed", String(heard.doneAt));
      return stamped;
    }
    const body = await answer.text();
    return Response.json({
      status: answer.status,
      headers: [...answer.headers],
      body,
      batches: heard.batches,
    });
  },
} satisfies ExportedHandler<Env>;

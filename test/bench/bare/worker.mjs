// What the platform costs without the product: stored statements, stored answers, a plain broadcast.
import { DurableObject } from "cloudflare:workers";

/** Sends a text to every socket, and that is all. */
export class Hub extends DurableObject {
  async fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.send('{"type":"hello"}');
    return new Response(null, { status: 101, webSocket: client });
  }

  async broadcast(text) {
    for (const socket of this.ctx.getWebSockets()) socket.send(text);
  }

  webSocketClose(socket, code) {
    socket.close(code === 1005 || code === 1006 || code === 1015 ? 1000 : code);
  }
}

/** A body of the size that the product sends. */
const EVENT = JSON.stringify({
  ...{
    id: "evt_",
    type: "candidate.updated",
    event: "candidate.updated",
    timestamp: "2026-01-01T00:00:00.000Z",
  },
  ...{ seq: 1, actor: { kind: "system", id: "portico", name: "Portico" } },
  ...{ entity: { type: "candidate", id: "cand_", seq: 1 }, data: { candidateId: "cand_" } },
});

/** Puts a message on the queue for each of so many events and each address. */
async function send(env, { urls, count }) {
  const messages = urls.flatMap((url) => Array.from({ length: count }, () => ({ body: { url } })));
  for (let at = 0; at < messages.length; at += 100) await env.QUEUE.sendBatch(messages.slice(at, at + 100));
  return new Response(null, { status: 204 });
}

/** What the bench stored, by name: statements and the answer that they lead to. */
const stored = new Map();
const prepared = (env, statements) =>
  statements.map(({ sql, params }) => env.DB.prepare(sql).bind(...params));

/**
 * The same read and the same write, with this person's values in the places of the recorded ones. All are
 * replaced in one pass, because a stage that was left may be the one that is entered now.
 */
async function move(env, { reads, writes, recorded, answer }, agentId, to) {
  const filled = (statements, values) => {
    const texts = [...values.keys()].filter((key) => typeof key === "string");
    const pattern = new RegExp(texts.map((text) => RegExp.escape(text)).join("|"), "g");
    const fill = (param) => {
      if (typeof param === "string")
        return values.get(`=${param}`) ?? param.replace(pattern, (old) => values.get(old));
      return values.get(param) ?? param;
    };
    return statements.map(({ sql, params }) => env.DB.prepare(sql).bind(...params.map(fill)));
  };
  const found = await env.DB.batch(filled(reads, new Map([[recorded.agentId, agentId]])));
  const rows = (column) => found.find(({ results }) => results[0] && column in results[0])?.results ?? [];
  const application = rows("stageId")[0];
  const stages = rows("position");
  const held = stages.find((stage) => stage.id === application.stageId);
  const target = stages.find((stage) => stage.key === to);
  const values = new Map([
    // Sets stand in one JSON value, in which a number is no value of its own.
    [`"${recorded.applicationId}",${recorded.version},`, `"${application.id}",${application.version},`],
    [recorded.agentId, agentId],
    [recorded.applicationId, application.id],
    [recorded.heldId, held.id],
    [recorded.targetId, target.id],
    [recorded.changeId, `chg_${crypto.randomUUID()}`],
    [recorded.eventId, `evt_${crypto.randomUUID()}`],
    [`"oldStatus":"${recorded.heldKey}"`, `"oldStatus":"${held.key}"`],
    [`"newStatus":"${recorded.targetKey}"`, `"newStatus":"${target.key}"`],
    [`=${recorded.targetKey}`, target.key],
    [recorded.version, application.version],
    [recorded.version + 1, application.version + 1],
    [recorded.at, Date.now()],
  ]);
  const [won] = await env.DB.batch(filled(writes, values));
  return new Response(answer.body, { status: won.meta.changes === 1 ? 200 : 409, headers: answer.headers });
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const [, what, name] = pathname.split("/");
    if (what === "store") {
      stored.set(name, await request.json());
      return new Response(null, { status: 204 });
    }
    if (what === "read") {
      const { statements, answer } = stored.get(name);
      await env.DB.batch(prepared(env, statements));
      return new Response(answer.body, { headers: answer.headers });
    }
    if (what === "move") return await move(env, stored.get("move"), name, searchParams.get("to"));
    if (what === "send") return await send(env, await request.json());
    const hub = env.HUB.getByName("hub");
    if (what === "live") return await hub.fetch(request);
    if (what === "broadcast") {
      const text = await request.text();
      const at = Date.now();
      await hub.broadcast(text);
      return new Response(null, { headers: { "x-bench-committed": String(at) } });
    }
    return new Response("ready");
  },

  /** The whole of a bare delivery: fetch, six at once, and done. */
  async queue(batch) {
    const left = [...batch.messages];
    const post = async () => {
      for (let message = left.pop(); message; message = left.pop()) {
        const answer = await fetch(message.body.url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: EVENT,
        });
        await answer.body?.cancel();
        if (answer.ok) message.ack();
        else message.retry();
      }
    };
    await Promise.all(Array.from({ length: 6 }, post));
  },
};

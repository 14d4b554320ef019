// A stand-in for somebody else's server: it can answer anything, and remembers what it got.
import { createServer } from "node:http";
import { ok } from "./answers.mjs";
import { problemsOf } from "./verify.mjs";

/**
 * Starts a receiver on this machine. Each path is an endpoint of its own, with its own answers and secrets.
 *
 * @param options.port 0 for a free one
 * @param options.clock the sender's time in milliseconds, or several of them while it is being moved
 */
export async function startReceiver({ port = 0, clock = () => Date.now() } = {}) {
  const received = [];
  const paths = new Map();
  const waiting = new Set();
  const inFlight = new Map();
  let server;

  const hook = (path) => {
    if (!paths.has(path)) paths.set(path, { answer: ok, secrets: undefined });
    return paths.get(path);
  };

  async function take(message, answer) {
    const at = Date.now();
    const chunks = [];
    for await (const chunk of message) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const { pathname } = new URL(message.url, "http://receiver");
    const { answer: answering, secrets } = hook(pathname);
    const id = message.headers["webhook-id"] ?? null;
    const key = `${pathname} ${id}`;
    const request = { at, path: pathname, method: message.method, headers: message.headers, body, id };
    request.problems =
      secrets === undefined
        ? []
        : [clock()].flat().reduce((fewest, now) => {
            const found = problemsOf(request, secrets, now);
            return fewest === undefined || found.length < fewest.length ? found : fewest;
          }, undefined);
    // Two attempts of one delivery at the same time are a fault of the sender.
    request.overlaps = (inFlight.get(key) ?? 0) > 0;
    inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
    received.push(request);
    const { socket } = message;
    const over = new Promise((resolve) => {
      const end = () => {
        // The connection is used again, and would collect them.
        socket.off("close", end);
        resolve();
      };
      answer.once("close", end);
      socket.once("close", end);
    });
    over.then(() => {
      request.endedAt = Date.now();
      request.status = answer.writableFinished ? answer.statusCode : null;
      inFlight.set(key, inFlight.get(key) - 1);
      wake();
    });
    wake();
    await answering(request, answer);
    await over;
  }

  function wake() {
    for (const check of waiting) check();
  }

  async function listen(at) {
    server = createServer((message, answer) => {
      take(message, answer).catch(() => answer.socket?.destroy());
    });
    server.keepAliveTimeout = 60_000;
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, "127.0.0.1", resolve);
    });
    return server.address().port;
  }

  async function close() {
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
  }

  const own = await listen(port);
  return {
    port: own,
    base: `http://127.0.0.1:${own}`,
    received,

    /** The address of an endpoint. */
    url: (path) => `http://127.0.0.1:${own}${path}`,

    /** How a path answers from now on: one of answers.mjs. */
    answer(path, how) {
      hook(path).answer = how;
    },

    /** Which secrets may sign for a path; its requests are verified as they come. */
    trust(path, ...secrets) {
      hook(path).secrets = secrets;
    },

    /** What a path got, or everything. */
    at: (path) => received.filter((request) => request.path === path),

    /** Forgets what it got. */
    forget() {
      received.length = 0;
    },

    /**
     * Waits until something holds, which is looked at whenever a request comes or ends.
     * @throws when it doesn't within `ms`
     */
    until(holds, ms = 10_000) {
      return new Promise((resolve, reject) => {
        const check = () => {
          const value = holds();
          if (!value) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(value);
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`The receiver waited ${ms} ms in vain. It got ${received.length} requests.`));
        }, ms);
        waiting.add(check);
        check();
      });
    },

    /** Refuses connections, as a server does that is down. */
    goDown: close,

    /** Listens again, on the same port. */
    comeBack: () => listen(own),

    async stop() {
      if (server.listening) await close();
    },
  };
}

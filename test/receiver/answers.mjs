// Every way in which somebody else's server can answer, or fail to. Each is a function of the request and Node's
// answer object; `pick` chooses one by a seed.
import { setTimeout as sleep } from "node:timers/promises";

/** Answers at once. `headers` is an object, or a flat list of names and values where a name comes twice. */
export const status =
  (code, { body = "", headers = {} } = {}) =>
  (_request, answer) => {
    const list = Array.isArray(headers) ? headers : Object.entries(headers).flat();
    answer.writeHead(code, [...list, "content-length", String(Buffer.byteLength(body))]);
    answer.end(body);
  };

export const ok = status(200, { body: "ok" });

/** Points elsewhere. Whoever follows it is caught by the request that arrives there. */
export const redirect = (to, code = 302) => status(code, { headers: { location: to } });

/** Waits, then goes on as `then`; stops where the sender has hung up. */
export const slow =
  (ms, then = ok) =>
  async (request, answer) => {
    await sleep(ms);
    if (!answer.destroyed && !answer.socket?.destroyed) await then(request, answer);
  };

/** Takes the request and never says anything. */
export const never = () => {};

/** Sends its bytes one after the other, from the status line on, so that no pause is ever long. */
export const drip =
  ({ everyMs = 1000, text = raw200("x".repeat(1000)) } = {}) =>
  async (_request, answer) => {
    const { socket } = answer;
    for (const byte of text) {
      if (!socket || socket.destroyed) return;
      socket.write(byte);
      await sleep(everyMs);
    }
    socket?.end();
  };

/** Sends a good head at once, and then its body byte by byte. */
export const dripBody =
  ({ everyMs = 1000, length = 1000 } = {}) =>
  async (_request, answer) => {
    answer.writeHead(200, { "content-length": String(length) });
    for (let sent = 0; sent < length && !answer.socket?.destroyed; sent++) {
      answer.write("x");
      await sleep(everyMs);
    }
    answer.end();
  };

/** Promises 100 bytes, sends one and hangs up. */
export const half = (_request, answer) => {
  answer.socket?.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx");
};

/** Breaks the connection with a reset, after the whole request was read. */
export const reset = (_request, answer) => {
  answer.socket?.resetAndDestroy();
};

/** Hangs up without a word. */
export const hangUp = (_request, answer) => {
  answer.socket?.destroy();
};

/** Whatever bytes one likes: a status of 600, two headers that contradict each other, no HTTP at all. */
export const raw = (text) => (_request, answer) => {
  answer.socket?.end(text);
};

/** A good answer with a body that has no end, or one of so many bytes. */
export const huge =
  (bytes = Number.POSITIVE_INFINITY) =>
  async (_request, answer) => {
    const part = Buffer.alloc(16_384, "x");
    answer.writeHead(200);
    for (let sent = 0; sent < bytes && !answer.destroyed && !answer.socket?.destroyed; sent += part.length) {
      const roomLeft = answer.write(part);
      if (!roomLeft)
        await Promise.race([new Promise((resolve) => answer.once("drain", resolve)), sleep(100)]);
    }
    answer.end();
  };

function raw200(body) {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** One after the other; the last one stays. */
export function inTurn(...answers) {
  let at = 0;
  return (request, answer) => answers[Math.min(at++, answers.length - 1)](request, answer);
}

// A load generator that costs little beside what it measures: raw HTTP/1.1 over kept connections.
import { connect } from "node:net";

const BLANK = Buffer.from("\r\n\r\n");

/** The bytes of a request. */
export function requestBytes(port, { method = "GET", path, headers = {}, body = "" }) {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (method !== "GET") lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** A connection that is asked one thing at a time. */
class Connection {
  constructor(port) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.head = Buffer.alloc(0);
    this.left = -1;
    this.ready = new Promise((resolve, reject) => {
      this.socket.once("connect", resolve);
      this.socket.once("error", reject);
    });
    this.socket.on("data", (data) => this.read(data));
    this.socket.on("close", () => this.answered?.(0));
  }

  /** Sends a request; answers the status once the whole answer is here. */
  ask(bytes) {
    return new Promise((resolve) => {
      this.answered = resolve;
      this.socket.write(bytes);
    });
  }

  read(data) {
    let part = data;
    if (this.left < 0) {
      this.head = this.head.length === 0 ? data : Buffer.concat([this.head, data]);
      const end = this.head.indexOf(BLANK);
      if (end < 0) return;
      const text = this.head.toString("latin1", 0, end).toLowerCase();
      this.status = Number(text.slice(9, 12));
      const length = /\ncontent-length: *(\d+)/.exec(text);
      this.chunked = !length && text.includes("transfer-encoding: chunked");
      this.left = length ? Number(length[1]) : this.chunked ? 1 : 0;
      part = this.head.subarray(end + BLANK.length);
      this.head = Buffer.alloc(0);
      this.tail = "";
    }
    if (this.chunked) {
      // Nothing follows the last chunk, which is empty, because the next request waits for it.
      this.tail = (this.tail + part.toString("latin1", Math.max(0, part.length - 7))).slice(-7);
      if (this.tail.endsWith("0\r\n\r\n")) this.done();
      return;
    }
    this.left -= part.length;
    if (this.left <= 0) this.done();
  }

  done() {
    this.left = -1;
    this.answered(this.status);
  }

  close() {
    this.answered = undefined;
    this.socket.destroy();
  }
}

/**
 * Asks over so many connections, each one request after the other.
 *
 * @param ms how long, or
 * @param count how often in all
 * @param next the bytes of the next request
 * @returns answers a second, and the time of each in milliseconds
 */
export async function load({
  port,
  connections,
  ms = Number.POSITIVE_INFINITY,
  count = Number.POSITIVE_INFINITY,
  next,
}) {
  const times = [];
  let failure;
  let asked = 0;
  const open = Array.from({ length: connections }, () => new Connection(port));
  await Promise.all(open.map((connection) => connection.ready));
  const started = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (asked < count && performance.now() < started + ms && !failure) {
        asked += 1;
        const at = performance.now();
        const status = await connection.ask(next());
        times.push(performance.now() - at);
        if (status !== 200)
          failure = new Error(`The server at port ${port} answered a request of the load with ${status}.`);
      }
    }),
  );
  const took = performance.now() - started;
  for (const connection of open) connection.close();
  if (failure) throw failure;
  return { perSecond: (times.length * 1000) / took, times };
}

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

/** One connection that asks again as soon as it has its answer. */
class Connection {
  constructor(port, onAnswer) {
    this.onAnswer = onAnswer;
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.head = Buffer.alloc(0);
    this.left = -1;
    this.chunked = false;
    this.ready = new Promise((resolve, reject) => {
      this.socket.once("connect", resolve);
      this.socket.once("error", reject);
    });
    this.socket.on("data", (data) => this.read(data));
  }

  send(bytes) {
    this.socket.write(bytes);
  }

  read(data) {
    if (this.left < 0) {
      this.head = this.head.length === 0 ? data : Buffer.concat([this.head, data]);
      const end = this.head.indexOf(BLANK);
      if (end < 0) return;
      const text = this.head.toString("latin1", 0, end).toLowerCase();
      this.status = Number(text.slice(9, 12));
      const length = /\ncontent-length: *(\d+)/.exec(text);
      this.chunked = !length && /\ntransfer-encoding: *chunked/.test(text);
      this.size = 0;
      this.left = length ? Number(length[1]) : this.chunked ? 1 : 0;
      data = this.head.subarray(end + 4);
      this.head = Buffer.alloc(0);
      this.tail = "";
      if (this.left === 0) return this.done();
    }
    this.size += data.length;
    if (this.chunked) {
      // The last chunk is empty; nothing follows it, because the next request waits for it.
      this.tail = (this.tail + data.toString("latin1", Math.max(0, data.length - 7))).slice(-7);
      if (this.tail === "\r\n0\r\n\r\n" || this.tail.startsWith("0\r\n\r\n")) this.done();
      return;
    }
    this.left -= data.length;
    if (this.left <= 0) this.done();
  }

  done() {
    this.left = -1;
    this.onAnswer(this, this.status, this.size);
  }

  close() {
    this.socket.destroy();
  }
}

/**
 * Asks over `connections` for `ms` milliseconds, each connection one request after the other.
 *
 * @param next the bytes of the next request
 * @returns answers a second, and the time of each in milliseconds
 */
export async function load({ port, connections, ms, next }) {
  const times = [];
  let failure;
  let open = 0;
  const started = performance.now();
  const end = started + ms;
  await new Promise((resolve, reject) => {
    const ask = (connection) => {
      connection.at = performance.now();
      connection.send(next());
    };
    const answered = (connection, status) => {
      const now = performance.now();
      if (status !== 200) failure ??= new Error(`A request of the load was answered ${status}.`);
      times.push(now - connection.at);
      if (now < end && !failure) return ask(connection);
      connection.close();
      open -= 1;
      if (open === 0) failure ? reject(failure) : resolve();
    };
    for (let i = 0; i < connections; i++) {
      const connection = new Connection(port, answered);
      open += 1;
      connection.ready.then(() => ask(connection), reject);
    }
  });
  return { perSecond: (times.length * 1000) / (performance.now() - started), times };
}

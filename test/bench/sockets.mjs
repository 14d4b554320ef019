// A process of its own that holds many sockets and says when a message has reached all of them. Raw frames,
// because a full client for each of 1,000 sockets would cost more than the server that is measured.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

const now = () => performance.timeOrigin + performance.now();
const EVENTS = Buffer.from('{"type":"events"');

/** Sockets by server, and how many of them have the message that is under way. */
const groups = new Map();

class Socket {
  constructor(group, { port, path, headers }) {
    this.group = group;
    this.rest = Buffer.alloc(0);
    this.open = false;
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.ready = new Promise((resolve, reject) => {
      this.opened = resolve;
      this.socket.on("error", reject);
      this.socket.on("close", () => reject(new Error("A socket was closed.")));
    });
    this.socket.on("data", (data) => this.read(data));
    const lines = [
      `GET ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      "connection: Upgrade",
      "upgrade: websocket",
    ];
    lines.push("sec-websocket-version: 13", `sec-websocket-key: ${randomBytes(16).toString("base64")}`);
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    this.socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  }

  read(data) {
    this.rest = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
    if (!this.open) {
      const end = this.rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!this.rest.toString("latin1", 0, 12).endsWith(" 101")) {
        this.socket.destroy(new Error(this.rest.toString("utf8", 0, 200)));
        return;
      }
      this.open = true;
      this.rest = this.rest.subarray(end + 4);
    }
    while (this.rest.length >= 2) {
      let [length, at] = [this.rest[1] & 0x7f, 2];
      if (length === 126 && this.rest.length >= 4) [length, at] = [this.rest.readUInt16BE(2), 4];
      else if (length === 127 && this.rest.length >= 10)
        [length, at] = [Number(this.rest.readBigUInt64BE(2)), 10];
      else if (length >= 126) return;
      if (this.rest.length < at + length) return;
      const text = this.rest.subarray(at, at + length);
      this.rest = this.rest.subarray(at + length);
      // The server's greeting is the first message; after it the socket is in.
      this.opened();
      if (text.subarray(0, EVENTS.length).equals(EVENTS)) this.group.arrived();
    }
  }
}

class Group {
  sockets = [];
  count = 0;

  constructor(name) {
    this.name = name;
  }

  arrived() {
    this.count += 1;
    if (this.count !== this.sockets.length) return;
    this.count = 0;
    process.send({ name: this.name, all: now() });
  }

  /** Opens sockets, some at a time, since nobody opens a thousand at once. */
  async grow(count, server) {
    const wanted = this.sockets.length + count;
    while (this.sockets.length < wanted) {
      const some = Array.from(
        { length: Math.min(20, wanted - this.sockets.length) },
        () => new Socket(this, server),
      );
      this.sockets.push(...some);
      await Promise.all(some.map((socket) => socket.ready));
    }
  }
}

process.on("message", async ({ name, count, server }) => {
  if (!groups.has(name)) groups.set(name, new Group(name));
  try {
    await groups.get(name).grow(count, server);
    process.send({ name, open: true });
  } catch (error) {
    process.send({ name, error: error.message });
  }
});
// Its parent is gone: nobody needs the sockets.
process.on("disconnect", () => process.exit(0));

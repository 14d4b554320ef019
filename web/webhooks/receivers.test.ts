import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { RECEIVERS } from "./receivers";

const folder = new URL("./receivers/", import.meta.url).pathname;
const key = randomBytes(32);
const old = randomBytes(32);
const secret = `whsec_${key.toString("base64")}`;

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
/** Where a machine lacks a language, its receiver can't be run there. */
const PROGRAMS: Record<string, { there: boolean; start: (port: number) => [string, string[]] }> = {
  node: { there: true, start: () => [process.execPath, ["receiver.mjs"]] },
  python: { there: has("python3", "--version"), start: () => ["python3", ["receiver.py"]] },
  php: {
    there: has("php", "--version"),
    start: (port) => ["php", ["-S", `localhost:${port}`, "receiver.php"]],
  },
  go: { there: has("go", "version"), start: () => ["go", ["run", "receiver.go"]] },
};

const running: ChildProcess[] = [];
afterEach(() => {
  // `go run` starts another program: both are of one group.
  for (const { pid } of running.splice(0)) if (pid) process.kill(-pid, "SIGTERM");
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function sign(id: string, time: number, body: string, by = key): string {
  return `v1,${createHmac("sha256", by).update(`${id}.${time}.${body}`).digest("base64")}`;
}

describe.each(RECEIVERS)("the receiver in $label", (receiver) => {
  const program = PROGRAMS[receiver.key];
  it.skipIf(!program?.there)(
    "takes what we signed, once, and nothing else",
    async () => {
      const port = await freePort();
      const [command = "", args = []] = program?.start(port) ?? [];
      const child = spawn(command, args, {
        cwd: folder,
        detached: true,
        env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
      });
      running.push(child);
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));

      const post = async (body: string, headers: Record<string, string>) => {
        const answer = await fetch(`http://localhost:${port}/hooks`, { method: "POST", body, headers });
        return answer.status;
      };
      const headersOf = (id: string, body: string, time = Math.trunc(Date.now() / 1000)) => ({
        "webhook-id": id,
        "webhook-timestamp": String(time),
        "webhook-signature": sign(id, time, body),
      });
      const id = `evt_${randomBytes(8).toString("hex")}`;
      const body = JSON.stringify({ id, type: "job.posted", data: { title: "Größe, “quotes” and 日本" } });
      const good = headersOf(id, body);
      await expect.poll(() => post(body, {}).catch(() => 0), { timeout: 60_000, interval: 200 }).toBe(401);

      expect(await post(body, good)).toBe(204);
      expect(await post(body, good)).toBe(204);
      await expect.poll(() => said.split("job.posted").length - 1).toBe(1);
      const rotating = {
        ...good,
        "webhook-signature": `${sign(id, 1, body, old)} ${good["webhook-signature"]}`,
      };
      expect(await post(body, rotating)).toBe(204);

      expect(await post(`${body} `, good)).toBe(401);
      expect(await post(body, { ...good, "webhook-id": "evt_other" })).toBe(401);
      const now = Number(good["webhook-timestamp"]);
      expect(await post(body, { ...good, "webhook-signature": sign(id, now, body, old) })).toBe(401);
      expect(await post(body, { ...good, "webhook-signature": "v1," })).toBe(401);
      expect(await post(body, headersOf(id, body, now - 600))).toBe(401);
      expect(await post(body, { ...headersOf(id, body), "webhook-timestamp": "soon" })).toBe(401);
      expect(said.split("job.posted").length - 1).toBe(1);
    },
    90_000,
  );
});

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const starter = fileURLToPath(new URL("../../../.tools/start.mjs", import.meta.url));
const START_LIMIT = 180_000;

/** The whole product, started as `npm start` starts it, with data of its own. */
export interface Product {
  base: string;
  state: string;
  /** Stops the server and throws its data away. */
  stop(): Promise<void>;
  /** Stops the server and starts it again on the same port and data. */
  restart(): Promise<void>;
}

/** Starts the product on a free port, in a folder of its own, and waits until it is seeded and answers. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const state = mkdtempSync(join(tmpdir(), "portico-"));
  const port = await freePort();
  const forget = () => rmSync(state, { recursive: true, force: true });
  let child = await run(port, state, env).catch((error) => {
    forget();
    throw error;
  });
  return {
    // By name and not by number: browsers keep Secure cookies on http for localhost.
    base: `http://localhost:${port}`,
    state,
    stop: async () => {
      await end(child);
      forget();
    },
    restart: async () => {
      await end(child);
      child = await run(port, state, env);
    },
  };
}

function run(port: number, state: string, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [starter], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: String(port),
      PORTICO_STATE: state,
      PORTICO_QUIET: "",
      PORTICO_VERBOSE: "",
      PORTICO_STOP_WITH_PARENT: "1",
      ...env,
    },
  });
  return new Promise((resolve, reject) => {
    let output = "";
    let ready = false;
    const timer = setTimeout(() => {
      child.kill("SIGTERM");
      reject(new Error(`The product did not start within ${START_LIMIT / 1000} s.\n${output}`));
    }, START_LIMIT);
    const collect = (data: Buffer) => {
      if (ready) return;
      output += data;
      if (!output.includes("Portico is ready:")) return;
      ready = true;
      clearTimeout(timer);
      resolve(child);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", (data: Buffer) => {
      collect(data);
      // The server's own errors belong beside the failing test that caused them.
      if (ready) process.stderr.write(data);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      if (!ready) reject(new Error(`The product did not start (code ${code}).\n${output}`));
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}

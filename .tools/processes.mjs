// Running the project's programs with the project's own Node, and ending them again.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const bin = join(root, "node_modules", ".bin");

/**
 * The Node that runs wrangler, vite and vitest. They refuse versions before 22.12, so the one that
 * `npm ci` installed goes first and an older one on the machine does no harm.
 */
export function projectNode() {
  const installed = join(bin, process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(installed) && process.platform !== "win32") return installed;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new Error(`Node ${process.versions.node} is too old and node_modules is missing. Run npm ci first.`);
}

/** The environment of every child: the project's programs first, nothing that phones home. */
export function childEnv(extra = {}) {
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    // Without this, wrangler asks the internet for a sample `request.cf` and warns when offline.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    ...extra,
  };
}

const entries = {
  wrangler: "wrangler/bin/wrangler.js",
  vite: "vite/bin/vite.js",
  vitest: "vitest/vitest.mjs",
  tsc: "typescript/bin/tsc",
  biome: "@biomejs/biome/bin/biome",
  playwright: "playwright-core/cli.js",
};

/** Command and arguments of a program of node_modules, without a shell in between. */
export function program(name, args) {
  const file = join(root, "node_modules", entries[name]);
  if (!existsSync(file)) throw new Error(`${name} is not installed. Run npm ci first.`);
  return [projectNode(), [file, ...args]];
}

/** Starts a program of node_modules in the checkout. */
export function start(name, args, { env, ...options } = {}) {
  const [command, all] = program(name, args);
  return spawn(command, all, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
    env: childEnv(env),
  });
}

/**
 * Runs a program of node_modules to its end. Answers its exit code and, unless `show` lets it write to
 * the terminal, its output (both streams, in order).
 */
export function run(name, args, { show = false, cwd = root, env, input } = {}) {
  return new Promise((resolve, reject) => {
    const [command, all] = program(name, args);
    const stdin = input === undefined ? "ignore" : "pipe";
    const stdio = show ? [stdin, "inherit", "inherit"] : [stdin, "pipe", "pipe"];
    const child = spawn(command, all, { cwd, stdio, env: childEnv(env) });
    let output = "";
    let stdout = "";
    child.stdout?.on("data", (data) => {
      stdout += data;
      output += data;
    });
    child.stderr?.on("data", (data) => {
      output += data;
    });
    if (input !== undefined) child.stdin.end(input);
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal, output, stdout }));
  });
}

/** Every process below `pid`, nearest first. */
export function descendants(pid, table = processTable()) {
  const found = [];
  let level = [pid];
  while (level.length > 0) {
    level = table.filter(([, parent]) => level.includes(parent)).map(([child]) => child);
    found.push(...level);
  }
  return found;
}

/**
 * Pairs of process and parent. Read from /proc where that exists, since slim images have no `ps`. What has
 * ended and waits to be reaped is left out: in a container without an init nobody ever reaps it.
 */
function processTable() {
  if (process.platform === "linux") {
    const pairs = [];
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        // The name may hold spaces and brackets, so count from the last bracket.
        const [status, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (status !== "Z") pairs.push([Number(entry), Number(parent)]);
      } catch {
        // It ended between the two reads.
      }
    }
    return pairs;
  }
  if (process.platform === "win32") return [];
  const listed = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).stdout ?? "";
  return listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , status]) => !status?.startsWith("Z"))
    .map(([pid, parent]) => [Number(pid), Number(parent)]);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process runs; one that has ended and was not reaped doesn't. */
export function alive(pid) {
  if (!signal(pid, 0)) return false;
  return process.platform === "win32" || processTable().some(([one]) => one === pid);
}

/**
 * Ends everything below a process, or the process too: asks the topmost first, and kills by process id
 * what is left after `grace` milliseconds. A runtime whose parent was killed would go on holding the port.
 */
export async function stopTree(pid, { itself = true, grace = 5000 } = {}) {
  const table = processTable();
  const below = descendants(pid, table);
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  const top = itself ? [pid] : table.filter(([, parent]) => parent === pid).map(([child]) => child);
  const family = itself ? [pid, ...below] : below;
  for (const one of top) signal(one, "SIGTERM");
  const deadline = Date.now() + grace;
  let left = family;
  while (left.length > 0) {
    await sleep(50);
    const living = new Set(processTable().map(([one]) => one));
    left = left.filter((one) => living.has(one));
    if (Date.now() > deadline) {
      for (const one of left) signal(one, "SIGKILL");
      return;
    }
  }
}

/** Waits. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether nobody listens on the port of this machine's loopback address. */
export function portIsFree(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** A port that was free a moment ago. */
export function freePort(host = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

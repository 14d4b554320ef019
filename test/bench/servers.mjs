// The two servers that are compared, each with its own state, started from files that nobody edits meanwhile.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run, sleep, start, stopTree } from "../../.tools/processes.mjs";
import { workerProcess } from "./cpu.mjs";

const folder = mkdtempSync(join(tmpdir(), "portico-bench-"));

/** A folder below the bench's own, which goes away at the end. */
export function place(name) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Ends every process that the bench started, by its id, and removes what it wrote. */
export async function cleanUp() {
  await stopTree(process.pid, { itself: false, grace: 3000 });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Any 32 bytes: nothing that is kept hangs on them. */
const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/** Bundles the product with the bench's doors; answers the configuration that serves the bundle. */
export async function buildOurs() {
  const out = place("ours");
  mkdirSync(join(root, "dist", "web"), { recursive: true });
  const { code, output } = await run("wrangler", [
    ...["deploy", "test/bench/ours/worker.ts", "--dry-run", "--outdir", out],
    ...["--define", "PORTICO_LOCAL:true"],
  ]);
  if (code !== 0) throw new Error(`The product could not be built.\n${output}`);
  // No map: wrangler would watch and read it for every logged line.
  rmSync(join(out, "worker.js.map"), { force: true });
  const config = join(out, "wrangler.toml");
  const text = readFileSync(join(root, "wrangler.toml"), "utf8");
  const here = replaceOnce(
    replaceOnce(text, /^main = .*$/m, 'main = "worker.js"'),
    /^directory = .*$/m,
    `directory = ${JSON.stringify(place("assets"))}`,
  );
  writeFileSync(config, here);
  return config;
}

function replaceOnce(text, pattern, by) {
  if (!pattern.test(text)) throw new Error(`wrangler.toml has no line like ${pattern}.`);
  return text.replace(pattern, by);
}

/** Every statement of the migrations, in order. */
export function migrations() {
  return readdirSync(join(root, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .flatMap((name) => readFileSync(join(root, "migrations", name), "utf8").split("--> statement-breakpoint"))
    .map((statement) => statement.replace(/^\s*--.*$/gm, "").trim())
    .filter((statement) => statement !== "");
}

/** Gives a server the data of another. Nobody writes at that moment. */
export function copyState(from, to) {
  cpSync(join(folder, from, "v3", "d1"), join(folder, to, "v3", "d1"), { recursive: true });
}

/** Starts `wrangler dev` on a configuration and waits for its first answer. */
export async function serve({ name, config, port, inspector, vars = {}, args = [] }) {
  const state = place(name);
  const child = start(
    "wrangler",
    [
      ...["dev", "--config", config, "--ip", "127.0.0.1", "--port", String(port)],
      ...["--inspector-port", String(inspector), "--persist-to", state, "--log-level", "error"],
      ...["--show-interactive-dev-session=false", ...args],
      ...Object.entries(vars).flatMap(([variable, value]) => ["--var", `${variable}:${value}`]),
    ],
    { env: { WRANGLER_REGISTRY_PATH: join(state, "registry") } },
  );
  let output = "";
  const note = (data) => {
    output = (output + data).slice(-4000);
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const base = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${base}/api/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (answer) {
      await answer.arrayBuffer();
      return { port, base, worker: workerProcess(child.pid), output: () => output };
    }
  }
  throw new Error(`${name} did not start.\n${output}`);
}

/** Starts the product, seeded with its organizations, and the bare Worker with a copy of the data. */
export async function startBoth({ ports, pools, config }) {
  const ours = await serve({
    name: "ours-state",
    config,
    port: ports[0],
    inspector: ports[1],
    args: ["--no-bundle"],
    vars: { MODE: "local", SIGN_UP: "on", PORTICO_KEY: key, ALLOWED_PRIVATE_TARGETS: "loopback" },
  });
  const orgs = {};
  let statements = migrations();
  for (const [name, pool] of Object.entries(pools)) {
    const answer = await fetch(ours.base, {
      method: "POST",
      headers: { "x-bench": "seed" },
      signal: AbortSignal.timeout(60_000),
      body: JSON.stringify({ migrations: statements, name, ...pool }),
    });
    if (!answer.ok)
      throw new Error(
        `The data could not be written: ${answer.status} ${await answer.text()}\n${ours.output()}`,
      );
    orgs[name] = await answer.json();
    statements = [];
  }
  copyState("ours-state", "bare-state");
  const bare = await serve({
    name: "bare-state",
    config: join(root, "test", "bench", "bare", "wrangler.toml"),
    port: ports[2],
    inspector: ports[3],
  });
  return { ours, bare, orgs };
}

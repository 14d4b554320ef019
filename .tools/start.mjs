// `npm start`: the whole product on this machine, with demo data and without any account.
//
//   PORT            the port, 8787 by default
//   PORTICO_STATE   the folder that keeps the data, .state by default
//   PORTICO_QUIET=1 print the address and errors only     PORTICO_VERBOSE=1 print all that wrangler prints
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { errorFilter, lines } from "./output.mjs";
import { freePort, portIsFree, root, run, sleep, start, stopTree } from "./processes.mjs";
import { buildReaders } from "./readers.mjs";
import { buildWeb } from "./web.mjs";

const port = Number(process.env.PORT || 8787);
const state = resolve(root, process.env.PORTICO_STATE || ".state");
const quiet = process.env.PORTICO_QUIET === "1";
const verbose = process.env.PORTICO_VERBOSE === "1";
const direct = `http://127.0.0.1:${port}`;
const address = `http://localhost:${port}`;
const password = "portico-demo-1";
const startLimit = 120_000;
/** A busy machine takes its time over the demo. */
const seedLimit = 300_000;
const minute = 60_000;

let stopping = false;

const say = (...words) => {
  if (!quiet) console.log(...words);
};

function fail(message) {
  console.error(message);
  return stop(1);
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await stopTree(process.pid, { itself: false });
  process.exit(code);
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => stop(0));
stopWithParent();

try {
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`PORT=${process.env.PORT} is not a port.`);
  if (!(await portIsFree(port))) {
    throw new Error(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=8788 npm start`,
    );
  }
  mkdirSync(state, { recursive: true });
  const secrets = secretsFile();
  await buildReaders();
  if (await buildWeb({ local: true })) say("Built the web app.");
  await migrate();
  await startWorker(secrets);
  await healthy();
  const demo = await seed();
  announce(demo);
  tick();
} catch (error) {
  await fail(error instanceof Error ? error.message : String(error));
}

/** The key that sessions and stored secrets hang on: made once, kept beside the data that needs it. */
function secretsFile() {
  const file = join(state, "secrets.env");
  if (!existsSync(file)) {
    writeFileSync(file, `PORTICO_KEY=${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  }
  return file;
}

async function migrate() {
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", state];
  const { code, output } = await run("wrangler", args, { env: { CI: "1" } });
  if (code !== 0) throw new Error(`The migrations could not be applied.\n${output}`);
}

async function startWorker(secrets) {
  const child = start(
    "wrangler",
    [
      "dev",
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(await freePort())],
      ...["--persist-to", state, "--show-interactive-dev-session=false", "--env-file", secrets],
      ...[
        "--var",
        "MODE:local",
        "--var",
        `BASE_URL:${address}`,
        "--var",
        "SIGN_UP:on",
        "--var",
        "ALLOWED_PRIVATE_TARGETS:loopback",
      ],
      // The constant that lets worker/dev into the bundle; wrangler.toml has it false.
      ...["--define", "PORTICO_LOCAL:true"],
    ],
    // A registry of its own, so that two instances on one machine don't see each other.
    {
      env: { WRANGLER_REGISTRY_PATH: join(state, "registry"), CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "true" },
    },
  );
  const log = createWriteStream(join(state, "wrangler.log"));
  const keep = errorFilter();
  const show = lines((line) => {
    log.write(`${line}\n`);
    const text = verbose ? line : keep(line);
    if (text !== undefined && !stopping) console.error(text);
  });
  child.stdout.on("data", show);
  child.stderr.on("data", show);
  child.once("exit", (code) => {
    if (!stopping)
      fail(`wrangler dev ended with code ${code}. Its output is in ${join(state, "wrangler.log")}`);
  });
}

async function healthy() {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline && !stopping) {
    // On a busy machine the time can be over between the head and the body, too.
    const ok = await fetch(`${direct}/api/health`, { signal: AbortSignal.timeout(5000) })
      .then(async (answer) => (await answer.arrayBuffer()) && answer.ok)
      .catch(() => false);
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`The Worker did not answer at ${direct}/api/health. See ${join(state, "wrangler.log")}`);
}

/** A source file saved meanwhile restarts the Worker under the request; the seed can simply be asked again. */
async function seed() {
  const ask = () => fetch(`${direct}/dev/seed`, { method: "POST", signal: AbortSignal.timeout(seedLimit) });
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer.ok) return answer.json();
    const text = await answer.text();
    if (answer.status !== 503 || tries === 5) {
      throw new Error(`The demo data could not be written: ${answer.status} ${text}`);
    }
    await sleep(500);
  }
}

function announce({ organization, logins }) {
  const width = Math.max(...logins.map(({ email }) => email.length));
  const name = typeof organization === "string" ? organization : (organization?.slug ?? organization?.name);
  console.log(`\nPortico is ready: ${address}`);
  say(`
  Sign in to the demo organization ${name} with the password ${password}
${logins.map(({ email, role }) => `    ${email.padEnd(width)}  ${role}`).join("\n")}

  E-mails that were sent   ${address}/dev/outbox
  The API, described       ${address}/api/docs
  Data                     ${state}

Stop with Ctrl-C. The data stays.`);
}

/** `wrangler dev` never fires cron, so the schedule is called from here: at once, then each minute. */
async function tick() {
  while (!stopping) {
    const next = sleep(minute);
    const url = `${direct}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("* * * * *")}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(minute) }).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (!stopping && answer && !answer.ok)
      console.error(`The minute's work failed: ${answer.status} ${text}`);
    await next;
  }
}

/**
 * npm and its shell don't pass a signal on, and a test runner may be killed: whoever started us so, we end
 * when it ends. Started directly we stay, so that a terminal can be closed on purpose.
 */
function stopWithParent() {
  if (process.env.npm_lifecycle_event !== "start" && process.env.PORTICO_STOP_WITH_PARENT !== "1") return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop(0);
  }, 500).unref();
}

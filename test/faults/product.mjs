// The running product as a fault tool sees it: over HTTP, by the process that can be killed, and by its rows.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, root, run, sleep, stopTree } from "../../.tools/processes.mjs";
import { workerProcess } from "../bench/cpu.mjs";

export const PASSWORD = "portico-demo-1";

/**
 * Starts the product as `npm start` does, on a free port with data of its own; `PORTICO_STATE` names a folder of
 * data to go on with instead, which saves the time of seeding.
 */
export async function startProduct() {
  const kept = process.env.PORTICO_STATE;
  const state = kept || mkdtempSync(join(tmpdir(), "portico-faults-"));
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, ".tools", "start.mjs")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...{ PORT: String(port), PORTICO_STATE: state, PORTICO_QUIET: "1", PORTICO_STOP_WITH_PARENT: "1" },
    },
  });
  let output = "";
  const note = (data) => {
    output = (output + data).slice(-8000);
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const base = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await stopTree(child.pid);
    if (!kept) rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  for (const deadline = Date.now() + 180_000; !output.includes("Portico is ready"); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The product did not start.\n${output}`);
    }
  }
  return {
    base,
    state,
    stop,
    output: () => output,

    /**
     * Kills the process that runs the Worker, with all that is in its memory. wrangler starts another one.
     * @returns after how many milliseconds the new one answered
     */
    async kill() {
      const victim = workerProcess(child.pid);
      if (victim === null) throw new Error("The Worker's process was not found: this needs Linux.");
      process.kill(victim, "SIGKILL");
      const started = Date.now();
      await this.answers(60_000);
      return Date.now() - started;
    },

    /** Waits until the Worker answers. */
    async answers(limit) {
      for (const deadline = Date.now() + limit; Date.now() < deadline; await sleep(50)) {
        const answer = await fetch(`${base}/api/health`, { signal: AbortSignal.timeout(2000) }).catch(
          () => null,
        );
        await answer?.arrayBuffer().catch(() => {});
        if (answer?.ok) return;
      }
      throw new Error(`The Worker did not come back.\n${output}`);
    },

    /** Rows of the database as they stand on the disk, of each of the queries. */
    async tables(...queries) {
      const args = ["d1", "execute", "DB", "--local", "--persist-to", state, "--json", "--command"];
      const {
        code,
        output: said,
        stdout,
      } = await run("wrangler", [...args, queries.join(";\n")], {
        env: { CI: "1" },
      });
      if (code !== 0) throw new Error(`The database could not be read.\n${said}`);
      return JSON.parse(stdout.slice(stdout.indexOf("["))).map((one) => one.results);
    },
  };
}

/** Said by the product; without its process the server in front of it answers, and 503 is a word of its own. */
const isOurs = ({ status, headers }) =>
  status !== 503 && /problem\+json/.test(headers.get("content-type") ?? "");

/** Speaks to the API as one person, and logs in again where the session is over. */
export class Client {
  /** Answers of the product with 500 and above. */
  static failures = [];
  token = "";

  constructor(product, email) {
    this.product = product;
    this.email = email;
  }

  /** A new organization, and its first admin. */
  static async signUp(product, slug) {
    const email = `admin@${slug}.test`;
    const client = new Client(product, email);
    const made = await client.post("/api/organizations", {
      ...{ name: `Faults ${slug}`, slug, email, password: PASSWORD, adminName: "Alma Stone" },
    });
    client.token = made.accessToken;
    client.orgId = made.organization.id;
    return client;
  }

  async logIn() {
    const { accessToken } = await this.post("/api/auth/login", { email: this.email, password: PASSWORD });
    this.token = accessToken;
  }

  /** One try. @throws where there is no answer */
  async send(method, path, body, key) {
    const answer = await fetch(this.product.base + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(key && { "idempotency-key": key }),
      },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text };
  }

  /** A request that has to succeed; an outdated session is renewed once. */
  async ask(method, path, body) {
    let answer = await this.send(method, path, body);
    if (answer.status === 401 && this.token) {
      this.token = "";
      await this.logIn();
      answer = await this.send(method, path, body);
    }
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.text ? JSON.parse(answer.text) : undefined;
  }

  get = (path) => this.ask("GET", path);
  post = (path, body = {}) => this.ask("POST", path, body);

  /**
   * A change that is asked for until it is acknowledged, with the same key each time, as a careful client does.
   * @returns the answer, and how many tries were in vain
   */
  async insist(path, body, key, limitMs = 120_000) {
    const deadline = Date.now() + limitMs;
    for (let vain = 0; ; vain++) {
      const answer = await this.send("POST", path, body, key).catch(() => null);
      if (answer && answer.status < 300) return { vain, body: JSON.parse(answer.text) };
      if (answer?.status === 401) await this.logIn().catch(() => {});
      else if (answer && answer.status < 500)
        throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
      if (answer?.status >= 500 && isOurs(answer))
        Client.failures.push(`${answer.status} ${path} ${answer.text}`);
      if (Date.now() > deadline) throw new Error(`POST ${path} was not acknowledged in ${limitMs} ms.`);
      await sleep(100);
    }
  }
}

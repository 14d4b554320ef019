import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  databaseIds,
  deployConfig,
  deployedVars,
  jsonIn,
  planCreation,
  resourcesOf,
} from "./deploy-plan.mjs";
import { deploy } from "./deploy-steps.mjs";

const config = {
  name: "portico",
  main: "worker/index.ts",
  vars: { MODE: "deployed", BASE_URL: "", MAIL_FROM: "Portico <no-reply@example.com>", SIGN_UP: "off" },
  assets: { directory: "./dist/web", binding: "ASSETS" },
  d1_databases: [
    { binding: "DB", database_name: "portico", database_id: "local", migrations_dir: "migrations" },
  ],
  r2_buckets: [{ binding: "FILES", bucket_name: "portico-files" }],
  queues: {
    producers: [{ binding: "EVENTS_QUEUE", queue: "portico-events" }],
    consumers: [
      { queue: "portico-events", dead_letter_queue: "portico-events-dead" },
      { queue: "portico-events-dead" },
    ],
  },
};

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-deploy-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An account in memory that answers as wrangler does; `failing` names a command that breaks. */
function account({ databases = [], buckets = [], queues = [], worker, failing } = {}) {
  const state = { databases, buckets, queues, worker };
  const calls = [];
  let key;
  const ok = (stdout = "") => ({ code: 0, stdout, output: stdout });
  const bad = (output) => ({ code: 1, stdout: "", output });
  const wrangler = async (args) => {
    const line = args.join(" ");
    calls.push(line);
    if (failing && line.startsWith(failing)) return bad("✘ [ERROR] please enable R2 [code: 10042]");
    if (line === "d1 list --json")
      return ok(JSON.stringify(state.databases.map((name) => ({ name, uuid: `id-${name}` }))));
    if (line.startsWith("d1 create")) state.databases.push(args[2]);
    if (line.startsWith("r2 bucket info")) return state.buckets.includes(args[3]) ? ok() : bad("not there");
    if (line.startsWith("r2 bucket create")) state.buckets.push(args[3]);
    if (line.startsWith("queues info")) return state.queues.includes(args[2]) ? ok() : bad("not there");
    if (line.startsWith("queues create")) state.queues.push(args[2]);
    if (line.startsWith("secret list")) {
      return state.worker ? ok(JSON.stringify(state.worker.map((name) => ({ name })))) : bad("[code: 10007]");
    }
    if (args[0] === "deploy" && args.includes("--secrets-file")) {
      const path = args[args.indexOf("--secrets-file") + 1];
      key = { ...JSON.parse(readFileSync(path, "utf8")), path, mode: statSync(path).mode & 0o777 };
    }
    return ok();
  };
  return { state, calls, wrangler, sentKey: () => key };
}

const run = (fake, more = {}) => {
  const said = [];
  const say = (line) => said.push(line);
  const buildWeb = async () => fake.calls.push("(build the web app)");
  const whole = { config, root: "/checkout", folder, env: {}, dryRun: false, say, buildWeb, ...more };
  return deploy({ ...whole, wrangler: fake.wrangler }).then(() => said.join("\n"));
};
const written = () => JSON.parse(readFileSync(join(folder, "wrangler.json"), "utf8"));

test("an empty account gets everything, then tables, then the Worker with a new key", async () => {
  const fake = account();
  const said = await run(fake);
  expect(fake.state).toMatchObject({
    databases: ["portico"],
    buckets: ["portico-files"],
    queues: ["portico-events", "portico-events-dead"],
  });
  const order = ["(build the web app)", "d1 migrations apply portico --remote", "deploy --config"];
  const places = order.map((start) => fake.calls.findIndex((call) => call.startsWith(start)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(written().d1_databases[0].database_id).toBe("id-portico");
  expect(Buffer.from(fake.sentKey().PORTICO_KEY, "base64")).toHaveLength(32);
  expect(fake.sentKey().mode).toBe(0o600);
  expect(existsSync(fake.sentKey().path)).toBe(false);
  expect(said).not.toContain(fake.sentKey().PORTICO_KEY);
  expect(said).toMatch(/BASE_URL[\s\S]*MAIL_FROM/);
});

test("an account that has everything is only migrated and deployed, and keeps its key and variables", async () => {
  const fake = account({
    databases: ["portico"],
    buckets: ["portico-files"],
    queues: ["portico-events", "portico-events-dead"],
    worker: ["PORTICO_KEY"],
  });
  const said = await run(fake);
  expect(fake.calls.filter((call) => call.includes("create"))).toEqual([]);
  expect(fake.sentKey()).toBeUndefined();
  expect(written().vars).toEqual({ MODE: "deployed", SIGN_UP: "off" });
  expect(written().keep_vars).toBe(true);
  expect(said).not.toMatch(/BASE_URL|MAIL_FROM/);
});

test("only what is missing is made", async () => {
  const fake = account({ databases: ["portico"], queues: ["portico-events"], worker: [] });
  await run(fake);
  expect(fake.calls.filter((call) => call.includes("create"))).toEqual([
    "r2 bucket create portico-files --update-config=false",
    "queues create portico-events-dead",
  ]);
  expect(fake.sentKey()).toBeDefined();
});

test("a refusal stops before anything is deployed, with a hint", async () => {
  const fake = account({ failing: "r2 bucket create" });
  await expect(run(fake)).rejects.toThrow(/switched on once in the dashboard/);
  expect(fake.calls.some((call) => call.startsWith("deploy"))).toBe(false);
});

test("without a login it says what to do and touches nothing", async () => {
  const fake = account({ failing: "whoami" });
  await expect(run(fake)).rejects.toThrow(/wrangler login/);
  expect(fake.calls).toEqual(["whoami --json"]);
});

test("an unclear answer about the Worker is no reason to make a new key", async () => {
  const fake = account({ failing: "secret list" });
  await expect(run(fake)).rejects.toThrow(/could not be listed/);
  expect(fake.sentKey()).toBeUndefined();
});

test("a dry run asks the account nothing", async () => {
  const fake = account();
  const said = await run(fake, { dryRun: true });
  expect(said).toContain("wrangler queues create portico-events-dead");
  expect(fake.calls.filter((call) => call !== "(build the web app)")).toEqual([
    expect.stringMatching(/^deploy --dry-run --config /),
  ]);
});

test("paths of the written configuration hold from its folder", () => {
  const made = deployConfig(config, {
    root: "/checkout",
    folder: "/checkout/.cache/deploy",
    ids: {},
    vars: {},
  });
  expect(made.main).toBe("../../worker/index.ts");
  expect(made.assets.directory).toBe("../../dist/web");
  expect(made.d1_databases[0].migrations_dir).toBe("../../migrations");
});

test.each([
  ["the environment goes first", { BASE_URL: "https://a.test" }, true, "https://a.test"],
  ["a placeholder keeps what the Worker has", {}, true, undefined],
  ["a new Worker gets the placeholder", {}, false, ""],
])("variables: %s", (_, env, workerExists, expected) => {
  expect(deployedVars(config.vars, env, workerExists).BASE_URL).toBe(expected);
});

test("MODE can't be set from the environment", () => {
  expect(deployedVars(config.vars, { MODE: "local" }, false).MODE).toBe("deployed");
});

test("resources include queues for dead letters, once each", () => {
  expect(resourcesOf(config).queues).toEqual(["portico-events", "portico-events-dead"]);
});

test("answers are read with notices around them", () => {
  expect(jsonIn('A notice\n[{"name":"a"}]\nbye')).toEqual([{ name: "a" }]);
  expect(databaseIds('[{"name":"portico","uuid":"u1"}]')).toEqual({ portico: "u1" });
  expect(() => jsonIn("nothing")).toThrow(/No JSON/);
  expect(
    planCreation(resourcesOf(config), {
      databases: ["portico"],
      buckets: ["portico-files"],
      queues: ["portico-events", "portico-events-dead"],
    }),
  ).toEqual([]);
});

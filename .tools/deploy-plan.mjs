// The decisions of `npm run deploy`, apart from its doing: what to make, what to configure, what to ask.
import { isAbsolute, join, relative } from "node:path";

/** All that a deployment needs on the account, read from wrangler.toml's bindings. */
export function resourcesOf(config) {
  const queues = new Set();
  for (const { queue } of config.queues?.producers ?? []) queues.add(queue);
  for (const { queue, dead_letter_queue: dead } of config.queues?.consumers ?? []) {
    queues.add(queue);
    if (dead) queues.add(dead);
  }
  return {
    databases: (config.d1_databases ?? []).map((one) => one.database_name),
    buckets: (config.r2_buckets ?? []).map((one) => one.bucket_name),
    queues: [...queues],
  };
}

/** The commands that make what is missing. `existing` names what the account has. */
export function planCreation(needed, existing) {
  const missing = (kind) => needed[kind].filter((name) => !existing[kind].includes(name));
  return [
    ...missing("databases").map((name) => ["d1", "create", name, "--update-config=false"]),
    ...missing("buckets").map((name) => ["r2", "bucket", "create", name, "--update-config=false"]),
    ...missing("queues").map((name) => ["queues", "create", name]),
  ];
}

/** Ids by name from `wrangler d1 list --json`. */
export function databaseIds(output) {
  return Object.fromEntries(jsonIn(output).map(({ name, uuid }) => [name, uuid]));
}

/** Names from `wrangler secret list --format json`. */
export const secretNames = (output) => jsonIn(output).map(({ name }) => name);

/** The JSON in a command's output, which may have a notice around it. */
export function jsonIn(output) {
  const start = output.search(/[[{]/);
  const end = Math.max(output.lastIndexOf("]"), output.lastIndexOf("}"));
  if (start === -1 || end < start) throw new Error(`No JSON in the answer of wrangler:\n${output}`);
  return JSON.parse(output.slice(start, end + 1));
}

const OPERATOR_VARS = ["BASE_URL", "MAIL_FROM", "SIGN_UP"];
const isPlaceholder = (value) => value === "" || value.includes("example.com");

/**
 * The variables to deploy. The environment of the command goes before wrangler.toml. What neither sets is
 * left out when the Worker exists, and keeps the value that it has there.
 */
export function deployedVars(vars, env, workerExists) {
  const result = {};
  for (const [name, value] of Object.entries(vars ?? {})) {
    const given = OPERATOR_VARS.includes(name) ? env[name] : undefined;
    if (given !== undefined && given !== "") result[name] = given;
    else if (!workerExists || !isPlaceholder(value)) result[name] = value;
  }
  return result;
}

/**
 * The configuration that is deployed: wrangler.toml with the account's database ids and with paths that
 * hold from the folder it is written to.
 */
export function deployConfig(config, { root, folder, ids, vars }) {
  const from = (path) => (isAbsolute(path) ? path : relative(folder, join(root, path)));
  return {
    ...config,
    main: from(config.main),
    keep_vars: true,
    vars,
    ...(config.assets && { assets: { ...config.assets, directory: from(config.assets.directory) } }),
    d1_databases: (config.d1_databases ?? []).map((one) => ({
      ...one,
      database_id: ids[one.database_name] ?? one.database_id,
      ...(one.migrations_dir && { migrations_dir: from(one.migrations_dir) }),
    })),
  };
}

/** What only a person can do, once the rest is done. */
export function requests(vars, { isNew }) {
  const asked = [];
  if (!vars.BASE_URL) {
    asked.push(
      "BASE_URL: the address people use, with https. Links in e-mails start with it; until it is set they\n" +
        "    lead nowhere, and /api/status says so. Set it once: BASE_URL=https://portico.your-domain.com npm run deploy",
    );
  }
  if (isPlaceholder(vars.MAIL_FROM ?? "")) {
    asked.push(
      "MAIL_FROM: a sender on a domain that is onboarded to Cloudflare Email Sending (dashboard, Compute,\n" +
        "    Email Service). Until then e-mails fail and are tried again.\n" +
        '    Set it once: MAIL_FROM="Portico <portal@your-domain.com>" npm run deploy',
    );
  }
  if (isNew && vars.SIGN_UP === "off") {
    asked.push(
      "SIGN_UP: new organizations can't sign up while it is off. Switch it on for the first one, then off:\n" +
        "    SIGN_UP=on npm run deploy",
    );
  }
  if (isNew)
    asked.push("The Workers Paid plan: hashing a password takes more CPU time than the free plan allows.");
  return asked;
}

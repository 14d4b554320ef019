// The steps of `npm run deploy`, over a given runner of wrangler, so that tests can stand in for it.
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  databaseIds,
  deployConfig,
  deployedVars,
  planCreation,
  requests,
  resourcesOf,
  secretNames,
} from "./deploy-plan.mjs";

/** Brings the account to what wrangler.toml says and the Worker to the code of the checkout. */
export async function deploy({ config, root, folder, env, dryRun, wrangler, buildWeb, say }) {
  const needed = resourcesOf(config);
  const file = join(folder, "wrangler.json");
  const write = (ids, vars) => {
    writeFileSync(file, JSON.stringify(deployConfig(config, { root, folder, ids, vars }), null, 2));
  };
  const must = async (args, options) => {
    const result = await wrangler(args, options);
    if (result.code !== 0) throw new Error(`wrangler ${args.join(" ")} failed.\n${explain(result.output)}`);
    return result;
  };

  if (dryRun) {
    say("A deployment would, where it is missing, make:");
    const none = { databases: [], buckets: [], queues: [] };
    for (const args of planCreation(needed, none)) say(`  wrangler ${args.join(" ")}`);
    say(
      "then build the web app, apply the migrations and deploy, with a PORTICO_KEY if the Worker has none.",
    );
    const vars = deployedVars(config.vars, env, false);
    await buildWeb();
    write({}, vars);
    await must(["deploy", "--dry-run", "--config", file, "--outdir", join(folder, "worker")], { show: true });
    ask(vars, say);
    return;
  }

  const who = await wrangler(["whoami", "--json"]);
  if (who.code !== 0) {
    throw new Error(
      "Cloudflare doesn't know you. Run `npx wrangler login` once, or set CLOUDFLARE_API_TOKEN.",
    );
  }

  // 1. What the account has, and what it lacks.
  let ids = databaseIds((await must(["d1", "list", "--json"])).stdout);
  const existing = { databases: Object.keys(ids), buckets: [], queues: [] };
  for (const name of needed.buckets) {
    if ((await wrangler(["r2", "bucket", "info", name])).code === 0) existing.buckets.push(name);
  }
  for (const name of needed.queues) {
    if ((await wrangler(["queues", "info", name])).code === 0) existing.queues.push(name);
  }
  const creation = planCreation(needed, existing);
  for (const args of creation) {
    say(`wrangler ${args.join(" ")}`);
    await must(args);
  }
  if (creation.some(([kind]) => kind === "d1"))
    ids = databaseIds((await must(["d1", "list", "--json"])).stdout);
  for (const name of needed.databases) if (!ids[name]) throw new Error(`The database ${name} has no id.`);

  // 2. Which Worker is there. Asking one that isn't fails, and that is the answer.
  const listed = await wrangler(["secret", "list", "--format", "json", "--name", config.name]);
  const workerExists = listed.code === 0;
  if (!workerExists && !/10007|not found|does not exist/i.test(listed.output)) {
    throw new Error(`The Worker's secrets could not be listed.\n${explain(listed.output)}`);
  }
  const secrets = workerExists ? secretNames(listed.stdout) : [];
  const vars = deployedVars(config.vars, env, workerExists);

  // 3. The app, the tables, the Worker. Tables first: new code needs them, old code bears them.
  say("Building the web app.");
  await buildWeb();
  write(ids, vars);
  for (const name of needed.databases) {
    say(`Applying migrations to ${name}.`);
    await must(["d1", "migrations", "apply", name, "--remote", "--config", file], { env: { CI: "1" } });
  }
  await upload({ must, file, folder, withKey: !secrets.includes("PORTICO_KEY"), say });
  ask(vars, say, workerExists);
}

/** The key goes up together with the code, in a file and not on a command line, and is kept nowhere else. */
async function upload({ must, file, folder, withKey, say }) {
  const secretsFile = join(folder, "secrets.json");
  const args = ["deploy", "--config", file];
  try {
    if (withKey) {
      const key = randomBytes(32).toString("base64");
      writeFileSync(secretsFile, JSON.stringify({ PORTICO_KEY: key }), { mode: 0o600 });
      args.push("--secrets-file", secretsFile);
      say("The Worker has no PORTICO_KEY yet: a new one goes with it.");
    }
    await must(args, { show: true });
  } finally {
    rmSync(secretsFile, { force: true });
  }
}

function ask(vars, say, workerExists = false) {
  // What was left out keeps a value that we don't see, so nothing is asked about it.
  const known = workerExists ? { BASE_URL: "kept", MAIL_FROM: "kept", SIGN_UP: "kept", ...vars } : vars;
  const asked = requests(known, { isNew: !workerExists });
  if (asked.length > 0) say(`\nAsked of you:\n${asked.map((one) => `  - ${one}`).join("\n")}`);
}

function explain(output) {
  const hints = [
    [/10042|enable R2/i, "R2 has to be switched on once in the dashboard (R2 Object Storage)."],
    [/100129|upgrade.*queues|queues.*upgrade/i, "Queues need a plan that has them (Workers Paid)."],
    [/more than one account|CLOUDFLARE_ACCOUNT_ID/i, "Several accounts: set CLOUDFLARE_ACCOUNT_ID."],
  ];
  const found = hints.filter(([pattern]) => pattern.test(output ?? "")).map(([, text]) => text);
  return [output?.trim(), ...found].filter(Boolean).join("\n");
}

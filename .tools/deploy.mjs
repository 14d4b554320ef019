// `npm run deploy`: makes what is missing on the Cloudflare account, migrates, deploys. Safe to repeat.
// `npm run deploy -- --dry-run` prints what it would do and builds the Worker, without any account.
// Needs `npx wrangler login` once, or CLOUDFLARE_API_TOKEN (and CLOUDFLARE_ACCOUNT_ID with several accounts).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { deploy } from "./deploy-steps.mjs";
import { root, run } from "./processes.mjs";
import { buildReaders } from "./readers.mjs";
import { buildWeb } from "./web.mjs";

const { experimental_readRawConfig: readConfig } = await import("wrangler");
const { rawConfig } = readConfig({ config: join(root, "wrangler.toml") });
const folder = join(root, ".cache", "deploy");
mkdirSync(folder, { recursive: true, mode: 0o700 });

try {
  await buildReaders();
  await deploy({
    config: rawConfig,
    root,
    folder,
    env: process.env,
    dryRun: process.argv.includes("--dry-run"),
    wrangler: (args, options) => run("wrangler", args, options),
    buildWeb: () => buildWeb({ local: false }),
    say: console.log,
  });
} catch (error) {
  console.error(`\nNot deployed. ${error.message}`);
  process.exitCode = 1;
}

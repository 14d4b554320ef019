// Building the web app, and the scripts of public pages, only when their sources changed.
import { join } from "node:path";
import { buildOnce, files, fingerprint } from "./built.mjs";
import { root, run } from "./processes.mjs";

function* sources() {
  for (const path of files(join(root, "web"))) if (!/\.test\.tsx?$/.test(path)) yield path;
  for (const path of files(join(root, "worker", "features")))
    if (/[\\/](schema|words)\.ts$/.test(path)) yield path;
  for (const name of ["worker/http/shapes.ts", "package-lock.json"]) yield join(root, name);
}

/**
 * Builds dist/web unless it is up to date. `local` includes what only local mode shows (the gallery of
 * components); a deployment's build leaves it out. Answers whether it built.
 */
export async function buildWeb({ local, show = false }) {
  // A test runner's NODE_ENV would make it a build for development, a tenth larger.
  const env = { PORTICO_LOCAL: local ? "1" : "", NODE_ENV: "production" };
  return await buildOnce({
    name: "web",
    mark: fingerprint(local ? "local" : "deployed", sources()),
    result: join(root, "dist", "web", "index.html"),
    build: async () => {
      for (const config of ["web/vite.config.ts", "web/pages.vite.config.ts"]) {
        const { code, output } = await run("vite", ["build", "--config", config], { show, env });
        if (code !== 0) throw new Error(`The web app did not build.\n${output}`);
      }
    },
  });
}

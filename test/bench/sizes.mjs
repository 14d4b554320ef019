// What people download and what Cloudflare loads, gzipped.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../../.tools/processes.mjs";
import { place } from "./servers.mjs";

const gzipped = (...path) => gzipSync(readFileSync(join(...path))).length;

async function worker() {
  const out = place("deployed");
  const { code, output } = await run("wrangler", ["deploy", "--dry-run", "--outdir", out]);
  if (code !== 0) throw new Error(`The Worker could not be built.\n${output}`);
  return gzipped(out, "index.js");
}

/** The files that a screen needs before it shows: the app, the screen's own, and what both import. */
function filesOf(manifest, ...sources) {
  const files = new Set();
  const add = (name) => {
    const { file, imports = [] } = manifest[name];
    if (files.has(file)) return;
    files.add(file);
    for (const one of imports) add(one);
  };
  for (const source of sources) {
    if (!manifest[source])
      throw new Error(`The web app has no ${source}; name the screen's file in sizes.mjs.`);
    add(source);
  }
  return [...files];
}

/** Sizes of the Worker and of what the main screens load, with their targets in bytes. */
export async function measureSizes() {
  const found = [{ what: "Worker bundle", bytes: await worker(), target: 600_000 }];
  const out = place("web");
  const build = ["build", "--config", "web/vite.config.ts", "--outDir", out, "--emptyOutDir", "--manifest"];
  const { code, output } = await run("vite", build, { env: { PORTICO_LOCAL: "" } });
  if (code !== 0) throw new Error(`The web app could not be built.\n${output}`);
  const manifest = JSON.parse(readFileSync(join(out, ".vite", "manifest.json"), "utf8"));
  const screens = [
    ["portal's first screen, script", ["index.html"], 35_000],
    ["recruiter's board, script", ["index.html", "recruiter/board.tsx"], 60_000],
  ];
  for (const [what, sources, target] of screens) {
    const files = filesOf(manifest, ...sources);
    const bytes = files.reduce((sum, file) => sum + gzipped(out, file), 0);
    found.push({ what, bytes, files: files.length, target });
  }
  const styles = Object.values(manifest).filter(({ file }) => file.endsWith(".css"));
  const css = new Set([...styles.map(({ file }) => file), ...(manifest["index.html"].css ?? [])]);
  found.push({ what: "style sheet", bytes: [...css].reduce((sum, file) => sum + gzipped(out, file), 0) });
  return found;
}

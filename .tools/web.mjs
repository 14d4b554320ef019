// Building the web app, only when its sources changed.
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { alive, root, run, sleep } from "./processes.mjs";

const stamp = join(root, ".cache", "web-build");
const lock = join(root, ".cache", "web-build.lock");

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    // Vite keeps its cache in a node_modules beside the app.
    if (entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

function* sources() {
  for (const path of files(join(root, "web"))) if (!/\.test\.tsx?$/.test(path)) yield path;
  for (const path of files(join(root, "worker", "features")))
    if (/[\\/](schema|words)\.ts$/.test(path)) yield path;
  for (const name of ["worker/http/shapes.ts", "package-lock.json"]) {
    if (existsSync(join(root, name))) yield join(root, name);
  }
}

/** A fingerprint of everything that the built app depends on. Contents, since a checkout renews times. */
export function fingerprint(mode) {
  const hash = createHash("sha256").update(mode);
  for (const path of sources()) hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function isFresh(mark) {
  return (
    existsSync(join(root, "dist", "web", "index.html")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === mark
  );
}

/**
 * Builds dist/web unless it is up to date. `local` includes what only local mode shows (the gallery of
 * components); a deployment's build leaves it out. Answers whether it built.
 */
export async function buildWeb({ local, show = false }) {
  const mode = local ? "local" : "deployed";
  const mark = fingerprint(mode);
  if (isFresh(mark)) return false;
  mkdirSync(join(root, ".cache"), { recursive: true });
  const release = await takeLock();
  try {
    // Somebody else may have built it while we waited.
    if (isFresh(mark)) return false;
    rmSync(stamp, { force: true });
    const env = { PORTICO_LOCAL: local ? "1" : "" };
    const { code, output } = await run("vite", ["build", "--config", "web/vite.config.ts"], { show, env });
    if (code !== 0) throw new Error(`The web app did not build.\n${output}`);
    writeFileSync(stamp, mark);
    return true;
  } finally {
    release();
  }
}

/** Two servers started side by side must not write dist/web at the same time. */
async function takeLock() {
  for (;;) {
    try {
      const handle = openSync(lock, "wx");
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    let owner = 0;
    try {
      owner = Number(readFileSync(lock, "utf8"));
    } catch {
      continue;
    }
    if (owner > 0 && !alive(owner)) rmSync(lock, { force: true });
    await sleep(200);
  }
}

// Building something only when its sources changed, and once at a time.
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
import { alive, root, sleep } from "./processes.mjs";

/** All files of a folder and the folders in it, in the same order everywhere. */
export function* files(folder) {
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

/** A fingerprint of what a build depends on. Contents, since a checkout renews times. */
export function fingerprint(mode, sources) {
  const hash = createHash("sha256").update(mode);
  for (const path of sources) {
    if (existsSync(path)) hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/**
 * Runs `build` unless `result`, a file that it makes, is there and was made from the same sources. Two that
 * want it at the same time don't write it side by side. Answers whether it built.
 */
export async function buildOnce({ name, mark, result, build }) {
  const stamp = join(root, ".cache", `${name}-build`);
  const isFresh = () => existsSync(result) && existsSync(stamp) && readFileSync(stamp, "utf8") === mark;
  if (isFresh()) return false;
  mkdirSync(join(root, ".cache"), { recursive: true });
  const release = await takeLock(`${stamp}.lock`);
  try {
    // Somebody else may have built it while we waited.
    if (isFresh()) return false;
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, mark);
    return true;
  } finally {
    release();
  }
}

async function takeLock(lock) {
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

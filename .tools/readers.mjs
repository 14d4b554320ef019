// `node .tools/readers.mjs`: makes worker/readers/cv.mjs, the readers of CV files, unless it is up to date.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildOnce, files, fingerprint } from "./built.mjs";
import { root, run } from "./processes.mjs";

function* sources() {
  for (const path of files(join(root, "worker", "features", "apply", "read-cv"))) {
    if (!path.endsWith(".test.ts")) yield path;
  }
  for (const name of [".tools/readers.config.mjs", "package-lock.json"]) yield join(root, name);
}

/** The module that is uploaded beside the Worker's own and loaded when the first CV comes. */
export async function buildReaders() {
  return await buildOnce({
    name: "readers",
    mark: fingerprint("", sources()),
    result: join(root, "worker", "readers", "cv.mjs"),
    build: async () => {
      const { code, output } = await run("vite", ["build", "--config", ".tools/readers.config.mjs"]);
      if (code !== 0) throw new Error(`The readers of CV files did not build.\n${output}`);
    },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildReaders();

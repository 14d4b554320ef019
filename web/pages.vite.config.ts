import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * The scripts of pages that the Worker renders, one small module each. Their names stay the same, because
 * the Worker that names them is built without knowing this build; browsers ask each time whether they changed.
 */
const scripts = Object.fromEntries(
  ["apply", "status"]
    .map((name) => [name, `${root}careers/${name}/main.ts`] as const)
    .filter(([, path]) => existsSync(path)),
);

export default defineConfig({
  root,
  publicDir: false,
  build: {
    outDir: "../dist/web/pages",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: scripts,
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});

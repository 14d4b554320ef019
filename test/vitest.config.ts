import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import type { Plugin } from "vite";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { buildReaders } from "../.tools/readers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// The Worker's assets binding wants the folder; tests of the Worker alone don't need the app in it.
mkdirSync(`${root}dist/web`, { recursive: true });
await buildReaders();

/** Style sheets that the Worker carries as text, as `rules` in wrangler.toml has it. */
const styleAsText: Plugin = {
  name: "portico-style-as-text",
  enforce: "pre",
  load(id) {
    if (id.endsWith(".css")) return `export default ${JSON.stringify(readFileSync(id, "utf8"))};`;
  },
};

/** How many browser tests run side by side, each on a server of its own: as many as `.tools/test.mjs` asks for. */
const lanes = Number(process.env.PORTICO_TEST_LANES || 1);

const ignored = ["**/node_modules/**", "dist/**", ".cache/**"];

function browser(name: string, include: string[], side: number): TestProjectConfiguration {
  return {
    root,
    test: {
      name,
      include,
      exclude: ignored,
      // A browser on a busy machine now and then misses a moment; a real fault fails each time.
      retry: side > 1 ? 2 : 1,
      environment: "node",
      globalSetup: ["./test/browser/harness/global.ts"],
      fileParallelism: side > 1,
      maxWorkers: side,
      testTimeout: 600_000,
      hookTimeout: 180_000,
    },
  };
}

export default defineConfig({
  root,
  test: {
    // The structured log of a passing test says nothing new.
    silent: "passed-only",
    // All processors: a file of the Worker's tests keeps one busy, and the runner itself sleeps meanwhile.
    maxWorkers: availableParallelism(),
    // `vitest --project worker` and so on runs one of them.
    projects: [
      {
        // Inside workerd, with real D1, R2, queues and Durable Objects. Storage is new for each file.
        root,
        define: { PORTICO_LOCAL: "true" },
        plugins: [
          styleAsText,
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                MODE: "test",
                SIGN_UP: "on",
                BASE_URL: "https://portico.test",
                ALLOWED_PRIVATE_TARGETS: "loopback",
                PORTICO_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`),
              },
            },
          })),
        ],
        test: {
          name: "worker",
          include: ["worker/**/*.test.ts", "test/worker/**/*.test.ts"],
          exclude: ignored,
          setupFiles: ["./test/setup.ts"],
          // Somebody else's server, for what leaves the building.
          globalSetup: ["./test/receiver/controlled.mjs"],
          testTimeout: 20_000,
          // A world of one of everything is made by some eighty requests.
          hookTimeout: 60_000,
          // Some have to be quicker than a real clock; a busy machine now and then isn't, a real fault fails twice.
          retry: 1,
        },
      },
      {
        root,
        test: {
          name: "web",
          environment: "node",
          include: ["web/**/*.test.{ts,tsx}", ".tools/**/*.test.mjs", "test/tools/**/*.test.ts"],
          exclude: ignored,
        },
      },
      // The built product in a real browser. The files of a lane share its server, one after the other.
      browser("browser", ["test/browser/*.test.ts"], lanes),
      // What needs the machine for itself: pauses that are measured, and servers that come and go.
      browser("alone", ["test/browser/alone/*.test.ts"], 1),
    ],
  },
});

import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Env as WorkerEnv } from "../worker/env";

declare global {
  namespace Cloudflare {
    /** Types `exports.default`, the Worker under test. */
    interface GlobalProps {
      mainModule: typeof import("../worker/index");
    }
    interface Env extends WorkerEnv {
      /** Read by vitest.config.ts, since a Worker has no file system. */
      TEST_MIGRATIONS: D1Migration[];
    }
  }
}

// Before each file's tests, because each file starts with empty storage.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

// Every request logs a line, of which a failing test would show hundreds. Errors and warnings stay.
const info = console.info;
console.info = (...words: unknown[]) => {
  if (!String(words[0]).includes('"event":"request"')) info(...words);
};

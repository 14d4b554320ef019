import { app } from "./app";
import { sweep } from "./cron/sweep";
import type { Env } from "./env";
import { ownStart } from "./features/careers/hosts";
import { canonical } from "./http/aliases";
import { isPage, pages } from "./pages";
import { consume } from "./queue/consumers";

export { CvReader } from "./features/apply/read-cv/object";
export { Lane } from "./features/webhooks/lane";
export { Counter } from "./lib/counter";
export { Passwords } from "./lib/passwords-object";
export { Channel } from "./live/channel";

/** Set by the build: false in a deployment, and then `worker/dev` is not in the bundle at all. */
declare const PORTICO_LOCAL: boolean;

/** Files of the app, of which a missing one must not become the app's page. */
async function asset(request: Request, env: Env): Promise<Response> {
  const found = await env.ASSETS.fetch(request);
  const page = found.headers.get("content-type")?.startsWith("text/html");
  if (!page) return found;
  await found.body?.cancel();
  return new Response("This file belongs to an older version. Load the page again.\n", { status: 404 });
}

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/")) return await asset(request, env);
    if (PORTICO_LOCAL && (pathname === "/dev" || pathname.startsWith("/dev/"))) {
      const { dev } = await import("./dev/routes");
      return await dev.fetch(request, env, ctx);
    }
    if (pathname === "/") return (await ownStart(request, env)) ?? (await env.ASSETS.fetch(request));
    if (isPage(pathname)) return await pages.fetch(request, env, ctx);
    return await app.fetch(await canonical(request), env, ctx);
  },
  async queue(batch, env, ctx) {
    await consume(batch, env, (work) => ctx.waitUntil(work));
  },
  async scheduled(_controller, env, ctx) {
    await sweep(env, (work) => ctx.waitUntil(work));
  },
} satisfies ExportedHandler<Env>;

import { Hono } from "hono";
import { trimTrailingSlash } from "hono/trailing-slash";
import { renderTrouble } from "#careers/trouble";
import { applyPages } from "./features/careers/apply-pages";
import { careersPages, robotsPages } from "./features/careers/routes";
import { pageAnswer } from "./features/careers/send";
import { PUBLIC_STYLE } from "./features/careers/style";
import { statusPages } from "./features/status/routes";
import { observed } from "./http/observed";
import { shield } from "./http/shield";
import type { HttpEnv } from "./http/types";
import { DomainError } from "./lib/errors";
import { log, reasonOf } from "./lib/log";

/** Pages that the Worker renders itself, for people who need no account and perhaps run no script. */
export const pages = new Hono<HttpEnv>();

/**
 * True for the paths that are such pages; the rest is the API's, or the app's. `/status` without a personal
 * link's secret is the API's.
 */
export function isPage(pathname: string): boolean {
  return /^\/(careers(\/|$)|status\/[^/]|(sitemap\.xml|robots\.txt)$)/.test(pathname);
}

pages.use(observed);
pages.use(shield);
pages.use(trimTrailingSlash());

pages.route("/careers", careersPages);
pages.route("/careers", applyPages);
pages.route("/status", statusPages);
pages.route("/", robotsPages);

pages.notFound((c) =>
  trouble(new DomainError("not-found", "There is nothing at this address."), c.get("requestId")),
);
pages.onError((error, c) => trouble(error, c.get("requestId")));

const TITLES: Partial<Record<DomainError["code"], [status: number, title: string]>> = {
  "not-found": [404, "There is no such page"],
  conflict: [409, "That is not possible now"],
  "rate-limited": [429, "Too many requests"],
  unavailable: [503, "Part of this site is out of reach"],
  invalid: [422, "Something needs mending"],
  malformed: [400, "The request can't be read"],
  "too-large": [413, "Too large"],
};

/** A page that says what is wrong. What is not ours to show goes to the log and nowhere else. */
async function trouble(error: unknown, requestId: string): Promise<Response> {
  if (error instanceof DomainError) {
    const [status, title] = TITLES[error.code] ?? [400, "That did not work"];
    const { retryAfterSeconds } = error.extra;
    const headers: Record<string, string> = retryAfterSeconds
      ? { "retry-after": String(Math.ceil(retryAfterSeconds)) }
      : {};
    return await pageAnswer(renderTrouble({ title, words: error.message }, PUBLIC_STYLE), {
      status,
      headers,
    });
  }
  log("error", "page.failed", { requestId, reason: reasonOf(error) });
  const words = `Nothing was changed. Load the page again; if it happens again, tell us this number: ${requestId}.`;
  return await pageAnswer(renderTrouble({ title: "Something went wrong on our side", words }, PUBLIC_STYLE), {
    status: 500,
  });
}

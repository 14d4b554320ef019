import type { Rendered } from "#careers/document";
import { base64url } from "../../lib/keys";
import { log, reasonOf } from "../../lib/log";
import { pageAnswer } from "./send";
import { JOBS_STYLE } from "./style";

/** How long the edge keeps an answer, in seconds: its key changes with what it shows, so this is only tidiness. */
const KEPT_SECONDS = 3600;

/** Asked again each time, and then mostly answered by a 304; going back needs no asking at all. */
const FOR_BROWSERS = "public, max-age=0, must-revalidate";

const opened = () => caches.open("careers");

/** What of a kept answer is sent: the cache adds headers of its own. */
const SENT = ["content-type", "content-security-policy", "referrer-policy", "etag"];

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return base64url(new Uint8Array(bytes)).slice(0, 22);
}

/** Another look is another build, whose pages are not those that an older one kept. */
let look: string | undefined;

/** A page that everybody sees alike, with a tag of its content. */
export async function taggedPage(rendered: Rendered, status = 200): Promise<Response> {
  return await pageAnswer(rendered, { status, headers: { etag: `W/"${await digest(rendered.html)}"` } });
}

/** The request that an answer is for, and a way to go on after it. */
export interface Asked {
  url: string;
  after(work: Promise<unknown>): void;
}

/**
 * The answer that the edge keeps, or a new one, which it then keeps. Where there is no cache, or it fails, each
 * answer is a new one.
 *
 * @param key names all that the answer depends on; the organization's careers version too, so that whatever
 * changes what it shows leaves the kept one behind
 */
export async function kept(
  asked: Asked,
  key: { of: string; version: string | number; what: string },
  make: () => Promise<Response>,
): Promise<Response> {
  look ??= await digest(JOBS_STYLE);
  // Under the request's own host, as the platform advises.
  const address = new URL(`/careers/${key.of}/${key.version}/${look}/${key.what}`, asked.url).href;
  const found = await attempt(async () => (await opened()).match(address));
  if (found) return forBrowser(found);
  const made = await make();
  if (made.status === 200 || made.status === 410) {
    const copy = new Response(made.clone().body, made);
    copy.headers.set("cache-control", `public, max-age=${KEPT_SECONDS}`);
    asked.after(attempt(async () => (await opened()).put(address, copy)));
  }
  return forBrowser(made);
}

function forBrowser(answer: Response): Response {
  const headers = new Headers({ "cache-control": FOR_BROWSERS });
  for (const name of SENT) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    log("warn", "cache.failed", { reason: reasonOf(error) });
    return undefined;
  }
}

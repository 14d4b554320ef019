import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./types";

/** Weak and strong tags of the same text name the same content to a reader. */
const bare = (tag: string) => tag.trim().replace(/^W\//, "");

/** Answers 304 to a read whose client has this very version already. */
export const notModified: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next();
  const known = c.req.header("if-none-match");
  const etag = c.res.headers.get("etag");
  const read = c.req.method === "GET" || c.req.method === "HEAD";
  if (!read || known === undefined || etag === null || c.res.status !== 200) return;
  if (known.trim() !== "*" && !known.split(",").some((tag) => bare(tag) === bare(etag))) return;
  await c.res.body?.cancel();
  const headers = new Headers(c.res.headers);
  for (const name of ["content-type", "content-length"]) headers.delete(name);
  // Emptied first: a response that is replaced passes its headers on.
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
};

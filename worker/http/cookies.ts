import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Session } from "../features/sessions/schema";
import { SESSION_MS } from "../features/sessions/tokens";
import type { HttpEnv } from "./types";

const ACCESS = "__Host-portico";
const REFRESH = "__Host-portico-refresh";
/** Tells the app's script that there is a session to ask for; it says nothing about whose. */
const HINT = "portico-session";
const COMMON = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

/** True where a browser says that the request comes from this very site. */
export function isSameOrigin(c: Context<HttpEnv>): boolean {
  const origin = c.req.header("origin");
  if (origin === undefined) return c.req.header("sec-fetch-site") === "same-origin";
  return origin === new URL(c.req.url).origin;
}

/** Gives a browser its session as cookies. Other clients get the tokens in the answer alone. */
export function setSession(
  c: Context<HttpEnv>,
  session: Pick<Session, "accessToken" | "refreshToken" | "expiresIn">,
): void {
  if (!isSameOrigin(c)) return;
  setCookie(c, ACCESS, session.accessToken, { ...COMMON, maxAge: session.expiresIn });
  setCookie(c, REFRESH, session.refreshToken, { ...COMMON, maxAge: SESSION_MS / 1000 });
  setCookie(c, HINT, "1", { ...COMMON, httpOnly: false, maxAge: SESSION_MS / 1000 });
}

export function clearSession(c: Context<HttpEnv>): void {
  if (getCookie(c, ACCESS) !== undefined) deleteCookie(c, ACCESS, COMMON);
  if (getCookie(c, REFRESH) !== undefined) deleteCookie(c, REFRESH, COMMON);
  if (getCookie(c, HINT) !== undefined) deleteCookie(c, HINT, COMMON);
}

export const accessCookie = (c: Context<HttpEnv>) => getCookie(c, ACCESS);
export const refreshCookie = (c: Context<HttpEnv>) => getCookie(c, REFRESH);

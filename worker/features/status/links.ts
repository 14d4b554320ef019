import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { directory, type Statement } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import type { Ctx } from "../../events/context";
import { clock } from "../../lib/clock";
import { DomainError } from "../../lib/errors";
import { newSecret } from "../../lib/ids";
import { link } from "../../lib/links";
import { hashToken } from "../sessions/tokens";
import { statusLinks } from "./table";

/** How long a personal link works. */
export const STATUS_LINK_DAYS = 60;
/** How long after that it is still known whom a new one can be mailed to. */
export const KNOWN_AFTER_DAYS = 180;
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whose status a personal link shows. */
export interface StatusAccess {
  orgId: string;
  applicationId: string;
}

/**
 * Personal links to the status of applications, and the statement that makes them work. They are mailed
 * and never shown to the team.
 * @param from when they are mailed, in milliseconds; now if left out
 */
export async function newStatusLinks(
  ctx: Ctx,
  applicationIds: string[],
  from = ctx.now(),
): Promise<{ urls: Map<string, string>; writes: Statement[] }> {
  const made = await Promise.all(
    applicationIds.map(async (id) => {
      const token = newSecret();
      return { id, hash: await hashToken(token), url: link(ctx.env, `/status/${token}`) };
    }),
  );
  const rows = JSON.stringify(made.map(({ id, hash }) => [hash, id]));
  return {
    urls: new Map(made.map(({ id, url }) => [id, url])),
    writes:
      made.length === 0
        ? []
        : [
            ctx.db.sql(sql`insert into ${statusLinks} (hash, org_id, application_id, created_at, expires_at)
              select json_extract(value, '$[0]'), ${ctx.orgId}, json_extract(value, '$[1]'), ${ctx.now()},
                ${from + STATUS_LINK_DAYS * DAY_MS} from json_each(${rows})`),
          ],
  };
}

/** The name of the cookie by which a browser shows that it keeps a link. */
export async function statusCookie(token: string): Promise<string> {
  return `__Host-status-${(await hashToken(token)).slice(0, 16)}`;
}

/** A secret as `newSecret` makes them; others needn't be looked for. */
export const isSecret = (token: string): boolean => /^[\w-]{43}$/.test(token);

/** A link and the browser that it is used in, as they are stored. */
export interface Opened {
  hash: string;
  /** Null in a browser that was never given a secret for this link. */
  browser: string | null;
}

/** @param browser the secret that this browser was given with the page, or null in its first request */
export async function openedBy(token: string, browser: string | null): Promise<Opened> {
  return {
    hash: await hashToken(token),
    browser: browser !== null && isSecret(browser) ? await hashToken(browser) : null,
  };
}

/** The link that is still good. */
const itself = ({ hash }: Opened): SQL | undefined =>
  and(eq(statusLinks.hash, hash), gt(statusLinks.expiresAt, clock.now()));

/** The condition that a link is still good, and kept by no browser but this one. */
export function opens(opened: Opened): SQL {
  const free = isNull(statusLinks.browserHash);
  const its = and(
    itself(opened),
    opened.browser === null ? free : or(free, eq(statusLinks.browserHash, opened.browser)),
  );
  return its as SQL;
}

/** The statement by which a browser keeps a link that no other one keeps yet. */
export function keepLink(env: Env, opened: Opened): Statement {
  return directory(env)
    .orm.update(statusLinks)
    .set({ browserHash: opened.browser })
    .where(and(itself(opened), isNull(statusLinks.browserHash)));
}

/** What is said of a link that is unknown, too old, or kept by another browser: always the same. */
export const noSuchLink = () =>
  new DomainError("not-found", "This link is too old, or it belongs to another browser. Ask for a new one.");

/**
 * Whose status a personal link shows in this browser. The first browser that comes back with the secret it
 * was given keeps the link: whoever it is forwarded to sees nothing by it.
 *
 * @param browser the value of the cookie `statusCookie(token)`, or null without one
 * @throws DomainError `not-found` for a link that is unknown, too old, or kept by another browser
 */
export async function useStatusLink(
  env: Env,
  token: string,
  browser: string | null,
  meter?: Meter,
): Promise<StatusAccess> {
  const opened = await openedBy(token, browser);
  const index = directory(env, meter);
  const read = index.orm
    .select({ orgId: statusLinks.orgId, applicationId: statusLinks.applicationId })
    .from(statusLinks)
    .where(opens(opened))
    .limit(1);
  const results = await index.write(opened.browser === null ? [read] : [keepLink(env, opened), read]);
  const [row] = results.at(-1) as StatusAccess[];
  if (!row) throw noSuchLink();
  return row;
}

/** Where whoever has a login sees how it stands with them. */
export function ownPageWithLogin(env: Env, kind: "agent" | "candidate", applicationId: string): string {
  return link(env, kind === "agent" ? "/home" : `/my-applications/${applicationId}`);
}

import { and, eq, gt, isNull } from "drizzle-orm";
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
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whose status a personal link shows. */
export interface StatusAccess {
  orgId: string;
  applicationId: string;
}

/**
 * A personal link to the status of an application, and the statement that makes it work. It is mailed and
 * never shown to the team.
 */
export async function newStatusLink(
  ctx: Ctx,
  applicationId: string,
): Promise<{ url: string; token: string; write: Statement }> {
  const token = newSecret();
  const now = ctx.now();
  const write = ctx.db.insert(statusLinks, {
    hash: await hashToken(token),
    applicationId,
    createdAt: now,
    expiresAt: now + STATUS_LINK_DAYS * DAY_MS,
  });
  return { url: link(ctx.env, `/application/${token}`), token, write };
}

const gone = () =>
  new DomainError("not-found", "This link is too old, or not one of ours. Ask for a new one.");
const elsewhere = () =>
  new DomainError("denied", "This link was opened in another browser. Ask for a new one to use it here.");

/**
 * Whose status a personal link shows in this browser. The first browser that comes back with the secret it
 * was given keeps the link: whoever it is forwarded to sees nothing by it.
 *
 * @param browser the secret that this browser was given with the page, or null in its first request
 * @throws DomainError `not-found` for a link that is unknown or too old, `denied` in another browser
 */
export async function useStatusLink(
  env: Env,
  token: string,
  browser: string | null,
  meter?: Meter,
): Promise<StatusAccess> {
  const index = directory(env, meter);
  const its = and(eq(statusLinks.hash, await hashToken(token)), gt(statusLinks.expiresAt, clock.now()));
  const mine = browser === null ? null : await hashToken(browser);
  const read = index.orm.select().from(statusLinks).where(its).limit(1);
  const [rows] = mine
    ? ((await index
        .write([
          index.orm
            .update(statusLinks)
            .set({ browserHash: mine })
            .where(and(its, isNull(statusLinks.browserHash))),
          read,
        ])
        .then((results) => results.slice(1))) as [(typeof statusLinks.$inferSelect)[]])
    : await index.read(read);
  const row = rows[0];
  if (!row) throw gone();
  if (row.browserHash !== null && row.browserHash !== mine) throw elsewhere();
  return { orgId: row.orgId, applicationId: row.applicationId };
}

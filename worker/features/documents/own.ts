import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { selectDocuments } from "./documents";
import { documentRequests, documents } from "./table";

/** Papers of one person that are shown on their own screens. */
const MOST = 200;

/**
 * Somebody's documents, for screens that read them in one round trip with what else they show.
 * @param ownerId what finds the person
 */
export function selectOwnDocuments(ctx: Ctx, ownerId: SQL) {
  return selectDocuments(ctx, sql`${documents.ownerId} = ${ownerId}`, MOST);
}

/** What somebody is asked for and has not sent. */
export function selectOpenRequests(ctx: Ctx, ownerId: SQL) {
  return ctx.db.rows(documentRequests, {
    where: and(sql`${documentRequests.ownerId} = ${ownerId}`, eq(documentRequests.status, "open")),
    orderBy: desc(documentRequests.id),
    limit: MOST,
  });
}

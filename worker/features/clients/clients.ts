import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { matching } from "../../db/search";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { clientScope } from "../users/scope";
import type { Client, ClientListQuery } from "./schema";
import { clients } from "./table";

export type ClientRow = typeof clients.$inferSelect;

/** A client as the caller may see it: what the team notes about a company is the team's. */
export function presentClient(ctx: Ctx, row: ClientRow): Client {
  return {
    id: row.id,
    companyName: row.companyName,
    status: row.status,
    industry: row.industry,
    website: row.website,
    phone: row.phone,
    address: row.address,
    city: row.city,
    state: row.state,
    country: row.country,
    postalCode: row.postalCode,
    notes: clientScope(ctx) === null ? row.notes : null,
    jobCount: row.jobCount,
    openJobCount: row.openJobCount,
    version: row.version,
    createdBy: row.createdBy,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** The query of one client that the caller may see. */
export function selectClient(ctx: Ctx, id: string) {
  const own = clientScope(ctx);
  return ctx.db.rows(clients, {
    where: and(eq(clients.id, id), own === null ? undefined : eq(clients.id, own)),
  });
}

/** @throws DomainError `not-found` */
export async function getClient(ctx: Ctx, id: string): Promise<Client> {
  const [rows] = await ctx.db.read(selectClient(ctx, id));
  if (!rows[0]) throw notFound("client");
  return presentClient(ctx, rows[0]);
}

/** A page of clients, newest first unless asked otherwise. A client user's list has their own. */
export async function listClients(ctx: Ctx, query: z.infer<typeof ClientListQuery>) {
  const own = clientScope(ctx);
  const { limit, cursor, ...filters } = query;
  const scope = { list: "clients", orgId: ctx.orgId, filters: { ...filters, own } };
  const after = await readCursor(ctx.env, scope, cursor);
  const newestFirst = filters.sort === "-createdAt";
  const keys = filters.q ? matching(ctx.orgId, filters.q, "client") : undefined;
  const [rows] = await ctx.db.read(
    ctx.db.rows(clients, {
      where: and(
        own === null ? undefined : eq(clients.id, own),
        filters.status ? eq(clients.status, filters.status) : undefined,
        filters.q ? (keys ? sql`${clients.searchKey} in ${keys}` : sql`0`) : undefined,
        after
          ? newestFirst
            ? lt(clients.id, after[0] as string)
            : gt(clients.id, after[0] as string)
          : undefined,
      ),
      orderBy: newestFirst ? desc(clients.id) : asc(clients.id),
      limit: limit + 1,
    }),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => presentClient(ctx, row),
  );
}

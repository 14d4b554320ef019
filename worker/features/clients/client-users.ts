import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { changeAccount, makeAccount, type UserRow } from "../users/accounts";
import { users } from "../users/table";
import { presentUser } from "../users/users";
import { selectClient } from "./clients";
import type { ClientUser, ClientUserChange, ClientUserQuery, NewClientUser } from "./schema";

function presentClientUser(row: UserRow): ClientUser {
  return { ...presentUser(row), role: "client_user", clientId: row.clientId ?? "" };
}

/** The people of a client, in the words of the index by client. */
const peopleOf = (clientId: string) =>
  and(eq(users.clientId, clientId), sql`${users.clientId} is not null`, eq(users.role, "client_user"));
const oneOf = (clientId: string, email: string) =>
  and(eq(users.email, email.trim().toLowerCase()), peopleOf(clientId));

/** A page of a client's people, the newest first. @throws DomainError `not-found` */
export async function listClientUsers(
  ctx: Ctx,
  clientId: string,
  { limit, cursor }: z.infer<typeof ClientUserQuery>,
) {
  const scope = { list: "client-users", orgId: ctx.orgId, filters: { clientId } };
  const after = await readCursor(ctx.env, scope, cursor);
  const [found, rows] = await ctx.db.read(
    selectClient(ctx, clientId),
    ctx.db.rows(users, {
      where: and(peopleOf(clientId), after ? lt(users.id, after[0] as string) : undefined),
      orderBy: desc(users.id),
      limit: limit + 1,
    }),
  );
  if (!found[0]) throw notFound("client");
  return await page(ctx.env, scope, rows, limit, (row) => [row.id], presentClientUser);
}

/** @throws DomainError `not-found` */
export async function getClientUser(ctx: Ctx, clientId: string, email: string): Promise<ClientUser> {
  const [rows] = await ctx.db.read(ctx.db.rows(users, { where: oneOf(clientId, email) }));
  if (!rows[0]) throw notFound("user");
  return presentClientUser(rows[0]);
}

/**
 * Lets somebody of a client in, with a password or by an invitation to choose one.
 * @throws DomainError `not-found`, `invalid` for a weak password, `conflict` for an address that is known
 */
export async function addClientUser(ctx: Ctx, clientId: string, input: NewClientUser): Promise<ClientUser> {
  return await makeAccount(ctx, { ...input, role: "client_user", clientId }, presentClientUser);
}

/** @throws DomainError `not-found`, `outdated`, `conflict` */
export async function updateClientUser(
  ctx: Ctx,
  clientId: string,
  email: string,
  change: ClientUserChange,
  ifVersion?: number,
): Promise<ClientUser> {
  return await changeAccount(ctx, oneOf(clientId, email), change, presentClientUser, ifVersion);
}

/** Disables the account of somebody of a client; what they did stays in the history. */
export async function removeClientUser(ctx: Ctx, clientId: string, email: string): Promise<void> {
  await updateClientUser(ctx, clientId, email, { status: "disabled" });
}

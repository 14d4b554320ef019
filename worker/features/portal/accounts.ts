import { and, desc, eq, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { matching } from "../../db/search";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { candidates } from "../candidates/table";
import { users } from "../users/table";
import type { PortalAccount, PortalAccountQuery } from "./schema";

const ACCOUNT = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  phone: users.phone,
  mustChangePassword: users.mustChangePassword,
  emailVerifiedAt: users.emailVerifiedAt,
  disabledAt: users.disabledAt,
  candidateId: users.candidateId,
  lastLoginAt: users.lastLoginAt,
  version: users.version,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
  linkedinUrl: candidates.linkedinUrl,
  currentCompany: candidates.currentCompany,
  experienceYears: candidates.experienceYears,
  maker: sql<string | null>`(select m.email from ${users} m where m.id = ${users.createdBy})`,
};

/** Accounts of candidates with what is told of them on their profile. */
export function selectAccounts(
  ctx: Pick<Ctx, "db">,
  where: SQL | undefined,
  find: { orderBy?: SQL; limit?: number; byKey?: boolean } = {},
) {
  return ctx.db.select(ACCOUNT, users, {
    // The unary plus keeps SQLite on the keys that a search names.
    where: and(sql`${sql.raw(find.byKey ? "+" : "")}${users.role} = 'candidate'`, where),
    ...find,
    join: [{ table: candidates, on: eq(candidates.id, users.candidateId), left: true }],
  });
}
export type AccountRow = RowOf<typeof selectAccounts>;

/** An account as admins see it. */
export function presentAccount(row: AccountRow): PortalAccount {
  return {
    id: row.id,
    email: row.email,
    name: `${row.firstName} ${row.lastName}`.trim(),
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    linkedinUrl: row.linkedinUrl,
    currentCompany: row.currentCompany,
    experienceYears: row.experienceYears,
    status: row.disabledAt === null ? "active" : "inactive",
    mustChangePassword: row.mustChangePassword,
    emailVerified: row.emailVerifiedAt !== null,
    linkedCandidateId: row.candidateId,
    lastLoginAt: isoOrNull(row.lastLoginAt),
    version: row.version,
    createdBy: row.maker,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** Whoever has a profile is found by its words, the others by how their address begins. */
function matchingAccounts(ctx: Ctx, typed: string): SQL | undefined {
  const keys = matching(ctx.orgId, typed, "candidate");
  const begin = typed.toLowerCase();
  return or(
    keys
      ? sql`${users.id} in (select user_id from ${candidates} where ${candidates.searchKey} in ${keys}
          and +org_id = ${ctx.orgId} and user_id is not null)`
      : undefined,
    sql`${users.id} in (select id from ${users} u where u.org_id = ${ctx.orgId}
      and u.email >= ${begin} and u.email < ${`${begin}\u{10ffff}`})`,
  );
}

/** A page of the candidates' accounts, the newest first. */
export async function listAccounts(ctx: Ctx, query: z.infer<typeof PortalAccountQuery>) {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "portal-accounts", orgId: ctx.orgId, filters };
  const after = await readCursor(ctx.env, scope, cursor);
  const { q, status } = filters;
  const where = and(
    q ? matchingAccounts(ctx, q) : undefined,
    // In the words of the partial index, so that SQLite uses it.
    status === "inactive" ? sql`${users.disabledAt} is not null` : undefined,
    status === "active" ? sql`${users.disabledAt} is null` : undefined,
    after ? lt(users.id, after[0] as string) : undefined,
  );
  const [rows] = await ctx.db.read(
    selectAccounts(ctx, where, { orderBy: desc(users.id), limit: limit + 1, byKey: q !== undefined }),
  );
  return await page(ctx.env, scope, rows, limit, (row) => [row.id], presentAccount);
}

/** @throws DomainError `not-found` */
export async function getAccount(ctx: Ctx, id: string): Promise<PortalAccount> {
  const [rows] = await ctx.db.read(selectAccounts(ctx, eq(users.id, id)));
  if (!rows[0]) throw notFound("portal account");
  return presentAccount(rows[0]);
}

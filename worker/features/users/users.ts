import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { splitName } from "../../lib/names";
import { updateAgent } from "../agents/update";
import { selectUnread } from "../notifications/notifications";
import { pipelines } from "../pipelines/table";
import { updateOwnProfile } from "../portal/profile";
import { presentSessionUser } from "../sessions/sessions";
import { accountStatus, changeAccount, makeAccount, type UserRow } from "./accounts";
import { can, permissionsOf } from "./permissions";
import type { Colleagues, Me, MeChange, NewUser, User, UserChange, UserListQuery } from "./schema";
import { users } from "./table";
import { INTERNAL_ROLES } from "./words";

/** A user as admins see them. */
export function presentUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: `${row.firstName} ${row.lastName}`.trim(),
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    role: row.role,
    status: accountStatus(row),
    mustChangePassword: row.mustChangePassword,
    lastLoginAt: isoOrNull(row.lastLoginAt),
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** Who the caller is and what they may do, in one round trip. */
export async function getMe(ctx: Ctx, sessionId: string): Promise<Me> {
  const { id } = userOf(ctx);
  const [rows, orgs, pools, counted] = await ctx.db.read(
    ctx.db.rows(users, { where: eq(users.id, id) }),
    ctx.db.organization(),
    ctx.db.select({ id: pipelines.id }, pipelines, { where: eq(pipelines.kind, "agent_pool"), limit: 1 }),
    selectUnread(ctx, id),
  );
  const [user, organization] = [rows[0], orgs[0]];
  if (!user || !organization) throw new DomainError("unauthenticated", "Your account is gone. Log in again.");
  const permissions = permissionsOf(user.role);
  return {
    ...presentSessionUser(user),
    firstName: user.firstName,
    lastName: user.lastName,
    phone: user.phone,
    emailVerified: user.emailVerifiedAt !== null,
    permissions,
    organization: {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      accent: organization.brand.accent,
    },
    agentId: user.agentId,
    candidateId: user.candidateId,
    pipelineId: can(user.role, "pipeline.watch", { own: user.agentId !== null })
      ? (pools[0]?.id ?? null)
      : null,
    unread: counted[0]?.unread ?? 0,
    version: user.version,
    sessionId,
  };
}

/** Changes the caller's own name and number; their profile changes with it. */
export async function updateMe(ctx: Ctx, change: MeChange, sessionId: string): Promise<Me> {
  const actor = userOf(ctx);
  const { name, ...rest } = change;
  const fields = name === undefined || rest.firstName !== undefined ? rest : { ...rest, ...splitName(name) };
  if (actor.agentId) {
    await updateAgent(ctx, actor.agentId, fields);
  } else if (actor.candidateId) {
    await updateOwnProfile(ctx, fields);
  } else {
    await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [
        ctx.db.update(
          users,
          { ...fields, updatedAt: ctx.now(), version: sql`${users.version} + 1` },
          eq(users.id, actor.id),
        ),
      ],
      audit: [
        {
          action: "USER_UPDATE",
          entity: { type: "user", id: actor.id },
          metadata: { fields: Object.keys(change) },
        },
      ],
      result: null,
    });
  }
  return await getMe(ctx, sessionId);
}

/** The team: internal users, the newest first. */
export async function listUsers(ctx: Ctx, query: z.infer<typeof UserListQuery>) {
  const scope = { list: "users", orgId: ctx.orgId, filters: { role: query.role } };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const [rows] = await ctx.db.read(
    ctx.db.rows(users, {
      where: and(
        query.role ? eq(users.role, query.role) : inArray(users.role, [...INTERNAL_ROLES]),
        after ? lt(users.id, after[0] as string) : undefined,
      ),
      orderBy: desc(users.id),
      limit: query.limit + 1,
    }),
  );
  return await page(ctx.env, scope, rows, query.limit, (row) => [row.id], presentUser);
}

/** Colleagues that are listed: more than any organization's team has. */
const MOST_COLLEAGUES = 500;

/** Admins and recruiters who can log in, by name: whom work can be given to. */
export async function listColleagues(ctx: Ctx): Promise<Colleagues> {
  const [rows] = await ctx.db.read(
    ctx.db.rows(users, {
      where: and(inArray(users.role, ["admin", "recruiter"]), isNull(users.disabledAt)),
      limit: MOST_COLLEAGUES,
    }),
  );
  const data = rows.map(presentUser).map(({ id, name, email, role }) => ({ id, name, email, role }));
  return { data: data.sort((a, b) => a.name.localeCompare(b.name)), nextCursor: null };
}

const internal = (id: string) => and(eq(users.id, id), inArray(users.role, [...INTERNAL_ROLES]));

async function load(ctx: Ctx, id: string): Promise<UserRow> {
  const [rows] = await ctx.db.read(ctx.db.rows(users, { where: internal(id) }));
  if (!rows[0]) throw notFound("user");
  return rows[0];
}

/** @throws DomainError `not-found` */
export async function getUser(ctx: Ctx, id: string): Promise<User> {
  return presentUser(await load(ctx, id));
}

/**
 * Makes a team account, with a password or by an invitation to choose one.
 * @throws DomainError `invalid` for a weak password, `conflict` for an address that is known
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<User> {
  return await makeAccount(ctx, input, presentUser);
}

/**
 * Changes a team account. One admin always remains, and nobody disables or demotes themselves.
 * @throws DomainError `not-found`, `outdated`, `conflict`
 */
export async function updateUser(
  ctx: Ctx,
  id: string,
  change: UserChange,
  ifVersion?: number,
): Promise<User> {
  return await changeAccount(ctx, internal(id), change, presentUser, ifVersion);
}

/** Disables a team account; what it did stays in the history. */
export async function removeUser(ctx: Ctx, id: string): Promise<void> {
  if (id === userOf(ctx).id) throw invalid("id", "You can't remove yourself. Ask another admin.");
  await updateUser(ctx, id, { status: "disabled" });
}

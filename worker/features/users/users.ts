import { and, desc, eq, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { conflict, DomainError, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { splitName } from "../../lib/names";
import { passwordPool } from "../../lib/passwords-object";
import { updateAgent } from "../agents/update";
import { candidates } from "../candidates/table";
import { queueEmail } from "../email/email";
import { selectUnread } from "../notifications/notifications";
import { pipelines } from "../pipelines/table";
import { newOneTimeToken } from "../sessions/one-time";
import { endAllSessions, forgetUser, presentSessionUser } from "../sessions/sessions";
import { can, permissionsOf } from "./permissions";
import { checkPassword, namesOf, newUserRow, unlessTaken } from "./register";
import type { Me, MeChange, NewUser, User, UserChange, UserListQuery } from "./schema";
import { users } from "./table";
import { INTERNAL_ROLES } from "./words";

type Row = typeof users.$inferSelect;

/** A user as admins see them. */
export function presentUser(row: Row): User {
  return {
    id: row.id,
    email: row.email,
    name: `${row.firstName} ${row.lastName}`.trim(),
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    role: row.role,
    status: row.disabledAt !== null ? "disabled" : row.passwordHash === null ? "invited" : "active",
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
    organization: { id: organization.id, name: organization.name, slug: organization.slug },
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

/** Changes the caller's own name and number; an agent's profile changes with it. */
export async function updateMe(ctx: Ctx, change: MeChange, sessionId: string): Promise<Me> {
  const actor = userOf(ctx);
  const { name, ...rest } = change;
  const fields = name === undefined || rest.firstName !== undefined ? rest : { ...rest, ...splitName(name) };
  if (actor.agentId) {
    await updateAgent(ctx, actor.agentId, fields);
  } else {
    await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [
        ctx.db.update(
          users,
          { ...fields, updatedAt: ctx.now(), version: sql`${users.version} + 1` },
          eq(users.id, actor.id),
        ),
        // What the team sees of a candidate carries the same name and number.
        ...(actor.candidateId
          ? [
              ctx.db.update(
                candidates,
                { ...fields, updatedAt: ctx.now(), version: sql`${candidates.version} + 1` },
                eq(candidates.id, actor.candidateId),
              ),
            ]
          : []),
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

async function load(ctx: Ctx, id: string): Promise<Row> {
  const [rows] = await ctx.db.read(
    ctx.db.rows(users, { where: and(eq(users.id, id), inArray(users.role, [...INTERNAL_ROLES])) }),
  );
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
  const at = ctx.now();
  const row = newUserRow(ctx, {
    ...namesOf(input),
    email: input.email,
    phone: input.phone,
    role: input.role,
  });
  row.mustChangePassword = input.mustChangePassword ?? false;
  if (input.password !== undefined) {
    checkPassword("password", input.password, {
      email: input.email,
      name: `${row.firstName} ${row.lastName}`,
    });
    row.passwordHash = await passwordPool(ctx.env).hash(input.email, input.password);
  }
  const invitation = input.password === undefined ? await invite(ctx, row) : null;
  const made = await unlessTaken(() =>
    commit(ctx, {
      id: newId("chg", at),
      writes: [ctx.db.insert(users, row), ...(invitation?.writes ?? [])],
      audit: [{ action: "USER_CREATE", entity: { type: "user", id: row.id }, newValue: { role: row.role } }],
      result: presentUser(row),
    }),
  );
  if (invitation) ctx.after(invitation.wake());
  return made;
}

async function invite(ctx: Ctx, user: Row) {
  const [orgs, inviters] = await ctx.db.read(
    ctx.db.organization(),
    ctx.db.rows(users, { where: eq(users.id, userOf(ctx).id) }),
  );
  const { token, write } = await newOneTimeToken(ctx, { userId: user.id, purpose: "invitation" });
  const inviter = inviters[0] ? `${inviters[0].firstName} ${inviters[0].lastName}`.trim() : "An admin";
  const mail = queueEmail(ctx, {
    to: user.email,
    userId: user.id,
    template: "invitation",
    values: {
      firstName: user.firstName,
      inviter,
      organization: orgs[0]?.name ?? "",
      url: link(ctx.env, `/welcome?token=${token}`),
    },
    dedupeKey: `invite:${user.id}:${ctx.now()}`,
  });
  return { writes: [write, mail.write], wake: mail.wake };
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
  const attempt = async (): Promise<User> => {
    const [found, others] = await ctx.db.read(
      ctx.db.rows(users, { where: and(eq(users.id, id), inArray(users.role, [...INTERNAL_ROLES])) }),
      ctx.db.select({ id: users.id }, users, { where: otherAdmins(id), limit: 1 }),
    );
    const old = found[0];
    if (!old) throw notFound("user");
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentUser(old));
    const { name, status, ...fields } = change;
    const at = ctx.now();
    const changeId = newId("chg", at);
    const set = {
      ...(name === undefined ? {} : splitName(name)),
      ...fields,
      disabledAt:
        status === undefined ? old.disabledAt : status === "disabled" ? (old.disabledAt ?? at) : null,
      version: old.version + 1,
      changeId,
      updatedAt: at,
    };
    const next: Row = { ...old, ...set };
    const losesPower = next.disabledAt !== null || next.role !== old.role;
    if (losesPower && id === userOf(ctx).id) {
      throw conflict(
        "You can't disable yourself or take your own role away. Ask another admin.",
        presentUser(old),
      );
    }
    const leavesAdmins = losesPower && old.role === "admin";
    if (leavesAdmins && others.length === 0) {
      throw conflict("This is the last admin who can log in. Make another one first.", presentUser(old));
    }
    const done = await commit(ctx, {
      id: changeId,
      won: { table: users, id },
      writes: [
        ctx.db.update(
          users,
          set,
          and(
            eq(users.id, id),
            eq(users.version, old.version),
            // Asked again in the batch: two admins may do this to each other at the same moment.
            leavesAdmins
              ? sql`exists (select 1 from ${users} other where other.org_id = ${ctx.orgId}
                  and other.role = 'admin' and other.disabled_at is null and other.id <> ${id})`
              : undefined,
          ),
        ),
        // A changed role begins with a new login, so that no old session carries it.
        ...(losesPower ? [endAllSessions(ctx, id, null)] : []),
      ],
      audit: [
        {
          action: change.status === "disabled" ? "USER_DISABLE" : "USER_UPDATE",
          entity: { type: "user", id },
          oldValue: { role: old.role, status: presentUser(old).status },
          newValue: { role: next.role, status: presentUser(next).status },
          metadata: { fields: Object.keys(change) },
        },
      ],
      result: presentUser(next),
    });
    forgetUser(id);
    return done;
  };
  return await onceMore(attempt, () => getUser(ctx, id));
}

/** Admins besides this one who can log in. */
const otherAdmins = (id: string) => and(eq(users.role, "admin"), isNull(users.disabledAt), ne(users.id, id));

/** Disables a team account; what it did stays in the history. */
export async function removeUser(ctx: Ctx, id: string): Promise<void> {
  if (id === userOf(ctx).id) throw invalid("id", "You can't remove yourself. Ask another admin.");
  await updateUser(ctx, id, { status: "disabled" });
}

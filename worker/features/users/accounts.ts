import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { commit, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { splitName } from "../../lib/names";
import { passwordPool } from "../../lib/passwords-object";
import { clients } from "../clients/table";
import { queueEmail } from "../email/email";
import { newOneTimeToken } from "../sessions/one-time";
import { endAllSessions, forgetUser } from "../sessions/sessions";
import { checkPassword, namesOf, newUserRow, unlessTaken } from "./register";
import type { NewUser, UserChange } from "./schema";
import { users } from "./table";
import type { Role } from "./words";

export type UserRow = typeof users.$inferSelect;

/** How an account stands: one without a password waits for its invitation to be taken up. */
export function accountStatus(row: UserRow): "active" | "invited" | "disabled" {
  return row.disabledAt !== null ? "disabled" : row.passwordHash === null ? "invited" : "active";
}

/** What a new account begins with; `clientId` is the company of a client user. */
export type NewAccount = Omit<NewUser, "role"> & { role: Role; clientId?: string };

/**
 * Makes an account, with a password or by an invitation to choose one.
 * @throws DomainError `invalid` for a weak password, `conflict` for an address that is known, `not-found`
 * for a client that isn't there
 */
export async function makeAccount<R>(ctx: Ctx, input: NewAccount, present: (row: UserRow) => R): Promise<R> {
  const at = ctx.now();
  const { email, phone, role, password } = input;
  const row = newUserRow(ctx, { ...namesOf(input), email, phone, role });
  row.mustChangePassword = input.mustChangePassword ?? false;
  row.clientId = input.clientId ?? null;
  if (password !== undefined) {
    checkPassword("password", password, { email, name: `${row.firstName} ${row.lastName}` });
  }
  const [orgs, inviters, owners] = await ctx.db.read(
    ctx.db.organization(),
    ctx.db.rows(users, { where: eq(users.id, ctx.actor.id) }),
    ctx.db.select({ id: clients.id }, clients, { where: eq(clients.id, row.clientId ?? "") }),
  );
  if (row.clientId !== null && !owners[0]) throw notFound("client");
  if (password !== undefined) row.passwordHash = await passwordPool(ctx.env).hash(email, password);
  const names = { organization: orgs[0]?.name ?? "", inviter: inviters[0] };
  const invitation = password === undefined ? await invite(ctx, row, names) : null;
  const made = await unlessTaken(() =>
    commit(ctx, {
      id: newId("chg", at),
      writes: [ctx.db.insert(users, row), ...(invitation?.writes ?? [])],
      audit: [
        {
          action: "USER_CREATE",
          entity: { type: "user", id: row.id },
          newValue: { role, ...(row.clientId === null ? {} : { clientId: row.clientId }) },
        },
      ],
      result: present(row),
    }),
  );
  if (invitation) ctx.after(invitation.wake());
  return made;
}

async function invite(
  ctx: Ctx,
  user: UserRow,
  names: { organization: string; inviter: UserRow | undefined },
) {
  const { token, write } = await newOneTimeToken(ctx, { userId: user.id, purpose: "invitation" });
  const { inviter, organization } = names;
  const mail = queueEmail(ctx, {
    to: user.email,
    userId: user.id,
    template: "invitation",
    values: {
      firstName: user.firstName,
      inviter: inviter ? `${inviter.firstName} ${inviter.lastName}`.trim() : "An admin",
      organization,
      url: link(ctx.env, `/welcome?token=${token}`),
    },
    dedupeKey: `invite:${user.id}:${ctx.now()}`,
  });
  return { writes: [write, mail.write], wake: mail.wake };
}

/**
 * Changes an account. One admin always remains, and nobody disables or demotes themselves.
 * @param which finds the one row, and no other that the caller may not change
 * @throws DomainError `not-found`, `outdated`, `conflict`
 */
export async function changeAccount<R>(
  ctx: Ctx,
  which: SQL | undefined,
  change: UserChange,
  present: (row: UserRow) => R,
  ifVersion?: number,
): Promise<R> {
  const attempt = async (): Promise<R> => {
    const [found, admins] = await ctx.db.read(
      ctx.db.rows(users, { where: which }),
      ctx.db.select({ id: users.id }, users, { where: activeAdmins, limit: 2 }),
    );
    const old = found[0];
    if (!old) throw notFound("user");
    const { id } = old;
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(present(old));
    const { name, status, ...fields } = change;
    const at = ctx.now();
    const changeId = newId("chg", at);
    const set = {
      ...(name === undefined ? {} : splitName(name)),
      ...fields,
      // Whoever joins the team belongs to no client any more.
      clientId: (change.role ?? old.role) === "client_user" ? old.clientId : null,
      disabledAt:
        status === undefined ? old.disabledAt : status === "disabled" ? (old.disabledAt ?? at) : null,
      version: old.version + 1,
      changeId,
      updatedAt: at,
    };
    const next: UserRow = { ...old, ...set };
    const losesPower = next.disabledAt !== null || next.role !== old.role;
    if (losesPower && id === userOf(ctx).id) {
      throw conflict(
        "You can't disable yourself or take your own role away. Ask another admin.",
        present(old),
      );
    }
    const leavesAdmins = losesPower && old.role === "admin";
    if (leavesAdmins && !admins.some((admin) => admin.id !== id)) {
      throw conflict("This is the last admin who can log in. Make another one first.", present(old));
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
          action: status === "disabled" ? "USER_DISABLE" : "USER_UPDATE",
          entity: { type: "user", id },
          oldValue: { role: old.role, status: accountStatus(old) },
          newValue: { role: next.role, status: accountStatus(next) },
          metadata: { fields: Object.keys(change) },
        },
      ],
      result: present(next),
    });
    forgetUser(id);
    return done;
  };
  return await onceMore(attempt, async () => {
    const [rows] = await ctx.db.read(ctx.db.rows(users, { where: which }));
    return rows[0] && present(rows[0]);
  });
}

const activeAdmins = and(eq(users.role, "admin"), isNull(users.disabledAt));

import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { indexPerson } from "../../db/search";
import { commit, event, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { splitName } from "../../lib/names";
import { passwordPool } from "../../lib/passwords-object";
import { searchText } from "../agents/new-agent";
import { type StandingRow, selectStandings } from "../candidates/candidates";
import { candidates } from "../candidates/table";
import { nameApplications, updatedEvents } from "../candidates/update";
import { documents, fileIntents } from "../documents/table";
import { notifications } from "../notifications/table";
import { voidOneTimeTokens } from "../sessions/one-time";
import { endAllSessions, forgetUser } from "../sessions/sessions";
import { oneTimeTokens, refreshTokens, sessions } from "../sessions/table";
import { users } from "../users/table";
import { type AccountRow, getAccount, presentAccount, selectAccounts } from "./accounts";
import { credentialsMail, firstPassword } from "./credentials";
import { joinProfile, selectByLogin } from "./link";
import type { PortalAccount, PortalAccountChange } from "./schema";

type CandidateRow = typeof candidates.$inferSelect;

interface Loaded {
  account: AccountRow;
  user: typeof users.$inferSelect;
  /** The profile that the account is joined to. */
  profile: CandidateRow | undefined;
  /** The profile with its address, joined or not. */
  known: CandidateRow | undefined;
  standings: StandingRow[];
  organization: string;
}

/** @throws DomainError `not-found` */
async function load(ctx: Ctx, id: string): Promise<Loaded> {
  const its = sql`(select candidate_id from ${users} where org_id = ${ctx.orgId} and id = ${id})`;
  const [accounts, rows, profiles, byAddress, standings, orgs] = await ctx.db.read(
    selectAccounts(ctx, eq(users.id, id)),
    ctx.db.rows(users, { where: eq(users.id, id) }),
    ctx.db.rows(candidates, { where: sql`${candidates.id} = ${its}` }),
    selectByLogin(ctx, id),
    selectStandings(ctx, its),
    ctx.db.organization(),
  );
  const [account, user] = [accounts[0], rows[0]];
  if (!account || !user) throw notFound("portal account");
  return {
    account,
    user,
    profile: profiles[0],
    known: byAddress[0],
    standings,
    organization: orgs[0]?.name ?? "",
  };
}

/** True where this commit has the row of an account. */
const stamped = (ctx: Ctx, id: string, changeId: string) =>
  sql`exists (select 1 from ${users} where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;

/** What closes sockets that are still open: their channel looks at the session before it sends anything. */
const poke = (userId: string, profileId: string | null, field: string): NewEvent[] =>
  profileId === null
    ? []
    : [
        event({
          type: "candidate.updated",
          entity: { type: "candidate", id: profileId },
          userId,
          data: { candidateId: profileId },
          detail: { fields: [field] },
        }),
      ];

/**
 * Changes an account, and what of it stands on the profile. An inactive account can't log in, and its sessions
 * end.
 * @throws DomainError `not-found`, `outdated`, `conflict`
 */
export async function changeAccount(
  ctx: Ctx,
  id: string,
  change: PortalAccountChange,
  ifVersion?: number,
): Promise<PortalAccount> {
  const done = await onceMore(
    async () => {
      const { account, user, profile, standings } = await load(ctx, id);
      if (ifVersion !== undefined && ifVersion !== user.version) throw outdated(presentAccount(account));
      const at = ctx.now();
      const changeId = newId("chg", at);
      const { name, status, mustChangePassword, ...sent } = change;
      const wanted = {
        ...(name === undefined || sent.firstName !== undefined ? {} : splitName(name)),
        ...sent,
      } as Partial<CandidateRow>;
      const disabledAt =
        status === undefined ? user.disabledAt : status === "active" ? null : (user.disabledAt ?? at);
      const own = {
        firstName: wanted.firstName ?? user.firstName,
        lastName: wanted.lastName ?? user.lastName,
        phone: wanted.phone === undefined ? user.phone : wanted.phone,
        disabledAt,
        mustChangePassword: mustChangePassword ?? user.mustChangePassword,
        version: user.version + 1,
        updatedAt: at,
      };
      const won = stamped(ctx, id, changeId);
      const about = profile ? profileChange(ctx, profile, wanted, standings, won) : null;
      const shown = { ...account, ...own, ...(about ? pick(about.next) : {}) };
      const closes = disabledAt !== null && user.disabledAt === null;
      return await commit(ctx, {
        id: changeId,
        won: { table: users, id },
        writes: [
          ctx.db.update(
            users,
            { ...own, changeId },
            and(eq(users.id, id), eq(users.version, user.version), about?.unchanged),
          ),
          ...(about?.writes ?? []),
          ...(closes ? [endAllSessions(ctx, id, null), voidOneTimeTokens(ctx, id, won)] : []),
        ],
        events: about?.events.length ? about.events : closes ? poke(id, profile?.id ?? null, "status") : [],
        audit: [
          {
            action: closes ? "USER_DISABLE" : "USER_UPDATE",
            entity: { type: "user", id },
            metadata: { fields: Object.keys(change) },
          },
        ],
        result: presentAccount(shown),
      });
    },
    () => getAccount(ctx, id),
  );
  forgetUser(id);
  return done;
}

const pick = ({ linkedinUrl, currentCompany, experienceYears }: CandidateRow) => ({
  linkedinUrl,
  currentCompany,
  experienceYears,
});

/** What an account's change does to its profile, in the batch that has the account. */
function profileChange(
  ctx: Ctx,
  row: CandidateRow,
  wanted: Partial<CandidateRow>,
  standings: StandingRow[],
  won: SQL,
) {
  const fields = (Object.keys(wanted) as (keyof CandidateRow)[]).filter(
    (field) => wanted[field] !== row[field],
  );
  const next: CandidateRow = { ...row, ...wanted };
  if (fields.length === 0)
    return { next, writes: [] as Statement[], events: [] as NewEvent[], unchanged: undefined };
  const renamed = fields.includes("firstName") || fields.includes("lastName");
  return {
    next,
    /** The account is only won where nobody changed the profile meanwhile. */
    unchanged: sql`exists (select 1 from ${candidates} where org_id = ${ctx.orgId} and id = ${row.id}
      and version = ${row.version})`,
    writes: [
      ctx.db.update(
        candidates,
        { ...wanted, version: row.version + 1, updatedAt: ctx.now() },
        and(eq(candidates.id, row.id), won),
      ),
      ...(renamed ? [nameApplications(ctx, row.id, next, won)] : []),
      ...indexPerson(ctx.orgId, row.searchKey, searchText(next), won, "candidate").map((one) =>
        ctx.db.sql(one),
      ),
    ],
    events: updatedEvents(row, fields, renamed ? standings : []),
  };
}

/**
 * Takes an account away: nobody can log in by it any more, and the address can be registered again. The candidate
 * and everything of theirs stays.
 * @throws DomainError `not-found`, `conflict` where the race is lost twice
 */
export async function removeAccount(ctx: Ctx, id: string): Promise<void> {
  await onceMore(
    async () => {
      const { user, profile } = await load(ctx, id);
      const at = ctx.now();
      const changeId = newId("chg", at);
      const won = stamped(ctx, id, changeId);
      const its = sql`(select id from ${sessions} where org_id = ${ctx.orgId} and user_id = ${id})`;
      await commit(ctx, {
        id: changeId,
        won: { table: users, id },
        writes: [
          ctx.db.update(users, { changeId }, and(eq(users.id, id), eq(users.version, user.version))),
          ctx.db.update(
            candidates,
            { userId: null, version: sql`${candidates.version} + 1`, updatedAt: at },
            and(eq(candidates.id, profile?.id ?? ""), eq(candidates.userId, id), won),
          ),
          ctx.db.delete(refreshTokens, and(sql`${refreshTokens.sessionId} in ${its}`, won)),
          ctx.db.delete(sessions, and(eq(sessions.userId, id), won)),
          ctx.db.delete(oneTimeTokens, and(eq(oneTimeTokens.userId, id), won)),
          ctx.db.delete(notifications, and(eq(notifications.userId, id), won)),
          // What it kept before it was anybody's: the janitor takes the files.
          ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
            select r2_key, ${ctx.orgId}, ${at} from ${documents}
            where org_id = ${ctx.orgId} and owner_id = ${id} and ${won}`),
          ctx.db.delete(documents, and(eq(documents.ownerId, id), won)),
        ],
        events: poke(id, profile?.id ?? null, "userId"),
        audit: [
          {
            action: "USER_DELETE",
            entity: { type: "user", id },
            oldValue: { role: "candidate", candidateId: profile?.id ?? null },
          },
        ],
        afterwards: [ctx.db.delete(users, and(eq(users.id, id), eq(users.changeId, changeId)))],
        result: null,
      });
    },
    () => getAccount(ctx, id),
  );
  forgetUser(id);
}

/**
 * Mails a new first password, which must be changed, and ends every session. An account that nobody had proved is
 * joined to the profile with its address: only who reads the mail gets in from now on.
 * @throws DomainError `not-found`, `conflict` for an inactive account
 */
export async function resetAccount(ctx: Ctx, id: string): Promise<PortalAccount> {
  const done = await onceMore(
    async () => {
      const { account, user, known, organization } = await load(ctx, id);
      if (user.disabledAt !== null) {
        throw conflict("This account is inactive. Make it active first.", presentAccount(account));
      }
      const changeId = newId("chg", ctx.now());
      const password = firstPassword();
      const passwordHash = await passwordPool(ctx.env).hash(user.email, password);
      const won = stamped(ctx, id, changeId);
      const joining = joinProfile(ctx, user, known, won);
      const mail = credentialsMail(ctx, user, { organization, password }, won, "portal_new_password");
      const set = { passwordHash, mustChangePassword: true, version: user.version + 1, updatedAt: ctx.now() };
      const linked = user.candidateId ?? known?.id ?? joining.events[0]?.entity.id ?? null;
      const result = await commit(ctx, {
        id: changeId,
        won: { table: users, id },
        writes: [
          ...joining.before,
          ctx.db.update(
            users,
            { ...joining.set, ...set, changeId },
            and(eq(users.id, id), eq(users.version, user.version), isNull(users.disabledAt)),
          ),
          ...joining.after,
          endAllSessions(ctx, id, null),
          voidOneTimeTokens(ctx, id, won),
          ...mail.writes,
        ],
        events: joining.events.length > 0 ? joining.events : poke(id, user.candidateId, "password"),
        audit: [{ action: "USER_PASSWORD_RESET", entity: { type: "user", id } }, ...joining.audit],
        result: presentAccount({
          ...account,
          mustChangePassword: true,
          version: set.version,
          updatedAt: set.updatedAt,
          candidateId: linked,
        }),
      });
      ctx.after(mail.wake());
      return result;
    },
    () => getAccount(ctx, id),
  );
  forgetUser(id);
  return done;
}

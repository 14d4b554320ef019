import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { indexPerson } from "../../db/search";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { searchText } from "../agents/new-agent";
import { insertCandidate } from "../candidates/create";
import { candidates } from "../candidates/table";
import { checkPassword, namesOf } from "../users/register";
import { users } from "../users/table";
import { type AccountRow, presentAccount, selectAccounts } from "./accounts";
import { credentialsMail, firstPassword, giveLogin, isFree } from "./credentials";
import type { NewPortalAccount, PortalAccount } from "./schema";

type CandidateRow = typeof candidates.$inferSelect;

/** Who the account is for, of those who are known. */
function selectPeople(ctx: Ctx, { email, linkedCandidateId }: NewPortalAccount) {
  const its = linkedCandidateId
    ? sql`(select email from ${candidates} where org_id = ${ctx.orgId} and id = ${linkedCandidateId})`
    : sql`${email ?? ""}`;
  return [
    ctx.db.rows(candidates, {
      where: linkedCandidateId ? eq(candidates.id, linkedCandidateId) : eq(candidates.email, email ?? ""),
    }),
    ctx.db.rows(users, { where: sql`${users.email} = ${its}` }),
    selectAccounts(ctx, sql`${users.email} = ${its}`),
    ctx.db.organization(),
    ctx.db.select({ email: users.email }, users, { where: eq(users.id, ctx.actor.id) }),
  ] as const;
}

/**
 * Makes an account in the portal for a known candidate or a new one, and mails how to log in.
 * @throws DomainError `not-found` for the candidate; `invalid` for another address than theirs or a weak
 * password; `conflict` where they have an account, or the address is somebody else's
 */
export async function createAccount(ctx: Ctx, input: NewPortalAccount): Promise<PortalAccount> {
  const attempt = async (): Promise<PortalAccount> => {
    const [people, logins, accounts, orgs, makers] = await ctx.db.read(...selectPeople(ctx, input));
    const { password, mustChangePassword, linkedCandidateId, email, ...sent } = input;
    const known = people[0];
    if (linkedCandidateId !== undefined && !known) throw notFound("candidate");
    if (known && email !== undefined && email !== known.email) {
      throw invalid("email", `The candidate has the address ${known.email}. Change it there first.`);
    }
    const taken = logins.find((login) => !isFree(login));
    if (taken || (known?.userId ?? null) !== null) {
      throw conflict(
        taken && taken.role !== "candidate"
          ? "This e-mail address belongs to an account of another kind."
          : "There is a portal account with this e-mail address already.",
        accounts[0] && presentAccount(accounts[0]),
      );
    }
    const { name, firstName, lastName, ...about } = sent;
    const names = namesOf({ name, firstName, lastName });
    const made = known
      ? null
      : insertCandidate(ctx, { email: email ?? "", ...names, ...about, source: "portal account" });
    // What is known of somebody stays; an account only adds what is missing.
    const missing = Object.entries(about).filter(
      ([field, value]) => value !== null && known?.[field as keyof typeof about] === null,
    );
    const added = known ? (Object.fromEntries(missing) as Partial<typeof about>) : {};
    const profile = made?.row ?? ({ ...known, ...added } as CandidateRow);
    const person = { email: profile.email, name: `${profile.firstName} ${profile.lastName}`.trim() };
    if (password !== undefined) checkPassword("password", password, person);
    const secret = password ?? firstPassword();
    const mustChange = mustChangePassword ?? password === undefined;
    const changeId = newId("chg", ctx.now());
    const free = logins[0];
    const login = await giveLogin(ctx, profile, free, { password: secret, mustChange }, changeId);
    // A password that stays is not left lying in a mailbox.
    const told = {
      organization: orgs[0]?.name ?? "",
      password: mustChange ? secret : "the one you were given",
    };
    const mail = credentialsMail(ctx, login.row, told, login.won);
    const own = and(eq(candidates.id, profile.id), login.won);
    const account = presentAccount({ ...login.row, ...profileOf(profile), maker: makers[0]?.email ?? null });
    const result = await commit(ctx, {
      id: changeId,
      won: { table: users, id: login.row.id },
      writes: [
        ...(made?.writes ?? []),
        ...login.write,
        ctx.db.update(
          candidates,
          {
            userId: login.row.id,
            ...(known ? { ...added, version: sql`${candidates.version} + 1` } : {}),
            updatedAt: ctx.now(),
          },
          own,
        ),
        ...(added.phone
          ? indexPerson(ctx.orgId, profile.searchKey, searchText(profile), login.won, "candidate").map(
              (one) => ctx.db.sql(one),
            )
          : []),
        ...login.after,
        ...mail.writes,
      ],
      events: made
        ? made.events.map((one) => ({ ...one, userId: login.row.id }))
        : [
            event({
              type: "candidate.updated",
              entity: { type: "candidate", id: profile.id },
              userId: login.row.id,
              data: { candidateId: profile.id },
              detail: { fields: ["userId", ...Object.keys(added)] },
            }),
          ],
      audit: [
        {
          action: free ? "USER_UPDATE" : "USER_CREATE",
          entity: { type: "user", id: login.row.id },
          newValue: { role: "candidate", candidateId: profile.id },
        },
      ],
      result: account,
    });
    ctx.after(mail.wake());
    return result;
  };
  const current = async () => {
    const [, , accounts] = await ctx.db.read(...selectPeople(ctx, input));
    return accounts[0] && presentAccount(accounts[0]);
  };
  try {
    return await onceMore(attempt, current);
  } catch (error) {
    if (!uniqueViolation(error)?.includes("email")) throw error;
    // Somebody made the account, or took the person in, at this moment: what is there now decides.
    return await attempt();
  }
}

function profileOf({ linkedinUrl, currentCompany, experienceYears }: CandidateRow) {
  return { linkedinUrl, currentCompany, experienceYears } satisfies Partial<AccountRow>;
}

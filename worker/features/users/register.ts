import { type Statement, uniqueViolation } from "../../db/database";
import type { NewEvent } from "../../events/commit";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { splitName } from "../../lib/names";
import { passwordProblem } from "../../lib/password";
import { passwordPool } from "../../lib/passwords-object";
import { newAgent } from "../agents/new-agent";
import type { Agent } from "../agents/schema";
import { queueEmail } from "../email/email";
import { newOrganization, presentOrganization } from "../organizations/organizations";
import type { Organization, SignUp } from "../organizations/schema";
import { newOneTimeToken } from "../sessions/one-time";
import type { Registration, Session } from "../sessions/schema";
import { actorOf, newSession, type Visitor } from "../sessions/sessions";
import { users } from "./table";
import type { Role } from "./words";

type UserRow = typeof users.$inferSelect;

/** A user's row; whoever makes one decides in which batch it stands. */
export function newUserRow(
  ctx: Ctx,
  input: { email: string; firstName: string; lastName: string; phone?: string | undefined; role: Role },
): UserRow {
  const at = ctx.now();
  return {
    id: newId("usr", at),
    orgId: ctx.orgId,
    email: input.email,
    firstName: input.firstName,
    lastName: input.lastName,
    phone: input.phone ?? null,
    role: input.role,
    passwordHash: null,
    mustChangePassword: false,
    emailVerifiedAt: null,
    disabledAt: null,
    sessionVersion: 1,
    agentId: null,
    candidateId: null,
    clientId: null,
    lastLoginAt: null,
    createdBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    version: 1,
    changeId: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** `firstName` and `lastName`, from either way of sending a name. */
export function namesOf(input: {
  name?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
}) {
  return input.firstName === undefined
    ? splitName(input.name ?? "")
    : { firstName: input.firstName, lastName: input.lastName ?? "" };
}

/** @throws DomainError `invalid` with what is wrong with a new password */
export function checkPassword(path: string, password: string, person: { email: string; name: string }): void {
  const problem = passwordProblem(password, person);
  if (problem) throw invalid(path, problem);
}

const taken = () =>
  conflict("There is an account with this e-mail address already. Log in, or choose a new password.");

/** Turns a clash of addresses into words. */
export async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const where = uniqueViolation(error);
    if (where?.includes("email")) throw taken();
    throw error;
  }
}

export interface Registered {
  session: Session;
  agent?: Agent;
}

/**
 * Lets a person in by their own wish: an agent, who enters the agent pool, or a candidate. A candidate's login is
 * joined to a profile only once the address is proved, whether somebody knows the address already or not: the
 * answer tells nobody who applied here.
 *
 * @throws DomainError `invalid` for a weak password, `conflict` for an address that is known
 */
export async function register(
  ctx: Ctx,
  input: Registration & { role: "agent" | "candidate" },
  visitor: Visitor,
): Promise<Registered> {
  const names = namesOf(input);
  const name = `${names.firstName} ${names.lastName}`.trim();
  checkPassword("password", input.password, { email: input.email, name });
  const row = newUserRow(ctx, { ...names, email: input.email, phone: input.phone, role: input.role });
  row.passwordHash = await passwordPool(ctx.env).hash(input.email, input.password);

  const writes: Statement[] = [];
  const events: NewEvent[] = [];
  let agent: Agent | undefined;
  if (input.role === "agent") {
    const made = await newAgent(ctx, {
      ...names,
      userId: row.id,
      email: row.email,
      phone: row.phone,
      source: "registration",
    });
    row.agentId = made.agent.id;
    agent = made.agent;
    writes.push(...made.writes);
    events.push(...made.events);
  }
  row.lastLoginAt = ctx.now();
  const [orgs] = await ctx.db.read(ctx.db.organization());
  const own: Ctx = { ...ctx, actor: actorOf(row) };
  const session = await newSession(own, row, visitor);
  const confirm = await verification(own, row, orgs[0]?.name ?? "");
  const done = await unlessTaken(() =>
    commit(own, {
      id: newId("chg", ctx.now()),
      writes: [ctx.db.insert(users, row), ...writes, ...session.writes, ...confirm.writes],
      events,
      audit: [
        { action: "USER_REGISTER", entity: { type: "user", id: row.id }, newValue: { role: row.role } },
      ],
      result: { session: session.session, ...(agent ? { agent } : {}) },
    }),
  );
  ctx.after(confirm.wake());
  return done;
}

/** The mail that proves an address, as statements and a nudge. */
export async function verification(
  ctx: Ctx,
  user: Pick<UserRow, "id" | "email" | "firstName">,
  organization: string,
) {
  const { token, write } = await newOneTimeToken(ctx, { userId: user.id, purpose: "verify_email" });
  const mail = queueEmail(ctx, {
    to: user.email,
    userId: user.id,
    template: "verify_email",
    values: { firstName: user.firstName, organization, url: link(ctx.env, `/verify-email?token=${token}`) },
    dedupeKey: `verify:${user.id}:${ctx.now()}`,
  });
  return { writes: [write, mail.write], wake: mail.wake };
}

/**
 * Makes a new organization with its first admin, its agent pool and no people.
 * @param ctx of the new organization's own id
 * @throws DomainError `invalid` for a weak password, `conflict` for a short name that is taken
 */
export async function signUp(
  ctx: Ctx,
  input: SignUp,
  visitor: Visitor,
): Promise<Session & { organization: Organization }> {
  checkPassword("password", input.password, { email: input.email, name: input.adminName });
  const row = newUserRow(ctx, { ...splitName(input.adminName), email: input.email, role: "admin" });
  row.passwordHash = await passwordPool(ctx.env).hash(input.email, input.password);
  row.lastLoginAt = ctx.now();
  const own: Ctx = { ...ctx, actor: actorOf(row) };
  const organization = newOrganization(own, input);
  const session = await newSession(own, row, visitor);
  const confirm = await verification(own, row, input.name);
  try {
    const done = await commit(own, {
      id: newId("chg", ctx.now()),
      writes: [...organization.writes, ctx.db.insert(users, row), ...session.writes, ...confirm.writes],
      audit: [
        {
          action: "ORGANIZATION_CREATE",
          entity: { type: "organization", id: ctx.orgId },
          newValue: { slug: input.slug },
        },
      ],
      result: { ...session.session, organization: presentOrganization(organization.row) },
    });
    ctx.after(confirm.wake());
    return done;
  } catch (error) {
    if (!uniqueViolation(error)?.includes("slug")) throw error;
    throw conflict(`The short name "${input.slug}" is taken. Choose another one.`);
  }
}

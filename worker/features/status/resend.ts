import { and, desc, eq, or, sql } from "drizzle-orm";
import { database, directory } from "../../db/database";
import type { Env } from "../../env";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { addressBucket, type Rule, rules, takeLimit } from "../../lib/counter";
import { DomainError } from "../../lib/errors";
import { candidates } from "../candidates/table";
import { queueEmail } from "../email/email";
import { jobs } from "../jobs/table";
import { applications } from "../pipelines/table";
import { hashToken } from "../sessions/tokens";
import { isSecret, newStatusLinks } from "./links";
import { statusLinks } from "./table";

/** What everybody is told who asks for a link, whether there is an application or not. */
export const RESENT =
  "If there is an application with this e-mail address, a new link to it is on its way. It can take a minute; look into the folder for unwanted mail, too.";

/** The limit of asking for links from one address. @throws DomainError `rate-limited` */
export async function takeLinkTurn(env: Env, address: string | null): Promise<void> {
  const taken = await count(env, "linkRequests", addressBucket(address ?? ""));
  if (!taken.allowed) {
    throw new DomainError("rate-limited", "You asked for many links. Wait a little and try again.", taken);
  }
}

const count = (env: Env, name: keyof ReturnType<typeof rules>, key: string) =>
  takeLimit(env, name, key, rules(env.MODE)[name] satisfies Rule, clock.now());

/** Nobody's mailbox is filled by others: one link in ten minutes, and five a day. */
async function mayBeMailed(env: Env, orgId: string, email: string): Promise<boolean> {
  const key = `${orgId} ${email}`;
  const now = await count(env, "linksOfPerson", key);
  return now.allowed && (await count(env, "linksOfPersonADay", key)).allowed;
}

const PERSON = {
  id: applications.id,
  email: candidates.email,
  firstName: candidates.firstName,
  job: jobs.title,
};

/**
 * Mails a new personal link to whoever applied for a job with this address, if anybody did. It is run after
 * the answer, which tells nothing by its words nor by its time.
 * @param input the job by its id or short name; without one, what was applied for last
 */
export async function resendByEmail(
  ctx: Ctx,
  input: { job?: string | undefined; email: string },
): Promise<void> {
  const [found, orgs] = await ctx.db.read(
    ctx.db.select(PERSON, applications, {
      where: and(
        // In the words of the partial index, so that SQLite uses it.
        sql`${applications.candidateId} is not null`,
        sql`${applications.candidateId} in (select id from ${candidates} where org_id = ${ctx.orgId} and email = ${input.email})`,
        input.job === undefined ? undefined : or(eq(jobs.id, input.job), eq(jobs.slug, input.job)),
      ),
      join: [
        { table: candidates, on: eq(candidates.id, applications.candidateId) },
        { table: jobs, on: eq(jobs.id, applications.jobId) },
      ],
      orderBy: desc(applications.id),
      limit: 1,
    }),
    ctx.db.organization(),
  );
  if (found[0]) await mail(ctx, found[0], orgs[0]?.name ?? "");
}

/**
 * Mails a new link to whoever the given one was made for, though it doesn't open any more: to the person's
 * own address, whoever asks. Run after the answer, as `resendByEmail`.
 */
export async function resendByLink(env: Env, token: string, after: Ctx["after"]): Promise<void> {
  if (!isSecret(token)) return;
  const index = directory(env);
  const [links] = await index.read(
    index.orm
      .select()
      .from(statusLinks)
      .where(eq(statusLinks.hash, await hashToken(token)))
      .limit(1),
  );
  const known = links[0];
  if (!known) return;
  const ctx: Ctx = { ...systemCtx(env, known.orgId, after), db: database(env, known.orgId) };
  const [found, orgs] = await ctx.db.read(
    ctx.db.select(PERSON, applications, {
      where: eq(applications.id, known.applicationId),
      join: [
        { table: candidates, on: eq(candidates.id, applications.candidateId) },
        { table: jobs, on: eq(jobs.id, applications.jobId) },
      ],
    }),
    ctx.db.organization(),
  );
  if (found[0]) await mail(ctx, found[0], orgs[0]?.name ?? "");
}

async function mail(
  ctx: Ctx,
  person: { id: string; email: string; firstName: string; job: string },
  organization: string,
): Promise<void> {
  if (!(await mayBeMailed(ctx.env, ctx.orgId, person.email))) return;
  const links = await newStatusLinks(ctx, [person.id]);
  const queued = queueEmail(ctx, {
    to: person.email,
    userId: null,
    template: "status_link",
    values: {
      firstName: person.firstName,
      job: person.job,
      organization,
      url: links.urls.get(person.id) ?? "",
    },
    dedupeKey: `status:${person.id}:${ctx.now()}`,
    applicationId: person.id,
  });
  await ctx.db.write([...links.writes, queued.write]);
  ctx.after(queued.wake());
}

import { eq, type SQL, sql } from "drizzle-orm";
import type { RowOf, Statement } from "../../db/database";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { users } from "../users/table";
import { selectJobs } from "./jobs";
import type { JobTeam, TeamMember } from "./schema";
import { jobs, jobTeam } from "./table";

export type Member = Pick<TeamMember, "userId" | "role">;

const PERSON = {
  userId: users.id,
  firstName: users.firstName,
  lastName: users.lastName,
  email: users.email,
  userRole: users.role,
  clientId: users.clientId,
  disabledAt: users.disabledAt,
};
const MEMBER = { ...PERSON, role: jobTeam.role };

/** The hiring team of a job, in the order it was written in. */
export function selectTeam(ctx: Ctx, jobId: string) {
  return ctx.db.select(MEMBER, jobTeam, {
    where: eq(jobTeam.jobId, jobId),
    join: [{ table: users, on: eq(users.id, jobTeam.userId) }],
    orderBy: sql`${jobTeam}.rowid`,
  });
}
type Person = Omit<RowOf<typeof selectTeam>, "role">;

export const presentMember = ({ userId, firstName, lastName, email }: Person, role: string): TeamMember => ({
  userId,
  name: `${firstName} ${lastName}`.trim(),
  email,
  role,
});

/** The accounts of those whom somebody wants in a team, to be given to `checkTeam`. */
export function selectPeople(ctx: Ctx, members: readonly Member[]) {
  const ids = JSON.stringify(members.map(({ userId }) => userId));
  return ctx.db.select(PERSON, users, {
    where: sql`${users.id} in (select value from json_each(${ids}))`,
  });
}

/** May they work on a job of that client? Admins, recruiters and the client's own people who can log in. */
export function mayWorkOn(person: Person, clientId: string): boolean {
  if (person.disabledAt !== null) return false;
  if (person.userRole === "client_user") return person.clientId === clientId;
  return person.userRole === "admin" || person.userRole === "recruiter";
}

/**
 * The team as it will be shown.
 * @param people what `selectPeople` found
 * @throws DomainError `invalid` for somebody who may not be in it
 */
export function checkTeam(members: readonly Member[], people: Person[], clientId: string): TeamMember[] {
  return members.map(({ userId, role }, i) => {
    const person = people.find((one) => one.userId === userId);
    if (person && mayWorkOn(person, clientId)) return presentMember(person, role);
    throw invalid(
      `team.${i}.userId`,
      `"${userId}" is nobody who can work on this job: choose admins, recruiters or the client's own people, with accounts that are not disabled.`,
    );
  });
}

/** The statement that writes the members of a team. */
export function insertTeam(
  ctx: Ctx,
  jobId: string,
  members: readonly Member[],
  won: SQL = sql`1`,
): Statement {
  const rows = JSON.stringify(members.map(({ userId, role }) => [userId, role]));
  return ctx.db.sql(sql`insert into ${jobTeam} (org_id, job_id, user_id, role)
    select ${ctx.orgId}, ${jobId}, json_extract(value, '$[0]'), json_extract(value, '$[1]')
    from json_each(${rows}) where ${won} order by key`);
}

const present = (rows: RowOf<typeof selectTeam>[]): JobTeam => ({
  data: rows.map((row) => presentMember(row, row.role)),
  nextCursor: null,
});

/** Who works on a job, and as what. @throws DomainError `not-found` */
export async function getTeam(ctx: Ctx, jobId: string): Promise<JobTeam> {
  const [found, rows] = await ctx.db.read(selectJobs(ctx, eq(jobs.id, jobId)), selectTeam(ctx, jobId));
  if (!found[0]) throw notFound("job");
  return present(rows);
}

/** Replaces the hiring team of a job. @throws DomainError `not-found`, `invalid` */
export async function setTeam(ctx: Ctx, jobId: string, members: readonly Member[]): Promise<JobTeam> {
  const attempt = async (): Promise<JobTeam> => {
    const [found, old, people] = await ctx.db.read(
      selectJobs(ctx, eq(jobs.id, jobId)),
      selectTeam(ctx, jobId),
      selectPeople(ctx, members),
    );
    const job = found[0];
    if (!job) throw notFound("job");
    const data = checkTeam(members, people, job.clientId);
    const bare = (list: readonly Member[]) => list.map(({ userId, role }) => ({ userId, role }));
    if (JSON.stringify(bare(old)) === JSON.stringify(bare(members))) return { data, nextCursor: null };
    const changeId = newId("chg", ctx.now());
    const won = sql`exists (select 1 from ${jobs}
      where org_id = ${ctx.orgId} and id = ${jobId} and change_id = ${changeId})`;
    return await commit(ctx, {
      id: changeId,
      won: { table: jobs, id: jobId },
      writes: [
        ctx.db.update(jobs, { changeId }, eq(jobs.id, jobId)),
        ctx.db.delete(jobTeam, sql`${eq(jobTeam.jobId, jobId)} and ${won}`),
        insertTeam(ctx, jobId, members, won),
      ],
      events: [
        event({
          type: "job.updated",
          entity: { type: "job", id: jobId },
          pipelineId: job.pipelineId,
          data: { jobId, fields: ["team"] },
        }),
      ],
      audit: [
        {
          action: "JOB_TEAM_UPDATE",
          entity: { type: "job", id: jobId },
          oldValue: { team: bare(old) },
          newValue: { team: bare(members) },
        },
      ],
      result: { data, nextCursor: null },
    });
  };
  return await onceMore(attempt, () => getTeam(ctx, jobId));
}

import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { type CandidateRow, type StandingRow, selectStandings } from "../candidates/candidates";
import { candidates } from "../candidates/table";
import { jobs } from "../jobs/table";
import { Unclear } from "./outcomes";
import type { About } from "./portal-data";
import type { Ride } from "./ride";
import { externalIds } from "./table";

export type JobFound = { id: string; title: string };

/** Whom an event is about, as far as we know them. */
export interface Known {
  person: CandidateRow | null;
  /** Their applications, the newest first. */
  standings: StandingRow[];
  /** The job that the event names; null where it names none. */
  job: JobFound | null;
}

/** How the reason of an event begins that came before its person: once they are there it runs by itself. */
export const NOBODY = "There is nobody here";

const linked = (ctx: Ctx, ride: Ride, kind: string, externalId: string | undefined) =>
  sql`(select local_id from ${externalIds} where org_id = ${ctx.orgId}
    and integration_id = ${ride.source.id} and kind = ${kind} and external_id = ${externalId ?? ""})`;

/**
 * Finds the person, by the portal's own id before their address, and the job that the event names, all inside
 * the organization of its source.
 * @throws Unclear where id and address are two people's, or there is no such job
 */
export async function find(ride: Ride, { candidate, jobId, externalJobId }: About): Promise<Known> {
  const { ctx } = ride;
  const byId = linked(ctx, ride, "candidate", candidate.externalId);
  const who = sql`coalesce((select id from ${candidates} where org_id = ${ctx.orgId} and id = ${byId}),
    (select id from ${candidates} where org_id = ${ctx.orgId} and email = ${candidate.email ?? ""}))`;
  const job = { id: jobs.id, title: jobs.title };
  const [people, others, standings, named, theirs] = await ctx.db.read(
    ctx.db.rows(candidates, { where: sql`${candidates.id} = ${byId}`, byKey: true }),
    ctx.db.rows(candidates, { where: eq(candidates.email, candidate.email ?? "") }),
    selectStandings(ctx, who),
    ctx.db.select(job, jobs, {
      where: sql`${jobs.id} = (select id from ${jobs} where org_id = ${ctx.orgId}
        and (id = ${jobId ?? ""} or slug = ${jobId ?? ""}) limit 1)`,
    }),
    ctx.db.select(job, jobs, {
      where: and(
        sql`${jobs.id} = coalesce(${linked(ctx, ride, "job", externalJobId)},
          (select id from ${jobs} where org_id = ${ctx.orgId}
            and (id = ${externalJobId ?? ""} or slug = ${externalJobId ?? ""}) limit 1))`,
      ),
    }),
  );
  const [one, other] = [people[0], others[0]];
  if (one && other && one.id !== other.id) {
    throw new Unclear(
      "Two people fit: one has this external id, another one this e-mail address. Make them one, or mend the sender.",
    );
  }
  return {
    person: one ?? other ?? null,
    standings: standings.filter(({ jobId: of }) => of !== null),
    job: jobOf(ride, { jobId, externalJobId }, named[0], theirs[0]),
  };
}

function jobOf(
  ride: Ride,
  { jobId, externalJobId }: Pick<About, "jobId" | "externalJobId">,
  named: JobFound | undefined,
  theirs: JobFound | undefined,
): JobFound | null {
  if (jobId !== undefined) {
    if (!named) throw new Unclear(`There is no job "${jobId}" here.`);
    ride.link("job", externalJobId, named.id);
    return named;
  }
  if (externalJobId === undefined) return null;
  if (theirs) return theirs;
  throw new Unclear(
    `No job is known by the external id "${externalJobId}". An event that sends jobId beside it makes it known.`,
  );
}

/** The person, who has to be there. @throws Unclear */
export function known({ person }: Known): CandidateRow {
  if (person) return person;
  throw new Unclear(
    `${NOBODY} with this external id or e-mail address. It runs by itself once this source sends the person.`,
  );
}

/** The application that an event is about: that for its job, or the only open one. @throws Unclear */
export function applicationOf(found: Known): StandingRow {
  known(found);
  const { standings, job } = found;
  if (job) {
    const its = standings.find(({ jobId }) => jobId === job.id);
    if (its) return its;
    throw new Unclear(`This person hasn't applied for "${job.title}".`);
  }
  const open = standings.filter(({ stageKind, archived }) => stageKind === "open" && !archived);
  const [only, ...more] = open.length > 0 ? open : standings;
  if (!only) throw new Unclear("This person has no application here.");
  if (more.length === 0) return only;
  const titles = [only, ...more].map(({ jobTitle }) => `"${jobTitle}"`).join(", ");
  throw new Unclear(
    open.length > 0
      ? `This person has several open applications: ${titles}. Name the job by jobId.`
      : `None of this person's applications is open: ${titles}. Name the job by jobId.`,
  );
}

/** As `applicationOf`, where an event may be about the person alone: null where it isn't clear. */
export function applicationIfClear(found: Known): StandingRow | null {
  if (found.job) return found.standings.find(({ jobId }) => jobId === found.job?.id) ?? null;
  const open = found.standings.filter(({ stageKind, archived }) => stageKind === "open" && !archived);
  return open.length === 1 ? (open[0] ?? null) : null;
}

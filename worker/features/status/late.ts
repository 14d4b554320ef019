import { and, count, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { commit, event } from "../../events/commit";
import { type Ctx, systemCtx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { events } from "../../events/table";
import { clock } from "../../lib/clock";
import { newId } from "../../lib/ids";
import { jobs } from "../jobs/table";
import { notify } from "../notifications/notify";
import { organizations } from "../organizations/table";
import { selectStaff, selectTeam } from "../pipelines/scene";
import { applications } from "../pipelines/table";

const HOUR_MS = 60 * 60 * 1000;
/** Longer than the sweep is ever held up. */
const LOOKED_BACK_MS = 24 * HOUR_MS;
/** Jobs of one sweep. */
const MOST = 100;

/**
 * Notes which promised answers became late, for the teams of their jobs: of each job at most once an hour, and
 * of each answer once.
 * @returns of how many jobs
 */
export async function sweepPromises(env: Env, after: Ctx["after"]): Promise<number> {
  const now = clock.now();
  const index = directory(env);
  const told = (of: SQL): SQL => sql`(select ${of} from ${events} where org_id = ${applications.orgId}
    and entity_id = ${applications.jobId} and type = 'job.answers_late')`;
  const [late] = await index.read(
    index.orm
      .select({
        orgId: applications.orgId,
        jobId: applications.jobId,
        pipelineId: applications.pipelineId,
        answers: count(),
      })
      .from(organizations)
      .innerJoin(
        applications,
        and(
          eq(applications.orgId, organizations.id),
          // In the words of the partial index, so that SQLite uses it.
          sql`reply_by is not null and archived = 0`,
          sql`${applications.replyBy} > ${now - LOOKED_BACK_MS} and ${applications.replyBy} <= ${now}`,
        ),
      )
      .where(
        and(
          isNotNull(applications.jobId),
          sql`${applications.replyBy} > coalesce(${told(sql`max(at)`)}, 0)`,
          sql`coalesce(${told(sql`max(at)`)}, 0) < ${now - HOUR_MS}`,
        ),
      )
      .groupBy(applications.orgId, applications.jobId, applications.pipelineId)
      .limit(MOST),
  );
  for (const { orgId, jobId, pipelineId, answers } of late) {
    if (jobId === null) continue;
    await commit(systemCtx(env, orgId, after), {
      id: newId("chg", now),
      writes: [],
      events: [
        event({
          type: "job.answers_late",
          entity: { type: "job", id: jobId },
          pipelineId,
          data: { jobId, answers },
        }),
      ],
      audit: [],
      result: null,
    });
  }
  return late.length;
}

/** Tells a job's team that answers which were promised are late: the people who wait read that it was told. */
export const latePromiseNotices: Subscriber = {
  name: "late-promises",
  types: ["job.answers_late"],
  handle: tellTeam,
};

async function tellTeam(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { jobId, answers } = event.data as { jobId: string; answers: number };
  const [found, members, staff] = await ctx.db.read(
    ctx.db.select({ title: jobs.title }, jobs, { where: eq(jobs.id, jobId) }),
    selectTeam(ctx, jobId),
    selectStaff(ctx),
  );
  const job = found[0];
  if (!job) return null;
  const team = members.filter(({ userRole }) => userRole !== "client_user");
  const people = [...new Set((team.length > 0 ? team : staff).map(({ id }) => id))];
  return notify(
    ctx,
    people.map((userId) => ({
      userId,
      type: "answers_late",
      title: answers === 1 ? `An answer is late: ${job.title}` : `${answers} answers are late: ${job.title}`,
      message: "They were promised by now, and the people who wait read the same date.",
      entityType: "job",
      entityId: jobId,
      eventSeq: event.seq,
    })),
  );
}

import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { queueEmail } from "../email/email";
import { notify } from "../notifications/notify";
import { users } from "../users/table";
import type { StatusDetail } from "./events";
import { selectJobs } from "./jobs";
import { jobs } from "./table";

/** Tells all recruiters of a job that is open for the first time, by mail and in the app. */
export const jobNotices: Subscriber = { name: "job-notices", types: ["job.posted"], handle: tellRecruiters };

async function tellRecruiters(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const detail = event.detail as Partial<StatusDetail>;
  if (!detail.first) return null;
  const [found, team, orgs] = await ctx.db.read(
    selectJobs(ctx, eq(jobs.id, event.entityId)),
    ctx.db.rows(users, { where: and(eq(users.role, "recruiter"), isNull(users.disabledAt)) }),
    ctx.db.organization(),
  );
  const job = found[0];
  if (!job) return null;
  // Whoever opened it knows it.
  const recruiters = team.filter((user) => user.id !== event.actorId);
  const mails = recruiters.map((user) =>
    queueEmail(ctx, {
      to: user.email,
      userId: user.id,
      template: "job_posted",
      values: {
        firstName: user.firstName,
        job: job.title,
        client: job.clientName,
        organization: orgs[0]?.name ?? "",
        url: link(ctx.env, `/jobs/${job.id}`),
      },
      dedupeKey: `${event.id}:${user.id}`,
    }),
  );
  const noticed = notify(
    ctx,
    recruiters.map((user) => ({
      userId: user.id,
      type: "new_job",
      title: `New job: ${job.title}`,
      message: `${job.clientName} is looking for ${job.openings === 1 ? "somebody" : `${job.openings} people`}.`,
      entityType: "job",
      entityId: job.id,
      eventSeq: event.seq,
    })),
  );
  return {
    writes: [...mails.map((mail) => mail.write), ...noticed.writes],
    events: noticed.events,
    after: () => Promise.all(mails.map((mail) => mail.wake())),
  };
}

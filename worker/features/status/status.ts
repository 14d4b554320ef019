import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { directory, named, type OrgTable } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { events } from "../../events/table";
import { candidates } from "../candidates/table";
import { documentRequests, documentTypes } from "../documents/table";
import { interviews } from "../interviews/table";
import { jobs } from "../jobs/table";
import { organizations } from "../organizations/table";
import { applications, stages } from "../pipelines/table";
import { keepLink, type Opened, openedBy, opens } from "./links";
import { statusLinks } from "./table";

/** Steps of a way that are looked at; a way through a pipeline has far fewer. */
const MOST_STEPS = 200;

/** What is read of an application for the person whose it is. */
export type StatusRows = NonNullable<Awaited<ReturnType<typeof readStatus>>>;

/**
 * Everything that a personal link shows, in one round trip: what the link leads to is asked for by the link
 * itself, since nothing else is known of whoever opens it.
 *
 * @param keep this browser came back with the secret that it was given, so the link is its own from now on
 * @returns null for a link that is unknown, too old, or kept by another browser
 */
export async function readStatus(
  env: Env,
  asked: { token: string; browser: string | null; keep: boolean },
  meter?: Meter,
) {
  const opened = await openedBy(asked.token, asked.browser);
  const index = directory(env, meter);
  const { orm } = index;
  const its = (column: "org_id" | "application_id"): SQL =>
    sql`(select ${sql.raw(column)} from ${statusLinks} where ${opens(opened)})`;
  const of = (column: "candidate_id" | "job_id" | "pipeline_id"): SQL =>
    sql`(select ${sql.raw(column)} from ${applications} where id = ${its("application_id")})`;
  const reads = [
    orm
      .select(named(APPLICATION))
      .from(applications)
      .innerJoin(candidates, eq(candidates.id, applications.candidateId))
      .innerJoin(jobs, eq(jobs.id, applications.jobId))
      .where(and(sql`${applications.id} = ${its("application_id")}`, own(applications, its)))
      .limit(1),
    orm
      .select()
      .from(organizations)
      .where(sql`${organizations.id} = ${its("org_id")}`)
      .limit(1),
    orm
      .select()
      .from(stages)
      .where(and(sql`${stages.pipelineId} = ${of("pipeline_id")}`, own(stages, its)))
      .orderBy(asc(stages.position)),
    orm
      .select({ at: events.at, data: events.data, detail: events.detail, changeId: events.changeId })
      .from(events)
      .where(
        and(
          sql`${events.entityId} = ${its("application_id")}`,
          own(events, its),
          sql`${events.type} in ('application.received', 'application.status_changed')`,
        ),
      )
      .orderBy(asc(events.entitySeq))
      .limit(MOST_STEPS),
    orm
      .select(named(REQUEST))
      .from(documentRequests)
      .innerJoin(
        documentTypes,
        and(eq(documentTypes.orgId, documentRequests.orgId), eq(documentTypes.key, documentRequests.type)),
      )
      .where(
        and(
          sql`${documentRequests.ownerId} = ${of("candidate_id")}`,
          own(documentRequests, its),
          eq(documentRequests.status, "open"),
        ),
      )
      .limit(20),
    orm
      .select({ id: interviews.id })
      .from(interviews)
      .where(and(sql`${interviews.applicationId} = ${its("application_id")}`, own(interviews, its)))
      .limit(1),
  ] as const;
  const keeps = asked.keep && opened.browser !== null;
  const results = await index.write(keeps ? [keepLink(env, opened), ...reads] : [...reads]);
  const [found, orgs, order, steps, requests, rounds] = (keeps ? results.slice(1) : results) as Results<
    typeof reads
  >;
  const [row, organization] = [found[0], orgs[0]];
  if (!row || !organization) return null;
  return { opened, row, organization, order, steps, requests, hasInterviews: rounds.length > 0 };
}

/** The rows of several statements of the query builder. */
type Results<T extends readonly PromiseLike<unknown>[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/** Every table is asked for the organization's rows alone, as everywhere. */
const own = (table: Pick<OrgTable, "orgId">, its: (column: "org_id") => SQL): SQL =>
  sql`${table.orgId} = ${its("org_id")}`;

const APPLICATION = {
  id: applications.id,
  pipelineId: applications.pipelineId,
  stageId: applications.stageId,
  enteredAt: applications.enteredAt,
  replyBy: applications.replyBy,
  createdAt: applications.createdAt,
  firstName: candidates.firstName,
  email: candidates.email,
  userId: candidates.userId,
  jobTitle: jobs.title,
  jobSlug: jobs.slug,
  jobStatus: jobs.status,
};

const REQUEST = {
  id: documentRequests.id,
  name: documentTypes.name,
  message: documentRequests.message,
  dueDate: documentRequests.dueDate,
};

/** What a socket needs to know of whoever holds a link. @returns null as `readStatus` */
export async function readAccess(
  env: Env,
  token: string,
  browser: string | null,
  meter?: Meter,
): Promise<(Opened & { orgId: string; applicationId: string; pipelineId: string }) | null> {
  const opened = await openedBy(token, browser);
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm
      .select({
        orgId: statusLinks.orgId,
        applicationId: statusLinks.applicationId,
        pipelineId: applications.pipelineId,
      })
      .from(statusLinks)
      .innerJoin(applications, eq(applications.id, statusLinks.applicationId))
      .where(opens(opened))
      .limit(1),
  );
  const row = rows[0];
  return row ? { ...opened, ...row } : null;
}

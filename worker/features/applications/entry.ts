import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import type { CandidateRow } from "../candidates/candidates";
import { type CandidateInput, insertCandidate } from "../candidates/create";
import { candidates } from "../candidates/table";
import type { FormField } from "../jobs/schema";
import { jobForms, jobs } from "../jobs/table";
import type { JobStatus } from "../jobs/words";
import type { organizations } from "../organizations/table";
import { recountJobs } from "../pipelines/counts";
import { applications, stages } from "../pipelines/table";
import { replyByOf } from "../status/reply-by";
import type { ReadAnswers } from "./answers";
import { type ApplicationRow, presentApplication, selectApplications } from "./applications";
import type { Application } from "./schema";

/** Who is to stand in which job. Each may be a query of what another row of the same round trip says. */
export interface Wanted {
  /** The job's id or its short name. */
  job: string | SQL;
  candidateId?: string | undefined;
  /** In small letters; "" where it isn't known. */
  email: string | SQL;
  /** The version of the form that was seen; the newest if left out. */
  formVersion?: number | SQL | undefined;
}

type JobRow = typeof jobs.$inferSelect;
type StageRow = typeof stages.$inferSelect;

/** What must be known before somebody can stand in a job. */
export interface Entry {
  job: JobRow;
  organization: typeof organizations.$inferSelect | undefined;
  /** The stages of the job's pipeline, in their order. */
  order: StageRow[];
  /** The version of the form that answers count for, and its questions; null where there is no such version. */
  form: { version: number; fields: FormField[] } | null;
  person: CandidateRow | undefined;
  /** The application that this person has already. */
  before: ApplicationRow | undefined;
}

/** The queries behind `entryOf`, for one round trip. */
export function selectEntry(ctx: Ctx, wanted: Wanted) {
  const { candidateId, email, formVersion } = wanted;
  const job = sql`(select id from ${jobs} where org_id = ${ctx.orgId} and (id = ${wanted.job} or slug = ${wanted.job}) limit 1)`;
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${jobs} where org_id = ${ctx.orgId} and id = ${job})`;
  const person = candidateId ? eq(candidates.id, candidateId) : eq(candidates.email, email);
  return [
    ctx.db.rows(jobs, { where: sql`${jobs.id} = ${job}` }),
    ctx.db.organization(),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} = ${its("pipeline_id")}`,
      orderBy: stages.position,
    }),
    ctx.db.rows(jobForms, {
      where: and(
        sql`${jobForms.jobId} = ${job}`,
        sql`${jobForms.number} = ${formVersion ?? its("form_version")}`,
      ),
    }),
    ctx.db.rows(candidates, { where: person }),
    selectApplications(
      ctx,
      and(
        sql`${applications.candidateId} = (select id from ${candidates} where org_id = ${ctx.orgId}
          and ${candidateId ? sql`id = ${candidateId}` : sql`email = ${email}`})`,
        sql`${applications.pipelineId} = ${its("pipeline_id")}`,
      ),
    ),
  ] as const;
}

/** What the queries of `selectEntry` find. */
export type Found = [
  JobRow[],
  (typeof organizations.$inferSelect)[],
  StageRow[],
  (typeof jobForms.$inferSelect)[],
  CandidateRow[],
  ApplicationRow[],
];

/**
 * What the queries of `selectEntry` found.
 * @param formVersion the version of the form that was asked for
 * @throws DomainError `not-found` for the job
 */
export function entryOf(
  formVersion: number | undefined,
  [found, orgs, order, forms, people, before]: Found,
): Entry {
  const job = found[0];
  if (!job) throw notFound("job");
  const version = formVersion ?? job.formVersion;
  const fields = forms[0]?.fields ?? (version === 0 ? [] : null);
  return {
    job,
    organization: orgs[0],
    order,
    form: fields && { version, fields },
    person: people[0],
    before: before[0],
  };
}

/** How somebody enters. */
export interface Placing {
  stage: StageRow;
  /** Who they are, where they are not known yet. */
  candidate: CandidateInput | null;
  answers: ReadAnswers;
  formVersion: number;
  source: string;
  /** The statuses in which the job still takes people when the batch runs. */
  statuses: readonly JobStatus[];
  /** What else must hold when the batch runs. */
  only?: SQL | undefined;
  /** Of an application that has waited: what it has been called, and since when it is there. */
  id?: string;
  createdAt?: number;
}

/** A new application as it will stand, and what its batch writes. */
export interface Placed {
  id: string;
  who: CandidateRow;
  application: Application;
  writes: Statement[];
  events: NewEvent[];
  audit: NewAudit[];
}

/**
 * The statements of a new application, and of its person where they are new. A batch with them breaks with
 * `emptyViolation` where the job takes nobody any more or `only` doesn't hold, and with `uniqueViolation` where
 * the person or their application is there already.
 *
 * @param changeId the commit's id
 */
export function placed(ctx: Ctx, entry: Entry, placing: Placing, changeId: string): Placed {
  const at = ctx.now();
  const { job, order } = entry;
  const { stage, answers, source, statuses } = placing;
  const made = !entry.person && placing.candidate ? insertCandidate(ctx, placing.candidate) : null;
  const who = entry.person ?? made?.row;
  if (!who) throw notFound("candidate");
  const id = placing.id ?? newId("app", at);
  const shared = stage.sharesWithClient;
  const row = {
    id,
    pipelineId: job.pipelineId,
    stageId: stage.id,
    stageKey: stage.key,
    agentId: null,
    candidateId: who.id,
    name: `${who.firstName} ${who.lastName}`.trim(),
    enteredAt: at,
    replyBy: replyByOf(stage, at, entry.organization?.replyByDays ?? null),
    rating: null,
    tags: [] as string[],
    waitingFor: null,
    waitingSince: null,
    source,
    jobId: job.id,
    campaignId: null,
    startDate: null,
    clientId: job.clientId,
    status: stage.status,
    reason: null,
    starred: false,
    archived: false,
    sharedWithClient: shared,
    notes: null,
    internalNotes: null,
    formVersion: placing.formVersion,
    formAnswers: answers.answers,
    extraAnswers: answers.extra,
    flags: answers.flags,
    version: 1,
    changeId: null,
    createdAt: placing.createdAt ?? at,
    updatedAt: at,
  };
  return {
    id,
    who,
    application: presentApplication(ctx, { ...row, jobTitle: job.title, outline: job.stages }, order),
    writes: [
      ...(made?.writes ?? []),
      ctx.db.insert(applications, {
        ...row,
        changeId,
        // Asked again in the batch: nothing of it holds where the job was closed or taken away meanwhile.
        pipelineId: sql`(select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${job.id}
          and status in (select value from json_each(${JSON.stringify(statuses)}))
          and ${placing.only ?? sql`1`})` as unknown as string,
      }),
      ctx.db.sql(sql`update ${stages} set count = count + 1, shared_count = shared_count + ${shared ? 1 : 0}
        where org_id = ${ctx.orgId} and id = ${stage.id}`),
      recountJobs(ctx, [job.pipelineId]),
      ctx.db.update(
        candidates,
        { status: stage.status, updatedAt: at },
        and(eq(candidates.id, who.id), sql`${candidates.status} is not ${stage.status}`),
      ),
    ],
    events: [
      ...(made?.events ?? []),
      event({
        type: "application.received",
        entity: { type: "application", id },
        pipelineId: job.pipelineId,
        userId: who.userId,
        forClient: shared,
        data: { applicationId: id, candidateId: who.id, jobId: job.id, source },
        detail: { stageId: stage.id, applicationId: id, stage: stage.key },
      }),
    ],
    audit: [
      ...(made ? [{ action: "CANDIDATE_CREATE" as const, entity: { type: "candidate", id: who.id } }] : []),
      {
        action: "APPLICATION_CREATE",
        entity: { type: "application", id },
        newValue: { jobId: job.id, candidateId: who.id, stage: stage.key },
      },
    ],
  };
}

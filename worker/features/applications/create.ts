import { and, eq, or, sql } from "drizzle-orm";
import { emptyViolation, type Statement, uniqueViolation } from "../../db/database";
import { commit, event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { insertCandidate } from "../candidates/create";
import { candidates } from "../candidates/table";
import { jobForms, jobs } from "../jobs/table";
import { WORKING_STATUSES } from "../jobs/words";
import { recountJobs } from "../pipelines/counts";
import { applications, stages } from "../pipelines/table";
import { namesOf } from "../users/register";
import { isTeam } from "../users/scope";
import { readAnswers } from "./answers";
import { presentApplication, selectApplications } from "./applications";
import type { Application, NewApplication } from "./schema";

type Input = Omit<NewApplication, "org"> & { source: string };

/** A second application leads to the first one: the team sees it, the public only hears of it. */
function known(first: Application | null): DomainError {
  return first
    ? conflict(`${first.name} stands in ${first.stageName} of this job already.`, first)
    : conflict(
        "You applied for this job already. We have everything; ask for your status link if you lost it.",
      );
}

/**
 * Puts somebody into a job's pipeline: a known person, or a new one who is made with it. Answers are typed
 * as the form asks; those it lacks are kept, and an answer never rejects anybody.
 *
 * @param by how much is asked: the public answers every required question, the team may leave them out
 * @param show makes of the application what the verb answers
 * @param again false in the second try, after somebody else made the same person
 * @throws DomainError `not-found`; `invalid` for answers; `conflict` for a second application or a job that
 * takes nobody
 */
export async function createApplication<R>(
  ctx: Ctx,
  input: Input,
  by: "team" | "public",
  show: (application: Application, job: { id: string; title: string }) => R,
  again = true,
): Promise<R> {
  const email = input.candidateData?.email ?? "";
  const theJob = sql`(select id from ${jobs} where org_id = ${ctx.orgId} and (id = ${input.job} or slug = ${input.job}) limit 1)`;
  const thePipeline = sql`(select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${theJob})`;
  const person = input.candidateId ? eq(candidates.id, input.candidateId) : eq(candidates.email, email);
  const [found, order, forms, people, before] = await ctx.db.read(
    ctx.db.rows(jobs, { where: sql`${jobs.id} = ${theJob}` }),
    ctx.db.rows(stages, { where: sql`${stages.pipelineId} = ${thePipeline}`, orderBy: stages.position }),
    ctx.db.rows(jobForms, {
      where: and(
        sql`${jobForms.jobId} = ${theJob}`,
        sql`${jobForms.number} = (select form_version from ${jobs} where org_id = ${ctx.orgId} and id = ${theJob})`,
      ),
    }),
    ctx.db.rows(candidates, { where: person }),
    selectApplications(
      ctx,
      and(
        sql`${applications.candidateId} = (select id from ${candidates} where org_id = ${ctx.orgId}
          and ${input.candidateId ? sql`id = ${input.candidateId}` : sql`email = ${email}`})`,
        sql`${applications.pipelineId} = ${thePipeline}`,
      ),
    ),
  );
  const job = found[0];
  const outside = by === "public";
  if (!job || (outside && job.status === "draft")) throw notFound("job");
  if (outside ? job.status !== "open" : !WORKING_STATUSES.includes(job.status)) {
    throw conflict(
      outside
        ? "This job takes no applications any more. Look at what else is open."
        : `This job is ${job.status.replace("_", " ")}. Open it again to add people.`,
    );
  }
  if (input.candidateId && !people[0]) throw notFound("candidate");
  const stage =
    outside || input.stage === undefined
      ? order.find(({ kind }) => kind === "open")
      : order.find(({ key }) => key === input.stage);
  if (!stage) {
    throw invalid("stage", `This job has no such stage. It has: ${order.map(({ key }) => key).join(", ")}.`);
  }
  if (before[0]) throw known(outside ? null : presentApplication(ctx, before[0], order));
  const answers = readAnswers(forms[0]?.fields ?? [], input.formAnswers, outside);
  if (answers.errors.length > 0) {
    const detail = answers.errors.map(({ message }) => message).join(" ");
    throw new DomainError("invalid", detail.slice(0, 500), { errors: answers.errors });
  }

  // What a known person says of themselves now is kept beside: a stranger may write in their name.
  const { email: _email, ...said } = input.candidateData ?? { email };
  if (people[0] && Object.keys(said).length > 0) answers.extra.candidateData = said;

  const at = ctx.now();
  const writes: Statement[] = [];
  const events: NewEvent[] = [];
  const audit: NewAudit[] = [];
  let who = people[0];
  if (!who && input.candidateData) {
    const { name, firstName, lastName, ...rest } = input.candidateData;
    const names = namesOf({ name, firstName, lastName });
    const made = insertCandidate(ctx, { ...rest, ...names, source: rest.source ?? input.source });
    who = made.row;
    writes.push(...made.writes);
    events.push(...made.events);
    audit.push({ action: "CANDIDATE_CREATE", entity: { type: "candidate", id: who.id } });
  }
  if (!who) throw notFound("candidate");
  const id = newId("app", at);
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
    rating: null,
    tags: [] as string[],
    waitingFor: null,
    waitingSince: null,
    source: input.source,
    jobId: job.id,
    clientId: job.clientId,
    status: stage.status,
    reason: null,
    starred: false,
    archived: false,
    sharedWithClient: shared,
    notes: null,
    internalNotes: null,
    formVersion: job.formVersion,
    formAnswers: answers.answers,
    extraAnswers: answers.extra,
    flags: answers.flags,
    version: 1,
    changeId: null,
    createdAt: at,
    updatedAt: at,
  };
  const application = presentApplication(ctx, { ...row, jobTitle: job.title, outline: job.stages }, order);
  const changeId = newId("chg", at);
  try {
    const result = show(application, { id: job.id, title: job.title });
    return await commit(ctx, {
      id: changeId,
      writes: [
        ...writes,
        ctx.db.insert(applications, {
          ...row,
          changeId,
          // Asked again in the batch: nothing of it holds where the job was closed or taken away meanwhile.
          pipelineId: sql`(select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${job.id}
            and status in (select value from json_each(${JSON.stringify(outside ? ["open"] : WORKING_STATUSES)})))` as unknown as string,
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
        ...events,
        event({
          type: "application.received",
          entity: { type: "application", id },
          pipelineId: job.pipelineId,
          userId: who.userId,
          forClient: shared,
          data: { applicationId: id, candidateId: who.id, jobId: job.id, source: input.source },
          detail: { stageId: stage.id, applicationId: id, stage: stage.key },
        }),
      ],
      audit: [
        ...audit,
        {
          action: "APPLICATION_CREATE",
          entity: { type: "application", id },
          newValue: { jobId: job.id, candidateId: who.id, stage: stage.key },
        },
      ],
      result,
    });
  } catch (error) {
    if (emptyViolation(error) && again) return await createApplication(ctx, input, by, show, false);
    const clash = uniqueViolation(error);
    if (clash === null) throw error;
    // Somebody took the same person in at this moment, for this job or another: with them it goes on.
    if (clash.startsWith("candidates.") && again) return await createApplication(ctx, input, by, show, false);
    // Twice at the same moment: the other one is there now, and this one hears of it.
    const [there] = await ctx.db.read(
      selectApplications(
        ctx,
        and(
          eq(applications.pipelineId, job.pipelineId),
          or(
            eq(applications.candidateId, who.id),
            sql`${applications.candidateId} = (select id from ${candidates} where org_id = ${ctx.orgId} and email = ${email})`,
          ),
        ),
      ),
    );
    throw known(outside || !there[0] || !isTeam(ctx) ? null : presentApplication(ctx, there[0], order));
  }
}

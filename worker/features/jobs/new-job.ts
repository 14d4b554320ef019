import { eq, sql } from "drizzle-orm";
import { emptyViolation, type Statement, uniqueViolation } from "../../db/database";
import { timedSearchKeys } from "../../db/search";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { type ClientRow, presentClient, selectClient } from "../clients/clients";
import { countJobs } from "../clients/counts";
import { clients } from "../clients/table";
import { selectAssignees } from "../workflows/check";
import { newPipeline, stagesOfTemplate } from "../workflows/pipeline";
import type { NewStage } from "../workflows/schema";
import { statusEvent } from "./events";
import { presentForm } from "./form";
import { type JobRow, presentJob } from "./jobs";
import type { CompletedJob, CompleteJob, FormField, Job, NewJob } from "./schema";
import { freeSlug, selectSlugs, slugOf } from "./slug";
import { jobForms, jobs } from "./table";
import { checkTeam, insertTeam, type Member, selectPeople } from "./team";
import { indexJobs } from "./text";

/** A job with the default workflow or that of a template. @throws as `completeJob` */
export async function createJob(ctx: Ctx, { templateId, ...job }: NewJob): Promise<Job> {
  const input = { job, ...(templateId ? { workflow: { templateId } } : {}) };
  return await readAndMake(ctx, input, (made) => made.job);
}

/**
 * A job with its form, team and workflow, all or nothing.
 * @throws DomainError `not-found` for a client that isn't there, `conflict` for one that is inactive,
 * `invalid` for a template, a stage or a member of the team that can't be
 */
export async function completeJob(ctx: Ctx, input: CompleteJob): Promise<CompletedJob> {
  return await within("workflow", () =>
    readAndMake(ctx, input, ({ job, form, team }) => ({ ...job, form, team })),
  );
}

async function readAndMake<R>(ctx: Ctx, input: CompleteJob, present: (made: Made) => R): Promise<R> {
  const { job, form, team = [], workflow } = input;
  const sent = workflow && "stages" in workflow ? workflow.stages : undefined;
  const base = slugOf(job.title);
  const template = stagesOfTemplate(ctx, workflow && "templateId" in workflow ? workflow.templateId : null);
  return await withFreeSlug(async () => {
    const [found, slugs, people, assignees, ...rest] = await ctx.db.read(
      selectClient(ctx, job.clientId),
      selectSlugs(ctx, base),
      selectPeople(ctx, team),
      selectAssignees(ctx, sent ?? []),
      ...template.reads,
    );
    const client = activeClient(ctx, found[0]);
    const { templateId, stages } = sent ? { templateId: null, stages: sent } : template.made(rest);
    return await makeJob(
      ctx,
      {
        job,
        slug: freeSlug(
          base,
          slugs.map(({ slug }) => slug),
        ),
        client,
        templateId,
        stages,
        assignees: sent ? assignees : undefined,
        form: form?.fields,
        team: checkTeam(team, people, client.id),
      },
      present,
    );
  });
}

/** @throws DomainError `not-found`, `conflict` for a client that gets no new jobs */
export function activeClient(ctx: Ctx, client: ClientRow | undefined): ClientRow {
  if (!client) throw notFound("client");
  if (client.status === "active") return client;
  throw conflict(
    `${client.companyName} is inactive and gets no new jobs. Make the client active first.`,
    presentClient(ctx, client),
  );
}

/** The paths of a workflow's own refusals begin there; in what was sent here it is a part. */
async function within<T>(part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !error.extra.errors) throw error;
    const errors = error.extra.errors.map(({ path, message }) => ({
      path: /^(templateId|stages)\b/.test(path) ? `${part}.${path}` : path,
      message,
    }));
    throw new DomainError(error.code, error.message, { ...error.extra, errors });
  }
}

/** Tries, as jobs of the same title made at the same moment need. */
const TRIES = 4;

/** Repeats work that reads which slugs are free and then takes one, until nobody else was faster. */
export async function withFreeSlug<R>(work: () => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      // The client was there when it was read.
      if (emptyViolation(error)?.includes("client_id")) throw notFound("client");
      if (!uniqueViolation(error)?.startsWith("jobs.")) throw error;
      if (tries === TRIES) throw conflict("Jobs of this title are being made at the same moment. Try again.");
    }
  }
}

export interface Parts {
  job: Omit<NewJob, "templateId">;
  slug: string;
  client: ClientRow;
  templateId: string | null;
  stages: NewStage[];
  /** The users that stages name, where that is to be checked. */
  assignees?: { id: string }[] | undefined;
  form?: FormField[] | undefined;
  team: CompletedJob["team"];
}
export type Made = { job: Job } & Pick<CompletedJob, "form" | "team">;

/** Writes a job with all its parts in one transaction. @throws as `completeJob`, and where the slug is taken */
export async function makeJob<R>(ctx: Ctx, parts: Parts, present: (made: Made) => R): Promise<R> {
  const { job, client, form, team, assignees } = parts;
  const at = ctx.now();
  const id = newId("job", at);
  const [searchKey = 0] = timedSearchKeys(at, 1);
  const pipeline = newPipeline(ctx, {
    kind: "job",
    name: job.title,
    stages: parts.stages,
    templateId: parts.templateId,
    ...(assignees ? { assignees } : {}),
  });
  const open = job.status === "open";
  const row: JobRow = {
    ...job,
    id,
    searchKey,
    clientName: client.companyName,
    slug: parts.slug,
    pipelineId: pipeline.id,
    templateId: parts.templateId,
    stages: pipeline.outline,
    formVersion: form ? 1 : 0,
    applicationCount: 0,
    activeCount: 0,
    sharedCount: 0,
    postedAt: open ? at : null,
    closedAt: null,
    version: 1,
    createdBy: ctx.actor.id,
    createdAt: at,
    updatedAt: at,
  };
  const { clientName: _, ...own } = row;
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [
      ...pipeline.writes,
      ctx.db.insert(jobs, { ...own, clientId: thatStillIs(ctx, client.id) }),
      ...indexJobs(ctx, eq(jobs.id, id)),
      countJobs(ctx, client.id, { jobs: 1, open: open ? 1 : 0 }),
      ...partWrites(ctx, row, form, team),
    ],
    events: [statusEvent(row, null)],
    audit: [
      {
        action: "JOB_CREATE",
        entity: { type: "job", id },
        newValue: { title: row.title, clientId: client.id, status: row.status },
      },
    ],
    result: present({
      job: presentJob(ctx, row),
      form: presentForm(id, form && { number: 1, fields: form, createdAt: at }),
      team,
    }),
  });
}

/** Null where the client was removed meanwhile, which stops the whole batch: the column can't be empty. */
const thatStillIs = (ctx: Ctx, clientId: string) =>
  sql`(select id from ${clients} where org_id = ${ctx.orgId} and id = ${clientId})` as unknown as string;

function partWrites(ctx: Ctx, job: JobRow, form: FormField[] | undefined, team: Member[]): Statement[] {
  const { id: jobId, createdBy, createdAt } = job;
  return [
    ...(form ? [ctx.db.insert(jobForms, { jobId, number: 1, fields: form, createdBy, createdAt })] : []),
    ...(team.length > 0 ? [insertTeam(ctx, jobId, team)] : []),
  ];
}

import { asc, type SQL, sql } from "drizzle-orm";
import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { DomainError, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { jobs } from "../jobs/table";
import { WORKING_STATUSES } from "../jobs/words";
import { applications, pipelines, stageActions, stages } from "../pipelines/table";
import { inOrder, type PipelineEdit, writePipeline } from "./edit";
import { merge } from "./merge";
import type { ActionRow, StageRow } from "./pipeline";
import { type Owned, ownedFrom, selectOwned, which } from "./read";
import type { AppliedTemplate, ApplyTemplate } from "./schema";

/** Jobs that one call changes. */
const MOST = 200;

interface Target extends Owned {
  job: NonNullable<Owned["job"]>;
  /** Archived people by stage: they stand there too. */
  archived: Map<string, number>;
}

type Result = AppliedTemplate["results"][number];

/** Pipelines of the jobs that are meant: the named ones, or those under way that came from the template. */
function meant(ctx: Ctx, templateId: string, jobIds: string[] | undefined): SQL {
  const words = sql.join(
    WORKING_STATUSES.map((word) => sql`${word}`),
    sql`, `,
  );
  return jobIds
    ? sql`(select pipeline_id from ${jobs} where org_id = ${ctx.orgId}
        and id in (select value from json_each(${JSON.stringify(jobIds)})))`
    : sql`(select p.id from ${pipelines} p join ${jobs} j on j.org_id = p.org_id and j.pipeline_id = p.id
        where p.org_id = ${ctx.orgId} and p.template_id is not null and p.template_id = ${templateId}
          and j.status in (${words}) order by p.id limit ${MOST})`;
}

function selectTargets(ctx: Ctx, among: SQL) {
  return [
    ctx.db.rows(pipelines, { where: sql`${pipelines.id} in ${among}`, orderBy: asc(pipelines.id) }),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} in ${among}`,
      orderBy: [asc(stages.pipelineId), asc(stages.position)],
    }),
    ctx.db.rows(stageActions, {
      where: sql`${stageActions.stageId} in (select id from ${stages}
        where org_id = ${ctx.orgId} and pipeline_id in ${among})`,
      orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
    }),
    ctx.db.select(
      {
        id: jobs.id,
        title: jobs.title,
        status: jobs.status,
        outline: jobs.stages,
        pipelineId: jobs.pipelineId,
      },
      jobs,
      { where: sql`${jobs.pipelineId} in ${among}` },
    ),
    ctx.db.sql<{ stageId: string; people: number }>(sql`select stage_id as stageId, count(*) as people
      from ${applications} where org_id = ${ctx.orgId} and job_id is not null and archived = 1
        and pipeline_id in ${among} group by stage_id`),
  ] as const;
}

/** Puts the rows of `selectTargets` together, a job each. */
function targetsFrom(
  pipelineRows: (typeof pipelines.$inferSelect)[],
  order: StageRow[],
  actions: ActionRow[],
  jobRows: (Target["job"] & { pipelineId: string })[],
  archived: { stageId: string; people: number }[],
): Target[] {
  const people = new Map(archived.map((row) => [row.stageId, row.people]));
  return pipelineRows.flatMap((pipeline) => {
    const job = jobRows.find((row) => row.pipelineId === pipeline.id);
    if (!job) return [];
    const own = order.filter(({ pipelineId }) => pipelineId === pipeline.id);
    const ids = new Set(own.map(({ id }) => id));
    return [
      {
        pipeline,
        order: own,
        actions: actions.filter(({ stageId }) => ids.has(stageId)),
        job,
        archived: people,
      },
    ];
  });
}

/**
 * Carries a template's stages over to jobs under way: new stages, names, order and actions. People keep
 * their place: a stage that the template lost goes only where nobody stands in it. Each job holds by itself.
 * @throws DomainError `not-found`
 */
export async function applyTemplate(ctx: Ctx, id: string, input: ApplyTemplate): Promise<AppliedTemplate> {
  const among = meant(ctx, id, input.jobIds);
  const [templates, order, actions, none, ...rest] = await ctx.db.read(
    ...selectOwned(ctx, which.pipeline(id)),
    ...selectTargets(ctx, among),
  );
  const template = ownedFrom([templates, order, actions, none], "workflow template");
  if (template.pipeline.kind !== "template") throw notFound("workflow template");
  const targets = targetsFrom(...rest);
  const missing = (input.jobIds ?? []).filter((jobId) => !targets.some(({ job }) => job.id === jobId));
  const results: Result[] = missing.map((jobId) => ({
    ...unchanged,
    jobId,
    title: "",
    ok: false,
    error: "There is no job with this id that you can see.",
  }));
  for (const target of targets) results.push(await applyTo(ctx, template, target, input.dryRun));
  return { results };
}

const unchanged = { added: [], renamed: [], removed: [] };

async function applyTo(ctx: Ctx, template: Owned, first: Target, dryRun: boolean): Promise<Result> {
  const about = { jobId: first.job.id, title: first.job.title };
  const refused = (error: string): Result => ({ ...about, ...unchanged, ok: false, error });
  if (first.pipeline.templateId !== template.pipeline.id) {
    return refused("This job was made from another workflow. Change its own stages instead.");
  }
  if (!WORKING_STATUSES.includes(first.job.status))
    return refused("This job has ended, so it stays as it is.");
  let target: Target | undefined = first;
  try {
    return await onceMore(
      async () => {
        target ??= await reload(ctx, first.pipeline.id);
        const now = target;
        target = undefined;
        const { edit, ...said } = planFor(ctx, template, now);
        const result: Result = { ...about, ok: true, ...said };
        if (dryRun || edit === null) return result;
        // The keyed answer is that of all jobs.
        return await writePipeline({ ...ctx, answer: undefined }, now, edit, () => result);
      },
      async () => undefined,
    );
  } catch (error) {
    if (error instanceof DomainError) return refused(error.message);
    throw error;
  }
}

async function reload(ctx: Ctx, pipelineId: string): Promise<Target> {
  const [found] = targetsFrom(...(await ctx.db.read(...selectTargets(ctx, sql`(select ${pipelineId})`))));
  if (!found) throw notFound("job");
  return found;
}

const named = (rows: StageRow[]) => rows.map(({ name }) => name);

function planFor(ctx: Ctx, template: Owned, target: Target) {
  const merged = merge(template.order, target.order, (row) => row.count + (target.archived.get(row.id) ?? 0));
  const next = merged.order.map(({ from, own }): StageRow => {
    const { name, kind, description, publicName, publicNext, replyByDays, sharesWithClient } = from;
    if (own)
      return { ...own, name, kind, description, publicName, publicNext, replyByDays, sharesWithClient };
    return { ...from, id: newId("stg", ctx.now()), pipelineId: target.pipeline.id, count: 0, sharedCount: 0 };
  });
  const rows = merged.order.flatMap(({ from, own }, i) =>
    from === own ? [] : copied(ctx, template.actions, from, next[i]?.id ?? ""),
  );
  // Stages that stay although the template lost them keep what they do.
  const of = next.filter((_, i) => merged.order[i]?.from !== merged.order[i]?.own).map(({ id }) => id);
  const edit: PipelineEdit = {
    stages: next,
    actions: { of, rows },
    audit: { template: template.pipeline.id },
  };
  const same =
    JSON.stringify(inOrder(next)) === JSON.stringify(target.order) &&
    JSON.stringify(rows.map(essence)) ===
      JSON.stringify(of.flatMap((id) => target.actions.filter(({ stageId }) => stageId === id)).map(essence));
  const people = (row: StageRow) => row.count + (target.archived.get(row.id) ?? 0);
  return {
    added: named(merged.added),
    renamed: named(merged.renamed),
    removed: named(merged.removed),
    ...(merged.kept.length > 0
      ? {
          error: merged.kept
            .map(
              (row) =>
                `${row.name} stays: ${people(row) === 1 ? "1 person stands" : `${people(row)} people stand`} there.`,
            )
            .join(" "),
        }
      : {}),
    edit: same ? null : edit,
  };
}

const copied = (ctx: Ctx, actions: ActionRow[], from: StageRow, stageId: string): ActionRow[] =>
  actions
    .filter((row) => row.stageId === from.id)
    .map((row) => ({ ...row, id: newId("act", ctx.now()), stageId }));

/** What an action does, whatever its id. */
const essence = ({ stageId, type, name, position, config }: ActionRow) => [
  stageId,
  type,
  name,
  position,
  config,
];

import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { jobs } from "../jobs/table";
import { pipelines, stageActions, stages } from "../pipelines/table";
import type { ActionRow, StageRow } from "./pipeline";
import type { StageAction, WorkflowStep, WorkflowTemplate } from "./schema";

type PipelineRow = typeof pipelines.$inferSelect;

/** A pipeline or template with everything that is edited with it. */
export interface Owned {
  pipeline: PipelineRow;
  order: StageRow[];
  actions: ActionRow[];
  job: RowOf<typeof selectJob> | null;
}

/** Ways to name a pipeline: by itself, by a stage of it, by an action of a stage of it. */
export const which = {
  pipeline: (id: string): SQL => sql`${id}`,
  step: (ctx: Ctx, id: string): SQL =>
    sql`(select pipeline_id from ${stages} where org_id = ${ctx.orgId} and id = ${id})`,
  action: (ctx: Ctx, id: string): SQL =>
    sql`(select s.pipeline_id from ${stages} s join ${stageActions} a on a.stage_id = s.id
      where s.org_id = ${ctx.orgId} and a.org_id = ${ctx.orgId} and a.id = ${id})`,
};

function selectJob(ctx: Ctx, pipeline: SQL) {
  return ctx.db.select({ id: jobs.id, title: jobs.title, status: jobs.status, outline: jobs.stages }, jobs, {
    where: sql`${jobs.pipelineId} = ${pipeline}`,
  });
}

/** The statements that read a pipeline or template whole; `ownedFrom` puts their rows together. */
export function selectOwned(ctx: Ctx, pipeline: SQL) {
  const its = sql`${stageActions.stageId} in (select id from ${stages}
    where org_id = ${ctx.orgId} and pipeline_id = ${pipeline})`;
  const queries: [
    ReturnType<typeof ctx.db.rows<typeof pipelines>>,
    ReturnType<typeof ctx.db.rows<typeof stages>>,
    ReturnType<typeof ctx.db.rows<typeof stageActions>>,
    ReturnType<typeof selectJob>,
  ] = [
    ctx.db.rows(pipelines, { where: sql`${pipelines.id} = ${pipeline}` }),
    ctx.db.rows(stages, { where: sql`${stages.pipelineId} = ${pipeline}`, orderBy: asc(stages.position) }),
    ctx.db.rows(stageActions, {
      where: its,
      orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
    }),
    selectJob(ctx, pipeline),
  ];
  return queries;
}

/** @throws DomainError `not-found` */
export function ownedFrom(
  [found, order, actions, job]: [PipelineRow[], StageRow[], ActionRow[], RowOf<typeof selectJob>[]],
  what: string,
): Owned {
  const pipeline = found[0];
  if (!pipeline) throw notFound(what);
  return { pipeline, order, actions, job: job[0] ?? null };
}

/** @throws DomainError `not-found` */
export async function loadOwned(ctx: Ctx, pipeline: SQL, what: string): Promise<Owned> {
  return ownedFrom(await ctx.db.read(...selectOwned(ctx, pipeline)), what);
}

/** A template with everything of it. @throws DomainError `not-found` */
export async function loadTemplate(ctx: Ctx, id: string): Promise<Owned> {
  const owned = await loadOwned(ctx, which.pipeline(id), "workflow template");
  if (owned.pipeline.kind !== "template") throw notFound("workflow template");
  return owned;
}

/** An action as the API shows it. */
export function presentAction({ id, stageId, type, name, position, config }: ActionRow): StageAction {
  return { id, stageId, type, name, position, config };
}

/** A stage as the API shows it, with what it does. */
export function presentStep(row: StageRow, actions: ActionRow[], isTemplate: boolean): WorkflowStep {
  return {
    id: row.id,
    pipelineId: row.pipelineId,
    templateId: isTemplate ? row.pipelineId : null,
    key: row.key,
    name: row.name,
    description: row.description,
    publicName: row.publicName,
    publicNext: row.publicNext,
    replyByDays: row.replyByDays,
    kind: row.kind,
    status: row.status,
    position: row.position,
    sharesWithClient: row.sharesWithClient,
    count: row.count,
    actions: actions.filter(({ stageId }) => stageId === row.id).map(presentAction),
  };
}

/** A template as the API shows it. */
export function presentTemplate({ pipeline, order, actions }: Omit<Owned, "job">): WorkflowTemplate {
  return {
    id: pipeline.id,
    name: pipeline.name,
    description: pipeline.description,
    isDefault: pipeline.isDefault,
    stages: order.map((row) => presentStep(row, actions, true)),
    version: pipeline.version,
    createdAt: iso(pipeline.createdAt),
    updatedAt: iso(pipeline.updatedAt ?? pipeline.createdAt),
  };
}

/** The ids of templates, for lists that leave the stages of jobs out. */
export const templateIds = (ctx: Ctx): SQL =>
  sql`(select id from ${pipelines} where org_id = ${ctx.orgId} and kind = 'template')`;

/** The condition that a row of `pipelines` is this template. */
export const isTemplate = (id: string) => and(eq(pipelines.id, id), eq(pipelines.kind, "template"));

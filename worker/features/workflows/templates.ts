import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { jobs } from "../jobs/table";
import { pipelines, stageActions, stages } from "../pipelines/table";
import { selectAssignees } from "./check";
import { writePipeline } from "./edit";
import { newPipeline, stagesOfTemplate } from "./pipeline";
import { isTemplate, loadTemplate, presentTemplate } from "./read";
import type {
  NewWorkflowTemplate,
  WorkflowTemplate,
  WorkflowTemplateChange,
  WorkflowTemplateQuery,
} from "./schema";

/** A page of templates with their stages and actions, in the order in which they were made. */
export async function listTemplates(ctx: Ctx, query: z.infer<typeof WorkflowTemplateQuery>) {
  const scope = { list: "workflow-templates", orgId: ctx.orgId };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const where = and(eq(pipelines.kind, "template"), after ? gt(pipelines.id, after[0] as string) : undefined);
  const shown = sql`(select id from ${pipelines} where org_id = ${ctx.orgId} and ${where}
    order by id limit ${query.limit})`;
  const [rows, order, actions] = await ctx.db.read(
    ctx.db.rows(pipelines, { where, orderBy: asc(pipelines.id), limit: query.limit + 1 }),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} in ${shown}`,
      orderBy: [asc(stages.pipelineId), asc(stages.position)],
    }),
    ctx.db.rows(stageActions, {
      where: sql`${stageActions.stageId} in (select id from ${stages}
        where org_id = ${ctx.orgId} and pipeline_id in ${shown})`,
      orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
    }),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    query.limit,
    (row) => [row.id],
    (pipeline) =>
      presentTemplate({
        pipeline,
        order: order.filter(({ pipelineId }) => pipelineId === pipeline.id),
        actions,
      }),
  );
}

/** @throws DomainError `not-found` */
export async function getTemplate(ctx: Ctx, id: string): Promise<WorkflowTemplate> {
  return presentTemplate(await loadTemplate(ctx, id));
}

/** There is one default; making another one it takes the word from the first. */
const noOtherDefault = (ctx: Ctx, id: string, won = sql`1`) =>
  ctx.db.update(
    pipelines,
    { isDefault: false, version: sql`${pipelines.version} + 1`, updatedAt: ctx.now() },
    and(eq(pipelines.kind, "template"), sql`${pipelines.isDefault} = 1`, sql`${pipelines.id} <> ${id}`, won),
  );

/**
 * Makes a template; without stages it begins with those of the default one.
 * @throws DomainError `invalid` as `newPipeline`
 */
export async function createTemplate(ctx: Ctx, input: NewWorkflowTemplate): Promise<WorkflowTemplate> {
  const standard = stagesOfTemplate(ctx, null);
  const [assignees, ...found] = await ctx.db.read(
    selectAssignees(ctx, input.stages ?? []),
    ...standard.reads,
  );
  const made = newPipeline(ctx, {
    kind: "template",
    name: input.name,
    description: input.description,
    stages: input.stages ?? standard.made(found).stages,
    isDefault: input.isDefault,
    // What a template has already is not judged again.
    ...(input.stages ? { assignees } : {}),
  });
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [...made.writes, ...(input.isDefault ? [noOtherDefault(ctx, made.id)] : [])],
    audit: [
      {
        action: "WORKFLOW_CREATE",
        entity: { type: "workflow_template", id: made.id },
        newValue: { name: input.name, stages: made.outline.map(({ key }) => key) },
      },
    ],
    result: presentTemplate(made.rows),
  });
}

/**
 * Changes the sent fields of a template itself; its stages are changed one by one.
 * @throws DomainError `not-found`, `outdated`
 */
export async function updateTemplate(
  ctx: Ctx,
  id: string,
  change: WorkflowTemplateChange,
  ifVersion?: number,
): Promise<WorkflowTemplate> {
  return await onceMore(
    async () => {
      const owned = await loadTemplate(ctx, id);
      if (ifVersion !== undefined && ifVersion !== owned.pipeline.version) {
        throw outdated(presentTemplate(owned));
      }
      const first = change.isDefault && !owned.pipeline.isDefault;
      return await writePipeline(
        ctx,
        owned,
        {
          set: change,
          ...(first ? { more: (won) => [noOtherDefault(ctx, id, won)] } : {}),
          audit: { fields: Object.keys(change) },
        },
        presentTemplate,
      );
    },
    () => getTemplate(ctx, id),
  );
}

/**
 * Takes a template away. Jobs that were made from it keep their own stages.
 * @throws DomainError `not-found`; `conflict` for the default one
 */
export async function deleteTemplate(ctx: Ctx, id: string): Promise<void> {
  await onceMore(
    async () => {
      const owned = await loadTemplate(ctx, id);
      if (owned.pipeline.isDefault) {
        throw conflict(
          "New jobs begin with this workflow. Make another one the default first.",
          presentTemplate(owned),
        );
      }
      const changeId = newId("chg", ctx.now());
      const won = sql`exists (select 1 from ${pipelines}
        where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
      const made = sql`${pipelines.templateId} is not null and ${pipelines.templateId} = ${id}`;
      await commit(ctx, {
        id: changeId,
        won: { table: pipelines, id },
        writes: [
          ctx.db.update(
            pipelines,
            { changeId },
            and(
              isTemplate(id),
              eq(pipelines.version, owned.pipeline.version),
              sql`${pipelines.isDefault} = 0`,
            ),
          ),
          ctx.db.update(
            jobs,
            { templateId: null },
            and(
              sql`${jobs.pipelineId} in (select id from ${pipelines} where org_id = ${ctx.orgId} and ${made})`,
              won,
            ),
          ),
          ctx.db.update(pipelines, { templateId: null }, and(made, won)),
          ctx.db.delete(
            stageActions,
            and(
              sql`${stageActions.stageId} in (select id from ${stages}
                where org_id = ${ctx.orgId} and pipeline_id = ${id})`,
              won,
            ),
          ),
          ctx.db.delete(stages, and(eq(stages.pipelineId, id), won)),
        ],
        afterwards: [ctx.db.delete(pipelines, and(eq(pipelines.id, id), eq(pipelines.changeId, changeId)))],
        audit: [
          {
            action: "WORKFLOW_DELETE",
            entity: { type: "workflow_template", id },
            oldValue: { name: owned.pipeline.name, stages: owned.order.map(({ key }) => key) },
          },
        ],
        result: null,
      });
    },
    () => getTemplate(ctx, id),
  );
}

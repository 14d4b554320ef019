import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { candidates } from "../candidates/table";
import { jobs } from "../jobs/table";
import { recountJobs } from "../pipelines/counts";
import { applications, pipelines, stageActions, stages } from "../pipelines/table";
import type { StatusWord } from "../pipelines/words";
import { insertActions, insertStages } from "./insert";
import { checkOrder, type StageRow, statusWords } from "./pipeline";
import type { Owned } from "./read";

/** What becomes of a pipeline or template. */
export interface PipelineEdit {
  /** Its stages in their new order, new ones among them; those it has if left out. */
  stages?: StageRow[];
  /** Stages whose actions are replaced, and all actions of these; or those of all if left out. */
  actions?: { of: string[]; rows: Owned["actions"] };
  /** Fields of the pipeline itself. */
  set?: Partial<Pick<Owned["pipeline"], "name" | "description" | "isDefault">>;
  /** Other statements of the same transaction, by its guard. */
  more?: (won: SQL) => Statement[];
  /** What the audit entry says. */
  audit: Record<string, unknown>;
}

/** The stages in their order, with the positions and status words that follow from it. */
export function inOrder(list: StageRow[]): StageRow[] {
  const words = statusWords(list.map(({ kind }) => kind));
  return list.map((row, position) => ({ ...row, position, status: words[position] as StatusWord }));
}

/** The pipeline as it is once the edit is written. */
export function edited(ctx: Ctx, owned: Owned, edit: PipelineEdit, changeId: string): Owned {
  const order = inOrder(edit.stages ?? owned.order);
  const kept = new Set(order.map(({ id }) => id));
  const replaced = new Set(edit.actions?.of ?? []);
  return {
    ...owned,
    pipeline: {
      ...owned.pipeline,
      ...edit.set,
      version: owned.pipeline.version + 1,
      changeId,
      updatedAt: ctx.now(),
    },
    order,
    actions: [
      ...owned.actions.filter(({ stageId }) => kept.has(stageId) && !replaced.has(stageId)),
      ...(edit.actions?.rows ?? []),
    ],
  };
}

const field = (i: number) => sql.raw(`json_extract(r.value, '$[${i}]')`);

/**
 * Writes an edit of a pipeline's stages, guarded by the version that was read: positions without a gap,
 * status words, what the job keeps of its stages, the statuses of people who stand there, and one
 * `pipeline.changed`. A stage that is taken away must be empty at that moment.
 *
 * @throws DomainError `invalid` for an order in which nobody could begin; LostRace when somebody else
 * edited it first, or people came into a stage that goes
 */
export async function writePipeline<R>(
  ctx: Ctx,
  owned: Owned,
  edit: PipelineEdit,
  result: (after: Owned) => R,
): Promise<R> {
  const { pipeline, order: before, job } = owned;
  const changeId = newId("chg", ctx.now());
  const after = edited(ctx, owned, edit, changeId);
  checkOrder(after.order.map(({ kind }) => kind));
  const id = pipeline.id;
  const won = sql`exists (select 1 from ${pipelines}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
  const old = new Map(before.map((row) => [row.id, row]));
  const added = after.order.filter((row) => !old.has(row.id));
  const gone = before.filter((row) => !after.order.some((one) => one.id === row.id)).map((row) => row.id);
  const changed = after.order.filter((row) => {
    const was = old.get(row.id);
    return was && JSON.stringify(rowValues(was)) !== JSON.stringify(rowValues(row));
  });
  const restated = changed.some((row) => old.get(row.id)?.status !== row.status);
  const rekinded = changed.some((row) => old.get(row.id)?.kind !== row.kind);
  const outline = after.order.map(({ key, name, kind }) => ({ key, name, kind }));
  const { version, updatedAt } = after.pipeline;
  return await commit(ctx, {
    id: changeId,
    won: { table: pipelines, id },
    writes: [
      ctx.db.update(
        pipelines,
        { ...edit.set, version, changeId, updatedAt },
        and(
          eq(pipelines.id, id),
          eq(pipelines.version, pipeline.version),
          ...gone.map((one) => empty(ctx, id, one)),
        ),
      ),
      ...(changed.length > 0 ? [updateStages(ctx, changed, won)] : []),
      ...(added.length > 0 ? [insertStages(ctx, added, won)] : []),
      ...(gone.length > 0 ? removeStages(ctx, gone, won) : []),
      ...(edit.actions ? replaceActions(ctx, edit.actions, won) : []),
      ...(restated && pipeline.kind === "job" ? restate(ctx, id, won) : []),
      ...(job && JSON.stringify(job.outline) !== JSON.stringify(outline)
        ? [
            ctx.db.update(
              jobs,
              { stages: outline, version: sql`${jobs.version} + 1`, updatedAt: ctx.now() },
              and(eq(jobs.id, job.id), won),
            ),
          ]
        : []),
      ...(job && rekinded ? [recountJobs(ctx, [id], won)] : []),
      ...(edit.more?.(won) ?? []),
    ],
    events: [
      event({
        type: "pipeline.changed",
        entity: { type: "pipeline", id },
        pipelineId: id,
        // A client user's board has the same stages.
        forClient: pipeline.kind === "job",
        data: { pipelineId: id },
      }),
    ],
    audit: [
      {
        action: "WORKFLOW_UPDATE",
        entity: { type: pipeline.kind === "template" ? "workflow_template" : "pipeline", id },
        metadata: edit.audit,
      },
    ],
    result: result(after),
  });
}

const rowValues = (row: StageRow) => [
  row.id,
  row.name,
  row.description,
  row.kind,
  row.status,
  row.position,
  row.sharesWithClient ? 1 : 0,
  row.publicName,
  row.publicNext,
  row.replyByDays,
];

function updateStages(ctx: Ctx, rows: StageRow[], won: SQL): Statement {
  return ctx.db.sql(sql`update ${stages} set name = ${field(1)}, description = ${field(2)}, kind = ${field(3)},
      status = ${field(4)}, position = ${field(5)}, shares_with_client = ${field(6)},
      public_name = ${field(7)}, public_next = ${field(8)}, reply_by_days = ${field(9)}
    from json_each(${JSON.stringify(rows.map(rowValues))}) r
    where ${stages.orgId} = ${ctx.orgId} and ${stages.id} = ${field(0)} and ${won}`);
}

function removeStages(ctx: Ctx, ids: string[], won: SQL): Statement[] {
  const among = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  return [
    ctx.db.delete(stageActions, and(sql`${stageActions.stageId} in ${among}`, won)),
    ctx.db.delete(stages, and(sql`${stages.id} in ${among}`, won)),
  ];
}

function replaceActions(ctx: Ctx, { of, rows }: NonNullable<PipelineEdit["actions"]>, won: SQL): Statement[] {
  return [
    ctx.db.delete(
      stageActions,
      and(sql`${stageActions.stageId} in (select value from json_each(${JSON.stringify(of)}))`, won),
    ),
    ...(rows.length > 0 ? [insertActions(ctx, rows, won)] : []),
  ];
}

/** The condition that nobody stands in a stage, archived people included; in the words of their indexes. */
function empty(ctx: Ctx, pipelineId: string, stageId: string): SQL {
  const there = (words: string) =>
    sql`not exists (select 1 from ${applications} where org_id = ${ctx.orgId}
      and pipeline_id = ${pipelineId} and stage_id = ${stageId} and ${sql.raw(words)})`;
  return sql`${there("archived = 0")} and ${there("job_id is not null and archived = 1")}`;
}

/** Applications take the new status of their stage, and candidates that of the application moved last. */
function restate(ctx: Ctx, pipelineId: string, won: SQL): Statement[] {
  const its = (words: string) =>
    ctx.db.sql(sql`update ${applications} set status = s.status from ${stages} s
      where ${applications.orgId} = ${ctx.orgId} and ${applications.pipelineId} = ${pipelineId}
        and s.org_id = ${ctx.orgId} and s.pipeline_id = ${pipelineId} and s.id = ${applications.stageId}
        and ${applications.status} is not s.status and ${sql.raw(words)} and ${won}`);
  return [
    its("job_id is not null and archived = 0"),
    its("job_id is not null and archived = 1"),
    ctx.db.sql(sql`update ${candidates} set status = a.status from ${applications} a
      where ${candidates.orgId} = ${ctx.orgId} and a.org_id = ${ctx.orgId} and a.pipeline_id = ${pipelineId}
        and a.archived = 0 and ${candidates.id} = a.candidate_id and ${candidates.status} is not a.status
        and not exists (select 1 from ${applications} b where b.org_id = ${ctx.orgId}
          and b.candidate_id = a.candidate_id and b.candidate_id is not null and b.entered_at > a.entered_at)
        and ${won}`),
  ];
}

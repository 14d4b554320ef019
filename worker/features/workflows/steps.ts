import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { AGENT_POOL_STAGES } from "../pipelines/agent-pool";
import { applications, pipelines, stageActions, stages } from "../pipelines/table";
import { checkActions, selectAssignees } from "./check";
import { writePipeline } from "./edit";
import { freeKey } from "./keys";
import { actionRow, type StageRow, stageRow } from "./pipeline";
import { loadOwned, type Owned, ownedFrom, presentStep, selectOwned, templateIds, which } from "./read";
import type { NewWorkflowStep, WorkflowStep, WorkflowStepChange, WorkflowStepQuery } from "./schema";

/** A page of stages: of one template or pipeline in their order, else of all templates. */
export async function listSteps(ctx: Ctx, query: z.infer<typeof WorkflowStepQuery>) {
  const owner = query.pipelineId ?? query.templateId;
  const scope = { list: "workflow-steps", orgId: ctx.orgId, filters: { owner } };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const where = owner
    ? and(eq(stages.pipelineId, owner), after ? gt(stages.position, after[0] as number) : undefined)
    : and(
        sql`${stages.pipelineId} in ${templateIds(ctx)}`,
        after
          ? sql`(${stages.pipelineId}, ${stages.position}) > (${after[0] as string}, ${after[1] as number})`
          : undefined,
      );
  const orderBy = [asc(stages.pipelineId), asc(stages.position)];
  const [found, rows, actions] = await ctx.db.read(
    ctx.db.select({ id: pipelines.id, kind: pipelines.kind }, pipelines, {
      where: eq(pipelines.id, owner ?? ""),
    }),
    ctx.db.rows(stages, { where, orderBy, limit: query.limit + 1 }),
    ctx.db.rows(stageActions, {
      where: sql`${stageActions.stageId} in (select id from ${stages} where org_id = ${ctx.orgId} and ${where}
        order by ${orderBy[0]}, ${orderBy[1]} limit ${query.limit})`,
      orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
    }),
  );
  const kind = found[0]?.kind;
  const shownRows = query.templateId === undefined || kind === "template" ? rows : [];
  return await page(
    ctx.env,
    scope,
    shownRows,
    query.limit,
    (row) => (owner ? [row.position] : [row.pipelineId, row.position]),
    (row) => presentStep(row, actions, owner === undefined || kind === "template"),
  );
}

const isTemplate = ({ pipeline }: Owned) => pipeline.kind === "template";

/** The stage among those of its pipeline. @throws DomainError `not-found` */
function stepOf({ order }: Owned, id: string): StageRow {
  const found = order.find((row) => row.id === id);
  if (!found) throw notFound("workflow step");
  return found;
}

async function loadStep(ctx: Ctx, id: string): Promise<{ owned: Owned; row: StageRow }> {
  const owned = await loadOwned(ctx, which.step(ctx, id), "workflow step");
  return { owned, row: stepOf(owned, id) };
}

/** @throws DomainError `not-found` */
export async function getStep(ctx: Ctx, id: string): Promise<WorkflowStep> {
  const { owned, row } = await loadStep(ctx, id);
  return presentStep(row, owned.actions, isTemplate(owned));
}

const shown = (id: string) => (after: Owned) =>
  presentStep(stepOf(after, id), after.actions, isTemplate(after));

/** Where a new stage goes if nobody says: before the closed stages at the end. */
function beforeClosed(order: StageRow[]): number {
  const lastOpen = order.findLastIndex(({ kind }) => kind === "open");
  return lastOpen + 1;
}

/**
 * Adds a stage to a template, or to the pipeline of one job or of the agent pool.
 * @throws DomainError `not-found`; `invalid` for a key that is there, an action that could do nothing, or a
 * stage of another kind than open in the agent pool
 */
export async function addStep(ctx: Ctx, input: NewWorkflowStep): Promise<WorkflowStep> {
  const owner = input.pipelineId ?? input.templateId ?? "";
  const what = input.pipelineId ? "pipeline" : "workflow template";
  return await onceMore(
    async () => {
      const [assignees, ...rest] = await ctx.db.read(
        selectAssignees(ctx, [input]),
        ...selectOwned(ctx, which.pipeline(owner)),
      );
      const owned = ownedFrom(rest, what);
      if (input.templateId && !isTemplate(owned)) throw notFound(what);
      if (owned.pipeline.kind === "agent_pool" && input.kind !== "open") {
        throw invalid("kind", "New stages of the agent pool are open ones.");
      }
      checkNotFixed(owned);
      checkWords(owned, input);
      checkActions(input.actions, "actions", assignees);
      const taken = new Set(owned.order.map(({ key }) => key));
      if (input.key !== undefined && taken.has(input.key)) {
        throw invalid("key", `There is a stage with the key "${input.key}" already.`);
      }
      const key = input.key ?? freeKey(input.name, taken);
      // Its position and status follow from where it stands.
      const row = stageRow(ctx, owned.pipeline.id, { ...input, key }, 0, "NEW");
      const at = Math.min(input.position ?? beforeClosed(owned.order), owned.order.length);
      return await writePipeline(
        ctx,
        owned,
        {
          stages: owned.order.toSpliced(at, 0, row),
          actions: {
            of: [row.id],
            rows: input.actions.map((action, i) => actionRow(ctx, row.id, i, action)),
          },
          audit: { added: key },
        },
        shown(row.id),
      );
    },
    async () => undefined,
  );
}

/**
 * Changes the sent fields of a stage; its key stays, since people and records name it.
 * @throws DomainError `not-found`; `invalid` for an order in which nobody could begin; `conflict` for the
 * last stage of a kind that has to be there
 */
export async function updateStep(ctx: Ctx, id: string, change: WorkflowStepChange): Promise<WorkflowStep> {
  return await onceMore(
    async () => {
      const { owned, row } = await loadStep(ctx, id);
      const { position, ...fields } = change;
      checkWords(owned, fields);
      const next = { ...row, ...fields };
      if (next.kind !== row.kind || (position ?? row.position) !== row.position) checkNotFixed(owned);
      if (next.kind !== row.kind) {
        if (owned.pipeline.kind === "agent_pool") {
          throw invalid("kind", "What a stage of the agent pool means stays as it is.");
        }
        checkNotLast(owned, row);
      }
      const others = owned.order.filter((one) => one.id !== id);
      const at = Math.min(position ?? row.position, others.length);
      return await writePipeline(
        ctx,
        owned,
        { stages: others.toSpliced(at, 0, next), audit: { step: row.key, fields: Object.keys(change) } },
        shown(id),
      );
    },
    () => getStep(ctx, id),
  );
}

/** Agents read the names of their pool's stages, and are promised nothing by them. */
function checkWords(
  owned: Owned,
  sent: { [Name in (typeof FOR_CANDIDATES)[number]]?: string | number | null },
): void {
  if (owned.pipeline.kind !== "agent_pool") return;
  const named = FOR_CANDIDATES.find((name) => (sent[name] ?? null) !== null);
  if (named) throw invalid(named, "Agents read the stage by its own name. Leave this out.");
}

const FOR_CANDIDATES = ["publicName", "publicNext", "replyByDays"] as const;

/** Seats are counted by the stages of a campaign, so they are the same in all of them. */
function checkNotFixed({ pipeline }: Owned): void {
  if (pipeline.kind !== "campaign") return;
  throw conflict("Every campaign has the same stages. You can rename one, and say what happens in it.");
}

/** People must always be able to be told no, and to leave. */
function checkNotLast(owned: Owned, row: StageRow): void {
  if (row.kind !== "rejected" && row.kind !== "withdrawn") return;
  if (owned.order.some((one) => one.kind === row.kind && one.id !== row.id)) return;
  throw conflict(
    `${row.name} is the last stage of the kind "${row.kind}", and one has to be there. Add another one first.`,
    presentStep(row, owned.actions, isTemplate(owned)),
  );
}

function checkRemovable(owned: Owned, row: StageRow): void {
  checkNotFixed(owned);
  checkNotLast(owned, row);
  const current = presentStep(row, owned.actions, isTemplate(owned));
  if (owned.pipeline.kind === "agent_pool" && AGENT_POOL_STAGES.some(({ key }) => key === row.key)) {
    throw conflict(`${row.name} is a part of every agent pool. You can rename and reorder it.`, current);
  }
  if (owned.order.find((one) => one.id !== row.id)?.kind !== "open") {
    throw conflict(`Without ${row.name} there would be no open stage to begin in.`, current);
  }
}

/** How many stand in a stage, archived ones too; two counts, in the words of their indexes. */
function selectPeople(ctx: Ctx, stageId: string) {
  const there = (words: SQL) => sql`(select count(*) from ${applications} where org_id = ${ctx.orgId}
    and pipeline_id = ${which.step(ctx, stageId)} and stage_id = ${stageId} and ${words})`;
  return ctx.db.sql<{ people: number }>(sql`select ${there(sql`archived = 0`)}
    + ${there(sql`job_id is not null and archived = 1`)} as people`);
}

async function loadForRemoval(ctx: Ctx, id: string) {
  const [people, ...rest] = await ctx.db.read(
    selectPeople(ctx, id),
    ...selectOwned(ctx, which.step(ctx, id)),
  );
  const owned = ownedFrom(rest, "workflow step");
  return { owned, row: stepOf(owned, id), people: people[0]?.people ?? 0 };
}

/**
 * Says whether a stage can be taken away, before anybody is moved out of it.
 * @param moveTo the key of the stage that people who stand there would go to
 * @returns how many they are
 * @throws DomainError `not-found`; `conflict` where it has to be there; `invalid` for `moveTo`
 */
export async function checkRemoval(ctx: Ctx, id: string, moveTo: string | undefined): Promise<number> {
  const { owned, row, people } = await loadForRemoval(ctx, id);
  checkRemovable(owned, row);
  if (moveTo !== undefined) {
    const others = owned.order.filter((one) => one.id !== id).map(({ key }) => key);
    if (!others.includes(moveTo)) {
      throw invalid("moveTo", `There is no such stage to move to. There are: ${others.join(", ")}.`);
    }
  }
  return people;
}

/**
 * Takes a stage away in which nobody stands.
 * @throws DomainError `not-found`; `conflict` while somebody stands there, or where it has to be there
 */
export async function removeStep(ctx: Ctx, id: string): Promise<void> {
  const attempt = async () => {
    const { owned, row, people } = await loadForRemoval(ctx, id);
    checkRemovable(owned, row);
    if (people > 0) {
      throw conflict(
        `${people === 1 ? "1 person stands" : `${people} people stand`} in ${row.name}. Name the stage that they move to as moveTo.`,
        presentStep(row, owned.actions, isTemplate(owned)),
      );
    }
    await writePipeline(
      ctx,
      owned,
      { stages: owned.order.filter((one) => one.id !== id), audit: { removed: row.key } },
      () => null,
    );
  };
  await onceMore(attempt, () => getStep(ctx, id));
}

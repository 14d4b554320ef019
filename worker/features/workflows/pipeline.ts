import { and, asc, eq, sql } from "drizzle-orm";
import type { RowOf, Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { invalid } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { pipelines, stageActions, stages } from "../pipelines/table";
import type { StageKind, StatusWord } from "../pipelines/words";
import { checkActions } from "./check";
import { DEFAULT_WORKFLOW } from "./default";
import { insertActions, insertStages } from "./insert";
import { freeKey } from "./keys";
import { NewAction, type NewStage } from "./schema";

/** A stage in short, as a job keeps it. */
export interface StageOutline {
  key: string;
  name: string;
  kind: StageKind;
}

export type StageRow = typeof stages.$inferSelect;
export type ActionRow = typeof stageActions.$inferSelect;
export type Keyed = NewStage & { key: string };

/**
 * Document 002's words for stages of these kinds, in their order: the first open one is new, the second in
 * review, further ones in progress.
 */
export function statusWords(kinds: readonly StageKind[]): StatusWord[] {
  let open = 0;
  return kinds.map((kind) => {
    if (kind === "hired") return "SELECTED";
    if (kind !== "open") return "REJECTED";
    open += 1;
    return open === 1 ? "NEW" : open === 2 ? "IN_REVIEW" : "IN_PROGRESS";
  });
}

/**
 * Refuses an order of stages in which nobody could begin, or be told no.
 * @throws DomainError `invalid`
 */
export function checkOrder(kinds: readonly StageKind[], path = "stages"): void {
  if (kinds[0] !== "open") {
    throw invalid(`${path}.0.kind`, "The first stage must be open: it is where people begin.");
  }
}

const BARE = {
  description: null,
  publicName: null,
  publicNext: null,
  replyByDays: null,
  sharesWithClient: false,
  actions: [],
};

/**
 * Stages as they will stand: each with a key, and one to be rejected in and one to withdraw to at the end
 * where none was sent.
 * @throws DomainError `invalid`
 */
function completed(sent: NewStage[]): Keyed[] {
  const taken = new Set<string>();
  sent.forEach(({ key }, i) => {
    if (key === undefined) return;
    if (taken.has(key)) throw invalid(`stages.${i}.key`, `Two stages have the key "${key}".`);
    taken.add(key);
  });
  const keyed = sent.map((stage) => ({ ...stage, key: stage.key ?? freeKey(stage.name, taken) }));
  for (const [kind, name] of [
    ["rejected", "Rejected"],
    ["withdrawn", "Withdrawn"],
  ] as const) {
    if (keyed.some((stage) => stage.kind === kind)) continue;
    const key = freeKey(name, taken);
    keyed.push({ ...BARE, key, name, kind });
  }
  return keyed;
}

/** The row of a stage that was sent. */
export function stageRow(
  ctx: Ctx,
  pipelineId: string,
  { key, name, kind, description, publicName, publicNext, replyByDays, sharesWithClient }: Keyed,
  position: number,
  status: StatusWord,
): StageRow {
  return {
    // A millisecond later each, so that the ids of a pipeline's stages sort as they stand.
    id: newId("stg", ctx.now() + position),
    orgId: ctx.orgId,
    pipelineId,
    key,
    name,
    kind,
    status,
    position,
    description,
    publicName,
    publicNext,
    replyByDays,
    sharesWithClient,
    count: 0,
    sharedCount: 0,
  };
}

/** The row of an action that was sent; its fields become its config. */
export function actionRow(
  ctx: Ctx,
  stageId: string,
  position: number,
  { id: _, type, name, ...config }: NewAction,
): ActionRow {
  return {
    id: newId("act", ctx.now()),
    orgId: ctx.orgId,
    stageId,
    type,
    name: name ?? null,
    position,
    config,
  };
}

/** An action of a row as it was sent. @throws where what is stored fits no type any more */
export function sentAction({ type, name, config }: Pick<ActionRow, "type" | "name" | "config">): NewAction {
  return NewAction.parse({ ...config, type, ...(name === null ? {} : { name }) });
}

export interface NewPipeline {
  kind: "job" | "template" | "campaign";
  id?: string;
  name: string;
  description?: string | null;
  stages: NewStage[];
  /** The template whose stages these are. */
  templateId?: string | null;
  /** Of a template: what new jobs get where nothing else is said. */
  isDefault?: boolean;
  /** The users that actions name, from `selectAssignees`. */
  assignees?: { id: string }[];
}

/**
 * The statements that make a pipeline of a job or a campaign, or a template of such pipelines, with its stages and their
 * actions. Missing keys are made from names; a stage to be rejected in and one to withdraw to are added.
 * @throws DomainError `invalid` for a key that is there twice, a first stage that isn't open, or an action
 * that names a mail or a user that isn't there
 */
export function newPipeline(
  ctx: Ctx,
  input: NewPipeline,
): {
  id: string;
  outline: StageOutline[];
  firstOpen: { id: string; key: string };
  rows: { pipeline: typeof pipelines.$inferSelect; order: StageRow[]; actions: ActionRow[] };
  writes: Statement[];
} {
  const now = ctx.now();
  const id = input.id ?? newId(input.kind === "template" ? "wft" : "pipe", now);
  const all = completed(input.stages);
  checkOrder(all.map(({ kind }) => kind));
  all.forEach(({ actions }, i) => {
    checkActions(actions, `stages.${i}.actions`, input.assignees);
  });
  const words = statusWords(all.map(({ kind }) => kind));
  const pipeline: typeof pipelines.$inferSelect = {
    id,
    orgId: ctx.orgId,
    kind: input.kind,
    name: input.name,
    description: input.description ?? null,
    templateId: input.templateId ?? null,
    isDefault: input.isDefault ?? false,
    version: 1,
    changeId: null,
    createdAt: now,
    updatedAt: now,
  };
  const order = all.map((stage, i) => stageRow(ctx, id, stage, i, words[i] as StatusWord));
  const actions = order.flatMap((row, i) =>
    (all[i]?.actions ?? []).map((action, nth) => actionRow(ctx, row.id, nth, action)),
  );
  const first = order[0] as StageRow;
  return {
    id,
    outline: order.map(({ key, name, kind }) => ({ key, name, kind })),
    firstOpen: { id: first.id, key: first.key },
    rows: { pipeline, order, actions },
    writes: [
      ctx.db.insert(pipelines, pipeline),
      insertStages(ctx, order),
      ...(actions.length > 0 ? [insertActions(ctx, actions)] : []),
    ],
  };
}

const selectTemplate = (ctx: Ctx, id: string | null) =>
  ctx.db.select({ id: pipelines.id, name: pipelines.name }, pipelines, {
    where: and(
      eq(pipelines.kind, "template"),
      id === null ? sql`${pipelines.isDefault} = 1` : eq(pipelines.id, id),
    ),
    limit: 1,
  });

/**
 * Reads a template's stages together with whatever else a verb reads: put `reads` into the same round trip
 * and give what they found to `made`.
 * @param templateId null for the default template
 * @example
 * const template = stagesOfTemplate(ctx, input.templateId ?? null);
 * const [clients, ...found] = await ctx.db.read(selectClient(ctx, id), ...template.reads);
 * const { templateId, stages } = template.made(found);
 */
export function stagesOfTemplate(ctx: Ctx, templateId: string | null) {
  const its = sql`(select id from ${pipelines} where org_id = ${ctx.orgId} and kind = 'template'
    and ${templateId === null ? sql`is_default = 1` : sql`id = ${templateId}`} limit 1)`;
  const stageRows = ctx.db.rows(stages, {
    where: sql`${stages.pipelineId} = ${its}`,
    orderBy: asc(stages.position),
  });
  const actionRows = ctx.db.rows(stageActions, {
    where: sql`${stageActions.stageId} in (select id from ${stages} where org_id = ${ctx.orgId} and pipeline_id = ${its})`,
    orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
  });
  const reads: [ReturnType<typeof selectTemplate>, typeof stageRows, typeof actionRows] = [
    selectTemplate(ctx, templateId),
    stageRows,
    actionRows,
  ];
  return {
    reads,
    /**
     * The stages with their actions, as `newPipeline` takes them. An organization without a default
     * template gets the built-in one, and no `templateId`.
     * @throws DomainError `invalid` where the named template is not there
     */
    made: ([found, order, actions]: [RowOf<typeof selectTemplate>[], StageRow[], ActionRow[]]): {
      templateId: string | null;
      stages: NewStage[];
    } => {
      const template = found[0];
      if (template) return { templateId: template.id, stages: sentStages(order, actions) };
      if (templateId === null) return { templateId: null, stages: DEFAULT_WORKFLOW };
      throw invalid("templateId", "There is no workflow template with this id. Choose another one.");
    },
  };
}

/** Stages of rows as they were sent. */
export function sentStages(order: StageRow[], actions: ActionRow[]): Keyed[] {
  return order.map((row) => {
    const { key, name, kind, description, publicName, publicNext, replyByDays, sharesWithClient } = row;
    const own = actions.filter(({ stageId }) => stageId === row.id).map(sentAction);
    return {
      ...{ key, name, kind, description, publicName, publicNext, replyByDays, sharesWithClient },
      actions: own,
    };
  });
}

import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { DomainError, invalid, notFound } from "../../lib/errors";
import { stageActions, stages } from "../pipelines/table";
import { checkActions, selectAssignees } from "./check";
import { writePipeline } from "./edit";
import { type ActionRow, actionRow, sentAction } from "./pipeline";
import { loadOwned, type Owned, ownedFrom, presentAction, selectOwned, templateIds, which } from "./read";
import {
  NewAction,
  type NewWorkflowAction,
  type StageAction,
  type WorkflowActionChange,
  type WorkflowActionQuery,
} from "./schema";

/** Actions that one stage can have. */
const MOST = 20;

/** A page of actions: of one stage in their order, else of all templates. */
export async function listActions(ctx: Ctx, query: z.infer<typeof WorkflowActionQuery>) {
  const { stepId } = query;
  const scope = { list: "workflow-actions", orgId: ctx.orgId, filters: { stepId } };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const where = stepId
    ? and(eq(stageActions.stageId, stepId), after ? gt(stageActions.position, after[0] as number) : undefined)
    : and(
        sql`${stageActions.stageId} in (select id from ${stages}
          where org_id = ${ctx.orgId} and pipeline_id in ${templateIds(ctx)})`,
        after
          ? sql`(${stageActions.stageId}, ${stageActions.position}) > (${after[0] as string}, ${after[1] as number})`
          : undefined,
      );
  const [rows] = await ctx.db.read(
    ctx.db.rows(stageActions, {
      where,
      orderBy: [asc(stageActions.stageId), asc(stageActions.position)],
      limit: query.limit + 1,
    }),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    query.limit,
    (row) => (stepId ? [row.position] : [row.stageId, row.position]),
    presentAction,
  );
}

function actionIn({ actions }: Owned, id: string): ActionRow {
  const found = actions.find((row) => row.id === id);
  if (!found) throw notFound("workflow action");
  return found;
}

/** @throws DomainError `not-found` */
export async function getAction(ctx: Ctx, id: string): Promise<StageAction> {
  return presentAction(actionIn(await loadOwned(ctx, which.action(ctx, id), "workflow action"), id));
}

/** The actions of a stage in their order, without a gap. */
const ofStage = ({ actions }: Owned, stageId: string): ActionRow[] =>
  actions.filter((row) => row.stageId === stageId);
const numbered = (rows: ActionRow[]): ActionRow[] => rows.map((row, position) => ({ ...row, position }));

/**
 * Adds an action to a stage: it runs from the next person on who enters.
 * @throws DomainError `not-found`; `invalid` for one that could do nothing, or one too many
 */
export async function addAction(ctx: Ctx, input: NewWorkflowAction): Promise<StageAction> {
  const { stepId, position, ...action } = input;
  return await onceMore(
    async () => {
      const [assignees, ...rest] = await ctx.db.read(
        selectAssignees(ctx, [{ actions: [action] }]),
        ...selectOwned(ctx, which.step(ctx, stepId)),
      );
      const owned = ownedFrom(rest, "workflow step");
      check(action, assignees);
      const before = ofStage(owned, stepId);
      if (before.length >= MOST) throw invalid("stepId", `A stage has at most ${MOST} actions.`);
      const row = actionRow(ctx, stepId, 0, action);
      const rows = numbered(before.toSpliced(position ?? before.length, 0, row));
      return await writePipeline(
        ctx,
        owned,
        { actions: { of: [stepId], rows }, audit: { action: row.id, added: action.type, step: stepId } },
        (after) => presentAction(actionIn(after, row.id)),
      );
    },
    async () => undefined,
  );
}

/** As `checkActions`, for one whose fields stand by themselves. */
function check(action: NewAction, assignees: { id: string }[], under = ""): void {
  try {
    checkActions([action], "action", assignees);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = (error.extra.errors ?? []).map(({ path, message }) => ({
      path: path.replace("action.0.", under),
      message,
    }));
    throw new DomainError("invalid", error.message, { errors });
  }
}

/** The action with new fields of its type. @throws DomainError `invalid` */
function withConfig(row: ActionRow, config: Record<string, unknown>): NewAction {
  const read = NewAction.safeParse({ ...config, type: row.type });
  if (read.success) return read.data;
  const errors = read.error.issues.map(({ path, message }) => ({
    path: ["config", ...path.map(String)].join("."),
    message,
  }));
  throw new DomainError("invalid", errors.map(({ path, message }) => `${path}: ${message}`).join(" "), {
    errors,
  });
}

/**
 * Changes an action: its name, its place, or all fields of its type.
 * @throws DomainError `not-found`, `invalid`
 */
export async function updateAction(ctx: Ctx, id: string, change: WorkflowActionChange): Promise<StageAction> {
  // Who is named is known from the request but for the type, which doesn't matter to the look-up.
  const { assignee, campaignId } = change.config ?? {};
  const named: NewAction[] = [
    { type: "task", title: "?", assignee: typeof assignee === "string" ? assignee : "" },
    { type: "campaign_access", campaignId: typeof campaignId === "string" ? campaignId : "" },
  ];
  return await onceMore(
    async () => {
      const [assignees, ...rest] = await ctx.db.read(
        selectAssignees(ctx, [{ actions: named }]),
        ...selectOwned(ctx, which.action(ctx, id)),
      );
      const owned = ownedFrom(rest, "workflow action");
      const row = actionIn(owned, id);
      const sent = change.config ? withConfig(row, change.config) : sentAction(row);
      if (change.config) check(sent, assignees, "config.");
      const { type: _, name: __, id: ___, ...config } = sent;
      const next = { ...row, name: change.name === undefined ? row.name : change.name, config };
      const others = ofStage(owned, row.stageId).filter((one) => one.id !== id);
      const rows = numbered(others.toSpliced(change.position ?? row.position, 0, next));
      return await writePipeline(
        ctx,
        owned,
        { actions: { of: [row.stageId], rows }, audit: { action: id, fields: Object.keys(change) } },
        (after) => presentAction(actionIn(after, id)),
      );
    },
    () => getAction(ctx, id),
  );
}

/** Takes an action away from its stage. @throws DomainError `not-found` */
export async function removeAction(ctx: Ctx, id: string): Promise<void> {
  await onceMore(
    async () => {
      const owned = await loadOwned(ctx, which.action(ctx, id), "workflow action");
      const row = actionIn(owned, id);
      const rows = numbered(ofStage(owned, row.stageId).filter((one) => one.id !== id));
      await writePipeline(
        ctx,
        owned,
        { actions: { of: [row.stageId], rows }, audit: { action: id, removed: row.type } },
        () => null,
      );
    },
    () => getAction(ctx, id),
  );
}

import { and, eq, type SQL, sql } from "drizzle-orm";
import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { presentAgent } from "../agents/agents";
import type { Agent } from "../agents/schema";
import { agents } from "../agents/table";
import { applications, stages } from "../pipelines/table";
import { waitsIn } from "../pipelines/waiting";
import { presentApplication } from "./applications";
import { type Entering, enterStages, moved } from "./enter";
import type { Application } from "./schema";
import { Seats } from "./seats";
import { type Stage, type Standing, standings } from "./standing";

export interface Move {
  /** Who is moved: an agent of the pool, or an application. */
  who: { agentId: string } | { applicationId: string };
  /** The key of the stage to enter, or what finds it among the stages. */
  stage: string | ((stages: Stage[], held: Stage) => Stage);
  reason?: string | undefined;
  /** The stage the caller believes the person stands in. */
  from?: string | undefined;
  /** The version the caller saw (`If-Match`). */
  ifVersion?: number | undefined;
}

export interface Moved {
  batchId: string;
  /** False where the person already stood there: nothing was written. */
  moved: boolean;
  application: Application;
  /** Of the agent pool: the agent, whose status is the stage. */
  agent: Agent | null;
}

/** @throws DomainError `not-found` */
async function standing(ctx: Ctx, who: Move["who"]): Promise<Standing> {
  if ("applicationId" in who) {
    const found = (await standings(ctx, [who.applicationId])).get(who.applicationId);
    if (!found) throw notFound("application");
    return found;
  }
  const found = await standings(
    ctx,
    sql`(select application_id from ${agents}
    where org_id = ${ctx.orgId} and id = ${who.agentId})`,
  );
  const [first] = found.values();
  if (!first?.agent) throw notFound("agent");
  return first;
}

function stageNamed(stages: Stage[], key: string, path = "stage"): Stage {
  const found = stages.find((stage) => stage.key === key);
  if (found) return found;
  const names = stages.map((stage) => stage.key).join(", ");
  throw invalid(path, `This pipeline has no stage "${key}". It has: ${names}.`);
}

/** The people of a standing as the API shows them. */
function shown(ctx: Ctx, now: Standing): { application: Application; agent: Agent | null } {
  return {
    application: presentApplication(ctx, now.row, now.stages),
    agent: now.agent && presentAgent(now.agent, now.stages),
  };
}
const resource = (ctx: Ctx, now: Standing) => {
  const { application, agent } = shown(ctx, now);
  return agent ?? application;
};

/**
 * Moves one person to another stage of the same pipeline: the one way anybody ever changes stage.
 * History, counts, event and audit hold together with it; what the stage does on entry follows from
 * the event.
 *
 * @throws DomainError `not-found`; `invalid` for a stage of another pipeline; `conflict` where `from` is
 * no longer true or the race is lost twice; `outdated` for a stale `ifVersion`
 */
export async function moveApplication(ctx: Ctx, move: Move): Promise<Moved> {
  return await onceMore(
    async () => {
      const now = await standing(ctx, move.who);
      const target =
        typeof move.stage === "string"
          ? stageNamed(now.stages, move.stage, "agentId" in move.who ? "status" : "stage")
          : move.stage(now.stages, now.held);
      if (move.ifVersion !== undefined && move.ifVersion !== now.row.version)
        throw outdated(resource(ctx, now));
      if (move.from !== undefined && move.from !== now.held.key) {
        throw conflict(
          `${now.row.name} is in ${now.held.name} now: somebody moved them before you.`,
          resource(ctx, now),
        );
      }
      const batchId = newId("chg", ctx.now());
      if (target.id === now.held.id) return { batchId, moved: false, ...shown(ctx, now) };
      const full = new Seats().take(now, target);
      if (full) throw conflict(full, resource(ctx, now));
      const entering = { now, target, reason: move.reason };
      return await enterStages(ctx, [entering], {
        batchId,
        result: { batchId, moved: true, ...shown(ctx, after(ctx, entering, batchId)) },
      });
    },
    async () => resource(ctx, await standing(ctx, move.who)),
  );
}

/** Moves an agent of the pool. @throws DomainError as `moveApplication` */
export async function moveAgent(
  ctx: Ctx,
  { agentId, ...move }: Omit<Move, "who"> & { agentId: string },
): Promise<{ agent: Agent; batchId: string; moved: boolean }> {
  const done = await moveApplication(ctx, { ...move, who: { agentId } });
  if (!done.agent) throw notFound("agent");
  return { agent: done.agent, batchId: done.batchId, moved: done.moved };
}

/** The standing as it is once a move is written. */
function after(ctx: Ctx, entering: Entering, batchId: string): Standing {
  const { now, target } = entering;
  const row = moved(ctx, entering, batchId);
  const waitingFor = waitsIn(target.kind) ? now.owed : null;
  return {
    ...now,
    row,
    held: target,
    agent: now.agent && {
      ...now.agent,
      status: target.key,
      statusSince: row.enteredAt,
      updatedAt: row.updatedAt,
      version: row.version,
      waitingFor,
      waitingSince:
        waitingFor === null
          ? null
          : waitingFor === now.agent.waitingFor
            ? now.agent.waitingSince
            : row.updatedAt,
    },
  };
}

/**
 * The stage after the one that somebody stands in: through the open ones, then to the one of kind `hired`.
 * @throws DomainError `conflict` where there is none
 */
export function nextStage(stages: Stage[], held: Stage): Stage {
  const later = stages.filter((stage) => stage.position > held.position);
  const next =
    held.kind === "open"
      ? (later.find((stage) => stage.kind === "open") ?? stages.find((stage) => stage.kind === "hired"))
      : undefined;
  if (next) return next;
  throw conflict(`There is no stage after ${held.name}. Move them to the stage that you mean.`);
}

/** The first stage of a kind. @throws DomainError `conflict` where the pipeline has none */
export function stageOfKind(kind: Stage["kind"]): (stages: Stage[]) => Stage {
  return (stages) => {
    const found = stages.find((stage) => stage.kind === kind);
    if (!found) throw conflict(`This pipeline has no stage of the kind "${kind}". Add one first.`);
    return found;
  };
}

/** Where somebody goes who withdraws by themselves. @throws DomainError `conflict` for what has ended */
export function ownWithdrawal(stages: Stage[], held: Stage): Stage {
  const target = stageOfKind("withdrawn")(stages);
  if (held.kind === "open" || held.kind === "withdrawn") return held.kind === "open" ? target : held;
  throw conflict("This application has ended already, so there is nothing to withdraw.");
}

function standingIn(ctx: Ctx, stageId: string, where: SQL) {
  return ctx.db.select({ id: applications.id }, applications, {
    where: and(
      eq(applications.stageId, stageId),
      sql`${applications.pipelineId} = (select pipeline_id from ${stages} where org_id = ${ctx.orgId} and id = ${stageId})`,
      where,
    ),
    limit: STEP,
  });
}

/** People that one step of `emptyStage` moves. */
const STEP = 200;

/**
 * Moves everybody out of a stage, so that it can be taken away: by moves like any others.
 * @throws DomainError `invalid` for a stage of another pipeline, `conflict` when people keep arriving
 */
export async function emptyStage(ctx: Ctx, stageId: string, toKey: string): Promise<void> {
  for (let round = 0; round < 1000; round++) {
    // Once for each index: those on boards and the archived ones.
    const [open, archived] = await ctx.db.read(
      standingIn(ctx, stageId, sql`${applications.archived} = 0`),
      standingIn(ctx, stageId, sql`${applications.jobId} is not null and ${applications.archived} = 1`),
    );
    const rows = [...open, ...archived];
    if (rows.length === 0) return;
    await onceMore(
      async () => {
        const found = await standings(
          ctx,
          rows.map(({ id }) => id),
        );
        const list = [...found.values()]
          .filter(({ held }) => held.id === stageId)
          .map((now) => ({ now, target: stageNamed(now.stages, toKey) }));
        const [one] = list;
        if (!one) return;
        if (one.target.id === stageId) throw invalid("moveTo", "That is the stage itself. Name another one.");
        await enterStages(ctx, list, { batchId: newId("chg", ctx.now()), bulk: true, result: null });
      },
      async () => undefined,
    );
  }
  throw conflict("People keep arriving in this stage. Try again in a moment.");
}

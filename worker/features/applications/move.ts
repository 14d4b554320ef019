import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { type AgentRow, presentAgent, selectAgents } from "../agents/agents";
import type { Agent } from "../agents/schema";
import { agents } from "../agents/table";
import { emails } from "../email/table";
import type { MoveDetail } from "../pipelines/actions";
import { applications, stages, undoneBatches } from "../pipelines/table";
import { refreshWaiting, selectOwed, waitsIn } from "../pipelines/waiting";

export interface Move {
  /** Who is moved: an agent of the pool, or an application. */
  who: { agentId: string } | { applicationId: string };
  /** The key of the stage to enter. */
  stage: string;
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
  agent: Agent;
}

interface Standing {
  application: typeof applications.$inferSelect;
  stages: Stage[];
  held: Stage;
  agent: AgentRow;
  /** What their card waits for in a stage where it can wait. */
  owed: string | null;
}
type Stage = typeof stages.$inferSelect;

/** Where a person stands, and the stages of that pipeline, in one round trip. */
async function standing(ctx: Ctx, who: Move["who"]): Promise<Standing> {
  const applicationId =
    "agentId" in who
      ? sql`(select application_id from ${agents} where org_id = ${ctx.orgId} and id = ${who.agentId})`
      : sql`${who.applicationId}`;
  const agentId =
    "agentId" in who
      ? sql`${who.agentId}`
      : sql`(select agent_id from ${applications} where org_id = ${ctx.orgId} and id = ${who.applicationId})`;
  const its = sql`(select pipeline_id from ${applications} where org_id = ${ctx.orgId} and id = ${applicationId})`;
  const [found, all, people, owed] = await ctx.db.read(
    ctx.db.rows(applications, { where: sql`${applications.id} = ${applicationId}` }),
    ctx.db.rows(stages, { where: sql`${stages.pipelineId} = ${its}`, orderBy: asc(stages.position) }),
    selectAgents(ctx, sql`${agents.id} = ${agentId}`),
    selectOwed(ctx.db, applicationId),
  );
  const [application, agent] = [found[0], people[0]];
  if (!application || !agent) throw notFound("agentId" in who ? "agent" : "application");
  const held = all.find((stage) => stage.id === application.stageId);
  if (!held) throw new Error(`Application ${application.id} stands in no stage of its pipeline.`);
  return { application, stages: all, held, agent, owed: owed[0]?.words ?? null };
}

/**
 * Moves one person to another stage of the same pipeline: the one way anybody ever changes stage.
 * History, counts, event and audit hold together with it; what the stage does on entry follows from
 * the event.
 *
 * @throws DomainError `not-found`; `invalid` for a stage of another pipeline; `conflict` where `from` is
 * no longer true or the race is lost twice; `outdated` for a stale `ifVersion`
 */
export async function moveApplication(ctx: Ctx, move: Move): Promise<Moved> {
  const current = async () => {
    const now = await standing(ctx, move.who);
    return presentAgent(now.agent, now.stages);
  };
  return await onceMore(async () => {
    const now = await standing(ctx, move.who);
    const target = now.stages.find((stage) => stage.key === move.stage);
    if (!target) {
      const names = now.stages.map((stage) => stage.key).join(", ");
      throw invalid("status", `This pipeline has no stage "${move.stage}". It has: ${names}.`);
    }
    const shown = presentAgent(now.agent, now.stages);
    if (move.ifVersion !== undefined && move.ifVersion !== now.application.version) throw outdated(shown);
    if (move.from !== undefined && move.from !== now.held.key) {
      throw conflict(`${shown.name} is in ${now.held.name} now: somebody moved them before you.`, shown);
    }
    return await enter(ctx, now, target, move.reason ? { reason: move.reason } : {}, (moved) => moved);
  }, current);
}

/**
 * Writes one move to `target`, guarded by the version that was read.
 * @param answer makes of the move what the verb answers
 * @param since when they count as having entered it; now if left out
 */
async function enter<R>(
  ctx: Ctx,
  now: Standing,
  target: Stage,
  extra: Omit<MoveDetail, "stageId">,
  answer: (moved: Moved) => R,
  since?: number,
): Promise<R> {
  const { application, held } = now;
  const batchId = newId("chg", ctx.now());
  if (target.id === held.id) {
    return answer({ batchId, moved: false, agent: presentAgent(now.agent, now.stages) });
  }
  const agentId = now.agent.id;
  const at = ctx.now();
  const won = sql`exists (select 1 from ${applications}
    where org_id = ${ctx.orgId} and id = ${application.id} and change_id = ${batchId})`;
  const enteredAt = since ?? at;
  const waitingFor = waitsIn(target.kind) ? now.owed : null;
  const detail: MoveDetail = { stageId: target.id, stoodSince: application.enteredAt, ...extra };
  return await commit(ctx, {
    id: batchId,
    won: { table: applications, id: application.id },
    writes: [
      ctx.db.update(
        applications,
        {
          stageId: target.id,
          enteredAt,
          version: application.version + 1,
          changeId: batchId,
          updatedAt: at,
        },
        and(
          eq(applications.id, application.id),
          eq(applications.version, application.version),
          extra.undoOf ? untold(ctx, extra.undoOf) : undefined,
        ),
      ),
      ctx.db.update(
        agents,
        { status: target.key, statusSince: enteredAt, version: application.version + 1, updatedAt: at },
        and(eq(agents.id, agentId), won),
      ),
      ctx.db.update(
        stages,
        { count: sql`${stages.count} + case ${stages.id} when ${target.id} then 1 else -1 end` },
        and(sql`${stages.id} in (${target.id}, ${held.id})`, won),
      ),
      refreshWaiting(ctx.db, { agentId }, at),
      // The note that makes the waiting mails of that move never go out.
      ...(extra.undoOf
        ? [
            ctx.db.sql(sql`insert into ${undoneBatches} (batch_id, org_id, at)
              select ${extra.undoOf}, ${ctx.orgId}, ${at} where ${won}`),
          ]
        : []),
    ],
    events: [
      event({
        type: "agent.status_changed",
        entity: { type: "agent", id: agentId },
        pipelineId: application.pipelineId,
        userId: now.agent.userId,
        data: { agentId, oldStatus: held.key, newStatus: target.key, changedBy: ctx.actor.id },
        detail: detail as unknown as Record<string, unknown>,
      }),
    ],
    audit: [
      {
        action: extra.undoOf ? "AGENT_STATUS_UNDO" : "AGENT_STATUS_CHANGE",
        entity: { type: "agent", id: agentId },
        oldValue: { status: held.key },
        newValue: { status: target.key },
        ...(extra.reason ? { metadata: { reason: extra.reason } } : {}),
      },
    ],
    result: answer({
      batchId,
      moved: true,
      agent: presentAgent(
        {
          ...now.agent,
          status: target.key,
          statusSince: enteredAt,
          updatedAt: at,
          version: application.version + 1,
          waitingFor,
          waitingSince:
            waitingFor === null ? null : waitingFor === now.agent.waitingFor ? now.agent.waitingSince : at,
        },
        now.stages,
      ),
    }),
  });
}

/** True while no mail of a move is out: what a person was told can't be taken back. */
function untold(ctx: Ctx, batchId: string): SQL {
  return sql`not exists (select 1 from ${emails}
    where org_id = ${ctx.orgId} and batch_id = ${batchId} and status in ('sending', 'sent'))`;
}

/**
 * Takes a person back to the stage they stood in before the move `batchId`, if nothing happened since.
 * @throws LostRace when somebody changes them at this moment, or the mail of the move is out;
 * DomainError `conflict` when somebody did
 */
export async function moveBack<R>(
  ctx: Ctx,
  agentId: string,
  batchId: string,
  before: { stage: string; since: number | undefined },
  result: R,
): Promise<R> {
  const now = await standing(ctx, { agentId });
  const target = now.stages.find((stage) => stage.key === before.stage);
  if (!target || now.application.changeId !== batchId) {
    throw conflict(
      "They were changed again since. Move them by hand if that is still right.",
      presentAgent(now.agent, now.stages),
    );
  }
  return await enter(ctx, now, target, { undoOf: batchId }, () => result, before.since);
}

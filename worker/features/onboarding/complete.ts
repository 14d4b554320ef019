import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { evaluations } from "../evaluations/table";
import { waitsIn } from "../pipelines/waiting";
import { evaluationTypeOf } from "./check";
import { type Judged, judge } from "./judge";
import { presentChange, presentStanding } from "./present";
import { isOver, progressOf, type Standing } from "./progress";
import { readScene, type Scene } from "./scene";
import type { CompletedStep } from "./schema";
import { sealOf } from "./seal";
import { type DoneRow, onboardingDone, onboardingSteps } from "./table";
import { ONBOARDING_STAGE, PASS_SCORE } from "./words";

/** @throws DomainError `not-found`, also for a step that doesn't apply to the agent */
export async function loadStanding(
  ctx: Ctx,
  agentId: string,
  stepId: string,
): Promise<{ scene: Scene; standing: Standing }> {
  const scene = await readScene(ctx, agentId);
  const standing = scene?.standings.find(({ step }) => step.id === stepId);
  if (!scene || !standing) throw notFound("onboarding step");
  return { scene, standing };
}

/**
 * Completes a step for an agent, once: one that is complete stays as it is.
 * @throws DomainError `not-found`; `outdated` where the step was changed since it was shown; `conflict` where it
 * waits for others, or nothing is open for the agent; `invalid` with the path of what is wrong
 */
export async function completeStep(
  ctx: Ctx,
  agentId: string,
  stepId: string,
  data: Record<string, unknown>,
  ifVersion?: number,
): Promise<CompletedStep> {
  return await onceMore(
    async () => {
      const { scene, standing } = await loadStanding(ctx, agentId, stepId);
      const { step } = standing;
      const isNoted = step.kind !== "document" || standing.done?.status === "completed";
      if (standing.status === "waived" || (standing.status === "completed" && isNoted))
        return presentChange(scene, stepId, step.kind === "quiz" ? true : null);
      const current = presentStanding(standing, scene.types);
      if (ifVersion !== undefined && ifVersion !== step.version) throw outdated(current);
      checkStage(scene, current);
      checkOrder(standing, current);
      const judged = judge(step, data, scene.papers, scene.now, current);
      if (judged.outcome === "waiting") return presentChange(scene, stepId, null);
      return await writeDone(ctx, scene, standing, judged);
    },
    async () => {
      const { scene, standing } = await loadStanding(ctx, agentId, stepId);
      return presentStanding(standing, scene.types);
    },
  );
}

/** @throws DomainError `conflict` for somebody who is out */
export function checkStage({ stage, person }: Scene, current: unknown): void {
  if (stage && waitsIn(stage.kind)) return;
  throw conflict(
    `Nothing is open in ${stage?.name ?? person.status}, so no step can be completed. Write to the team if that surprises you.`,
    current,
  );
}

/** @throws DomainError `conflict` with the titles of what comes first */
export function checkOrder({ waitsFor, status }: Standing, current: unknown): void {
  if (status !== "locked") return;
  throw conflict(`Complete these steps first: ${waitsFor.join(", ")}.`, current);
}

/**
 * Writes what became of a step: the agent's row, the sealed copy, a quiz's result, events and audit.
 * @throws LostRace where the row, the step or the agent's stage changed meanwhile
 */
export async function writeDone(
  ctx: Ctx,
  scene: Scene,
  standing: Standing,
  judged: Judged,
): Promise<CompletedStep> {
  const { person, now: at } = scene;
  const { step, done: before } = standing;
  const changeId = newId("chg", at);
  const completed = judged.outcome === "completed";
  const copy = judged.signature
    ? {
        title: step.title,
        text: step.text ?? "",
        signature: judged.signature,
        name: `${person.firstName} ${person.lastName}`.trim(),
        at,
        stepVersion: step.version,
      }
    : (before?.copy ?? null);
  const place = { agentId: person.id, stepId: step.id };
  const row: DoneRow = {
    id: before?.id ?? newId("done", at),
    orgId: ctx.orgId,
    ...place,
    status: completed ? "completed" : "tried",
    data: judged.data,
    score: judged.score ?? before?.score ?? null,
    attempts: (before?.attempts ?? 0) + 1,
    documentId: judged.documentId ?? null,
    copy,
    seal: judged.signature && copy ? await sealOf(ctx, place, copy) : (before?.seal ?? null),
    reason: completed ? null : (before?.reason ?? null),
    completedAt: completed ? at : null,
    changeId,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  const won = sql`exists (select 1 from ${onboardingDone}
    where org_id = ${ctx.orgId} and id = ${row.id} and change_id = ${changeId})`;
  const result = judged.score === undefined ? null : resultOf(ctx, scene, standing, judged.score, won);
  return await commit(ctx, {
    id: changeId,
    won: { table: onboardingDone, id: row.id },
    writes: [...upsert(ctx, row, before, stillSo(ctx, scene, standing)), ...(result ? [result.write] : [])],
    events: [
      ...(result ? [result.event] : []),
      ...(completed
        ? [
            event({
              type: "onboarding.step_completed",
              entity: { type: "agent", id: person.id },
              pipelineId: person.pipelineId,
              userId: person.userId,
              data: { agentId: person.id, stepId: step.id },
              detail: { title: step.title },
            }),
          ]
        : []),
    ],
    audit: completed
      ? [
          {
            action: "ONBOARDING_STEP_COMPLETE",
            entity: { type: "agent", id: person.id },
            newValue: { step: step.key, title: step.title },
          },
        ]
      : [],
    result: presentChange(afterwards(scene, row), step.id, step.kind === "quiz" ? completed : null),
  });
}

/** The first one writes the row; later ones change it as they read it. */
export function upsert(ctx: Ctx, row: DoneRow, before: DoneRow | null, guard: SQL): Statement[] {
  const { orgId: _, ...values } = row;
  if (before) {
    const same = sql`${onboardingDone.changeId} is ${before.changeId} and ${onboardingDone.status} = ${before.status}`;
    return [ctx.db.update(onboardingDone, values, and(eq(onboardingDone.id, row.id), same, guard))];
  }
  return [
    ctx.db.insert(onboardingDone, values).onConflictDoNothing(),
    ctx.db.delete(onboardingDone, and(eq(onboardingDone.id, row.id), sql`not (${guard})`)),
  ];
}

/** True while the step and the stage are as they were read, and what comes before the step is over. */
function stillSo(ctx: Ctx, { person, standings }: Scene, { step }: Standing): SQL {
  const before = standings.filter(
    ({ step: one, status }) => step.dependsOn.includes(one.id) && one.kind !== "document" && isOver(status),
  );
  const ids = JSON.stringify(before.map((one) => one.step.id));
  return sql`exists (select 1 from ${onboardingSteps} where org_id = ${ctx.orgId} and id = ${step.id}
      and version = ${step.version} and removed_at is null)
    and exists (select 1 from ${agents} where org_id = ${ctx.orgId} and id = ${person.id}
      and status = ${person.status})
    and (select count(*) from ${onboardingDone} where org_id = ${ctx.orgId} and agent_id = ${person.id}
      and step_id in (select value from json_each(${ids})) and status in ('completed', 'waived')) = ${before.length}`;
}

/** The onboarding as it is once the row is written. */
export function afterwards(scene: Scene, row: DoneRow): Scene {
  const { standings, papers, person, now } = scene;
  const done = [...scene.done.filter(({ stepId }) => stepId !== row.stepId), row];
  const steps = standings.map(({ step }) => step);
  const since = person.status === ONBOARDING_STAGE ? person.statusSince : null;
  return { ...scene, done, ...progressOf({ steps, done, papers, since, now }) };
}

/** The evaluation of one go at a quiz, on the scale of its type. */
function resultOf(
  ctx: Ctx,
  { person, scales, now: at }: Scene,
  { step }: Standing,
  score: number,
  won: SQL,
): { write: Statement; event: NewEvent } {
  const type = evaluationTypeOf(step);
  const scale = scales.find(({ key }) => key === type);
  const [low, high] = scale ? [scale.minScore, scale.maxScore] : [0, 100];
  const scaled = Math.round((low + (score / 100) * (high - low)) * 100) / 100;
  const pass = scale?.passScore ?? null;
  const passed = pass === null ? score >= (step.passScore ?? PASS_SCORE) : scaled >= pass;
  return {
    write: ctx.db.sql(sql`insert into ${evaluations}
        (id, org_id, agent_id, owner_id, type, score, max_score, passed, marks, source, completed_at, created_at)
      select ${newId("eval", at)}, ${ctx.orgId}, ${person.id}, ${person.id}, ${type}, ${scaled}, ${high},
        ${passed ? 1 : 0}, '[]', 'quiz', ${at}, ${at} where ${won}`),
    event: event({
      type: "evaluation.completed",
      entity: { type: "agent", id: person.id },
      pipelineId: person.pipelineId,
      userId: person.userId,
      data: { agentId: person.id, evaluationType: type, score: scaled },
      detail: { typeName: scale?.name ?? step.title, maxScore: high },
    }),
  };
}

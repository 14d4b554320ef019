import { sql } from "drizzle-orm";
import type { z } from "zod";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { afterwards, loadStanding, upsert } from "./complete";
import { presentChange, presentStanding } from "./present";
import { isOver, type Standing } from "./progress";
import type { Scene } from "./scene";
import type { CompletedStep, Waive } from "./schema";
import { type DoneRow, onboardingDone } from "./table";

/**
 * Spares an agent a step, or has it done again.
 * @throws DomainError `not-found`, `conflict` where there is nothing to spare, or only a review can reopen it
 */
export async function waiveStep(
  ctx: Ctx,
  stepId: string,
  { agentId, waived, reason }: z.infer<typeof Waive>,
): Promise<CompletedStep> {
  return await onceMore(
    async () => {
      const { scene, standing } = await loadStanding(ctx, agentId, stepId);
      const current = presentStanding(standing, scene.types);
      if (waived ? standing.status === "waived" : !isOver(standing.status))
        return presentChange(scene, stepId, null);
      if (waived && standing.status === "completed")
        throw conflict("This step is complete already, so there is nothing to spare.", current);
      if (!waived && standing.status === "completed" && standing.step.kind === "document") {
        throw conflict(
          "This step is complete by an approved document. Reject the document, with a reason, to have it sent again.",
          current,
        );
      }
      return await writeStatus(ctx, scene, standing, waived ? "waived" : "tried", reason);
    },
    async () => {
      const { scene, standing } = await loadStanding(ctx, agentId, stepId);
      return presentStanding(standing, scene.types);
    },
  );
}

/** Writes a waiver, or that a step is open again. @throws LostRace where its row changed meanwhile */
export async function writeStatus(
  ctx: Ctx,
  scene: Scene,
  { step, done: before }: Standing,
  status: "waived" | "tried",
  reason: string | null,
): Promise<CompletedStep> {
  const { person, now: at } = scene;
  const changeId = newId("chg", at);
  const row: DoneRow = {
    id: before?.id ?? newId("done", at),
    orgId: ctx.orgId,
    agentId: person.id,
    stepId: step.id,
    status,
    data: before?.data ?? {},
    score: before?.score ?? null,
    attempts: before?.attempts ?? 0,
    documentId: null,
    copy: before?.copy ?? null,
    seal: before?.seal ?? null,
    reason,
    completedAt: status === "waived" ? at : null,
    changeId,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  return await commit(ctx, {
    id: changeId,
    won: { table: onboardingDone, id: row.id },
    writes: upsert(ctx, row, before, sql`1`),
    events: [
      event({
        type: "onboarding.changed",
        entity: { type: "agent", id: person.id },
        pipelineId: person.pipelineId,
        userId: person.userId,
        data: { stepId: step.id, agentId: person.id },
        detail: { title: step.title, status, ...(reason ? { reason } : {}) },
      }),
    ],
    audit: [
      {
        action: status === "waived" ? "ONBOARDING_STEP_WAIVE" : "ONBOARDING_STEP_REOPEN",
        entity: { type: "agent", id: person.id },
        oldValue: { status: before?.status ?? "open" },
        newValue: { step: step.key, title: step.title, status },
        ...(reason ? { metadata: { reason } } : {}),
      },
    ],
    result: presentChange(afterwards(scene, row), step.id, null),
  });
}

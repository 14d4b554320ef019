import { asc, gt, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { commit, event as newEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { DomainError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { poolStages } from "../agents/agents";
import { agents } from "../agents/table";
import { moveAgent, nextStage } from "../applications/move";
import { writeDone } from "./complete";
import { planForAgent } from "./plan";
import { standingPaper } from "./progress";
import { readScene, type Scene, scenesOf, selectOnboarding } from "./scene";
import { ALL_STEPS, onboardingDone } from "./table";
import { writeStatus } from "./waive";
import { ONBOARDING_STAGE } from "./words";

/** Completes the steps that ask for a document when one is approved, and opens them again when none counts any more. */
export const documentSteps: Subscriber = {
  name: "onboarding-documents",
  types: ["document.approved", "document.rejected", "document.expired", "document.deleted"],
  handle: followDocument,
};

async function followDocument(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { agentId, type } = { ...event.detail, ...event.data } as { agentId?: string; type?: string };
  if (agentId === undefined || type === undefined) return null;
  // Read anew for each step: what one of them writes belongs to what the next one reads.
  for (;;) {
    const scene = await readScene(ctx, agentId);
    const paper = scene && standingPaper(type, scene.papers, scene.now);
    const standing = scene?.standings.find(
      ({ step, done }) =>
        step.kind === "document" &&
        step.documentType === type &&
        done?.status !== "waived" &&
        (done?.status === "completed") !== (paper !== undefined),
    );
    if (!scene || !standing) return null;
    if (paper)
      await writeDone(ctx, scene, standing, { outcome: "completed", data: {}, documentId: paper.id });
    else await writeStatus(ctx, scene, standing, "tried", null);
  }
}

/**
 * Moves agents on who have completed the last of their onboarding, and says once that it is complete. Whether it is
 * is asked of the rows each time, so that an event handled twice does nothing.
 */
export const lastStep: Subscriber = {
  name: "onboarding-last-step",
  types: ["onboarding.step_completed", "onboarding.changed", "agent.status_changed", "agent.updated"],
  handle: followStep,
};

async function followStep(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { agentId, newStatus, oldStatus } = event.data as Record<string, string | undefined>;
  if (agentId === undefined) {
    const { fields = [] } = event.detail as { fields?: string[] };
    // Only then can fewer steps be left than before.
    if (["removed", "appliesTo", "kind", "documentType"].some((field) => fields.includes(field)))
      await moveAll(ctx);
    return null;
  }
  if (event.type === "agent.status_changed") {
    if (newStatus !== ONBOARDING_STAGE) return null;
    const writes = planForAgent(ctx, agentId);
    // Whoever is put back, or whose move is taken back, is meant to stand there.
    const ahead = !("undoOf" in event.detail) && (await isAhead(ctx, oldStatus));
    const scene = ahead ? await readScene(ctx, agentId) : undefined;
    if (scene) await moveOn(ctx, scene, "The onboarding was complete already");
    return { writes };
  }
  const scene = await readScene(ctx, agentId);
  const { title } = event.detail as { title?: string };
  if (scene) await moveOn(ctx, scene, title ? `The last step of the onboarding: ${title}` : undefined);
  return null;
}

/** Whether the stage of the onboarding comes after the one that somebody left. */
async function isAhead(ctx: Ctx, left: string | undefined): Promise<boolean> {
  const [stages] = await ctx.db.read(poolStages(ctx));
  const at = (key: string | undefined) => stages.find((stage) => stage.key === key)?.position ?? -1;
  const from = stages.find(({ key }) => key === left);
  return from?.kind === "open" && at(ONBOARDING_STAGE) > at(left);
}

/** People whose onboarding is looked at in one round trip. */
const STEP = 100;

/** Looks at everybody who stands in the onboarding, since a step of it is no longer what it was. */
async function moveAll(ctx: Ctx): Promise<void> {
  for (let last = ""; ; ) {
    const among = sql`(select id from ${agents} where org_id = ${ctx.orgId} and status = ${ONBOARDING_STAGE}
      and ${gt(agents.id, last)} order by ${asc(agents.id)} limit ${STEP})`;
    const scenes = scenesOf(await ctx.db.read(...selectOnboarding(ctx, among)), ctx.now());
    for (const scene of scenes) await moveOn(ctx, scene);
    if (scenes.length < STEP) return;
    last =
      scenes
        .map(({ person }) => person.id)
        .sort()
        .at(-1) ?? last;
  }
}

/** Where all steps are complete: says so, once, and moves the agent to the next stage, whose rules run. */
async function moveOn(ctx: Ctx, scene: Scene, reason = "The onboarding is complete"): Promise<void> {
  const { person, standings, complete, done } = scene;
  if (!complete || standings.length === 0) return;
  if (!done.some(({ stepId }) => stepId === ALL_STEPS)) await tell(ctx, scene);
  if (person.status !== ONBOARDING_STAGE) return;
  try {
    await moveAgent(ctx, { agentId: person.id, stage: nextStage, from: ONBOARDING_STAGE, reason });
  } catch (error) {
    // Somebody has moved them at the same moment, or there is nowhere to go.
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
  }
}

async function tell(ctx: Ctx, { person, now: at }: Scene): Promise<void> {
  const id = newId("done", at);
  const changeId = newId("chg", at);
  try {
    await commit(ctx, {
      id: changeId,
      won: { table: onboardingDone, id },
      writes: [
        ctx.db.insert(onboardingDone, {
          id,
          agentId: person.id,
          stepId: ALL_STEPS,
          status: "completed",
          data: {},
          completedAt: at,
          changeId,
          createdAt: at,
          updatedAt: at,
        }),
      ],
      events: [
        newEvent({
          type: "onboarding.completed",
          entity: { type: "agent", id: person.id },
          pipelineId: person.pipelineId,
          userId: person.userId,
          data: { agentId: person.id },
        }),
      ],
      audit: [],
      result: null,
    });
  } catch (error) {
    // It was told at the same moment.
    if (!uniqueViolation(error)?.startsWith("onboarding_done.")) throw error;
  }
}

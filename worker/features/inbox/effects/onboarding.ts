import { sql } from "drizzle-orm";
import type { z } from "zod";
import { onceMore } from "../../../events/commit";
import { agents } from "../../agents/table";
import { writeDone } from "../../onboarding/complete";
import { isOver } from "../../onboarding/progress";
import { scenesOf, selectOnboarding } from "../../onboarding/scene";
import { waitsIn } from "../../pipelines/waiting";
import { Unclear } from "../outcomes";
import type { OnboardingData } from "../portal-data";
import type { Ride } from "../ride";

/** Completes an external step of an agent, which its own system confirms. */
export async function confirmStep(ride: Ride, data: z.infer<typeof OnboardingData>): Promise<void> {
  await onceMore(
    () => confirm(ride, data),
    async () => undefined,
  );
}

async function confirm(ride: Ride, { agent, step: named }: z.infer<typeof OnboardingData>): Promise<void> {
  const { ctx } = ride;
  const among = sql`(select id from ${agents} where org_id = ${ctx.orgId} and email = ${agent.email})`;
  const read = await ctx.db.read(...selectOnboarding(ctx, among));
  const [scene] = scenesOf(read, ctx.now());
  if (!scene) throw new Unclear(`No agent here has the e-mail address ${agent.email}.`);
  const step = read[0].find(({ id, key }) => id === named || key === named);
  if (!step) {
    const external = read[0].filter(({ kind }) => kind === "external").map(({ key }) => key);
    const known =
      external.length > 0 ? `External ones are: ${external.join(", ")}.` : "There is no external one.";
    throw new Unclear(`The onboarding has no step "${named}". ${known}`);
  }
  if (step.kind !== "external")
    throw new Unclear(`"${step.title}" is no external step: the agent completes it in the portal.`);
  const { person, stage, standings } = scene;
  ride.result = { agentId: person.id, stepId: step.id };
  ride.subjects = [`onboarding:${person.id}:${step.id}`];
  const standing = standings.find((one) => one.step.id === step.id);
  if (!standing) throw new Unclear(`"${step.title}" doesn't apply to this agent.`);
  if (isOver(standing.status)) {
    ride.note = "The step was complete already.";
    return;
  }
  if (!stage || !waitsIn(stage.kind))
    throw new Unclear(`This agent is in ${stage?.name ?? person.status}, where no step is open.`);
  if (standing.status === "locked") {
    throw new Unclear(
      `"${step.title}" waits for other steps: ${standing.waitsFor.join(", ")}. Run this again once they are complete.`,
    );
  }
  await writeDone(ctx, scene, standing, { outcome: "completed", data: {} });
}

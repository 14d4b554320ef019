import { eq } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { StoredEvent, Subscriber } from "../../events/subscriber";
import { pipelines } from "../pipelines/table";
import { markEveryoneStale, refreshAgents, refreshStale } from "./keep";
import { recomputeCampaign } from "./recompute";

/** Keeps what is known of agents, and who qualifies for what, in step with everything that changes it. */
export const eligibilityKeeper: Subscriber = {
  name: "eligibility",
  types: [
    "agent.created",
    "agent.status_changed",
    "agent.updated",
    "document.uploaded",
    "document.approved",
    "document.rejected",
    "document.deleted",
    "document.expired",
    "evaluation.completed",
    "onboarding.step_completed",
    "onboarding.changed",
    "pipeline.changed",
    "campaign.updated",
  ],
  handle: keepUp,
};

/** Steps of refreshing that are done at once; the sweep does the rest. */
const AT_ONCE = 8;

/** Commits by itself and leaves no effect: done twice, it finds nothing to change. */
async function keepUp(ctx: Ctx, event: StoredEvent): Promise<null> {
  const data = event.data as { agentId?: string; campaignId?: string; pipelineId?: string };
  if (event.type === "campaign.updated") {
    const { recompute } = event.detail as { recompute?: boolean };
    if (recompute && data.campaignId) await recomputeCampaign(ctx, data.campaignId);
  } else if (event.type === "pipeline.changed") {
    const [found] = await ctx.db.read(
      ctx.db.select({ kind: pipelines.kind }, pipelines, { where: eq(pipelines.id, data.pipelineId ?? "") }),
    );
    if (found[0]?.kind !== "agent_pool") return null;
    await ctx.db.write([markEveryoneStale(ctx)]);
    await refreshStale(ctx, AT_ONCE);
  } else if (data.agentId) await refreshAgents(ctx, [data.agentId]);
  else if (event.type === "onboarding.changed") await refreshStale(ctx, AT_ONCE);
  return null;
}

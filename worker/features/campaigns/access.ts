import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { commit, event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import type { AccessChange } from "./schema";
import { campaignAccess, campaigns } from "./table";

/** Unlocks a campaign for an agent, or locks it again; where it is so already nothing changes. @throws DomainError `not-found` */
export async function changeAccess(
  ctx: Ctx,
  campaignId: string,
  { agentId, unlocked }: z.infer<typeof AccessChange>,
): Promise<void> {
  const its = and(eq(campaignAccess.campaignId, campaignId), eq(campaignAccess.agentId, agentId));
  const [found, people, before] = await ctx.db.read(
    ctx.db.select({ pipelineId: campaigns.pipelineId }, campaigns, {
      where: eq(campaigns.id, campaignId),
      byKey: true,
    }),
    ctx.db.select({ userId: agents.userId }, agents, { where: eq(agents.id, agentId), byKey: true }),
    ctx.db.select({ at: campaignAccess.at }, campaignAccess, { where: its, byKey: true }),
  );
  const [campaign, agent] = [found[0], people[0]];
  if (!campaign) throw notFound("campaign");
  if (!agent) throw notFound("agent");
  if (before.length > 0 === unlocked) return;
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      unlocked
        ? ctx.db.sql(sql`insert or ignore into ${campaignAccess} (org_id, campaign_id, agent_id, at)
            values (${ctx.orgId}, ${campaignId}, ${agentId}, ${ctx.now()})`)
        : ctx.db.delete(campaignAccess, its),
    ],
    events: [
      event({
        type: "campaign.unlocked",
        entity: { type: "campaign", id: campaignId },
        pipelineId: campaign.pipelineId,
        userId: agent.userId,
        data: { agentId, campaignId, unlocked },
      }),
    ],
    audit: [
      {
        action: "CAMPAIGN_ACCESS",
        entity: { type: "campaign", id: campaignId },
        newValue: { agentId, unlocked },
      },
    ],
    result: null,
  });
}

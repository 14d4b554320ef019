import { eq } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { type Moved, moveApplication, ownWithdrawal } from "../applications/move";
import { applications } from "../pipelines/table";
import { selectPlaces } from "./place";
import type { Assigned } from "./schema";
import { campaigns } from "./table";

/**
 * The agent who calls takes back an application to a campaign. A seat is the team's to give back: others may have
 * been turned down for it.
 * @throws DomainError `not-found`; `conflict` for somebody who is assigned, or whose place has ended
 */
export async function withdrawFromCampaign(
  ctx: Ctx,
  campaignId: string,
  input: { reason?: string | undefined },
): Promise<Moved> {
  const agentId = userOf(ctx).agentId ?? "";
  const [places, named] = await ctx.db.read(
    selectPlaces(ctx, eq(applications.agentId, agentId)),
    ctx.db.select({ name: campaigns.name }, campaigns, { where: eq(campaigns.id, campaignId) }),
  );
  const place = places.find((one) => one.campaignId === campaignId);
  if (!place) throw notFound("campaign");
  if (place.stageKey === "assigned") {
    const name = named[0]?.name ?? "this campaign";
    throw conflict(
      `You are assigned to ${name}. Write to the team, so that they can give your seat to somebody else.`,
    );
  }
  return await moveApplication(ctx, {
    who: { applicationId: place.id },
    stage: ownWithdrawal,
    reason: input.reason,
  });
}

/** The place that was taken back, made from the move alone, since that is what a keyed request's answer keeps. */
export const presentWithdrawn = (campaignId: string, { application, batchId }: Moved): Assigned => ({
  applicationId: application.id,
  agentId: application.agentId ?? "",
  campaignId,
  status: application.stage as Assigned["status"],
  // Whoever is not assigned has no day yet.
  startDate: null,
  since: application.enteredAt,
  appliedAt: application.appliedAt,
  version: application.version,
  batchId,
});

import type { z } from "zod";
import { LostRace, type NewAudit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { enterStages, moved } from "../applications/enter";
import { standings } from "../applications/standing";
import { checkEligible, checkTakesPeople, decided } from "./apply";
import { enterCampaign, readBefore, stageCalled, stillTrue } from "./enter";
import { presentPlace } from "./place";
import type { Assign, Assigned, Unassign } from "./schema";

/**
 * Gives an agent a seat of a campaign from a day on, or a place on its waiting list where all are taken. They need
 * not have applied.
 * @throws DomainError `not-found`; `invalid` with what is missing unless it is overridden, or for a day outside of
 * the campaign; `conflict` for a campaign that takes nobody, and for somebody who has a seat already
 */
export async function assignToCampaign(
  ctx: Ctx,
  campaignId: string,
  { agentId, startDate, override }: z.infer<typeof Assign>,
): Promise<Assigned> {
  return await decided(async () => {
    const before = await readBefore(ctx, campaignId, agentId);
    const { campaign, place, person } = before;
    if (!person) throw notFound("agent");
    if (campaign.status === "draft") {
      throw conflict(`${campaign.name} is a draft. Open it before you assign somebody.`);
    }
    checkTakesPeople(ctx, before);
    if (startDate < campaign.startDate || (campaign.endDate !== null && startDate > campaign.endDate)) {
      const end = campaign.endDate === null ? "" : ` to ${campaign.endDate}`;
      throw invalid(
        "startDate",
        `${campaign.name} runs from ${campaign.startDate}${end}. Choose a day in it.`,
      );
    }
    if (place?.stageKey === "assigned") {
      throw conflict(`${person.name} is assigned already, from ${place.startDate} on.`, presentPlace(place));
    }
    if (!override) checkEligible(ctx, before, `${person.name} can't be assigned yet.`);
    const stage = campaign.filled >= campaign.seats ? "waitlisted" : "assigned";
    const batchId = newId("chg", ctx.now());
    if (place?.stageKey === stage) return { ...presentPlace(place), batchId };
    const audit: NewAudit[] = [
      {
        action: "CAMPAIGN_ASSIGN",
        entity: { type: "campaign", id: campaign.id },
        newValue: { agentId, status: stage, startDate },
        ...(override ? { metadata: { override } } : {}),
      },
    ];
    if (!place) {
      const wanted = {
        agentId,
        stage,
        startDate: stage === "assigned" ? startDate : null,
        applied: false,
      } as const;
      return await enterCampaign(ctx, before, { ...wanted, batchId, audit }, (made) => ({
        ...made,
        batchId,
      }));
    }
    const now = (await standings(ctx, [place.id])).get(place.id);
    if (!now || now.row.version !== place.version) throw new LostRace();
    const entering = { now, target: stageCalled(before, stage), startDate };
    return await enterStages(ctx, [entering], {
      batchId,
      only: stillTrue(ctx, agentId, before),
      audit,
      result: { ...presentPlace(moved(ctx, entering, batchId)), batchId },
    });
  });
}

/**
 * Takes a seat back, with the reason. Nobody moves up by that: the team is told that a seat is free.
 * @throws DomainError `not-found`; `conflict` for somebody who has none
 */
export async function unassignFromCampaign(
  ctx: Ctx,
  campaignId: string,
  { agentId, reason }: z.infer<typeof Unassign>,
): Promise<Assigned> {
  return await decided(async () => {
    const before = await readBefore(ctx, campaignId, agentId);
    const { campaign, place, person } = before;
    if (!person || !place) throw notFound("agent in this campaign");
    if (place.stageKey !== "assigned") {
      const { name } = stageCalled(before, presentPlace(place).status);
      throw conflict(
        `${person.name} has no seat in ${campaign.name}: they stand in ${name}.`,
        presentPlace(place),
      );
    }
    const now = (await standings(ctx, [place.id])).get(place.id);
    if (!now || now.row.version !== place.version) throw new LostRace();
    const batchId = newId("chg", ctx.now());
    const entering = { now, target: stageCalled(before, "withdrawn"), reason };
    return await enterStages(ctx, [entering], {
      batchId,
      result: { ...presentPlace(moved(ctx, entering, batchId)), batchId },
    });
  });
}

import { sql } from "drizzle-orm";
import { LostRace, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { conflict, DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { enterStages, moved } from "../applications/enter";
import { standings } from "../applications/standing";
import { judge } from "../eligibility/judge";
import type { Missing, Requirement } from "../eligibility/schema";
import { today } from "./campaigns";
import { type Before, enterCampaign, readBefore, stageCalled, stillTrue } from "./enter";
import { presentPlace } from "./place";
import type { CampaignPlace } from "./schema";
import { acceptedTerms } from "./table";

/** Seats are raced for more than most things are. */
const TRIES = 5;

/** Repeats a decision on the new state while others are faster, then gives up with a 409. */
export function decided<R>(attempt: () => Promise<R>): Promise<R> {
  return onceMore(attempt, undefined, TRIES);
}

/** @throws DomainError `invalid` with what is missing */
export function checkEligible(ctx: Ctx, { campaign, person, known }: Before, whose: string): void {
  const requirements: Requirement = campaign.requirements;
  const { eligible, missing } = person
    ? judge(requirements, person.facts, known, ctx.now())
    : { eligible: false, missing: [] as Missing[] };
  if (eligible) return;
  const things = missing.length === 1 ? "1 thing is" : `${missing.length} things are`;
  throw new DomainError("invalid", `${things} still missing for ${campaign.name}: ${whose}`, {
    errors: missing.map(({ kind, text }) => ({ path: kind, message: text })),
    more: { missing },
  });
}

/** @throws DomainError `conflict` for a campaign that takes nobody any more */
export function checkTakesPeople(ctx: Ctx, { campaign }: Before): void {
  if (campaign.status === "closed") throw conflict(`${campaign.name} is closed: it takes nobody any more.`);
  if (campaign.endDate !== null && campaign.endDate < today(ctx)) {
    throw conflict(`${campaign.name} ended on ${campaign.endDate}.`);
  }
}

/**
 * The agent who calls applies to a campaign: onto its waiting list where every seat is taken.
 * @throws DomainError `not-found` for one that they can't see; `invalid` with what is missing, or for terms that
 * nobody accepted; `conflict` for one that is closed or has ended, for a second time and after a rejection
 */
export async function applyToCampaign(
  ctx: Ctx,
  campaignId: string,
  input: { acceptTerms?: boolean | undefined },
): Promise<CampaignPlace> {
  const agentId = userOf(ctx).agentId ?? "";
  return await decided(async () => {
    const before = await readBefore(ctx, campaignId, agentId);
    const { campaign, place, unlocked, person } = before;
    const hidden = campaign.status === "draft" || (campaign.access === "unlocked" && !unlocked);
    if (!person || (hidden && !place)) throw notFound("campaign");
    if (place && place.stageKey !== "withdrawn") {
      throw conflict(TWICE[place.stageKey] ?? "You are in this campaign already.", presentPlace(place));
    }
    if (hidden) throw notFound("campaign");
    checkTakesPeople(ctx, before);
    checkEligible(ctx, before, "each says where to go next.");
    if (campaign.pay?.terms && !input.acceptTerms) {
      throw invalid("acceptTerms", "Read the terms of pay, and accept them to apply.");
    }
    const stage = campaign.filled >= campaign.seats ? "waitlisted" : "applied";
    const batchId = newId("chg", ctx.now());
    const accept = (applicationId: string, won = sql`1`) =>
      campaign.pay
        ? [
            ctx.db.sql(sql`insert or replace into ${acceptedTerms}
                (application_id, org_id, agent_id, campaign_id, pay, at)
              select ${applicationId}, ${ctx.orgId}, ${agentId}, ${campaign.id}, ${JSON.stringify(campaign.pay)},
                ${ctx.now()} where ${won}`),
          ]
        : [];
    const audit = [
      {
        action: "CAMPAIGN_APPLY" as const,
        entity: { type: "campaign", id: campaign.id },
        newValue: { agentId, status: stage },
      },
    ];
    if (!place) {
      return await enterCampaign(
        ctx,
        before,
        { agentId, stage, startDate: null, applied: true, batchId, more: accept, audit },
        (made) => made,
      );
    }
    const now = (await standings(ctx, [place.id])).get(place.id);
    if (!now || now.row.version !== place.version) throw new LostRace();
    const entering = { now, target: stageCalled(before, stage), arrives: true };
    return await enterStages(ctx, [entering], {
      batchId,
      only: stillTrue(ctx, agentId, before),
      more: accept(
        place.id,
        sql`exists (select 1 from applications where org_id = ${ctx.orgId}
        and id = ${place.id} and change_id = ${batchId})`,
      ),
      audit,
      result: presentPlace(moved(ctx, entering, batchId)),
    });
  });
}

const TWICE: Record<string, string> = {
  applied: "You applied to this campaign already. The team looks at it.",
  waitlisted: "You are on the waiting list of this campaign already.",
  assigned: "You are assigned to this campaign already.",
  completed: "You completed this campaign.",
  rejected: "The team turned down your application to this campaign. Write to them if that should change.",
};

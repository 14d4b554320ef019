import type { HistoryEntry, MovedApplication } from "../../worker/features/applications/schema";
import type { Assigned, Campaign, CampaignAgent } from "../../worker/features/campaigns/schema";
import type { CampaignStage } from "../../worker/features/campaigns/words";
import type { UndoResult } from "../../worker/features/pipelines/schema";
import { UNDO_SECONDS } from "../../worker/features/pipelines/words";
import type { Page } from "../../worker/http/shapes";
import { announce } from "../applications/last-action";
import { get, post } from "../lib/client";
import { calendarDay } from "../lib/time";
import { toast } from "../ui";
import { freeSeats, STAGE_WORDS } from "./words";

/** Somebody who stands in a campaign, or who could. */
export interface Somebody {
  agentId: string;
  name: string;
}

type Refresh = () => void;

/** Says what was done, with the way back for as long as the server takes it back. */
function done(text: string, batchId: string | undefined, refresh: Refresh): void {
  refresh();
  if (!batchId) return void toast({ text, tone: "good" });
  announce(text, Date.now() + UNDO_SECONDS * 1000, async () => {
    const result = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
    const refused = result.results.find(({ ok }) => !ok);
    if (refused) toast({ text: refused.error ?? "That can’t be taken back any more.", tone: "warn" });
    refresh();
  });
}

/** Gives somebody a seat, or where none is free a place on the waiting list. What it throws is a refusal. */
export async function assign(
  campaign: Campaign,
  who: Somebody,
  startDate: string,
  override: boolean,
  refresh: Refresh,
): Promise<void> {
  const expected = freeSeats(campaign) > 0;
  const { agentId, name } = who;
  const made = await post<Assigned>(`/api/campaigns/${campaign.id}/assign`, {
    agentId,
    startDate,
    ...(override ? { override } : {}),
  });
  if (made.status === "assigned") {
    return done(`${name} is assigned from ${calendarDay(startDate)}.`, made.batchId, refresh);
  }
  const waits = `${name} is on the waiting list.`;
  if (!expected) return done(`All seats are taken: ${waits}`, made.batchId, refresh);
  refresh();
  const taker = await lastTaker(campaign.id).catch(() => null);
  toast({
    text: taker ? `${taker} ${waits}` : `The last seat was taken a moment ago. ${waits}`,
    tone: "warn",
    seconds: 10,
  });
}

/** Who took the last seat, in words: whoever lost the race for it wants to know. */
async function lastTaker(campaignId: string): Promise<string | null> {
  const { data, nextCursor } = await get<Page<CampaignAgent>>(`/api/campaigns/${campaignId}/agents`, {
    status: "assigned",
    limit: 200,
  });
  const newest = [...data].sort((one, other) => other.since.localeCompare(one.since))[0];
  // Of very many the newest stands on a later page.
  if (!newest || nextCursor !== null) return null;
  const history = await get<Page<HistoryEntry>>(`/api/applications/${newest.applicationId}/history`).catch(
    () => null,
  );
  const by = history?.data.at(-1)?.actor.name;
  return `The last seat went to ${newest.name} a moment ago${by ? `, assigned by ${by}` : ""}.`;
}

/** Moves somebody to another stage of the campaign. */
export async function moveTo(
  person: CampaignAgent,
  stage: CampaignStage,
  reason: string | undefined,
  refresh: Refresh,
): Promise<void> {
  const moved = await post<MovedApplication>(`/api/applications/${person.applicationId}/move-stage`, {
    stage,
    from: person.status,
    ...(reason ? { reason } : {}),
  });
  done(`${person.name} is in ${STAGE_WORDS[stage]} now.`, moved.batchId, refresh);
}

/** Takes the seat back from somebody. */
export async function unassign(
  campaignId: string,
  { agentId, name }: Somebody,
  reason: string,
  refresh: Refresh,
): Promise<void> {
  const left = await post<Partial<Assigned>>(`/api/campaigns/${campaignId}/unassign`, { agentId, reason });
  done(`${name} is not assigned any more. A seat is free.`, left?.batchId, refresh);
}

import type { SQL } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { applications } from "../pipelines/table";
import type { CampaignPlace } from "./schema";
import type { CampaignStage } from "./words";

const PLACE = {
  id: applications.id,
  agentId: applications.agentId,
  campaignId: applications.campaignId,
  stageKey: applications.stageKey,
  startDate: applications.startDate,
  enteredAt: applications.enteredAt,
  createdAt: applications.createdAt,
  version: applications.version,
};

/** Places of agents in campaigns. */
export function selectPlaces(ctx: Ctx, where: SQL) {
  return ctx.db.select(PLACE, applications, { where });
}
export type PlaceRow = RowOf<typeof selectPlaces>;

export function presentPlace(row: PlaceRow): CampaignPlace {
  return {
    applicationId: row.id,
    agentId: row.agentId ?? "",
    campaignId: row.campaignId ?? "",
    status: row.stageKey as CampaignStage,
    startDate: row.startDate,
    since: iso(row.enteredAt),
    appliedAt: iso(row.createdAt),
    version: row.version,
  };
}

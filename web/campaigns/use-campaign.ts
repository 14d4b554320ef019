import type { Campaign } from "../../worker/features/campaigns/schema";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";

/** One campaign, for a screen that stands under it. */
export function useCampaign(id: string): Loaded<Campaign> {
  return useLoad((signal) => get<Campaign>(`/api/campaigns/${id}`, {}, { signal }), [id]);
}

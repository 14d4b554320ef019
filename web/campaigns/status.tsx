import type { CampaignStatus } from "../../worker/features/campaigns/words";
import { StatusPill } from "../ui";
import { STATUS_LOOKS } from "./words";

/** Where a campaign stands, as word, colour and shape. */
export function CampaignStatusPill({ status }: { status: CampaignStatus }) {
  const { word, tone, icon } = STATUS_LOOKS[status];
  return (
    <StatusPill tone={tone} icon={icon}>
      {word}
    </StatusPill>
  );
}

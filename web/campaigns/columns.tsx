import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Column } from "../ui";
import { Fill } from "./fill";
import { CampaignStatusPill } from "./status";
import { datesWords } from "./words";

const counted = (count: number | null) =>
  count ? <span class="num">{count.toLocaleString()}</span> : <span class="quiet">–</span>;

/** The columns of a list of campaigns, for the team or for a client. */
export function campaignColumns(team: boolean): Column<Campaign>[] {
  const columns: (Column<Campaign> | false)[] = [
    {
      key: "name",
      header: "Campaign",
      cell: ({ id, name, clientName }) => (
        <span class="job-name">
          <a href={`/campaigns/${id}`} tabIndex={-1}>
            {name}
          </a>
          {team && <span class="quiet list-under">{clientName ?? "No client"}</span>}
        </span>
      ),
    },
    { key: "status", header: "Status", cell: ({ status }) => <CampaignStatusPill status={status} /> },
    { key: "fill", header: "Seats", cell: (campaign) => <Fill campaign={campaign} /> },
    team && {
      key: "applied",
      header: "Applied",
      align: "end",
      wide: true,
      cell: ({ applied }) => counted(applied),
    },
    team && {
      key: "waitlisted",
      header: "Waiting list",
      align: "end",
      wide: true,
      cell: ({ waitlisted }) => counted(waitlisted),
    },
    team && {
      key: "eligible",
      header: "Qualify now",
      align: "end",
      wide: true,
      cell: ({ eligibleCount }) => counted(eligibleCount),
    },
    {
      key: "dates",
      header: "Runs",
      wide: true,
      cell: (campaign) => <span class="campaign-dates">{datesWords(campaign)}</span>,
    },
  ];
  return columns.filter((column) => column !== false);
}

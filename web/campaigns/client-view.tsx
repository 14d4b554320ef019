import { useEffect } from "preact/hooks";
import type { Campaign, CampaignAgent } from "../../worker/features/campaigns/schema";
import { usePages } from "../lib/pages";
import { calendarDay } from "../lib/time";
import { ListFoot } from "../recruiter/list-parts";
import { LoadTrouble } from "../recruiter/trouble";
import { Avatar, Card, EmptyState, Loading, Skeleton } from "../ui";
import { Bar } from "./fill";
import { CampaignStatusPill } from "./status";
import { datesWords } from "./words";

/** A campaign as its client sees it: how far it is filled, and by whom. */
export function ClientView({ campaign, turn }: { campaign: Campaign; turn: number }) {
  const pages = usePages<CampaignAgent>(
    `/api/campaigns/${campaign.id}/agents`,
    { status: "assigned" },
    ({ applicationId }) => applicationId,
  );
  const { first, rows } = pages;
  useEffect(() => {
    if (turn > 0) pages.noteNews();
  }, [turn]);
  const taken = campaign.filled ?? 0;
  return (
    <div class="page page-column">
      <header class="page-head">
        <div class="page-title">
          <h1 tabIndex={-1}>
            <span class="campaign-title">
              {campaign.name} <CampaignStatusPill status={campaign.status} />
            </span>
          </h1>
          <p class="page-lead">Runs {datesWords(campaign)}.</p>
        </div>
      </header>
      <Card>
        <div class="stack campaign-filled">
          <p class="campaign-count" role="status">
            <strong class="num">{taken.toLocaleString()}</strong>
            <span>
              of {campaign.seats.toLocaleString()} {campaign.seats === 1 ? "seat" : "seats"} filled
            </span>
          </p>
          <Bar value={taken / campaign.seats} tone={taken >= campaign.seats ? "good" : "accent"} />
        </div>
      </Card>
      <Card title="Assigned agents" flush>
        {first.error && !first.data ? (
          <LoadTrouble what="The list of agents" error={first.error} onRetry={first.reload} />
        ) : !first.data ? (
          <div class="campaign-loading">
            <Loading label="Loading the agents">
              <Skeleton lines={4} />
            </Loading>
          </div>
        ) : rows.length === 0 ? (
          <EmptyState icon="users" title="Nobody is assigned yet">
            Agents appear here as soon as your recruiters assign them.
          </EmptyState>
        ) : (
          <ul class="lines">
            {rows.map(({ applicationId, agentId, name, startDate }) => (
              <li key={applicationId} class="line">
                <Avatar name={name} id={agentId} size={28} />
                <span class="line-main">{name}</span>
                {startDate && <span class="quiet">starts {calendarDay(startDate)}</span>}
              </li>
            ))}
          </ul>
        )}
        {(pages.hasMore || pages.outdated) && (
          <div class="campaign-foot">
            <ListFoot pages={pages} />
          </div>
        )}
      </Card>
    </div>
  );
}

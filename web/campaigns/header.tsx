import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Campaign, CampaignChange } from "../../worker/features/campaigns/schema";
import { CAMPAIGN_STATUSES, type CampaignStatus } from "../../worker/features/campaigns/words";
import { errorText, get, ProblemError, put } from "../lib/client";
import { Button, Icon, Menu, toast } from "../ui";
import { AffectedDialog } from "./affected";
import { Bar } from "./fill";
import { CampaignStatusPill } from "./status";
import {
  type Affected,
  affectedOf,
  datesWords,
  freeSeats,
  payWords,
  STATUS_LOOKS,
  STATUS_SAID,
  STATUS_STEPS,
  seatsWords,
} from "./words";

export interface CampaignHeaderProps {
  campaign: Campaign;
  /** Told of the campaign as it is after a change made here. */
  onCampaign: (campaign: Campaign) => void;
  actions?: ComponentChildren;
}

/** What stands over a campaign: which it is, where it stands, how far it is filled. */
export function CampaignHeader({ campaign, onCampaign, actions }: CampaignHeaderProps) {
  const { clientId, clientName, pay } = campaign;
  const taken = campaign.filled ?? 0;
  const free = freeSeats(campaign);
  const numbers: [number | null, string][] = [
    [campaign.applied, campaign.applied === 1 ? "has applied" : "have applied"],
    [campaign.waitlisted, "on the waiting list"],
    [campaign.eligibleCount, campaign.eligibleCount === 1 ? "qualifies today" : "qualify today"],
  ];
  return (
    <header class="campaign-head">
      <div class="job-head-line">
        <div class="job-head-name">
          <h1 tabIndex={-1}>{campaign.name}</h1>
          <StatusMenu campaign={campaign} onCampaign={onCampaign} />
        </div>
        <div class="row job-head-actions">
          {actions}
          <Button icon="pencil" href={`/campaigns/${campaign.id}/edit`}>
            Edit
          </Button>
        </div>
      </div>
      <p class="job-head-facts">
        {clientId ? <a href={`/clients/${clientId}`}>{clientName}</a> : "No client"} · {datesWords(campaign)}
        {pay && ` · ${payWords(pay)}`}
      </p>
      <div class="campaign-numbers">
        <div class="campaign-seats">
          <span>
            <strong class="num">
              {taken.toLocaleString()} of {campaign.seats.toLocaleString()}
            </strong>{" "}
            seats taken
            <span class="quiet">{free === 0 ? ", none free" : `, ${seatsWords(free)} free`}</span>
          </span>
          <Bar value={taken / campaign.seats} tone={free === 0 ? "good" : "accent"} />
        </div>
        {numbers.map(
          ([count, words]) =>
            count !== null && (
              <span key={words}>
                <strong class="num">{count.toLocaleString()}</strong> {words}
              </span>
            ),
        )}
      </div>
    </header>
  );
}

function StatusMenu({ campaign, onCampaign }: Pick<CampaignHeaderProps, "campaign" | "onCampaign">) {
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<{ people: Affected[]; status: CampaignStatus } | null>(null);
  const path = `/api/campaigns/${campaign.id}`;
  const send = async (change: CampaignChange) => {
    const next = await put<Campaign>(path, change, { ifMatch: campaign.version });
    onCampaign(next);
    toast({ text: `${next.name} ${STATUS_SAID[next.status]}`, tone: "good" });
  };
  const to = async (status: CampaignStatus) => {
    setBusy(true);
    try {
      await send({ status });
    } catch (error) {
      const people = affectedOf(error);
      const stale = error instanceof ProblemError && error.status === 412;
      if (stale) await get<Campaign>(path).then(onCampaign, () => {});
      if (people) setAsked({ people, status });
      else toast({ text: stale ? CHANGED : errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(false);
  };
  return (
    <>
      <Menu
        label="Status"
        align="start"
        trigger={
          <button
            type="button"
            class="job-status"
            aria-label={`Status: ${STATUS_LOOKS[campaign.status].word}. Change it`}
            aria-busy={busy || undefined}
          >
            <CampaignStatusPill status={campaign.status} />
            <Icon name="chevron-down" size={16} />
          </button>
        }
        items={CAMPAIGN_STATUSES.filter((status) => status !== campaign.status).map((status) => ({
          label: status === "open" && campaign.status === "closed" ? "Open again" : STATUS_STEPS[status],
          icon: STATUS_LOOKS[status].icon ?? "circle-dashed",
          onSelect: () => void to(status),
        }))}
      />
      <AffectedDialog
        people={asked?.people ?? null}
        onClose={() => setAsked(null)}
        onConfirm={async () => {
          if (asked) await send({ status: asked.status, confirmAffected: true });
          setAsked(null);
        }}
      />
    </>
  );
}

const CHANGED = "Somebody changed this campaign meanwhile. It is shown as it is now: try again.";

import type { Campaign } from "../../worker/features/campaigns/schema";
import { Icon, StatusPill } from "../ui";
import { Apply } from "./apply-campaign";
import { datesText, leftText, PLACES, payText, placeText } from "./campaign-words";
import { localDay } from "./days";
import { MissingList } from "./missing-list";

export interface CampaignCardProps {
  campaign: Campaign;
  organization: string;
  /** It has opened up while one looks. */
  opened?: boolean;
  onChange: () => void;
}

/** One campaign: what it is, and the one thing to do or to know about it. */
export function CampaignCard({ campaign, organization, opened, onChange }: CampaignCardProps) {
  const { eligibility } = campaign;
  // Whoever withdrew may come back: then it stands among those that one can apply for.
  const place = campaign.place?.status === "withdrawn" && campaign.status === "open" ? null : campaign.place;
  const can = !place && eligibility?.eligible === true;
  const name = `card camp${opened && can ? " camp-opened" : ""}`;
  return (
    <li class={name} data-campaign={campaign.id}>
      {opened && can && (
        <p class="camp-news">
          <Icon name="circle-check" />
          This one has just opened up for you.
        </p>
      )}
      <div class="camp-head">
        <h3>
          <a href={`/campaigns/${campaign.id}`}>{campaign.name}</a>
        </h3>
        {place && (
          <StatusPill tone={PLACES[place.status].tone} icon={PLACES[place.status].icon}>
            {PLACES[place.status].word}
          </StatusPill>
        )}
      </div>
      <CampaignFacts campaign={campaign} />
      {place && <p>{placeText(place, organization, localDay())}</p>}
      {place && eligibility?.eligible === false && place.status === "assigned" && (
        <>
          <p class="camp-left">To stay in, this is needed again:</p>
          <MissingList missing={eligibility.missing} label={`What ${campaign.name} needs again`} />
        </>
      )}
      {can && <Apply campaign={campaign} organization={organization} onDone={onChange} />}
      {!place && eligibility && !eligibility.eligible && (
        <>
          <p class="camp-left">{leftText(eligibility.missing)}</p>
          <MissingList
            missing={eligibility.missing}
            label={`What is missing for ${campaign.name}`}
            most={{ lines: 6, href: `/campaigns/${campaign.id}` }}
          />
        </>
      )}
    </li>
  );
}

/** The few facts that decide whether one wants it. */
export function CampaignFacts({ campaign }: { campaign: Campaign }) {
  return (
    <p class="camp-facts">
      {campaign.pay && <strong>{payText(campaign.pay)}</strong>}
      <span>{datesText(campaign)}</span>
      {campaign.clientName && <span>{campaign.clientName}</span>}
      {campaign.full && !campaign.place && <span>All seats are taken right now</span>}
    </p>
  );
}

import "./campaigns.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Me } from "../../worker/features/users/schema";
import { get, ProblemError } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { date } from "../lib/time";
import { Button, Card, FactList, Icon, Page, StatusPill, Trouble } from "../ui";
import { Apply } from "./apply-campaign";
import { Arriving } from "./arriving";
import { datesText, isCurrent, leftText, PLACES, payText, placeText } from "./campaign-words";
import { localDay } from "./days";
import { MissingList } from "./missing-list";
import { useCampaignNews } from "./use-own-campaigns";
import { WithdrawCampaign } from "./withdraw-campaign";

/** One campaign as an agent sees it: what it is, what it pays, where I stand, what is missing. */
export default function OwnCampaign() {
  const { params } = useRoute();
  const person = me.value;
  return person && params.id ? <One key={params.id} person={person} id={params.id} /> : null;
}

function One({ person, id }: { person: Me; id: string }) {
  const { data, error, reload } = useLoad(
    (signal) => get<Campaign>(`/api/campaigns/${id}`, undefined, { signal }),
    [id],
  );
  useCampaignNews(reload);
  if (data) return <Shown person={person} campaign={data} onChange={reload} />;
  const gone = error instanceof ProblemError && error.status === 404;
  return (
    <Page title="Campaign" actions={<ToAll />}>
      {gone ? (
        <Trouble title="There is no such campaign for you">
          It may have ended, or it is not open yet. All that are there stand under Campaigns.
        </Trouble>
      ) : (
        <Arriving what="The campaign" error={error} onRetry={reload} heights={[9, 12]} />
      )}
    </Page>
  );
}

const ToAll = () => (
  <Button variant="plain" icon="arrow-left" href="/campaigns">
    Campaigns
  </Button>
);

interface ShownProps {
  person: Me;
  campaign: Campaign;
  onChange: () => void;
}

function Shown({ person, campaign, onChange }: ShownProps) {
  const organization = person.organization.name;
  return (
    <Page title={campaign.name} lead={campaign.clientName ?? undefined} actions={<ToAll />}>
      <Place organization={organization} campaign={campaign} onChange={onChange} />
      <Card title="What it is">
        <div class="stack">
          {campaign.brief && <p class="prose">{campaign.brief}</p>}
          <FactList
            class="camp-list"
            facts={[
              ["Pay", campaign.pay && payText(campaign.pay)],
              ["When", datesText(campaign)],
              ["Schedule", campaign.schedule && <span class="prose">{campaign.schedule}</span>],
              ["Seats", campaign.full ? `${campaign.seats}, all taken right now` : String(campaign.seats)],
            ]}
          />
        </div>
      </Card>
      <Terms campaign={campaign} />
    </Page>
  );
}

/** What one accepted, in the words of that day; the campaign's own for who was put in by the team. */
function Terms({ campaign: { place, pay, accepted } }: { campaign: Campaign }) {
  if (accepted) {
    const since = JSON.stringify(accepted.pay) !== JSON.stringify(pay);
    return (
      <Card title="What you accepted">
        <div class="stack">
          <p>
            {payText(accepted.pay)}, on {date(accepted.at)}.
          </p>
          {accepted.pay.terms && <p class="prose">{accepted.pay.terms}</p>}
          {since && <p class="camp-hint">The campaign’s pay was changed since. This is what you accepted.</p>}
        </div>
      </Card>
    );
  }
  if (!place || !pay?.terms) return null;
  return (
    <Card title="Terms of pay">
      <p class="prose">{pay.terms}</p>
    </Card>
  );
}

/** Where I stand, and the one thing to do about it. */
function Place({ campaign, organization, onChange }: Omit<ShownProps, "person"> & { organization: string }) {
  const [leaving, setLeaving] = useState(false);
  const { place, eligibility } = campaign;
  const again = place?.status === "withdrawn" && campaign.status === "open";
  if (place && !again) {
    return (
      <Card title="Where you stand" tone={place.status === "assigned" ? "good" : "plain"}>
        <div class="stack">
          <div class="row">
            <StatusPill tone={PLACES[place.status].tone} icon={PLACES[place.status].icon}>
              {PLACES[place.status].word}
            </StatusPill>
            <span>{placeText(place, organization, localDay())}</span>
          </div>
          {eligibility?.eligible === false && isCurrent(place) && (
            <>
              <p>This is needed again:</p>
              <MissingList missing={eligibility.missing} label="What is needed again" />
            </>
          )}
          {(place.status === "applied" || place.status === "waitlisted") && (
            <Button class="camp-leave" onClick={() => setLeaving(true)}>
              Withdraw
            </Button>
          )}
        </div>
        <WithdrawCampaign
          open={leaving}
          place={place}
          name={campaign.name}
          organization={organization}
          onClose={() => setLeaving(false)}
          onDone={onChange}
        />
      </Card>
    );
  }
  if (campaign.status !== "open") {
    return (
      <Card title="Where you stand">
        <p>This campaign is closed. Nobody can apply for it any more.</p>
      </Card>
    );
  }
  if (eligibility?.eligible) {
    return (
      <Card
        title={
          again
            ? "You are out, and may come back"
            : campaign.full
              ? "All seats are taken right now"
              : "It is open to you"
        }
        tone="accent"
      >
        {campaign.full && (
          <p class="camp-wait">Wait for one: if a seat gets free, {organization} can give it to you.</p>
        )}
        <Apply campaign={campaign} organization={organization} onDone={onChange} />
      </Card>
    );
  }
  return (
    <Card title="What is missing">
      <p class="camp-left">{leftText(eligibility?.missing ?? [])}</p>
      <MissingList missing={eligibility?.missing ?? []} label={`What is missing for ${campaign.name}`} />
      <p class="camp-hint">
        <Icon name="info" size={16} />
        It opens up here by itself as soon as nothing is missing.
      </p>
    </Card>
  );
}

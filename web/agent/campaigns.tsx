import "./campaigns.css";
import type { ComponentChildren } from "preact";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Me } from "../../worker/features/users/schema";
import { me } from "../lib/session";
import { Button, EmptyState, Page } from "../ui";
import { Arriving } from "./arriving";
import { CampaignCard } from "./campaign-card";
import { isCurrent } from "./campaign-words";
import { useOwnCampaigns } from "./use-own-campaigns";

/** An agent's campaigns: mine, open to me, and open with what is missing. They change under one's eyes. */
export default function OwnCampaigns() {
  const person = me.value;
  return person?.agentId ? <Campaigns person={person} agentId={person.agentId} /> : null;
}

function Campaigns({ person, agentId }: { person: Me; agentId: string }) {
  const { loaded, opened, more } = useOwnCampaigns(agentId);
  const { data, error, reload } = loaded;
  const organization = person.organization.name;
  if (!data) {
    return (
      <Page title="Campaigns">
        <Arriving what="The campaigns" error={error} onRetry={reload} />
      </Page>
    );
  }
  const current = data.mine.data.filter(({ place }) => place && isCurrent(place));
  const earlier = data.mine.data.filter(({ place }) => place && !isCurrent(place));
  // Somebody who withdrew may come back: such a campaign stands where it can be applied for, once.
  const open = data.eligible.data;
  const card = (campaign: Campaign) => (
    <CampaignCard
      key={campaign.id}
      campaign={campaign}
      organization={organization}
      opened={opened.has(campaign.id)}
      onChange={reload}
    />
  );
  const news = open.filter(({ id }) => opened.has(id)).map(({ name }) => name);
  return (
    <Page title="Campaigns" lead={`Work that ${organization} has, and what you need for it.`}>
      <p class="sr-only" role="status">
        {news.length > 0 && `Open to you now: ${news.join(", ")}.`}
      </p>
      {current.length + earlier.length + open.length + data.missing.data.length === 0 && (
        <EmptyState icon="briefcase" title="No campaigns yet">
          When {organization} opens one, it stands here, with what you need for it. Until then your onboarding
          and your documents get you ready.
        </EmptyState>
      )}
      <Part title="Yours">{current.map(card)}</Part>
      <Part title="Open to you">{open.map(card)}</Part>
      <Part title="Open, with something missing">{data.missing.data.map(card)}</Part>
      {more && (
        <Button full onClick={more}>
          Show more
        </Button>
      )}
      {earlier.length > 0 && (
        <details class="earlier">
          <summary>Earlier ({earlier.length})</summary>
          <ul class="camps">{earlier.map(card)}</ul>
        </details>
      )}
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <section class="camp-part">
      <h2>{title}</h2>
      <ul class="camps">{children}</ul>
    </section>
  );
}

import "./world.css";
import { useEffect } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Card, Icon } from "../ui";
import { PLACES, placeText } from "./campaign-words";
import { localDay } from "./days";

const MOST = 50;

/** A strip of the home: what I am on now, and how much is open to me. Nothing where there is neither. */
export function HomeCampaigns({ organization, news }: { organization: string; news: unknown }) {
  const { data, reload } = useLoad(async (signal) => {
    const [mine, eligible] = await Promise.all(
      (["mine", "eligible"] as const).map((view) =>
        get<Page<Campaign>>("/api/campaigns", { view, limit: MOST }, { signal }),
      ),
    );
    return { mine: mine?.data ?? [], eligible };
  }, []);
  // The home is read anew with every news; so is this.
  useEffect(reload, [news, reload]);
  if (!data) return null;
  const assigned = data.mine.filter(({ place }) => place?.status === "assigned");
  const waiting = data.mine.filter(
    ({ place }) => place?.status === "applied" || place?.status === "waitlisted",
  );
  const open = data.eligible?.data.length ?? 0;
  if (assigned.length + waiting.length + open === 0) return null;
  return (
    <Card title="Campaigns" actions={<a href="/campaigns">All campaigns</a>}>
      <ul class="waiting">
        {[...assigned, ...waiting].map((campaign) => (
          <li key={campaign.id}>
            <a href={`/campaigns/${campaign.id}`}>{campaign.name}</a>
            <span class="quiet">
              {campaign.place?.status === "assigned"
                ? placeText(campaign.place, organization, localDay())
                : campaign.place && PLACES[campaign.place.status].word}
            </span>
          </li>
        ))}
        {open > 0 && (
          <li>
            <a class="camp-open" href="/campaigns">
              <Icon name="circle-check" />
              <span>
                {open === MOST && data.eligible?.nextCursor ? `More than ${MOST}` : open}{" "}
                {open === 1 ? "campaign is" : "campaigns are"} open to you
              </span>
            </a>
          </li>
        )}
      </ul>
    </Card>
  );
}

import "./campaigns.css";
import { useEffect } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { calendarDay } from "../lib/time";
import { Card, Icon } from "../ui";

const MOST = 50;

/** A few words of its own: those of the campaigns' screens would make the first screen heavier. */
function standing({ place }: Campaign): string {
  if (place?.status === "waitlisted") return "On the waiting list";
  if (place?.status !== "assigned") return "Applied";
  return place.startDate ? `Yours from ${calendarDay(place.startDate)}` : "Yours";
}

/** A strip of the home: what I am on now, and how much is open to me. Nothing where there is neither. */
export function HomeCampaigns({ news }: { news: unknown }) {
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
            <span class="quiet">{standing(campaign)}</span>
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

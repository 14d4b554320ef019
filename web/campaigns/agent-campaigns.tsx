import type { Campaign } from "../../worker/features/campaigns/schema";
import type { CampaignStage } from "../../worker/features/campaigns/words";
import type { Page as PageOf } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { calendarDay } from "../lib/time";
import { useReloadOn } from "../recruiter/person-timeline";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, StatusPill, type Tone } from "../ui";
import { payWords, STAGE_WORDS } from "./words";

const SHOWN = 20;
const TONES: Record<CampaignStage, Tone> = {
  applied: "info",
  waitlisted: "warn",
  assigned: "good",
  completed: "plain",
  rejected: "plain",
  withdrawn: "plain",
};

/** The campaigns that an agent is in, and those that they could be in; nothing where there are none. */
export function AgentCampaigns({ agentId, turn }: { agentId: string; turn: number }) {
  const loaded = useLoad(
    async (signal) => {
      const read = async (view: "mine" | "eligible") =>
        (await get<PageOf<Campaign>>("/api/campaigns", { agentId, view, limit: SHOWN }, { signal })).data;
      const [mine, open] = await Promise.all([read("mine"), read("eligible")]);
      return [...mine, ...open];
    },
    [agentId],
  );
  useReloadOn(turn, loaded.reload);
  const { data, error, reload } = loaded;
  if (error && !data) {
    return (
      <Card title="Campaigns">
        <LoadTrouble what="The list of campaigns" error={error} onRetry={reload} />
      </Card>
    );
  }
  if (!data || data.length === 0) return null;
  return (
    <Card title="Campaigns" flush>
      <ul class="lines">
        {data.map((campaign) => (
          <Line key={campaign.id} campaign={campaign} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ campaign: { id, name, clientName, place, accepted } }: { campaign: Campaign }) {
  // Whoever withdrew and qualifies stands among those who could be in.
  const stage = place?.status === "withdrawn" ? null : place?.status;
  const start = place?.startDate && (stage === "assigned" || stage === "completed") ? place.startDate : null;
  return (
    <li class="line">
      <span class="line-main">
        <a class="line-link" href={`/campaigns/${id}`}>
          {name}
        </a>
        <span class="line-under">
          {[
            clientName,
            start && `from ${calendarDay(start)}`,
            stage && accepted && `accepted ${payWords(accepted.pay)}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <StatusPill tone={stage ? TONES[stage] : "plain"}>
        {stage ? STAGE_WORDS[stage] : "Qualifies"}
      </StatusPill>
    </li>
  );
}

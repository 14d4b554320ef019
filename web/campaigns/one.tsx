import "../recruiter/board.css";
import "../jobs/jobs.css";
import "./campaigns.css";
import "./people.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Campaign, RequirementWords } from "../../worker/features/campaigns/schema";
import { undoLast } from "../applications/last-action";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { can } from "../lib/session";
import { queryValue, setQuery } from "../lib/url";
import { HelpButton, LivePill } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { Loading, Page, Skeleton, Tabs } from "../ui";
import { Brief } from "./brief";
import { ClientView } from "./client-view";
import { CampaignHeader } from "./header";
import { Names } from "./lacks";
import { OverrideDialog } from "./override-dialog";
import { People } from "./people";
import { Qualifies } from "./qualifies";
import { ReasonDialog } from "./reason-dialog";
import { useCampaign } from "./use-campaign";
import { useCampaignDesk } from "./use-desk";
import { useLivePipeline } from "./use-live";

const TABS = [
  { key: "people", label: "People" },
  { key: "qualifies", label: "Who qualifies" },
  { key: "brief", label: "Brief" },
];

/** One campaign: for the team to fill, for its client to look at. */
export default function CampaignScreen() {
  const id = useRoute().params.id ?? "";
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  const loaded = useCampaign(id);
  const [turn, setTurn] = useState(0);
  const campaign = loaded.data;
  const refresh = () => {
    loaded.reload();
    setTurn((count) => count + 1);
  };
  const live = useLivePipeline(campaign?.pipelineId, true, refresh);
  useEffect(() => {
    if (campaign) document.title = `${campaign.name} · Portico`;
  }, [campaign?.name]);
  if (!campaign) {
    return (
      <Page title="Campaign" heading={loaded.error ? "Campaign" : "Loading…"} width="full">
        {loaded.error ? (
          <LoadTrouble
            what="This campaign"
            error={loaded.error}
            onRetry={loaded.reload}
            back={{ href: "/campaigns", label: "All campaigns" }}
          />
        ) : (
          <Loading label="Loading the campaign">
            <Skeleton height="24rem" />
          </Loading>
        )}
      </Page>
    );
  }
  if (!can("campaign.assign")) return <ClientView campaign={campaign} turn={turn} />;
  return (
    <Team
      campaign={campaign}
      turn={turn}
      refresh={refresh}
      onCampaign={(next) => loaded.set(() => next)}
      live={<LivePill state={live} />}
    />
  );
}

interface TeamProps {
  campaign: Campaign;
  turn: number;
  refresh: () => void;
  onCampaign: (campaign: Campaign) => void;
  live: ComponentChildren;
}

function Team({ campaign, turn, refresh, onCampaign, live }: TeamProps) {
  const words = useLoad((signal) => get<RequirementWords>("/api/campaigns/words", {}, { signal }), []).data;
  const desk = useCampaignDesk(campaign, refresh);
  const [help, setHelp] = useState(false);
  const [tab, setTab] = useState(() => {
    const asked = queryValue("tab");
    return TABS.some(({ key }) => key === asked) ? asked : "people";
  });
  const go = (key: string) => {
    setQuery({ tab: key === "people" ? null : key });
    setTab(key);
  };
  useShortcuts("Campaign", [
    ...WALK_KEYS,
    { key: "a", label: "Assign", run: () => act("assign") },
    { key: "r", label: "Reject, or unassign", run: () => act("end") },
    { key: "u", label: "Take back what was done last", run: undoLast },
    ...TABS.map(({ key, label }, at) => ({ key: String(at + 1), label, run: () => go(key) })),
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);
  return (
    <Names.Provider value={words}>
      <div class="page page-full">
        <CampaignHeader
          campaign={campaign}
          onCampaign={onCampaign}
          actions={
            <>
              {live}
              <HelpButton onOpen={() => setHelp(true)} />
            </>
          }
        />
        <Tabs label="Parts of the campaign" tabs={TABS} current={tab} onChange={go}>
          {tab === "people" && <People campaign={campaign} words={words} desk={desk} turn={turn} />}
          {tab === "qualifies" && <Qualifies campaign={campaign} words={words} desk={desk} turn={turn} />}
          {tab === "brief" && <Brief campaign={campaign} words={words} />}
        </Tabs>
        <OverrideDialog desk={desk} />
        <ReasonDialog asked={desk.reason} onClose={desk.closeReason} />
        <ShortcutHelp open={help} onClose={() => setHelp(false)} />
      </div>
    </Names.Provider>
  );
}

/** Presses a button of the row that has the focus. */
function act(name: string): boolean {
  const row = document.activeElement?.closest("tr");
  const button = row?.querySelector<HTMLElement>(`[data-act="${name}"]`);
  button?.click();
  return Boolean(button);
}

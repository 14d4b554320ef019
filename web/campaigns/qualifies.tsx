import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Campaign, PoolAgent, RequirementWords } from "../../worker/features/campaigns/schema";
import { errorText, post } from "../lib/client";
import { usePages } from "../lib/pages";
import { ListTable } from "../recruiter/list-table";
import { Button, type Column, EmptyState, Select, toast } from "../ui";
import { AssignButtons } from "./assign-buttons";
import { EligibilityMark } from "./eligibility-mark";
import { NameCell } from "./people-columns";
import type { CampaignDesk } from "./use-desk";

const CHOICES = [
  { value: "true", label: "Who qualifies" },
  { value: "", label: "Everybody, with what is missing" },
];

export interface QualifiesProps {
  campaign: Campaign;
  words: RequirementWords | undefined;
  desk: CampaignDesk;
  turn: number;
}

/** Agents who are in no place of the campaign: who could be, and what the others lack. */
export function Qualifies({ campaign, words, desk, turn }: QualifiesProps) {
  const { route } = useLocation();
  const [eligible, setEligible] = useState("true");
  const pages = usePages<PoolAgent>(
    `/api/campaigns/${campaign.id}/pool`,
    { eligible },
    ({ agentId }) => agentId,
  );
  useEffect(() => {
    if (turn > 0) pages.noteNews();
  }, [turn]);
  return (
    <div class="stack">
      <div class="campaign-tools">
        <Select label="Who is shown" hideLabel value={eligible} options={CHOICES} onValue={setEligible} />
      </div>
      <ListTable
        pages={pages}
        what="The list of agents"
        lines={6}
        caption="Agents"
        columns={poolColumns(campaign, words, desk, pages.restart)}
        rowKey={({ agentId }) => agentId}
        rowName={({ name }) => name}
        onOpen={({ agentId }) => route(`/agents/${agentId}`)}
        empty={
          <EmptyState
            icon="users"
            title={eligible ? "Nobody else qualifies at the moment" : "There is nobody else in the pool"}
            action={
              eligible ? (
                <Button onClick={() => setEligible("")}>Show what the others lack</Button>
              ) : undefined
            }
          >
            {eligible
              ? "Agents appear here as soon as they meet all that is asked and are in no place of this campaign."
              : "Agents who register appear here, with what they lack."}
          </EmptyState>
        }
      />
    </div>
  );
}

function poolColumns(
  campaign: Campaign,
  words: RequirementWords | undefined,
  desk: CampaignDesk,
  refresh: () => void,
): Column<PoolAgent>[] {
  const restricted = campaign.access === "unlocked";
  const columns: (Column<PoolAgent> | false)[] = [
    {
      key: "name",
      header: "Agent",
      width: "34%",
      cell: (agent) => (
        <NameCell {...agent} words={words}>
          <EligibilityMark {...agent} />
          {restricted && <Lock campaign={campaign} agent={agent} refresh={refresh} />}
        </NameCell>
      ),
    },
    {
      key: "eligibility",
      header: "Requirements",
      wide: true,
      cell: ({ name, eligibility }) => <EligibilityMark name={name} eligibility={eligibility} />,
    },
    restricted && {
      key: "unlocked",
      header: "Sees it",
      wide: true,
      width: "9rem",
      cell: (agent) => <Lock campaign={campaign} agent={agent} refresh={refresh} />,
    },
    {
      key: "actions",
      header: "Actions",
      align: "end",
      cell: (agent) => (
        <span class="campaign-acts">
          <AssignButtons campaign={campaign} who={agent} onAssign={desk.assign} />
        </span>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** Unlocks a restricted campaign for somebody, or locks it again. */
function Lock({ campaign, agent, refresh }: { campaign: Campaign; agent: PoolAgent; refresh: () => void }) {
  const [busy, setBusy] = useState(false);
  const { agentId, name, unlocked } = agent;
  const change = async () => {
    setBusy(true);
    try {
      await post(`/api/campaigns/${campaign.id}/access`, { agentId, unlocked: !unlocked });
      toast({
        text: unlocked
          ? `${name} doesn’t see ${campaign.name} any more.`
          : `${name} sees ${campaign.name} now.`,
        tone: "good",
      });
      refresh();
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    setBusy(false);
  };
  return (
    <Button
      size="s"
      variant="plain"
      icon={unlocked ? "eye" : "lock"}
      busy={busy}
      aria-label={unlocked ? `Unlocked for ${name}: lock it again` : `Unlock it for ${name}`}
      title={unlocked ? "It is unlocked: lock it again" : "It is locked: unlock it"}
      onClick={() => void change()}
    >
      {unlocked ? "Unlocked" : "Unlock"}
    </Button>
  );
}

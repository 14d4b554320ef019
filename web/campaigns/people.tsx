import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Campaign, CampaignAgent, RequirementWords } from "../../worker/features/campaigns/schema";
import type { CampaignStage } from "../../worker/features/campaigns/words";
import { usePages } from "../lib/pages";
import { ListFoot } from "../recruiter/list-parts";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, EmptyState, Loading, Skeleton, Table } from "../ui";
import { peopleColumns } from "./people-columns";
import type { CampaignDesk } from "./use-desk";
import { STAGE_WORDS } from "./words";

const UNDER_WAY = ["applied", "waitlisted", "assigned"] as const;
const GONE = ["completed", "rejected", "withdrawn"] as const;

export interface PeopleProps {
  campaign: Campaign;
  words: RequirementWords | undefined;
  desk: CampaignDesk;
  /** Counts up whenever something happened, so that the lists read again. */
  turn: number;
}

/** Everybody in a campaign, by stage: who waits for an answer comes first. */
export function People(props: PeopleProps) {
  const { campaign } = props;
  const [gone, setGone] = useState(false);
  const nobody = !campaign.applied && !campaign.waitlisted && !campaign.filled;
  return (
    <div class="stack campaign-people">
      {nobody && <Nobody campaign={campaign} />}
      {campaign.status === "closed" && Boolean(campaign.applied || campaign.waitlisted) && (
        <Banner tone="info" role="none">
          This campaign is closed, so nobody can be assigned. Open it again to go on.
        </Banner>
      )}
      {UNDER_WAY.map((stage) => (
        <Stage key={stage} {...props} stage={stage} count={countOf(campaign, stage)} />
      ))}
      <div>
        <Button
          size="s"
          variant="plain"
          icon={gone ? "chevron-down" : "chevron-right"}
          aria-expanded={gone}
          onClick={() => setGone(!gone)}
        >
          Completed, rejected and withdrawn
        </Button>
      </div>
      {gone && GONE.map((stage) => <Stage key={stage} {...props} stage={stage} count={null} />)}
    </div>
  );
}

function countOf(campaign: Campaign, stage: (typeof UNDER_WAY)[number]): number {
  if (stage === "applied") return campaign.applied ?? 0;
  return (stage === "assigned" ? campaign.filled : campaign.waitlisted) ?? 0;
}

interface StageProps extends PeopleProps {
  stage: CampaignStage;
  /** How many stand in it; null where that is not known before they are read. */
  count: number | null;
}

function Stage({ campaign, words, desk, turn, stage, count }: StageProps) {
  const { route } = useLocation();
  const pages = usePages<CampaignAgent>(
    `/api/campaigns/${campaign.id}/agents`,
    { status: stage },
    (person) => person.applicationId,
  );
  const { first, rows } = pages;
  useEffect(() => {
    if (turn > 0) pages.noteNews();
  }, [turn]);
  const known = first.data ? rows.length + (pages.hasMore ? 1 : 0) : (count ?? 1);
  if (known === 0 && !first.error) return null;
  const shown = count ?? (first.data && !pages.hasMore ? rows.length : null);
  return (
    <Card
      flush
      title={
        <>
          {STAGE_WORDS[stage]} {shown !== null && <span class="quiet num">{shown.toLocaleString()}</span>}
        </>
      }
    >
      {first.error && !first.data ? (
        <LoadTrouble what="This list" error={first.error} onRetry={first.reload} />
      ) : !first.data ? (
        <div class="campaign-loading">
          <Loading label={`Loading ${STAGE_WORDS[stage]}`}>
            <Skeleton lines={Math.min(4, count ?? 1)} />
          </Loading>
        </div>
      ) : (
        <>
          <Table
            caption={STAGE_WORDS[stage]}
            columns={peopleColumns({ campaign, stage, words, desk })}
            rows={rows}
            rowKey={({ applicationId }) => applicationId}
            rowName={({ name }) => name}
            onOpen={({ agentId }) => route(`/agents/${agentId}`)}
          />
          {(pages.hasMore || pages.outdated) && (
            <div class="campaign-foot">
              <ListFoot pages={pages} />
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Nobody({ campaign }: { campaign: Campaign }) {
  const draft = campaign.status === "draft";
  return (
    <EmptyState icon="users" title="Nobody has applied yet">
      {draft
        ? "This campaign is a draft. Open it, and agents who qualify see it and can apply."
        : "People appear here as soon as they apply. You can also assign somebody yourself: see who qualifies."}
    </EmptyState>
  );
}

import "../jobs/jobs.css";
import "./campaigns.css";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Campaign, CampaignChange } from "../../worker/features/campaigns/schema";
import { SaveBar } from "../jobs/save-bar";
import { get, ProblemError, put } from "../lib/client";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Loading, Page, Skeleton, toast } from "../ui";
import { AffectedDialog } from "./affected";
import { CampaignForm } from "./campaign-form";
import { bodyOf, changeOf, fieldsOf } from "./fields";
import { requirementOf, treeOf } from "./requirement-tree";
import { useCampaign } from "./use-campaign";
import { type Affected, affectedOf } from "./words";

/** A campaign that exists, to be changed. */
export default function EditCampaignScreen() {
  const id = useRoute().params.id ?? "";
  return <Edit key={id} id={id} />;
}

function Edit({ id }: { id: string }) {
  const loaded = useCampaign(id);
  const campaign = loaded.data;
  if (campaign) return <Editor campaign={campaign} />;
  return (
    <Page title="Edit a campaign" heading={loaded.error ? "Campaign" : "Loading…"} width="full">
      {loaded.error ? (
        <LoadTrouble
          what="This campaign"
          error={loaded.error}
          onRetry={loaded.reload}
          back={{ href: "/campaigns", label: "All campaigns" }}
        />
      ) : (
        <Loading label="Loading the campaign">
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

function Editor({ campaign }: { campaign: Campaign }) {
  const { route } = useLocation();
  // What the form began with: the campaign may change under it.
  const [base] = useState(campaign);
  const [version, setVersion] = useState(campaign.version);
  const [stale, setStale] = useState(false);
  const [asked, setAsked] = useState<{ people: Affected[]; change: CampaignChange } | null>(null);
  const path = `/api/campaigns/${campaign.id}`;
  const here = `/campaigns/${campaign.id}`;

  const send = async (change: CampaignChange) => {
    const saved = await put<Campaign>(path, change, { ifMatch: version });
    toast({ text: `${saved.name} is saved.`, tone: "good" });
    route(here);
  };
  /** Says that somebody was faster; false where that is not what happened. */
  const outdated = async (error: unknown) => {
    if (!(error instanceof ProblemError && error.status === 412)) return false;
    setVersion((await get<Campaign>(path)).version);
    setStale(true);
    return true;
  };

  return (
    <Page
      title={`Edit ${campaign.name}`}
      width="full"
      actions={
        <Button icon="arrow-left" href={here}>
          Back to the campaign
        </Button>
      }
    >
      <CampaignForm
        initial={fieldsOf(base)}
        requirements={base.requirements}
        clientName={base.clientName}
        exists
        notice={
          stale && (
            <Banner tone="warn" role="alert">
              Somebody saved this campaign meanwhile. Your words are kept here: save again, and only the
              fields that you changed take the place of theirs.
            </Banner>
          )
        }
        onSave={async (body) => {
          const change = changeOf(body, bodyOf(fieldsOf(base), requirementOf(treeOf(base.requirements))));
          if (Object.keys(change).length === 0) return route(here);
          try {
            await send(change);
          } catch (error) {
            const people = affectedOf(error);
            if (people) return setAsked({ people, change });
            if (!(await outdated(error))) throw error;
          }
        }}
        bar={({ changed, busy, undo, trouble, save }) => (
          <SaveBar
            shown={changed}
            busy={busy}
            onUndo={undo}
            onSave={() => save()}
            {...(trouble ? { words: `Still needed: ${trouble}.` } : {})}
          />
        )}
      />
      <AffectedDialog
        people={asked?.people ?? null}
        onClose={() => setAsked(null)}
        onConfirm={async () => {
          try {
            await send({ ...asked?.change, confirmAffected: true });
          } catch (error) {
            if (!(await outdated(error))) throw error;
          }
          setAsked(null);
        }}
      />
    </Page>
  );
}

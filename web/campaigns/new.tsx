import "../jobs/jobs.css";
import "./campaigns.css";
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Campaign } from "../../worker/features/campaigns/schema";
import { post } from "../lib/client";
import { queryValue } from "../lib/url";
import { Button, Page, toast } from "../ui";
import { CampaignForm } from "./campaign-form";
import { newFields } from "./fields";
import { STATUS_SAID, todayHere } from "./words";

/** A new campaign, whole, on one page. */
export default function NewCampaignScreen() {
  const { route } = useLocation();
  const [initial] = useState(() => ({ ...newFields(todayHere()), clientId: queryValue("clientId") }));
  const status = useRef("draft");
  return (
    <Page title="New campaign" width="full">
      <CampaignForm
        initial={initial}
        requirements={{ all: [] }}
        onSave={async (body, key) => {
          const made = await post<Campaign>("/api/campaigns", body, { key });
          toast({ text: `${made.name} ${STATUS_SAID[made.status]}`, tone: "good" });
          route(`/campaigns/${made.id}`);
        }}
        bar={({ busy, trouble, save }) => (
          <div class="job-bar">
            <span class="job-bar-words" role="status">
              {trouble
                ? `Still needed: ${trouble}.`
                : "Ready. Nothing is saved yet: as a draft, only the team sees it."}
            </span>
            <Button
              busy={busy && status.current === "draft"}
              onClick={() => {
                status.current = "draft";
                save({ status: "draft" });
              }}
            >
              Save as draft
            </Button>
            <Button
              variant="primary"
              busy={busy && status.current === "open"}
              onClick={() => {
                status.current = "open";
                save({ status: "open" });
              }}
            >
              Open the campaign
            </Button>
          </div>
        )}
      />
    </Page>
  );
}

import "../recruiter/board.css";
import "../jobs/jobs.css";
import "./campaigns.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Campaign } from "../../worker/features/campaigns/schema";
import { CAMPAIGN_STATUSES } from "../../worker/features/campaigns/words";
import { useClients } from "../jobs/client-select";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { can } from "../lib/session";
import { queryValue, setQuery } from "../lib/url";
import { HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, EmptyState, Page, Select } from "../ui";
import { campaignColumns } from "./columns";
import { STATUS_LOOKS } from "./words";

const NONE = { status: "", clientId: "" };
const STATUSES = [
  { value: "", label: "Any status" },
  ...CAMPAIGN_STATUSES.map((value) => ({ value, label: STATUS_LOOKS[value].word })),
];

/** Every campaign one may see. */
export default function CampaignsScreen() {
  const { route } = useLocation();
  const team = can("campaign.write");
  const [filters, setFilters] = useState(() => ({
    status: queryValue("status"),
    clientId: queryValue("clientId"),
  }));
  const [help, setHelp] = useState(false);
  const clients = useClients(team);
  const pages = usePages<Campaign>("/api/campaigns", filters);
  useEffect(() => setQuery(filters), [filters]);
  const filter = (change: Partial<typeof NONE>) => setFilters((before) => ({ ...before, ...change }));

  useShortcuts("Campaigns", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the campaign", run: () => false },
    ...(team ? [{ key: "n", label: "New campaign", run: () => route("/campaigns/new") }] : []),
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Campaigns"
      width="full"
      fill
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          {team && (
            <Button variant="primary" icon="plus" href="/campaigns/new">
              New campaign
            </Button>
          )}
        </>
      }
    >
      <div class="campaign-tools" role="group" aria-label="Which campaigns are shown">
        <Select
          label="Status"
          hideLabel
          value={filters.status}
          options={STATUSES}
          onValue={(status) => filter({ status })}
        />
        {team && (
          <Select
            label="Client"
            hideLabel
            value={filters.clientId}
            options={[
              { value: "", label: "Any client" },
              ...(clients.data ?? []).map(({ id, companyName }) => ({ value: id, label: companyName })),
            ]}
            onValue={(clientId) => filter({ clientId })}
          />
        )}
      </div>
      <ListTable
        pages={pages}
        what="The list of campaigns"
        fill
        lines={10}
        caption="Campaigns"
        columns={campaignColumns(team)}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={({ id }) => route(`/campaigns/${id}`)}
        empty={
          <Empty
            filtered={Object.values(filters).some(Boolean)}
            team={team}
            onClear={() => setFilters(NONE)}
          />
        }
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function Empty({ filtered, team, onClear }: { filtered: boolean; team: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon="search"
        title="No campaign matches"
        action={<Button onClick={onClear}>Show all campaigns</Button>}
      >
        Choose another status{team ? " or client" : ""}, or look at all of them.
      </EmptyState>
    );
  }
  if (!team) {
    return (
      <EmptyState icon="flag" title="No campaigns yet">
        Campaigns that run for your company appear here, with how far they are filled.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="flag"
      title="No campaigns yet"
      action={
        <Button variant="primary" icon="plus" href="/campaigns/new">
          New campaign
        </Button>
      }
    >
      A campaign is work for a client with a number of seats. Say what it asks for, and agents who meet that
      see it and apply with one click.
    </EmptyState>
  );
}

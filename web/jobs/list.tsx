import "../recruiter/board.css";
import "./jobs.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Job } from "../../worker/features/jobs/schema";
import { JOB_STATUSES } from "../../worker/features/jobs/words";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { can } from "../lib/session";
import { queryValue, setQuery } from "../lib/url";
import { Find, focusFind, HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, EmptyState, Page, Select } from "../ui";
import { useClients } from "./client-select";
import { jobColumns } from "./columns";
import { STATUS_LOOKS } from "./words";

const FILTERS = ["q", "status", "clientId", "mine"] as const;
type Filters = Record<(typeof FILTERS)[number], string>;
const NONE: Filters = { q: "", status: "", clientId: "", mine: "" };
const STATUSES = [
  { value: "", label: "Any status" },
  ...JOB_STATUSES.map((value) => ({ value, label: STATUS_LOOKS[value].word })),
];

/** Every job one may see. */
export default function JobsScreen() {
  const { route } = useLocation();
  const team = can("job.write");
  const [filters, setFilters] = useState<Filters>(() => ({
    q: queryValue("q"),
    status: queryValue("status"),
    clientId: queryValue("clientId"),
    mine: queryValue("mine"),
  }));
  const [help, setHelp] = useState(false);
  const clients = useClients(team);
  const of = JSON.stringify(filters);
  const pages = usePages<Job>("/api/jobs", filters);
  useEffect(() => setQuery(filters), [of]);
  const filter = (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change }));

  useShortcuts("Jobs", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the job", run: () => false },
    { key: "/", label: "Find a job", run: focusFind },
    ...(team ? [{ key: "n", label: "New job", run: () => route("/jobs/new") }] : []),
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Jobs"
      width="full"
      fill
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          {team && (
            <Button variant="primary" icon="plus" href="/jobs/new">
              New job
            </Button>
          )}
        </>
      }
    >
      <div class="job-tools" role="group" aria-label="Which jobs are shown">
        <Find
          value={filters.q}
          label="Find by title, client, place or skill"
          placeholder="Find a job"
          onFind={(q) => filter({ q })}
        />
        <Select
          label="Status"
          hideLabel
          value={filters.status}
          options={STATUSES}
          onValue={(status) => filter({ status })}
        />
        {team && (
          <>
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
            <Select
              label="Whose"
              hideLabel
              value={filters.mine}
              options={[
                { value: "", label: "All jobs" },
                { value: "yes", label: "My jobs" },
              ]}
              onValue={(mine) => filter({ mine })}
            />
          </>
        )}
      </div>
      <ListTable
        pages={pages}
        what="The list of jobs"
        fill
        lines={10}
        caption="Jobs"
        columns={jobColumns(team)}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        onOpen={({ id }) => route(`/jobs/${id}`)}
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
        title="No job matches"
        action={<Button onClick={onClear}>Show all jobs</Button>}
      >
        Jobs are found by the start of any word of their title, client, place, department or skills.
      </EmptyState>
    );
  }
  if (!team) {
    return (
      <EmptyState icon="briefcase" title="No jobs yet">
        Jobs appear here as soon as your recruiter makes one for your company.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="briefcase"
      title="No jobs yet"
      action={
        <Button variant="primary" icon="plus" href="/jobs/new">
          New job
        </Button>
      }
    >
      A job belongs to a client, and has its own form, hiring team and workflow. Make the first one: all of
      that is on one page.
    </EmptyState>
  );
}

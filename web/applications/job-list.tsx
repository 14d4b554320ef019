import { useEffect, useState } from "preact/hooks";
import type { Application } from "../../worker/features/applications/schema";
import type { Job, JobForm } from "../../worker/features/jobs/schema";
import { JobHeader } from "../jobs/job-header";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { usePages } from "../lib/pages";
import { can } from "../lib/session";
import { setQuery } from "../lib/url";
import { useNews } from "../recruiter/agent";
import { Find, HelpButton, LivePill } from "../recruiter/board-tools";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, EmptyState, Select } from "../ui";
import { ApplicationList } from "./application-list";
import { UndoButton } from "./bulk-bar";
import { type Filters, isFiltered, NO_FILTERS, readFilters } from "./filters";
import { JobScreen } from "./job-screen";
import { ListFilters, SetFilters } from "./list-filters";

/** A job's people as a table. */
export default function JobListScreen() {
  return (
    <JobScreen title="List of a job">
      {(job, onJob) => <JobList key={job.id} job={job} onJob={onJob} />}
    </JobScreen>
  );
}

function JobList({ job, onJob }: { job: Job; onJob: (job: Job) => void }) {
  const team = can("application.move");
  const [filters, setFilters] = useState<Filters>(() => ({ ...readFilters(), clientId: "", jobId: "" }));
  const [help, setHelp] = useState(false);
  const asked = { ...filters, jobId: job.id };
  const pages = usePages<Application>("/api/applications", asked);
  const live = useNews(job.pipelineId, pages.noteNews);
  const form = useLoad(
    async (signal) => (team ? await get<JobForm>(`/api/jobs/${job.id}/form`, {}, { signal }) : null),
    [job.id, job.formVersion],
  );
  const of = JSON.stringify(filters);
  useEffect(() => setQuery({ ...filters }), [of]);
  const filter = (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change }));
  const tags = [
    ...new Set([...pages.rows.flatMap((row) => row.tags), ...(filters.tag ? [filters.tag] : [])]),
  ];
  // A client has no page of a candidate: the board shows them what is shared.
  const href = ({ id, candidateId }: Application) =>
    team && candidateId ? `/candidates/${candidateId}` : `/jobs/${job.id}?person=${id}`;
  return (
    <div class="page page-full page-fill">
      <JobHeader
        job={job}
        onJob={onJob}
        here="list"
        actions={
          <>
            <Find value={filters.q} onFind={(q) => filter({ q })} />
            <UndoButton />
            <HelpButton onOpen={() => setHelp(true)} />
            <LivePill state={live} />
            {team && (
              <Button icon="download" href={`/api/applications/export?jobId=${job.id}`} download>
                Export
              </Button>
            )}
          </>
        }
      />
      <div class="list-tools" role="group" aria-label="Who is shown">
        <Select
          label="Stage"
          hideLabel
          value={filters.stage}
          options={[
            { value: "", label: "All stages" },
            ...job.stages.map(({ key, name }) => ({ value: key, label: name })),
          ]}
          onValue={(stage) => filter({ stage })}
        />
        {team && (
          <ListFilters
            filters={filters}
            tags={tags.sort((a, b) => a.localeCompare(b))}
            questions={form.data?.fields ?? []}
            onFilter={filter}
          />
        )}
        <SetFilters filters={filters} onFilter={filter} />
      </div>
      <ApplicationList
        pages={pages}
        caption={`People of ${job.title}`}
        jobs={false}
        team={team}
        pipelineOf={() => ({ id: job.pipelineId, stages: job.stages })}
        href={href}
        archived={filters.archived === "yes"}
        of={of}
        help={() => setHelp(true)}
        empty={
          isFiltered(filters) ? (
            <EmptyState
              icon="search"
              title="Nobody matches"
              action={<Button onClick={() => setFilters(NO_FILTERS)}>Show everyone</Button>}
            >
              Names, e-mail addresses and phone numbers are found by the start of any word.
            </EmptyState>
          ) : (
            <EmptyState
              icon="users"
              title={team ? "Nobody has applied yet" : "Nobody is shared with you yet"}
            >
              {team
                ? "People appear here as soon as they apply, or when somebody adds them to this job."
                : "People appear here as soon as the recruiters share them with you."}
            </EmptyState>
          )
        }
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { useClients } from "../jobs/client-select";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { usePages } from "../lib/pages";
import { setQuery } from "../lib/url";
import { Find, HelpButton } from "../recruiter/board-tools";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, EmptyState, Page, Select } from "../ui";
import { ApplicationList } from "./application-list";
import { UndoButton } from "./bulk-bar";
import { type Filters, isFiltered, NO_FILTERS, readFilters, STATUS_OPTIONS } from "./filters";
import { ListFilters, SetFilters } from "./list-filters";

/** Applications for all jobs, the newest first. */
export default function ApplicationsScreen() {
  const [filters, setFilters] = useState<Filters>(readFilters);
  const [help, setHelp] = useState(false);
  const pages = usePages<Application>("/api/applications", { ...filters });
  const clients = useClients();
  const jobs = useLoad(
    (signal) => get<PageOf<Job>>("/api/jobs", { limit: 200, clientId: filters.clientId }, { signal }),
    [filters.clientId],
  );
  const of = JSON.stringify(filters);
  useEffect(() => setQuery({ ...filters }), [of]);
  const filter = (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change }));
  const tags = [
    ...new Set([...pages.rows.flatMap((row) => row.tags), ...(filters.tag ? [filters.tag] : [])]),
  ];
  const list = jobs.data?.data ?? [];
  const pipelineOf = (chosen: readonly Application[]) => {
    const ids = new Set(chosen.map(({ jobId }) => jobId));
    const job = ids.size === 1 ? list.find(({ id }) => ids.has(id)) : undefined;
    return job ? { id: job.pipelineId, stages: job.stages } : null;
  };
  const href = ({ id, jobId, candidateId }: Application) =>
    candidateId ? `/candidates/${candidateId}` : `/jobs/${jobId}?person=${id}`;
  return (
    <Page
      title="Applications"
      width="full"
      fill
      actions={
        <>
          <Find value={filters.q} onFind={(q) => filter({ q })} />
          <Button icon="shield-check" href="/applications/held">
            To check
          </Button>
          <UndoButton />
          <HelpButton onOpen={() => setHelp(true)} />
        </>
      }
    >
      <div class="list-tools" role="group" aria-label="Who is shown">
        <Select
          label="Client"
          hideLabel
          value={filters.clientId}
          options={[
            { value: "", label: "Every client" },
            ...(clients.data ?? []).map(({ id, companyName }) => ({ value: id, label: companyName })),
          ]}
          onValue={(clientId) => filter({ clientId, jobId: "" })}
        />
        <Select
          label="Job"
          hideLabel
          value={filters.jobId}
          options={[
            { value: "", label: "Every job" },
            ...list.map(({ id, title, clientName }) => ({ value: id, label: `${title}, ${clientName}` })),
          ]}
          onValue={(jobId) => filter({ jobId })}
        />
        <Select
          label="Status"
          hideLabel
          value={filters.status}
          options={STATUS_OPTIONS}
          onValue={(status) => filter({ status })}
        />
        <ListFilters filters={filters} tags={tags.sort((a, b) => a.localeCompare(b))} onFilter={filter} />
        <SetFilters filters={filters} onFilter={filter} />
      </div>
      <ApplicationList
        pages={pages}
        caption="Applications"
        jobs
        team
        pipelineOf={pipelineOf}
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
              icon="inbox"
              title="Nobody has applied yet"
              action={<Button href="/jobs">Go to the jobs</Button>}
            >
              Applications for all jobs appear here as soon as they arrive.
            </EmptyState>
          )
        }
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

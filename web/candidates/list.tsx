import "../recruiter/board.css";
import "./candidates.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Candidate } from "../../worker/features/candidates/schema";
import { STATUS_WORDS } from "../../worker/features/pipelines/words";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { Find, focusFind, HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, EmptyState, Page, Select } from "../ui";
import { AddCandidate } from "./add";
import { CANDIDATE_COLUMNS } from "./columns";
import { FileMenu } from "./file-menu";
import { FilterMenu, type Filters, FilterTags, filterCount, NO_FILTERS } from "./filter";
import { STATUS_LOOKS } from "./words";

const STATUSES = [
  { value: "", label: "Every status" },
  ...STATUS_WORDS.map((value) => ({ value, label: STATUS_LOOKS[value].word })),
];

/** Everybody whom one knows as a candidate. */
export default function CandidatesScreen() {
  const { route } = useLocation();
  const [filters, setFilters] = useState<Filters>(() => ({
    q: queryValue("q"),
    status: queryValue("status"),
    skills: queryValue("skills"),
    tag: queryValue("tag"),
  }));
  const [adding, setAdding] = useState(false);
  const [help, setHelp] = useState(false);
  const of = JSON.stringify(filters);
  const pages = usePages<Candidate>("/api/candidates", filters);
  const { rows } = pages;
  useEffect(() => setQuery({ ...filters }), [of]);
  const filter = (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change }));

  useShortcuts("Candidates", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the person", run: () => false },
    { key: "/", label: "Find a candidate", run: focusFind },
    { key: "n", label: "Add a candidate", run: () => setAdding(true) },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Candidates"
      width="full"
      fill
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          <FileMenu filters={filters} />
          <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
            Add a candidate
          </Button>
        </>
      }
    >
      <div class="cand-tools" role="group" aria-label="Which candidates are shown">
        <Find
          value={filters.q}
          label="Find by name, e-mail address, phone, skill or tag"
          placeholder="Find a candidate"
          onFind={(q) => filter({ q })}
        />
        <Select
          label="Status"
          hideLabel
          value={filters.status}
          options={STATUSES}
          onValue={(status) => filter({ status })}
        />
        <FilterMenu filters={filters} rows={rows} onFilter={filter} />
      </div>
      <FilterTags filters={filters} onFilter={filter} />
      <ListTable
        pages={pages}
        what="The list of candidates"
        fill
        lines={12}
        caption="Candidates"
        columns={CANDIDATE_COLUMNS}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={({ id }) => route(`/candidates/${id}`)}
        empty={
          <Empty
            filtered={filterCount(filters) > 0}
            onClear={() => setFilters(NO_FILTERS)}
            onAdd={() => setAdding(true)}
          />
        }
      />
      {adding && (
        <AddCandidate
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            route(`/candidates/${made.id}`);
          }}
        />
      )}
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

interface EmptyProps {
  filtered: boolean;
  onClear: () => void;
  onAdd: () => void;
}

function Empty({ filtered, onClear, onAdd }: EmptyProps) {
  if (filtered) {
    return (
      <EmptyState
        icon="search"
        title="Nobody matches"
        action={<Button onClick={onClear}>Show everyone</Button>}
      >
        People are found by the start of any word of their name, e-mail address, phone, skills or tags. Skills
        and tags in the filter have to be whole.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="users"
      title="No candidates yet"
      action={
        <div class="row">
          <Button variant="primary" icon="plus" onClick={onAdd}>
            Add a candidate
          </Button>
          <Button icon="upload" href="/candidates/import">
            Import a file
          </Button>
        </div>
      }
    >
      People appear here when they apply for a job, when you add them, or when you import a file of them.
    </EmptyState>
  );
}

import "../recruiter/board.css";
import "./clients.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Client } from "../../worker/features/clients/schema";
import { NewClient } from "../jobs/new-client";
import { Ago } from "../lib/ago";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { Find, focusFind, HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, type Column, EmptyState, Page, Select } from "../ui";
import { ClientStatusPill } from "./status";

/** The companies that one hires for. */
export default function ClientsScreen() {
  const { route } = useLocation();
  const [q, setQ] = useState(queryValue("q"));
  const [status, setStatus] = useState(queryValue("status"));
  const [adding, setAdding] = useState(queryValue("new") === "yes");
  const [help, setHelp] = useState(false);
  const pages = usePages<Client>("/api/clients", { q, status });
  useEffect(() => setQuery({ q, status, new: null }), [q, status]);

  useShortcuts("Clients", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the client", run: () => false },
    { key: "/", label: "Find a client", run: focusFind },
    { key: "n", label: "New client", run: () => setAdding(true) },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Clients"
      width="full"
      fill
      actions={
        <>
          <Find value={q} label="Find by name, industry or city" placeholder="Find a client" onFind={setQ} />
          <Select
            label="Status"
            hideLabel
            value={status}
            options={[
              { value: "", label: "Every status" },
              { value: "active", label: "Active" },
              { value: "inactive", label: "Inactive" },
            ]}
            onValue={setStatus}
          />
          <HelpButton onOpen={() => setHelp(true)} />
          <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
            New client
          </Button>
        </>
      }
    >
      <ListTable
        pages={pages}
        what="The list of clients"
        fill
        caption="Clients"
        columns={COLUMNS}
        rowKey={({ id }) => id}
        rowName={({ companyName }) => companyName}
        onOpen={({ id }) => route(`/clients/${id}`)}
        empty={
          <Empty
            filtered={Boolean(q || status)}
            onClear={() => {
              setQ("");
              setStatus("");
            }}
            onAdd={() => setAdding(true)}
          />
        }
      />
      <NewClient
        open={adding}
        onClose={() => setAdding(false)}
        onMade={({ id }) => route(`/clients/${id}`)}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

const dash = <span class="quiet">–</span>;

const COLUMNS: Column<Client>[] = [
  {
    key: "name",
    header: "Company",
    cell: ({ id, companyName, industry, city }) => (
      <span class="client-name">
        <a href={`/clients/${id}`} tabIndex={-1}>
          {companyName}
        </a>
        <span class="quiet client-under">{[industry, city].filter(Boolean).join(", ")}</span>
      </span>
    ),
  },
  { key: "status", header: "Status", cell: ({ status }) => <ClientStatusPill status={status} /> },
  { key: "industry", header: "Industry", wide: true, cell: ({ industry }) => industry ?? dash },
  { key: "city", header: "City", wide: true, cell: ({ city }) => city ?? dash },
  {
    key: "jobs",
    header: "Open jobs",
    align: "end",
    cell: ({ openJobCount, jobCount }) => (
      <span class="num">
        {openJobCount}
        {jobCount > openJobCount && <span class="quiet"> of {jobCount}</span>}
      </span>
    ),
  },
  { key: "created", header: "Added", wide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
];

interface EmptyProps {
  filtered: boolean;
  onClear: () => void;
  onAdd: () => void;
}

function Empty({ filtered, onClear, onAdd }: EmptyProps) {
  return filtered ? (
    <EmptyState
      icon="search"
      title="No client matches"
      action={<Button onClick={onClear}>Show all clients</Button>}
    >
      Clients are found by the start of any word of their name, industry or city.
    </EmptyState>
  ) : (
    <EmptyState
      icon="building"
      title="No clients yet"
      action={
        <Button variant="primary" icon="plus" onClick={onAdd}>
          New client
        </Button>
      }
    >
      A client is a company that you hire for. Its jobs and its people’s logins hang on it.
    </EmptyState>
  );
}

import "./board.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Agent } from "../../worker/features/agents/schema";
import type { Pipeline } from "../../worker/features/pipelines/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { Avatar, Button, type Column, EmptyState, Page, Select, StatusPill, Tag, type Tone } from "../ui";
import { useNews } from "./agent";
import { Find, focusFind, HelpButton, LivePill } from "./board-tools";
import { WALK_KEYS } from "./list-parts";
import { ListTable } from "./list-table";
import { PoolSwitch } from "./pool-switch";
import { ShortcutHelp } from "./shortcut-help";

const TONES: Record<string, Tone> = { open: "info", hired: "good", rejected: "bad", withdrawn: "plain" };

/** Everybody in the agent pool as a table. */
export default function ListScreen() {
  const { route } = useLocation();
  const [q, setQ] = useState(queryValue("q"));
  const [status, setStatus] = useState(queryValue("status"));
  const [help, setHelp] = useState(false);
  const pools = useLoad((signal) => get<PageOf<Pipeline>>("/api/pipelines", {}, { signal }), []);
  const pool = pools.data?.data.find(({ kind }) => kind === "agent_pool");
  const people = usePages<Agent>("/api/agents", { q, status });
  const live = useNews(pool?.id ?? null, people.noteNews);
  useEffect(() => setQuery({ q, status }), [q, status]);

  useShortcuts("List", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the person", run: () => false },
    { key: "/", label: "Find by name", run: focusFind },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  const kindOf = (key: string) => pool?.stages.find((stage) => stage.key === key)?.kind ?? "open";
  return (
    <Page
      title={pool?.name ?? "Agent pool"}
      width="full"
      fill
      actions={
        <>
          <PoolSwitch here="list" />
          <Find value={q} onFind={setQ} />
          <Select
            label="Stage"
            hideLabel
            value={status}
            options={[
              { value: "", label: "All stages" },
              ...(pool?.stages.map(({ key, name, count }) => ({ value: key, label: `${name} (${count})` })) ??
                []),
            ]}
            onValue={setStatus}
          />
          <HelpButton onOpen={() => setHelp(true)} />
          <LivePill state={live} />
        </>
      }
    >
      <ListTable
        pages={people}
        what="The list"
        fill
        lines={12}
        caption="People in the agent pool"
        columns={columns(kindOf)}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={({ id }) => route(`/agents/${id}`)}
        empty={
          <Empty
            filtered={Boolean(q || status)}
            onClear={() => {
              setQ("");
              setStatus("");
            }}
          />
        }
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function columns(kindOf: (key: string) => string): Column<Agent>[] {
  return [
    {
      key: "name",
      header: "Name",
      cell: ({ id, name, headline }) => (
        <span class="list-name">
          <Avatar name={name} id={id} size={28} />
          <span>
            <a href={`/agents/${id}`} tabIndex={-1}>
              {name}
            </a>
            {headline && <span class="quiet list-under">{headline}</span>}
          </span>
        </span>
      ),
    },
    {
      key: "status",
      header: "Stage",
      cell: ({ status, statusName }) => (
        <StatusPill tone={TONES[kindOf(status)] ?? "info"}>{statusName}</StatusPill>
      ),
    },
    { key: "since", header: "Entered", cell: ({ statusSince }) => <Ago at={statusSince} />, wide: true },
    {
      key: "waiting",
      header: "Waiting for",
      wide: true,
      cell: ({ waitingFor }) => waitingFor ?? <span class="quiet">Nothing</span>,
    },
    { key: "email", header: "E-mail address", cell: ({ email }) => email, wide: true },
    {
      key: "tags",
      header: "Tags",
      wide: true,
      cell: ({ tags }) => (
        <span class="row list-tags">
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    { key: "created", header: "Joined", cell: ({ createdAt }) => <Ago at={createdAt} />, wide: true },
  ];
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <EmptyState
      icon="search"
      title="Nobody matches"
      action={<Button onClick={onClear}>Show everyone</Button>}
    >
      Names, e-mail addresses and phone numbers are found by the start of any word.
    </EmptyState>
  ) : (
    <EmptyState icon="users" title="Nobody is in the pool yet">
      People appear here as soon as they register as agents.
    </EmptyState>
  );
}

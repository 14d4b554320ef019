import "../recruiter/board.css";
import "../deliveries/deliveries.css";
import { useLocation } from "preact-iso";
import type { Source } from "../../worker/features/inbox/schema";
import { CALM_MS, usePulse } from "../deliveries/pulse";
import { Ago } from "../lib/ago";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { Button, Card, type Column, EmptyState, Page, StatusPill } from "../ui";
import { SCHEMES, sourceState } from "./words";

/** Who sends us events. */
export default function SourcesScreen() {
  const { route } = useLocation();
  const pages = usePages<Source>("/api/integrations", {});
  const { first } = pages;
  usePulse(first.data ? CALM_MS : null, pages.noteNews);
  useShortcuts("Sources", [
    ...WALK_KEYS,
    { key: "n", label: "Connect a source", run: () => route("/settings/sources/new") },
  ]);
  return (
    <Page
      title="Sources"
      lead="Systems that send Portico events: results of assessments, candidates, decisions about offers."
      width="full"
      actions={
        <Button variant="primary" icon="plus" href="/settings/sources/new">
          Connect a source
        </Button>
      }
    >
      <ListTable
        pages={pages}
        what="The list of sources"
        lines={6}
        caption="Sources"
        columns={COLUMNS}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={({ id }) => route(`/settings/sources/${id}`)}
        empty={
          <Card>
            <EmptyState
              icon="download"
              title="Nobody sends anything yet"
              action={
                <Button variant="primary" icon="plus" href="/settings/sources/new">
                  Connect a source
                </Button>
              }
            >
              Connect a system and it gets an address and a secret to sign with. What it sends then stands in
              the inbox, with what became of it.
            </EmptyState>
          </Card>
        }
      />
    </Page>
  );
}

const COLUMNS: Column<Source>[] = [
  {
    key: "name",
    header: "Name",
    cell: ({ id, name, lastError, lastErrorAt }) => (
      <>
        <a class="delivery-link" href={`/settings/sources/${id}`} tabIndex={-1}>
          {name}
        </a>
        {lastError && lastErrorAt && (
          <span class="quiet delivery-under delivery-narrow">
            {lastError} · <Ago at={lastErrorAt} />
          </span>
        )}
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    width: "11rem",
    cell: (source) => <StatusPill tone={sourceState(source).tone}>{sourceState(source).label}</StatusPill>,
  },
  { key: "scheme", header: "Signature", wide: true, cell: ({ scheme }) => SCHEMES[scheme].label },
  {
    key: "last",
    header: "Last event",
    wide: true,
    cell: ({ lastEventAt }) => (lastEventAt ? <Ago at={lastEventAt} /> : <span class="quiet">None yet</span>),
  },
  {
    key: "error",
    header: "Last error",
    wide: true,
    cell: ({ lastError, lastErrorAt }) =>
      lastError && lastErrorAt ? (
        <span class="dead-reason">
          {lastError} <span class="quiet">· </span>
          <Ago at={lastErrorAt} class="quiet" />
        </span>
      ) : (
        <span class="quiet">None</span>
      ),
  },
];

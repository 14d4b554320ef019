import "../recruiter/board.css";
import "./applications.css";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Application } from "../../worker/features/applications/schema";
import type { BulkAction } from "../../worker/features/applications/words";
import type { Pages } from "../lib/pages";
import { ListFoot } from "../recruiter/list-parts";
import type { StageChoice } from "../recruiter/stage-picker";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, Loading, Skeleton, Table } from "../ui";
import { bringBack } from "./bulk";
import { BulkBar } from "./bulk-bar";
import { BulkDialog } from "./bulk-dialog";
import { sharedStage } from "./chosen";
import { applicationColumns } from "./columns";
import { useListKeys } from "./list-keys";

export interface ApplicationListProps {
  pages: Pages<Application>;
  /** What the table holds, for screen readers. */
  caption: string;
  /** Over several jobs: says which one. */
  jobs: boolean;
  team: boolean;
  /** Of the job that everybody chosen applied to, where it is one. */
  pipelineOf: (chosen: readonly Application[]) => { id: string; stages: readonly StageChoice[] } | null;
  href: (application: Application) => string;
  /** The list is that of the archive. */
  archived: boolean;
  /** Changes with the filters, which drops what was chosen. */
  of: string;
  empty: ComponentChildren;
  help: () => void;
}

/** Applications as a table, with what can be done with many of them. */
export function ApplicationList(props: ApplicationListProps) {
  const { pages, caption, jobs, team, pipelineOf, href, archived, of, empty, help } = props;
  const { first, rows } = pages;
  const { route } = useLocation();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<BulkAction | null>(null);
  useEffect(() => setSelected(new Set()), [of]);
  const chosen = useMemo(
    () => rows.filter(({ id }) => selected.has(id)),
    [rows.length, first.data, selected],
  );
  const pipeline = pipelineOf(chosen);
  const columns = useMemo(() => applicationColumns({ jobs, team, href }), [jobs, team]);

  useListKeys({
    team,
    help,
    rows,
    selected,
    select: setSelected,
    act: (action) => {
      if (!archived && (action !== "move" || pipeline)) setBulk(action);
    },
    clear: () => setSelected(new Set()),
  });

  if (first.error && !first.data) {
    return <LoadTrouble what="The list" error={first.error} onRetry={first.reload} />;
  }
  if (!first.data) {
    return (
      <Loading label="Loading the list">
        <Card>
          <Skeleton lines={12} />
        </Card>
      </Loading>
    );
  }
  return (
    <>
      {rows.length === 0 ? (
        empty
      ) : (
        <>
          <Card flush class="list-card">
            <Table
              caption={caption}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              rowName={({ name }) => name}
              onOpen={(application) => route(href(application))}
              {...(team ? { selected, onSelect: setSelected } : {})}
            />
          </Card>
          <ListFoot pages={pages} />
        </>
      )}
      <BulkBar
        count={chosen.length}
        canMove={pipeline !== null}
        onAction={setBulk}
        onClear={() => setSelected(new Set())}
        onBringBack={
          archived
            ? () => {
                setSelected(new Set());
                void bringBack(chosen).then(pages.restart);
              }
            : undefined
        }
      />
      <BulkDialog
        action={bulk}
        chosen={chosen}
        from={pipeline ? sharedStage(chosen) : undefined}
        pipelineId={pipeline?.id}
        stages={pipeline?.stages ?? []}
        onClose={() => setBulk(null)}
        onDone={() => {
          setSelected(new Set());
          pages.restart();
        }}
        onUndone={pages.restart}
      />
    </>
  );
}

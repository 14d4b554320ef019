import { me } from "../lib/session";
import { EmptyState, Page } from "../ui";
import { Board } from "./board";
import { NoAgents } from "./board-parts";
import { PoolSwitch } from "./pool-switch";

/** The agent pool as a board. */
export default function PoolScreen() {
  const pipelineId = me.value?.pipelineId;
  if (!pipelineId) {
    return (
      <Page title="Agent pool" width="full">
        <EmptyState icon="square-kanban" title="There is no agent pool here">
          An organization gets its agent pool when it signs up. Ask an admin to look into it.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Board
      key={pipelineId}
      pipelineId={pipelineId}
      kind="pool"
      empty={<NoAgents />}
      frame={(tools, columns, board) => (
        <Page
          title={board?.pipeline.name ?? "Agent pool"}
          width="full"
          fill
          actions={
            <>
              <PoolSwitch here="board" />
              {tools}
            </>
          }
        >
          {columns}
        </Page>
      )}
    />
  );
}

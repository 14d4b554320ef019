import { AgentView, useAgent } from "./agent-view";
import { mover, type PanelContentProps } from "./panel-content";

/** An agent beside the board. */
export function AgentPanel(props: PanelContentProps) {
  const { desk, personId } = props;
  const turn = desk.store.touched.value[personId] ?? 0;
  const loaded = useAgent(personId, turn);
  const agent = loaded.data?.agent;
  const board = desk.store.view.value;
  return (
    <AgentView
      loaded={loaded}
      turn={turn}
      poolName={board?.pipeline.name ?? "Agent pool"}
      stages={board?.stages ?? []}
      onMove={mover(props, agent && { name: agent.name, stage: agent.status })}
    />
  );
}

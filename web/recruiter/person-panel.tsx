import { SidePanel } from "../ui";
import { AgentView, useAgent } from "./agent-view";
import { findPerson } from "./board-model";
import type { Desk } from "./desk";

export interface PersonPanelProps {
  desk: Desk;
  onClose: () => void;
}

/** The person beside the board; the keys of the board walk on behind it. */
export function PersonPanel({ desk, onClose }: PersonPanelProps) {
  const personId = desk.opened.value;
  const place = personId && desk.store.view.value ? findPerson(desk.store.view.value, personId) : null;
  return (
    <SidePanel
      open={personId !== null}
      onClose={onClose}
      modal={false}
      wide
      title={place?.card.name ?? "Person"}
      actions={
        personId && (
          <a class="button button-plain button-s" href={`/agents/${personId}`}>
            Open as a page
          </a>
        )
      }
    >
      {personId && <PanelContent key={personId} desk={desk} personId={personId} />}
    </SidePanel>
  );
}

function PanelContent({ desk, personId }: { desk: Desk; personId: string }) {
  const turn = desk.store.touched.value[personId] ?? 0;
  const loaded = useAgent(personId, turn);
  const board = desk.store.view.value;
  const stages = board?.stages ?? [];
  return (
    <AgentView
      loaded={loaded}
      turn={turn}
      poolName={board?.pipeline.name ?? "Agent pool"}
      stages={stages}
      onMove={(to) => {
        const agent = loaded.data?.agent;
        const who = desk.who(personId) ?? (agent && { personId, name: agent.name, stage: agent.status });
        if (!who) return;
        if (to) desk.move(who, to);
        else desk.ask(who);
      }}
    />
  );
}

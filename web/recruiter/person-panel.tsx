import { SidePanel } from "../ui";
import { AgentView, useAgent } from "./agent-view";
import { findPerson, needsReason } from "./board-model";
import type { Desk } from "./desk";

export interface PersonPanelProps {
  desk: Desk;
  onClose: () => void;
  onMove: (personId: string, to: string) => Promise<void>;
}

/** The person beside the board; the keys of the board walk on behind it. */
export function PersonPanel({ desk, onClose, onMove }: PersonPanelProps) {
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
      {personId && <PanelContent key={personId} desk={desk} personId={personId} onMove={onMove} />}
    </SidePanel>
  );
}

function PanelContent({ desk, personId, onMove }: { desk: Desk; personId: string; onMove: PersonPanelProps["onMove"] }) {
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
        const stage = stages.find(({ key }) => key === to);
        if (to && stage && !needsReason(stage.kind)) void onMove(personId, to);
        else desk.ask(personId, to);
      }}
    />
  );
}

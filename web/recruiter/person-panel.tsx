import { ApplicationView } from "../applications/application-view";
import { useApplication } from "../applications/use-application";
import { SidePanel } from "../ui";
import { AgentView, useAgent } from "./agent-view";
import { findPerson } from "./board-model";
import { AGENTS } from "./board-subject";
import type { Desk } from "./desk";

export interface PersonPanelProps {
  desk: Desk;
  onClose: () => void;
}

/** The person beside the board; the keys of the board walk on behind it. */
export function PersonPanel({ desk, onClose }: PersonPanelProps) {
  const personId = desk.opened.value;
  const place = personId && desk.store.view.value ? findPerson(desk.store.view.value, personId) : null;
  const page = place ? desk.subject.href(place.card) : desk.subject === AGENTS ? `/agents/${personId}` : null;
  const Content = desk.subject === AGENTS ? AgentContent : ApplicationContent;
  return (
    <SidePanel
      open={personId !== null}
      onClose={onClose}
      modal={false}
      wide
      title={place?.card.name ?? "Person"}
      actions={
        personId &&
        page &&
        desk.canMove && (
          <a class="button button-plain button-s" href={page}>
            Open as a page
          </a>
        )
      }
    >
      {personId && <Content key={personId} desk={desk} personId={personId} />}
    </SidePanel>
  );
}

interface ContentProps {
  desk: Desk;
  personId: string;
}

/** Moves whoever is open; they may stand below the cards that are loaded. */
function mover({ desk, personId }: ContentProps, read: { name: string; stage: string } | undefined) {
  return (to?: string) => {
    const who = desk.who(personId) ?? (read && { personId, ...read });
    if (!who) return;
    if (to) desk.move(who, to);
    else desk.ask(who);
  };
}

function AgentContent(props: ContentProps) {
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

function ApplicationContent(props: ContentProps) {
  const { desk, personId } = props;
  const loaded = useApplication(personId, desk.store.touched.value[personId] ?? 0);
  const application = loaded.data?.application;
  return (
    <ApplicationView
      loaded={loaded}
      stages={desk.store.view.value?.stages ?? []}
      onMove={desk.canMove ? mover(props, application) : undefined}
    />
  );
}

import { onDemand } from "../lib/on-demand";
import { SidePanel } from "../ui";
import { findPerson } from "./board-model";
import { AGENTS } from "./board-subject";
import type { Desk } from "./desk";

const AgentPanel = onDemand(() => import("./agent-panel").then((part) => part.AgentPanel));
const ApplicationPanel = onDemand(() =>
  import("../applications/application-panel").then((part) => part.ApplicationPanel),
);
const contentOf = (desk: Desk) => (desk.subject === AGENTS ? AgentPanel : ApplicationPanel);

/** Fetches the code of what stands in the panel, before somebody is opened. */
export function preloadPanel(desk: Desk): void {
  contentOf(desk).preload();
}

export interface PersonPanelProps {
  desk: Desk;
  onClose: () => void;
}

/** The person beside the board; the keys of the board walk on behind it. */
export function PersonPanel({ desk, onClose }: PersonPanelProps) {
  const personId = desk.opened.value;
  const place = personId && desk.store.view.value ? findPerson(desk.store.view.value, personId) : null;
  const page = place ? desk.subject.href(place.card) : desk.subject === AGENTS ? `/agents/${personId}` : null;
  const Content = contentOf(desk);
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

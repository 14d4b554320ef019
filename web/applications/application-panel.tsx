import { mover, type PanelContentProps } from "../recruiter/panel-content";
import { ApplicationView } from "./application-view";
import { useApplication } from "./use-application";

/** An application beside the board. */
export function ApplicationPanel(props: PanelContentProps) {
  const { desk, personId } = props;
  const turn = desk.store.touched.value[personId] ?? 0;
  const loaded = useApplication(personId, turn);
  return (
    <ApplicationView
      loaded={loaded}
      turn={turn}
      stages={desk.store.view.value?.stages ?? []}
      onMove={desk.canMove ? mover(props, loaded.data?.application) : undefined}
    />
  );
}

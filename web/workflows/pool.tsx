import { me } from "../lib/session";
import { EmptyState, Page } from "../ui";
import { WorkflowEditor } from "./editor";

/** The stages that agents go through. */
export default function PoolStagesScreen() {
  const pipelineId = me.value?.pipelineId;
  return (
    <Page
      title="Agent pool stages"
      width="full"
      lead="The way of an agent, from their registration to being active. Changes show on the board at once."
    >
      {pipelineId ? (
        <WorkflowEditor owner={{ pipelineId }} pool />
      ) : (
        <EmptyState icon="workflow" title="There is no agent pool">
          This organization works without one.
        </EmptyState>
      )}
    </Page>
  );
}

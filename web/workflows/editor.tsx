import "./workflows.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { StageAction, WorkflowStep } from "../../worker/features/workflows/schema";
import { LoadTrouble } from "../recruiter/trouble";
import { Card, EmptyState, Icon, Loading, Skeleton } from "../ui";
import { ActionDialog } from "./action-dialog";
import { AddStage } from "./add-stage";
import { CandidateWords } from "./candidate-words";
import { Describe } from "./describe";
import { type Dragged, useDragOrder } from "./drag-order";
import { RemoveStage } from "./remove-stage";
import { StageRow, type StageVerbs } from "./stage-row";
import { useNames } from "./use-names";
import { type WorkflowOwner, WorkflowStore } from "./workflow-store";

export interface WorkflowEditorProps {
  /** Whose stages: `{ templateId }`, or `{ pipelineId }` for those of a job or of the agent pool. */
  owner: WorkflowOwner;
  /** The agent pool's, whose ends are fixed: new stages are open ones, and none changes its meaning. */
  pool?: boolean;
  /** Told when all that was changed is saved: what the stages belong to has another version then. */
  onSaved?: () => void;
}

/** What is open over the list. */
type Open =
  | { what: "action"; stage: WorkflowStep; action: StageAction | null }
  | { what: "describe"; stage: WorkflowStep }
  | { what: "say"; stage: WorkflowStep }
  | { what: "remove"; stage: WorkflowStep };

/** The stages of a workflow, to be ordered, named and given actions. Every change is saved as it is made. */
export function WorkflowEditor({ owner, pool = false, onSaved }: WorkflowEditorProps) {
  const id = "templateId" in owner ? owner.templateId : owner.pipelineId;
  const store = useMemo(() => new WorkflowStore(owner), [id]);
  const names = useNames(pool);
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    void store.load();
    return () => store.close();
  }, [store]);
  const saving = store.saving.value;
  useEffect(() => {
    if (saving === "saved") onSaved?.();
  }, [saving]);

  const stages = store.stages.value;
  const move = (stage: WorkflowStep, to: number) => {
    setSaid(`${stage.name} is at place ${to + 1} of ${stages?.length ?? 0} now.`);
    void store.move(stage.id, to);
  };
  const { list, dragged, start } = useDragOrder((from, to) => {
    const stage = stages?.[from];
    if (stage) move(stage, to);
  });
  const verbs: StageVerbs = {
    rename: (stage, name) => void store.edit(stage.id, { name }),
    describe: (stage) => setOpen({ what: "describe", stage }),
    say: (stage) => setOpen({ what: "say", stage }),
    kind: (stage, kind) => void store.edit(stage.id, { kind }),
    share: (stage, sharesWithClient) => void store.edit(stage.id, { sharesWithClient }),
    move,
    remove: (stage) => setOpen({ what: "remove", stage }),
    addAction: (stage) => setOpen({ what: "action", stage, action: null }),
    editAction: (stage, action) => setOpen({ what: "action", stage, action }),
    moveAction: (stage, action, to) => void store.moveAction(stage, action, to),
    removeAction: (stage, action) => void store.removeAction(stage.id, action.id),
  };
  const close = () => setOpen(null);

  if (!stages) {
    return store.trouble.value ? (
      <LoadTrouble what="The workflow" error={store.trouble.value} onRetry={() => void store.load()} />
    ) : (
      <Loading label="Loading the workflow">
        <Card>
          <Skeleton lines={12} />
        </Card>
      </Loading>
    );
  }
  return (
    <section class="workflow" aria-label="Stages">
      <div class="workflow-top">
        <p class="workflow-hint">
          People go from top to bottom. On the right stands what happens when somebody enters a stage.
        </p>
        <Saved state={saving} />
      </div>
      <p class="sr-only" role="status">
        {said}
      </p>
      {stages.length === 0 ? (
        <Card>
          <EmptyState icon="workflow" title="No stages yet">
            Add the first one below.
          </EmptyState>
        </Card>
      ) : (
        <ol class={dragged ? "stages stages-dragging" : "stages"} ref={list}>
          {stages.map((stage, at) => (
            <StageRow
              key={stage.id}
              stage={stage}
              at={at}
              of={stages.length}
              peopled={"pipelineId" in owner}
              pool={pool}
              names={names.names}
              verbs={verbs}
              onGrip={start(at)}
              by={offset(dragged, at)}
              dragged={dragged?.from === at}
            />
          ))}
        </ol>
      )}
      <AddStage pool={pool} onAdd={(stage, key) => store.add(stage, key)} />
      {open?.what === "action" && (
        <ActionDialog
          {...open}
          mails={names.mails}
          people={names.team}
          campaigns={pool ? names.campaigns : null}
          store={store}
          onClose={close}
        />
      )}
      <Describe
        stage={open?.what === "describe" ? open.stage : null}
        onClose={close}
        onSave={(stage, description) => void store.edit(stage.id, { description })}
      />
      <CandidateWords
        stage={open?.what === "say" ? open.stage : null}
        onClose={close}
        onSave={(stage, words) => void store.edit(stage.id, words)}
      />
      <RemoveStage
        stage={open?.what === "remove" ? open.stage : null}
        stages={stages}
        names={names.names}
        onClose={close}
        onRemove={(stage, moveTo) => store.remove(stage.id, moveTo)}
      />
    </section>
  );
}

/** The dragged one goes with the pointer; those that it passes make room. */
function offset(dragged: Dragged | null, at: number): number {
  if (!dragged) return 0;
  const { from, to, by, height } = dragged;
  if (at === from) return by;
  if (at >= to && at < from) return height;
  return at > from && at <= to ? -height : 0;
}

function Saved({ state }: { state: "" | "saving" | "saved" }) {
  return (
    <span class="workflow-saved" role="status">
      {state === "saving" && "Saving"}
      {state === "saved" && (
        <>
          <Icon name="check" size={16} /> Saved
        </>
      )}
    </span>
  );
}

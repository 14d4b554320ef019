import { useEffect, useState } from "preact/hooks";
import type { WorkflowStep } from "../../worker/features/workflows/schema";
import { FormProblem } from "../account/form-parts";
import { errorText, ProblemError } from "../lib/client";
import { Button, Dialog, Select, toast } from "../ui";
import { actionWords, type Names } from "./action-words";

export interface RemoveStageProps {
  stage: WorkflowStep | null;
  stages: readonly WorkflowStep[];
  names: Names;
  onClose: () => void;
  onRemove: (stage: WorkflowStep, moveTo?: string) => Promise<void>;
}

/** Takes a stage away, after asking where people who stand in it go. */
export function RemoveStage({ stage, stages, names, onClose, onRemove }: RemoveStageProps) {
  const [count, setCount] = useState(0);
  const [moveTo, setMoveTo] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const others = stages.filter(({ id }) => id !== stage?.id);
  useEffect(() => {
    setCount(stage?.count ?? 0);
    setProblem(null);
    const at = stages.findIndex(({ id }) => id === stage?.id);
    // People rather start a step again than skip one.
    setMoveTo((stages[at - 1] ?? stages[at + 1])?.key ?? "");
  }, [stage?.id]);

  const remove = async () => {
    if (!stage) return;
    setBusy(true);
    setProblem(null);
    try {
      await onRemove(stage, count > 0 ? moveTo : undefined);
      toast({ text: `${stage.name} is gone.` });
      onClose();
    } catch (error) {
      const held = heldBy(error);
      // Somebody came in while one looked: then it is asked where they go.
      if (held > 0 && held !== count) setCount(held);
      else setProblem(errorText(error));
    }
    setBusy(false);
  };

  const target = others.find(({ key }) => key === moveTo);
  const people = count === 1 ? "1 person" : `${count.toLocaleString()} people`;
  return (
    <Dialog
      open={stage !== null}
      onClose={onClose}
      title={stage && `Delete ${stage.name}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            {count > 0 ? `Move ${people} and delete` : "Delete"}
          </Button>
        </>
      }
    >
      {stage && (
        <div class="stack">
          <FormProblem>{problem}</FormProblem>
          {count > 0 ? (
            <>
              <p>
                {count === 1 ? "1 person stands" : `${people} stand`} in {stage.name}. Their history stays.
              </p>
              <Select
                label={count === 1 ? "Where they go" : "Where they all go"}
                value={moveTo}
                options={others.map(({ key, name }) => ({ value: key, label: name }))}
                onValue={setMoveTo}
              />
              {target && target.actions.length > 0 && (
                <div>
                  <p>
                    They enter {target.name} as by any move, so this happens for{" "}
                    {count === 1 ? "them" : "each"}:
                  </p>
                  <ul class="removal-list">
                    {target.actions.map((action) => (
                      <li key={action.id}>{actionWords(action, names)}</li>
                    ))}
                  </ul>
                </div>
              )}
            </>
          ) : (
            <p>
              Nobody stands in it.
              {stage.actions.length > 0 && " What happens on entering it goes too."} It can’t be brought back,
              but a new one can be added.
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** How many people a stage holds, where that is why it was not deleted. */
function heldBy(error: unknown): number {
  if (!(error instanceof ProblemError) || error.status !== 409) return 0;
  const current = error.problem.current as { count?: unknown } | null | undefined;
  return typeof current?.count === "number" ? current.count : 0;
}

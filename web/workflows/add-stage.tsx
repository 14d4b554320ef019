import { useState } from "preact/hooks";
import { STAGE_KINDS, type StageKind } from "../../worker/features/pipelines/words";
import type { NewStage } from "../../worker/features/workflows/schema";
import { FormProblem } from "../account/form-parts";
import { useFirstFocus } from "../lib/first-focus";
import { useForm } from "../lib/form";
import { Button, Select, TextField } from "../ui";
import { KINDS } from "./stage-row";

export interface AddStageProps {
  /** In the agent pool every new stage is an open one. */
  pool: boolean;
  onAdd: (stage: Partial<NewStage> & { name: string }, key: string) => Promise<unknown>;
}

/** A new stage, by its name: it stands before those in which people's way ends. */
export function AddStage(props: AddStageProps) {
  const [open, setOpen] = useState(false);
  if (open) return <Form {...props} onClose={() => setOpen(false)} />;
  return (
    <div class="row">
      <Button icon="plus" onClick={() => setOpen(true)}>
        Add a stage
      </Button>
    </div>
  );
}

function Form({ pool, onAdd, onClose }: AddStageProps & { onClose: () => void }) {
  const root = useFirstFocus<HTMLFormElement>();
  const form = useForm({
    initial: { name: "", kind: "open" },
    validate: ({ name }) => ({ name: name.trim() ? undefined : "Write a name." }),
    submit: async ({ name, kind }, key) => {
      await onAdd({ name: name.trim(), kind: kind as StageKind }, key);
      onClose();
    },
  });
  return (
    <form class="stage-add" ref={root} onSubmit={form.onSubmit} noValidate aria-label="New stage">
      <FormProblem>{form.problem}</FormProblem>
      <div class="stage-add-fields">
        <TextField {...form.field("name")} label="Name of the stage" maxLength={200} autoComplete="off" />
        {!pool && (
          <Select
            {...form.field("kind")}
            label="What it means to stand here"
            options={STAGE_KINDS.map((kind) => ({ value: kind, label: KINDS[kind].word }))}
          />
        )}
        <div class="row">
          <Button type="submit" variant="primary" busy={form.pending}>
            Add
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}

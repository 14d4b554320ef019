import { useState } from "preact/hooks";
import { STAGE_KINDS, type StageKind } from "../../worker/features/pipelines/words";
import type { NewStage } from "../../worker/features/workflows/schema";
import { FormProblem } from "../account/form-parts";
import { useForm } from "../lib/form";
import { Button, Select, TextField } from "../ui";
import { KINDS } from "./stage-row";

export interface AddStageProps {
  /** In the agent pool every new stage is an open one. */
  pool: boolean;
  onAdd: (stage: Partial<NewStage> & { name: string }, key: string) => Promise<unknown>;
}

/** A new stage, by its name: it stands before those in which people's way ends. */
export function AddStage({ pool, onAdd }: AddStageProps) {
  const [open, setOpen] = useState(false);
  const form = useForm({
    initial: { name: "", kind: "open" },
    validate: ({ name }) => ({ name: name.trim() ? undefined : "Write a name." }),
    submit: async ({ name, kind }, key) => {
      await onAdd({ name: name.trim(), kind: kind as StageKind }, key);
      form.reset({ name: "", kind: "open" });
      setOpen(false);
    },
  });
  if (!open) {
    return (
      <div class="row">
        <Button icon="plus" onClick={() => setOpen(true)}>
          Add a stage
        </Button>
      </div>
    );
  }
  return (
    <form class="stage-add" onSubmit={form.onSubmit} noValidate aria-label="New stage">
      <FormProblem>{form.problem}</FormProblem>
      <div class="stage-add-fields">
        <TextField
          {...form.field("name")}
          label="Name of the stage"
          maxLength={200}
          autoFocus
          autoComplete="off"
        />
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
          <Button
            onClick={() => {
              form.reset();
              setOpen(false);
            }}
          >
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}

import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, TextArea, toast } from "../ui";

export interface Waiving {
  step: Pick<OnboardingStep, "id" | "title">;
  agent: { id: string; name: string };
  /** False opens the step again. */
  waived: boolean;
}

export interface WaiveDialogProps {
  /** Null closes the dialog. */
  waiving: Waiving | null;
  onClose: () => void;
  onDone: () => void;
}

/** Lets an agent off a step, or has them do it again, with a reason that stays with it. */
export function WaiveDialog({ waiving, onClose, onDone }: WaiveDialogProps) {
  const title = waiving && `${waiving.waived ? "Waive" : "Open again:"} ${waiving.step.title}`;
  return (
    <Dialog open={waiving !== null} onClose={onClose} title={title}>
      {waiving && <WaiveForm waiving={waiving} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function WaiveForm({ waiving, onClose, onDone }: WaiveDialogProps & { waiving: Waiving }) {
  const { step, agent, waived } = waiving;
  const form = useForm({
    initial: { reason: "" },
    validate: ({ reason }) => ({ reason: reason.trim() ? undefined : "Say why." }),
    submit: async ({ reason }, key) => {
      const body = { agentId: agent.id, waived, reason: reason.trim() };
      await post(`/api/onboarding/${step.id}/waive`, body, { key });
      const said = waived
        ? `${agent.name} needn’t do ${step.title}.`
        : `${agent.name} does ${step.title} again.`;
      toast({ text: said, tone: "good" });
      onDone();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextArea
        {...form.field("reason")}
        label="Reason"
        hint={
          waived
            ? `It counts as done for ${agent.name}, who reads this beside it.`
            : `What was done counts no longer. ${agent.name} reads this beside it.`
        }
        rows={2}
        maxLength={1000}
        autoFocus
      />
      <div class="row step-edit-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {waived ? "Waive the step" : "Open it again"}
        </Button>
      </div>
    </form>
  );
}

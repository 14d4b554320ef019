import type { OwnApplication } from "../../worker/features/portal/schema";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, TextArea, toast } from "../ui";

export interface WithdrawDialogProps {
  open: boolean;
  application: Pick<OwnApplication, "id" | "job" | "version">;
  organization: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before an application is withdrawn, and for a reason that one need not give. */
export function WithdrawDialog({ open, onClose, ...props }: WithdrawDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Withdraw your application for ${props.application.job.title}?`}
    >
      {open && <Ask onClose={onClose} {...props} />}
    </Dialog>
  );
}

function Ask({ application, organization, onClose, onDone }: Omit<WithdrawDialogProps, "open">) {
  const form = useForm({
    initial: { reason: "" },
    submit: async ({ reason }, key) => {
      const said = reason.trim();
      await post(`/api/applications/${application.id}/withdraw`, said ? { reason: said } : {}, { key });
      toast({ text: `Your application for ${application.job.title} is withdrawn.`, tone: "good" });
      onDone();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <p>
        Nobody at {organization} works on it any more, and you can’t take that back yourself. You may apply
        for other jobs at any time.
      </p>
      <TextArea
        label="Why, if you want to say it"
        optional
        rows={3}
        maxLength={1000}
        hint={`${organization} reads it.`}
        {...form.field("reason")}
      />
      <div class="row form-buttons">
        <Button onClick={onClose}>Keep it</Button>
        <Button type="submit" variant="danger" busy={form.pending}>
          Withdraw
        </Button>
      </div>
    </form>
  );
}

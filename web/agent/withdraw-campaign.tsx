import type { CampaignPlace } from "../../worker/features/campaigns/schema";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, TextArea, toast } from "../ui";

export interface WithdrawCampaignProps {
  open: boolean;
  place: CampaignPlace;
  name: string;
  organization: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before an agent leaves a campaign, and for a reason that one need not give. */
export function WithdrawCampaign({ open, name, onClose, ...props }: WithdrawCampaignProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Withdraw from ${name}?`} size="s">
      {open && <Ask name={name} onClose={onClose} {...props} />}
    </Dialog>
  );
}

function Ask({ place, name, organization, onClose, onDone }: Omit<WithdrawCampaignProps, "open">) {
  const form = useForm({
    initial: { reason: "" },
    submit: async ({ reason }, key) => {
      const said = reason.trim();
      await post(`/api/campaigns/${place.campaignId}/withdraw`, said ? { reason: said } : {}, { key });
      toast({ text: `You have withdrawn from ${name}.`, tone: "good" });
      onClose();
      onDone();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <p>{organization} doesn’t consider you for it any more. While it is open you may apply again.</p>
      <TextArea
        label="Why, if you want to say it"
        optional
        rows={3}
        maxLength={1000}
        hint={`${organization} reads it.`}
        {...form.field("reason")}
      />
      <div class="row form-buttons">
        <Button onClick={onClose}>Stay</Button>
        <Button type="submit" variant="danger" busy={form.pending}>
          Withdraw
        </Button>
      </div>
    </form>
  );
}

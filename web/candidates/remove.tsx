import type { CandidateDetail } from "../../worker/features/candidates/schema";
import { FormProblem } from "../account/form-parts";
import { del } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, toast } from "../ui";

export interface RemoveCandidateProps {
  candidate: CandidateDetail;
  open: boolean;
  onClose: () => void;
  onRemoved: () => void;
}

/** Asks before somebody is removed for good. */
export function RemoveCandidate(props: RemoveCandidateProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={`Remove ${props.candidate.name}?`}>
      {props.open && <Ask {...props} />}
    </Dialog>
  );
}

function Ask({ candidate, onClose, onRemoved }: RemoveCandidateProps) {
  const form = useForm({
    initial: {},
    submit: async () => {
      await del(`/api/candidates/${candidate.id}`);
      toast({ text: `${candidate.name} was removed.`, tone: "good" });
      onRemoved();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit}>
      <FormProblem>{form.problem}</FormProblem>
      <p>
        Their profile, applications, notes and documents go, for everybody and for good. This can’t be taken
        back.
      </p>
      <div class="row cand-buttons">
        <Button onClick={onClose}>Keep them</Button>
        <Button type="submit" variant="danger" icon="trash-2" busy={form.pending}>
          Remove for good
        </Button>
      </div>
    </form>
  );
}

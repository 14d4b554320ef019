import { useId, useState } from "preact/hooks";
import { UNDO_SECONDS } from "../../worker/features/pipelines/words";
import { ReasonField } from "../applications/reason-field";
import { firstReason, keepReason } from "../applications/reasons";
import { StageEffects } from "../applications/stage-effects";
import { Button, Dialog } from "../ui";
import { needsReason } from "./board-model";
import { firstChoice, type StageChoice, StagePicker } from "./stage-picker";

export interface MoveDialogProps {
  /** Who is moved; null closes the dialog. */
  person: { name: string; stage: string } | null;
  pipelineId?: string;
  stages: readonly StageChoice[];
  /** The stage chosen already, where only a reason is missing. */
  to?: string;
  onMove: (to: string, reason: string) => void;
  onClose: () => void;
}

/** Asks where to move a person, by typing the start of a stage's name, and why. */
export function MoveDialog(props: MoveDialogProps) {
  const { person, stages, to, onClose } = props;
  const chosen = stages.find(({ key }) => key === to);
  const title = (name: string) => {
    if (!chosen) return `Move ${name}`;
    return chosen.kind === "rejected" ? `Reject ${name}` : `Move ${name} to ${chosen.name}`;
  };
  return (
    <Dialog open={person !== null} onClose={onClose} title={person && title(person.name)}>
      {person && <MoveForm {...props} person={person} fixed={chosen} />}
    </Dialog>
  );
}

interface MoveFormProps extends MoveDialogProps {
  person: { name: string; stage: string };
  fixed: StageChoice | undefined;
}

function MoveForm({ person, pipelineId, stages, fixed, onMove, onClose }: MoveFormProps) {
  const id = useId();
  const [picked, setPicked] = useState(() => firstChoice(stages, person.stage));
  // A rejection has its usual reason filled in, so that two keys are enough.
  const rejects = fixed?.kind === "rejected";
  const [reason, setReason] = useState(() => (rejects ? firstReason() : ""));
  const [wrong, setWrong] = useState<string | null>(null);
  const choice = fixed ?? picked;
  const must = choice ? needsReason(choice.kind) : false;

  const submit = () => {
    if (!choice) return;
    if (must && reason.trim() === "") {
      setWrong("Say why, so that it can be understood later.");
      document.getElementById(`${id}-reason`)?.focus();
      return;
    }
    if (choice.kind === "rejected") keepReason(reason.trim());
    onMove(choice.key, reason.trim());
  };

  return (
    <form
      class="move stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!fixed && <StagePicker stages={stages} from={person.stage} choice={picked} onChoice={setPicked} />}
      <ReasonField
        id={`${id}-reason`}
        chips={choice?.kind === "rejected"}
        optional={!must}
        autoFocus={fixed !== undefined && !rejects}
        value={reason}
        error={wrong}
        onValue={(value) => {
          setReason(value);
          setWrong(null);
        }}
        onSubmit={submit}
      />
      {choice && pipelineId && (
        <StageEffects pipelineId={pipelineId} stage={choice.key} wait={`${UNDO_SECONDS} seconds`} />
      )}
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={choice?.kind === "rejected" ? "danger" : "primary"}
          disabled={!choice}
          autoFocus={rejects}
          icon={rejects ? "circle-x" : "move-right"}
        >
          {rejects ? `Reject ${person.name}` : choice ? `Move to ${choice.name}` : "Move"}
        </Button>
      </div>
    </form>
  );
}

import "./applications.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BulkAction } from "../../worker/features/applications/words";
import { BULK_UNDO_SECONDS } from "../../worker/features/applications/words";
import { errorText } from "../lib/client";
import { needsReason } from "../recruiter/board-model";
import { firstChoice, type StageChoice, StagePicker } from "../recruiter/stage-picker";
import { Banner, Button, Dialog, type IconName } from "../ui";
import { announceBulk, type BulkLine, type BulkWish, doneText, people, sendBulk } from "./bulk";
import { BulkLines, BulkPreview, usePreview } from "./bulk-preview";
import type { Chosen } from "./chosen";
import { MailChoice } from "./mail-choice";
import { ReasonField } from "./reason-field";
import { firstReason, keepReason } from "./reasons";
import { StageEffects } from "./stage-effects";
import { TagChoice } from "./tag-choice";

export interface BulkDialogProps {
  /** What is to be done; null closes the dialog. */
  action: BulkAction | null;
  chosen: readonly Chosen[];
  /** The pipeline that all of them stand in, with its stages; without one they can't be moved. */
  pipelineId?: string | undefined;
  stages: readonly StageChoice[];
  /** The stage to begin with. */
  to?: string | undefined;
  /** The stage that all of them stand in, where it is one: they go on from there. */
  from?: string | undefined;
  onClose: () => void;
  /** It was done, or taken back: whoever shows these people reads them again. */
  onDone: () => void;
  onUndone: () => void;
}

const TITLES: Record<BulkAction, string> = {
  move: "Move",
  reject: "Reject",
  email: "Mail",
  tag: "Tag",
  archive: "Archive",
};
const ICONS: Record<BulkAction, IconName> = {
  move: "move-right",
  reject: "circle-x",
  email: "send",
  tag: "tag",
  archive: "archive",
};
const WAIT = `${BULK_UNDO_SECONDS / 60} minutes`;

/** Does one thing to many people: says first what would become of each, and can be taken back. */
export function BulkDialog(props: BulkDialogProps) {
  const { action, chosen, onClose } = props;
  const who = chosen.length === 1 ? chosen[0]?.name : people(chosen.length);
  return (
    <Dialog open={action !== null} onClose={onClose} title={action && `${TITLES[action]} ${who}`}>
      {action && <BulkForm key={action} {...props} action={action} />}
    </Dialog>
  );
}

function BulkForm(props: BulkDialogProps & { action: BulkAction }) {
  const { action, pipelineId, stages, onClose } = props;
  // Once it is done nobody is chosen any more, and the dialog may still say who was left out.
  const [chosen] = useState(props.chosen);
  const [from] = useState(props.from);
  const rejected = stages.find(({ kind }) => kind === "rejected");
  const [stage, setStage] = useState<StageChoice | undefined>(() =>
    action === "reject"
      ? rejected
      : (stages.find(({ key }) => key === props.to) ?? firstChoice(stages, props.from)),
  );
  const [reason, setReason] = useState(() => (action === "reject" ? firstReason() : ""));
  const [template, setTemplate] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [eager, setEager] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [failed, setFailed] = useState<BulkLine[] | null>(null);
  const key = useRef(crypto.randomUUID());

  const wish = wishOf(action, { stage, reason, template, tags });
  const preview = usePreview(wish, chosen);
  const able = preview.result?.results.filter(({ ok }) => ok) ?? [];
  const turnsAway =
    action === "reject" || (action === "move" && stage !== undefined && needsReason(stage.kind));

  const submit = async () => {
    if (!wish || busy) return;
    if (!preview.result) return setEager(preview.error === null);
    if (able.length === 0) return;
    if (turnsAway && reason.trim() === "") return setWrong("Say why, so that it can be understood later.");
    setBusy(true);
    setProblem(null);
    try {
      const result = await sendBulk(
        wish,
        able.map(({ id }) => id),
        key.current,
      );
      if (action === "reject") keepReason(reason.trim());
      const done = result.results.filter(({ ok }) => ok);
      const left = result.results.filter(({ ok }) => !ok);
      if (done.length > 0)
        announceBulk(doneText(wish, done.length, stage?.name), result, chosen, props.onUndone);
      props.onDone();
      if (left.length > 0) setFailed(left);
      else onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  // Whoever confirms before the preview is there needs to see it only where somebody is left out.
  useEffect(() => {
    if (!eager || !(preview.result || preview.error)) return;
    setEager(false);
    if (preview.result && able.length === chosen.length) void submit();
  }, [eager, preview.result, preview.error]);

  if (failed) {
    return (
      <div class="bulk stack">
        <p>
          {people(failed.length)} changed meanwhile and {failed.length === 1 ? "stays" : "stay"} as they are:
        </p>
        <BulkLines lines={failed} label="Left as they are" />
        <div class="row move-buttons">
          <Button variant="primary" autoFocus onClick={onClose}>
            All right
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      class="bulk stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {problem && <Banner tone="bad">{problem}</Banner>}
      {action === "move" && <StagePicker stages={stages} from={from} choice={stage} onChoice={setStage} />}
      {action === "email" && <MailChoice value={template} onValue={setTemplate} />}
      {action === "tag" && <TagChoice values={tags} onValues={setTags} />}
      {action === "archive" && (
        <p>
          They leave the board and the lists. Nothing is mailed, and they can be brought back at any time.
        </p>
      )}
      {(action === "move" || action === "reject") && (
        <ReasonField
          chips={action === "reject" || stage?.kind === "rejected"}
          optional={!turnsAway}
          value={reason}
          error={wrong}
          onValue={(text) => {
            setReason(text);
            setWrong(null);
          }}
          onSubmit={() => void submit()}
        />
      )}
      <BulkPreview preview={preview} missing={missingOf(action, wish)} />
      {pipelineId && stage && (action === "move" || action === "reject") && (
        <StageEffects pipelineId={pipelineId} stage={stage.key} wait={WAIT} />
      )}
      {action === "email" && <p class="quiet">Mails wait {WAIT}; taking it back stops them.</p>}
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={turnsAway ? "danger" : "primary"}
          icon={ICONS[action]}
          busy={busy || eager}
          disabled={able.length === 0 && preview.result !== null}
          autoFocus={action === "reject" || action === "archive"}
        >
          {TITLES[action]} {preview.result ? people(able.length) : people(chosen.length)}
        </Button>
      </div>
    </form>
  );
}

interface Parts {
  stage: StageChoice | undefined;
  reason: string;
  template: string;
  tags: string[];
}

/** What is sent, once everything that it needs is there. */
function wishOf(action: BulkAction, { stage, reason, template, tags }: Parts): BulkWish | null {
  const why = reason.trim() ? { reason: reason.trim() } : {};
  switch (action) {
    case "move":
      return stage ? { action, stage: stage.key, ...why } : null;
    case "reject":
      return { action, ...why };
    case "email":
      return template ? { action, template } : null;
    case "tag":
      return tags.length > 0 ? { action, tags } : null;
    case "archive":
      return { action };
  }
}

function missingOf(action: BulkAction, wish: BulkWish | null): string | null {
  if (wish) return null;
  if (action === "tag") return "Add a tag, or name one to take off.";
  return action === "email" ? "Choose a mail to see who gets it." : "Choose a stage to see who goes there.";
}

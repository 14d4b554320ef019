import "./people.css";
import { useState } from "preact/hooks";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import { FormProblem } from "../account/form-parts";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Button, Dialog } from "../ui";
import { Lacks, Names } from "./lacks";
import type { Affected } from "./words";

export interface AffectedDialogProps {
  /** Null while nothing is asked. */
  people: readonly Affected[] | null;
  onClose: () => void;
  /** Saves in spite of it. */
  onConfirm: () => Promise<void>;
}

/** Names who is assigned and would no longer meet what is asked, and asks whether to go on. */
export function AffectedDialog({ people, onClose, onConfirm }: AffectedDialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const count = people?.length ?? 0;
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={people !== null}
      onClose={() => {
        setProblem(null);
        onClose();
      }}
      title={
        count === 1
          ? "One assigned person would no longer qualify"
          : `${count} assigned people would no longer qualify`
      }
      actions={
        <>
          <Button onClick={onClose}>Go back</Button>
          <Button variant="primary" busy={busy} onClick={() => void confirm()}>
            Save, they stay assigned
          </Button>
        </>
      }
    >
      <div class="stack">
        <FormProblem>{problem}</FormProblem>
        <p>
          Nobody loses a place by this. {count === 1 ? "This person stays" : "They stay"} assigned, and the
          list shows what is missing.
        </p>
        {people && <People people={people} />}
      </div>
    </Dialog>
  );
}

/** Each of them with what is missing, which is said once it is known what things are called. */
function People({ people }: { people: readonly Affected[] }) {
  const names = useLoad((signal) => get<RequirementWords>("/api/campaigns/words", {}, { signal }), []).data;
  return (
    <ul class="campaign-affected">
      {people.map(({ agentId, name, missing }) => (
        <li key={agentId}>
          <a href={`/agents/${agentId}`} target="_blank" rel="noopener">
            {name}
          </a>
          <Names.Provider value={names}>
            <Lacks missing={missing} class="quiet" />
          </Names.Provider>
        </li>
      ))}
    </ul>
  );
}

import { useRef, useState } from "preact/hooks";
import type { EvaluationType } from "../../worker/features/evaluations/schema";
import { MOST_CRITERIA } from "../../worker/features/evaluations/words";
import { FormProblem } from "../account/form-parts";
import { errorText, NetworkError, ProblemError, patch, post } from "../lib/client";
import { Button, IconButton, Select, TextArea, TextField, toast } from "../ui";
import {
  type CriterionDraft,
  draftOf,
  faultsOf,
  NEW_TYPE,
  newCriterion,
  toChange,
  toNew,
} from "./type-fields";

export const TYPES = "/api/evaluations/types";

export interface TypeEditProps {
  /** Absent for a new one. */
  type?: EvaluationType;
  onClose: () => void;
  onSaved: (type: EvaluationType) => void;
}

/** A type of evaluation as a form: its scale, what passes, and the lines of its scorecard. */
export function TypeEdit({ type, onClose, onSaved }: TypeEditProps) {
  const [first] = useState(() => (type ? draftOf(type) : NEW_TYPE));
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(crypto.randomUUID());
  const faults = tried ? faultsOf(draft) : {};
  const set = (change: Partial<typeof draft>) => {
    key.current = crypto.randomUUID();
    setDraft((before) => ({ ...before, ...change }));
  };
  const save = async () => {
    setTried(true);
    setProblem(null);
    if (Object.keys(faultsOf(draft)).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      const saved = type
        ? await patch<EvaluationType>(
            TYPES,
            { key: type.key, ...toChange(draft, first) },
            { ifMatch: type.version },
          )
        : await post<EvaluationType>(TYPES, toNew(draft), { key: key.current });
      toast({ text: type ? `${saved.name} is saved.` : `${saved.name} was added.`, tone: "good" });
      onSaved(saved);
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = crypto.randomUUID();
      const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
      setProblem(listed.length > 0 ? listed.map(({ message }) => message).join(" ") : errorText(error));
    }
    setBusy(false);
  };
  const text = (name: "name" | "description" | "minScore" | "maxScore" | "passScore") => ({
    value: draft[name],
    error: name === "description" ? undefined : faults[name],
    onValue: (value: string) => set({ [name]: value }),
  });
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <FormProblem>{problem}</FormProblem>
      <TextField {...text("name")} label="Name" maxLength={200} autoFocus />
      <TextArea {...text("description")} label="Description" optional rows={2} maxLength={2000} />
      <div class="scale">
        <TextField {...text("minScore")} label="Scale from" inputMode="decimal" />
        <TextField {...text("maxScore")} label="to" inputMode="decimal" />
        <TextField {...text("passScore")} label="Passes from" optional inputMode="decimal" />
      </div>
      <Criteria
        criteria={draft.criteria}
        error={faults.criteria}
        onCriteria={(criteria) => set({ criteria })}
      />
      <Select
        label="Who sees the results"
        value={draft.visibility}
        options={[
          { value: "person", label: "The team, and the person themselves" },
          { value: "team", label: "The team alone" },
        ]}
        onValue={(visibility) => set({ visibility: visibility === "team" ? "team" : "person" })}
      />
      <div class="row eval-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {type ? "Save" : "Add the type"}
        </Button>
      </div>
    </form>
  );
}

interface CriteriaProps {
  criteria: readonly CriterionDraft[];
  error: string | undefined;
  onCriteria: (criteria: CriterionDraft[]) => void;
}

/** The lines of a scorecard; without any the type is one score. */
function Criteria({ criteria, error, onCriteria }: CriteriaProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const put = (at: number, change: Partial<CriterionDraft>) =>
    onCriteria(criteria.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const add = () => {
    onCriteria([...criteria, newCriterion()]);
    requestAnimationFrame(() =>
      Array.from(box.current?.querySelectorAll<HTMLElement>(".criterion") ?? [])
        .at(-1)
        ?.querySelector("input")
        ?.focus(),
    );
  };
  return (
    <fieldset class="criteria" ref={box}>
      <legend class="field-label">Scorecard</legend>
      <p class="field-hint">
        {criteria.length === 0
          ? "Without lines it is one score. With lines each gets a mark, and the score is their weighted mean."
          : "Each line gets a mark on the scale. Its weight says how much it counts."}
      </p>
      {criteria.map(({ id, label, weight }, at) => (
        <div key={id} class="criterion">
          <TextField
            label={`Line ${at + 1}`}
            hideLabel
            placeholder="What is judged"
            value={label}
            maxLength={200}
            error={error && label.trim() === "" ? error : undefined}
            onValue={(next) => put(at, { label: next })}
          />
          <TextField
            label={`Weight of line ${at + 1}`}
            hideLabel
            inputMode="decimal"
            before="×"
            value={weight}
            onValue={(next) => put(at, { weight: next })}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || at < criteria.length - 1 || criteria.length >= MOST_CRITERIA)
                return;
              event.preventDefault();
              add();
            }}
          />
          <IconButton
            icon="x"
            size="s"
            label={`Take out line ${at + 1}`}
            onClick={() => onCriteria(criteria.filter((one) => one.id !== id))}
          />
        </div>
      ))}
      {error && !criteria.some(({ label }) => label.trim() === "") && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <div class="row">
        <Button size="s" icon="plus" disabled={criteria.length >= MOST_CRITERIA} onClick={add}>
          Add a line
        </Button>
      </div>
    </fieldset>
  );
}

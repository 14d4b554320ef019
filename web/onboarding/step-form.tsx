import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { DocumentType } from "../../worker/features/documents/schema";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { FormProblem } from "../account/form-parts";
import { useUnsaved } from "../jobs/unsaved";
import { errorText, NetworkError, ProblemError } from "../lib/client";
import { Button, Card, Checkbox, TextArea, TextField } from "../ui";
import { AudienceFields } from "./audience-fields";
import { KindFields } from "./kind-fields";
import { type Faults, faultsOf, type StepDraft } from "./step-draft";
import { StepPreview } from "./step-preview";

export interface StepFormProps {
  first: StepDraft;
  /** The step as it is stored; absent for a new one. */
  step?: OnboardingStep;
  steps: readonly OnboardingStep[];
  types: readonly DocumentType[];
  /** Sends it. The key stays the same until there is an answer. */
  save: (draft: StepDraft, key: string) => Promise<void>;
}

/** A part of the server's refusal that the form has a place for. */
const PARTS: Record<string, keyof Faults> = { schema: "fields", appliesTo: "audience" };

/** Everything about a step, beside the step as agents will see it. */
export function StepForm({ first, step, steps, types, save }: StepFormProps) {
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Faults>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  const [saved, setSaved] = useState(false);
  useLayoutEffect(() => {
    if (!step) form.current?.querySelector("input")?.focus();
  }, []);
  useUnsaved(draft !== first && !saved);

  const change = (make: (before: StepDraft) => Partial<StepDraft>) => {
    key.current = crypto.randomUUID();
    setRefused({});
    setDraft((before) => ({ ...before, ...make(before) }));
  };
  const faults: Faults = { ...refused, ...(tried ? faultsOf(draft) : {}) };

  const toFault = () =>
    requestAnimationFrame(() => {
      const wrong = form.current?.querySelector<HTMLElement>(
        '[aria-invalid="true"], .item-fault, [role=alert]',
      );
      wrong?.focus();
      wrong?.scrollIntoView({ block: "center" });
    });
  const send = async () => {
    setTried(true);
    setProblem(null);
    if (Object.keys(faultsOf(draft)).length > 0) return toFault();
    setBusy(true);
    try {
      await save(draft, key.current);
      setSaved(true);
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = crypto.randomUUID();
      const { byPart, whole } = placed(error, draft);
      setRefused(byPart);
      setProblem(whole);
      toFault();
    }
    setBusy(false);
  };
  const others = steps.filter(({ id }) => id !== step?.id);
  const text = (name: "title" | "description" | "dueDays") => ({
    value: draft[name],
    error: (faults as Partial<Record<string, string>>)[name],
    onValue: (value: string) => change(() => ({ [name]: value })),
  });

  return (
    <form
      ref={form}
      class="step-edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        // A button in focus would be pressed as well.
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <Card class="step-edit-main">
        <FormProblem>{problem}</FormProblem>
        <TextField {...text("title")} label="Title" maxLength={200} />
        <TextArea
          {...text("description")}
          label="Description"
          optional
          hint="What it is for, and how long it takes."
          rows={2}
          maxLength={5000}
        />
        <KindFields draft={draft} onDraft={change} types={types} faults={faults} tried={tried} />
        <hr class="step-edit-rule" />
        <div class="pair">
          <fieldset class="depends">
            <legend class="field-label">Opens after</legend>
            {others.length === 0 && <p class="quiet">There is no other step yet.</p>}
            {others.map(({ id, title }) => (
              <Checkbox
                key={id}
                label={title}
                checked={draft.dependsOn.includes(id)}
                onChecked={(on) =>
                  change(({ dependsOn }) => ({
                    dependsOn: on ? [...dependsOn, id] : dependsOn.filter((one) => one !== id),
                  }))
                }
              />
            ))}
          </fieldset>
          <TextField
            {...text("dueDays")}
            label="Due"
            optional
            inputMode="numeric"
            after="days after onboarding begins"
          />
        </div>
        <AudienceFields
          audience={draft.audience}
          stored={step?.appliesTo ?? null}
          onAudience={(audience) => change(() => ({ audience }))}
          tried={tried}
          error={faults.audience}
        />
        <div class="row step-edit-buttons">
          <Button href="/settings/onboarding">Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} aria-keyshortcuts="Control+Enter">
            {step ? "Save" : "Add the step"}
          </Button>
        </div>
      </Card>
      <StepPreview draft={draft} types={types} />
    </form>
  );
}

/** Errors of parts that the form shows go beside them; all others are told above it. */
function placed(error: unknown, draft: StepDraft): { byPart: Faults; whole: string | null } {
  if (error instanceof ProblemError && error.status === 412) {
    return {
      byPart: {},
      whole:
        "Somebody changed this step while you did. Reload the page to see theirs, then make your change.",
    };
  }
  const byPart: Faults = {};
  const others: string[] = [];
  const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  for (const { path, message } of listed) {
    const start = path.split(".")[0] ?? path;
    const part = PARTS[start] === "fields" && draft.json !== null ? "json" : (PARTS[start] ?? start);
    if (
      [
        "title",
        "documentType",
        "text",
        "url",
        "questions",
        "passScore",
        "dueDays",
        "fields",
        "json",
        "audience",
      ].includes(part)
    )
      byPart[part as keyof Faults] ??= message;
    else others.push(message);
  }
  const allPlaced = listed.length > 0 && others.length === 0;
  return { byPart, whole: allPlaced ? null : others.length > 0 ? others.join(" ") : errorText(error) };
}

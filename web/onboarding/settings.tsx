import "./order.css";
import "./steps.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { DocumentType } from "../../worker/features/documents/schema";
import type { OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import { MOST_STEPS, STEP_KINDS } from "../../worker/features/onboarding/words";
import type { Page as PageOf } from "../../worker/http/shapes";
import { del, errorText, get, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Dialog, EmptyState, Loading, Menu, Page, Skeleton, toast } from "../ui";
import { moved, offset, useDragOrder } from "./reorder";
import { StepRow } from "./step-row";
import { KIND_WORDS, STEPS } from "./words";

/** The steps that new agents go through, in their order. */
export default function OnboardingSettingsScreen() {
  const may = me.value?.role === "admin";
  const { route } = useLocation();
  const loaded = useLoad(async (signal) => {
    const [steps, types] = await Promise.all([
      get<OnboardingSteps>(STEPS, {}, { signal }),
      get<PageOf<DocumentType>>("/api/documents/types", {}, { signal }),
    ]);
    return { steps: steps.data, types: types.data };
  }, []);
  const [removing, setRemoving] = useState<OnboardingStep | null>(null);
  const [said, setSaid] = useState("");
  const steps = loaded.data?.steps ?? [];
  const setSteps = (change: (before: OnboardingStep[]) => OnboardingStep[]) =>
    loaded.set((before) => ({ ...before, steps: change(before.steps) }));

  const move = async (from: number, to: number) => {
    const step = steps[from];
    if (!step || from === to) return;
    const next = moved(steps, from, to);
    setSteps(() => next);
    setSaid(`${step.title} is step ${to + 1} of ${steps.length} now.`);
    try {
      await post(`${STEPS}/order`, { ids: next.map(({ id }) => id) });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      loaded.reload();
    }
  };
  const { list, dragged, start } = useDragOrder((from, to) => void move(from, to));
  useShortcuts("Onboarding steps", [
    {
      key: "n",
      label: "Add a step",
      run: () => document.querySelector<HTMLElement>(".step-add")?.click(),
    },
  ]);
  const add = (
    <Menu
      label="Kinds of steps"
      align="start"
      trigger={
        <Button
          class="step-add"
          variant="primary"
          icon="plus"
          iconEnd="chevron-down"
          disabled={steps.length >= MOST_STEPS}
        >
          Add a step
        </Button>
      }
      items={STEP_KINDS.map((kind) => ({
        label: KIND_WORDS[kind].word,
        icon: KIND_WORDS[kind].icon,
        onSelect: () => route(`/settings/onboarding/new/${kind}`),
      }))}
    />
  );
  return (
    <Page
      title="Onboarding steps"
      width="full"
      lead="What an agent does before they are active. Who has done all that apply to them moves on by themselves."
      actions={
        <>
          <Button icon="users" href="/onboarding">
            Where agents are
          </Button>
          {may && steps.length > 0 && add}
        </>
      }
    >
      <p class="sr-only" role="status">
        {said}
      </p>
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The steps" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the steps">
          <Card>
            <Skeleton lines={8} />
          </Card>
        </Loading>
      ) : steps.length === 0 ? (
        <Card>
          <EmptyState icon="list-todo" title="No steps yet" action={may ? add : undefined}>
            {may
              ? "Add the first one: a form, a document, a text to sign, a quiz. Agents in the stage Onboarding see them at once."
              : "An admin adds them here. Agents in the stage Onboarding then see them at once."}
          </EmptyState>
        </Card>
      ) : (
        <ol class={dragged ? "steps steps-dragging" : "steps"} ref={list} aria-label="Steps in their order">
          {steps.map((step, at) => (
            <StepRow
              key={step.id}
              step={step}
              at={at}
              of={steps.length}
              may={may}
              typeName={(key) => loaded.data?.types.find((type) => type.key === key)?.name ?? key}
              titleOf={(id) => steps.find((one) => one.id === id)?.title}
              onMove={(to) => void move(at, to)}
              onRemove={() => setRemoving(step)}
              onGrip={start(at)}
              by={offset(dragged, at)}
              dragged={dragged?.from === at}
            />
          ))}
        </ol>
      )}
      <RemoveStep
        step={removing}
        waiting={steps.filter(({ dependsOn }) => removing && dependsOn.includes(removing.id))}
        onClose={() => setRemoving(null)}
        onRemoved={(step) => {
          setRemoving(null);
          setSteps((before) => before.filter(({ id }) => id !== step.id));
          loaded.reload();
        }}
      />
    </Page>
  );
}

interface RemoveStepProps {
  /** Null closes the dialog. */
  step: OnboardingStep | null;
  /** Steps that open after it. */
  waiting: readonly OnboardingStep[];
  onClose: () => void;
  onRemoved: (step: OnboardingStep) => void;
}

/** Asks before a step is taken away, and says what comes of it. */
function RemoveStep({ step, waiting, onClose, onRemoved }: RemoveStepProps) {
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    if (!step) return;
    setBusy(true);
    try {
      await del(`${STEPS}/${step.id}`);
      toast({ text: `${step.title} is gone.`, tone: "good" });
      onRemoved(step);
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
      onClose();
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={step !== null}
      onClose={onClose}
      size="s"
      title={`Delete ${step?.title ?? "the step"}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" icon="trash-2" busy={busy} autoFocus onClick={() => void remove()}>
            Delete the step
          </Button>
        </>
      }
    >
      <p>
        Nobody is asked for it any more. What agents did in it is kept.
        {waiting.length > 0 &&
          ` Others open after it, and have to let go of it first: ${waiting.map(({ title }) => title).join(", ")}.`}
      </p>
    </Dialog>
  );
}

import "./step-edit.css";
import { useMemo } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { DocumentType } from "../../worker/features/documents/schema";
import type { OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import { STEP_KINDS, type StepKind } from "../../worker/features/onboarding/words";
import type { Page as PageOf } from "../../worker/http/shapes";
import { get, post, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, EmptyState, Loading, Page, Skeleton, toast } from "../ui";
import { draftOf, newDraft, toChange, toNew } from "./step-draft";
import { StepForm } from "./step-form";
import { StepPreview } from "./step-preview";
import { KIND_WORDS, STEPS } from "./words";

/** One step of the onboarding, new or to be changed. */
export default function StepScreen() {
  const { params } = useRoute();
  return <StepPage key={params.id ?? params.kind} id={params.id ?? null} kind={params.kind ?? null} />;
}

function StepPage({ id, kind }: { id: string | null; kind: string | null }) {
  const { route } = useLocation();
  const loaded = useLoad(
    async (signal) => {
      const [steps, types] = await Promise.all([
        get<OnboardingSteps>(STEPS, {}, { signal }),
        get<PageOf<DocumentType>>("/api/documents/types", {}, { signal }),
      ]);
      return { steps: steps.data, types: types.data };
    },
    [id],
  );
  const step = loaded.data?.steps.find((one) => one.id === id);
  const known = step?.kind ?? STEP_KINDS.find((one) => one === kind);
  const title = step ? step.title : known ? `New step: ${KIND_WORDS[known].word.toLowerCase()}` : "Step";
  return (
    <Page title={title} width="full" lead={known && `${KIND_WORDS[known].long}.`}>
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The step" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the step">
          <Card>
            <Skeleton lines={9} />
          </Card>
        </Loading>
      ) : !known ? (
        <EmptyState
          icon="list-todo"
          title="There is no such step"
          action={<Button href="/settings/onboarding">All steps</Button>}
        >
          Somebody may have taken it away meanwhile.
        </EmptyState>
      ) : (
        <Editor
          step={step}
          kind={known}
          steps={loaded.data.steps}
          types={loaded.data.types}
          onSaved={() => route("/settings/onboarding")}
        />
      )}
    </Page>
  );
}

interface EditorProps {
  step: OnboardingStep | undefined;
  kind: StepKind;
  steps: readonly OnboardingStep[];
  types: readonly DocumentType[];
  onSaved: () => void;
}

function Editor({ step, kind, steps, types, onSaved }: EditorProps) {
  const first = useMemo(() => (step ? draftOf(step) : newDraft(kind)), [step?.id, kind]);
  if (me.value?.role !== "admin") {
    return (
      <div class="step-look">
        <Banner tone="info">Admins can change this step.</Banner>
        <StepPreview draft={first} types={types} />
      </div>
    );
  }
  return (
    <StepForm
      first={first}
      step={step}
      steps={steps}
      types={types}
      save={async (draft, key) => {
        if (step) {
          const change = toChange(draft, first);
          if (Object.keys(change).length > 0)
            await put<OnboardingStep>(`${STEPS}/${step.id}`, change, { ifMatch: step.version });
          toast({ text: `${draft.title.trim()} is saved.`, tone: "good" });
        } else {
          const made = await post<OnboardingStep>(STEPS, toNew(draft), { key });
          toast({ text: `${made.title} was added as the last step.`, tone: "good" });
        }
        onSaved();
      }}
    />
  );
}

import "./missing.css";
import "./onboarding.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { CompletedStep, OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import type { Me } from "../../worker/features/users/schema";
import { me } from "../lib/session";
import { date } from "../lib/time";
import { Banner, Card, Icon, Page, Trouble } from "../ui";
import { Arriving } from "./arriving";
import { StepAcknowledgement, StepCopy } from "./step-acknowledgement";
import { StepDocument } from "./step-document";
import { StepEnd } from "./step-end";
import { StepForm } from "./step-form";
import { StepExternal, StepVideo } from "./step-link";
import { StepQuiz } from "./step-quiz";
import { isOver, stepDetail } from "./step-words";
import { useSteps } from "./use-steps";

/** One step of one's onboarding. When it is done, the next one is offered at once. */
export default function Step() {
  const { params } = useRoute();
  const person = me.value;
  return person?.agentId && params.stepId ? (
    <One key={params.stepId} person={person} agentId={person.agentId} id={params.stepId} />
  ) : null;
}

function One({ person, agentId, id }: { person: Me; agentId: string; id: string }) {
  const { data, error, reload } = useSteps(agentId);
  const step = data?.data.find((one) => one.id === id || one.key === id);
  if (data && step) {
    return <Shown key={step.id} person={person} steps={data} step={step} onChange={reload} />;
  }
  return (
    <Page title="Onboarding">
      <p class="ob-place">
        <ToAll />
      </p>
      {data ? (
        <Trouble title="There is no such step for you">
          It may not be asked of you any more. All that are there stand under Onboarding.
        </Trouble>
      ) : (
        <Arriving what="The step" error={error} onRetry={reload} heights={[14]} />
      )}
    </Page>
  );
}

const ToAll = () => (
  <a class="ob-back" href="/onboarding">
    <Icon name="arrow-left" size={16} />
    All steps
  </a>
);

/** What the part of a kind is given. */
export interface StepProps {
  step: OnboardingStep;
  organization: string;
  onDone: (done: CompletedStep) => void;
  /** Something about it is otherwise now. */
  onChange: () => void;
}

interface ShownProps {
  person: Me;
  steps: OnboardingSteps;
  step: OnboardingStep;
  onChange: () => void;
}

function Shown({ person, steps, step, onChange }: ShownProps) {
  const [justDone, setJustDone] = useState(false);
  const organization = person.organization.name;
  const over = isOver(step);
  const onDone = (done: CompletedStep) => {
    if (isOver(done.step)) setJustDone(true);
    onChange();
  };
  const number = steps.data.indexOf(step) + 1;
  const due = over ? null : stepDetail(step);
  return (
    <Page title={step.title}>
      <p class="ob-place">
        <ToAll />
        <span>
          Step {number} of {steps.data.length}
        </span>
        {due?.late && <strong class="ob-late">{due.text.split(" · ").at(-1)}</strong>}
      </p>
      {step.description && <p class="prose">{step.description}</p>}
      {step.reason && step.status === "open" && (
        <Banner tone="warn" role="none">
          {organization} writes: {step.reason}
        </Banner>
      )}
      {over || justDone ? (
        <>
          {!justDone && <Over step={step} />}
          {step.hasCopy && <StepCopy step={step} />}
          <StepEnd person={person} steps={steps} step={step} fresh={justDone} />
        </>
      ) : step.status === "locked" ? (
        <Locked step={step} steps={steps} />
      ) : (
        <Asked step={step} organization={organization} onDone={onDone} onChange={onChange} />
      )}
    </Page>
  );
}

function Asked(props: StepProps) {
  switch (props.step.kind) {
    case "form":
      return <StepForm {...props} />;
    case "document":
      return <StepDocument {...props} />;
    case "acknowledgement":
      return <StepAcknowledgement {...props} />;
    case "quiz":
      return <StepQuiz {...props} />;
    case "video":
      return <StepVideo {...props} />;
    case "external":
      return <StepExternal {...props} />;
  }
}

function Over({ step }: { step: OnboardingStep }) {
  return (
    <p class="ob-over">
      <Icon name="circle-check" />
      {step.status === "waived"
        ? `You don’t have to do this one.${step.reason ? ` ${step.reason}` : ""}`
        : `You did this${step.completedAt ? ` on ${date(step.completedAt)}` : ""}.`}
      {step.kind === "quiz" && step.score !== null && ` Your score: ${Math.round(step.score)} of 100.`}
    </p>
  );
}

function Locked({ step, steps }: { step: OnboardingStep; steps: OnboardingSteps }) {
  const before = steps.data.filter(({ id, ...one }) => step.dependsOn.includes(id) && !isOver(one));
  return (
    <Card title="This comes later">
      <div class="stack">
        <p>It opens after:</p>
        <ul class="lacks" aria-label="What comes before">
          {before.map((one) => (
            <li key={one.id} class="lack">
              <a href={`/onboarding/${one.id}`}>
                <Icon name={one.status === "in_review" ? "hourglass" : "circle-dashed"} />
                <span class="lack-text">{one.title}</span>
                <Icon name="chevron-right" class="lack-go" />
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

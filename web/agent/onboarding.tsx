import "./onboarding.css";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import type { Me } from "../../worker/features/users/schema";
import { me } from "../lib/session";
import { Button, Card, EmptyState, Icon, Page, Progress, StatusPill } from "../ui";
import { Arriving } from "./arriving";
import { StepCard } from "./next-step";
import { isOver, progressText, STEP_KINDS, stepDetail, stepState } from "./step-words";
import { useSteps } from "./use-steps";

/** The way through one's onboarding: what is next on top, then every step with how it stands. */
export default function Onboarding() {
  const person = me.value;
  return person?.agentId ? <Steps person={person} agentId={person.agentId} /> : null;
}

function Steps({ person, agentId }: { person: Me; agentId: string }) {
  const { data, error, reload } = useSteps(agentId);
  const organization = person.organization.name;
  if (!data) {
    return (
      <Page title="Onboarding">
        <Arriving what="Your onboarding" error={error} onRetry={reload} heights={[8, 14]} />
      </Page>
    );
  }
  const steps = data.data;
  const next = steps.find(({ id }) => id === data.next);
  if (steps.length === 0) {
    return (
      <Page title="Onboarding">
        <EmptyState icon="circle-check" title="There is nothing to do here">
          {organization} asks for no onboarding at the moment. If that changes, the steps stand here, and you
          get a notification.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Onboarding" lead={progressText(steps)}>
      <Progress label="How far you are" value={steps.filter(isOver).length / steps.length} />
      <Next step={next} steps={steps} organization={organization} />
      <Card title="All steps" flush>
        <ol class="ob-steps">
          {steps.map((step) => (
            <Line key={step.id} step={step} next={step === next} />
          ))}
        </ol>
      </Card>
    </Page>
  );
}

interface NextProps {
  step: OnboardingStep | undefined;
  steps: readonly OnboardingStep[];
  organization: string;
}

function Next({ step, steps, organization }: NextProps) {
  if (step) {
    const { icon, begin } = STEP_KINDS[step.kind];
    return (
      <StepCard look={{ tone: "accent", icon }} acts title={step.title} detail={stepDetail(step).text}>
        <Button variant="primary" size="l" full iconEnd="arrow-right" href={`/onboarding/${step.id}`}>
          {begin}
        </Button>
      </StepCard>
    );
  }
  if (steps.every(isOver)) {
    return (
      <StepCard
        look={{ tone: "good", icon: "circle-check" }}
        acts={false}
        title="You are through"
        detail="Every step is done. Look at the campaigns that are open to you."
      >
        <Button href="/campaigns">See the campaigns</Button>
      </StepCard>
    );
  }
  return (
    <StepCard
      look={{ tone: "plain", icon: "hourglass" }}
      acts={false}
      title="Nothing to do for you now"
      detail={`${organization} looks at what you sent. You get a notification as soon as it goes on.`}
    />
  );
}

function Line({ step, next }: { step: OnboardingStep; next: boolean }) {
  const state = stepState(step);
  const detail = stepDetail(step);
  return (
    <li class={`ob-step ob-${step.status ?? "open"}`} aria-current={next ? "step" : undefined}>
      <span class="ob-dot">
        {isOver(step) ? (
          <Icon name="check" size={14} />
        ) : (
          step.status === "locked" && <Icon name="lock" size={14} />
        )}
      </span>
      <span class="ob-words">
        <a href={`/onboarding/${step.id}`}>{step.title}</a>
        <span class={detail.late ? "ob-detail ob-late" : "ob-detail"}>{detail.text}</span>
      </span>
      <StatusPill tone={state.tone} icon={state.icon}>
        {state.word}
      </StatusPill>
    </li>
  );
}

import type { AgentHome } from "../../worker/features/agents/schema";
import type { OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import type { Me } from "../../worker/features/users/schema";
import { Button, Card, Icon, StagePath } from "../ui";
import { standing } from "./standing";
import { isOver, STEP_KINDS, stepDetail } from "./step-words";
import { useLiveHome } from "./use-live-home";

export interface StepEndProps {
  person: Me;
  steps: OnboardingSteps;
  step: OnboardingStep;
  /** It was done a moment ago. */
  fresh: boolean;
}

/** After a step: the next one, or that all of it is done and where one stands now. */
export function StepEnd({ person, steps, step, fresh }: StepEndProps) {
  const next = steps.data.find(({ id }) => id === steps.next && id !== step.id);
  if (next) {
    return (
      <Card title={fresh ? `${step.title}: done` : "What comes next"} tone="accent" class="ob-end">
        <p class="next-title">{next.title}</p>
        <p>{stepDetail(next).text}</p>
        <Button variant="primary" size="l" full iconEnd="arrow-right" href={`/onboarding/${next.id}`}>
          {STEP_KINDS[next.kind].begin}
          <span class="sr-only">: {next.title}</span>
        </Button>
      </Card>
    );
  }
  if (steps.complete || steps.data.every(isOver)) return <AllDone person={person} fresh={fresh} />;
  return (
    <Card title={fresh ? `${step.title}: done` : "What comes next"} class="ob-end">
      <p>
        The rest is with {person.organization.name}. You get a notification as soon as there is something to
        do.
      </p>
      <Button href="/home">Go home</Button>
    </Card>
  );
}

/** The last one is done: said quietly, with the stage that one stands in now, which may still change. */
function AllDone({ person, fresh }: { person: Me; fresh: boolean }) {
  const { data } = useLiveHome<AgentHome>("/api/me/home", person);
  return (
    <Card tone="good" class={fresh ? "ob-end all-done all-done-fresh" : "ob-end all-done"}>
      <span class="all-done-mark">
        <Icon name="check" size={28} />
      </span>
      <h2>That was the last step</h2>
      <p role="status">
        {data && `${standing(data.agent, data.stages, person.organization.name)}.`} Thank you for your care.
      </p>
      {data && <StagePath stages={data.stages} label="Your way through the stages" />}
      <Button variant="primary" size="l" full iconEnd="arrow-right" href="/campaigns">
        See the campaigns
      </Button>
    </Card>
  );
}

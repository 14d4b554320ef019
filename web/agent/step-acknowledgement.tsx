import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { FormProblem } from "../account/form-parts";
import { useForm } from "../lib/form";
import { Button, Card, TextField } from "../ui";
import type { StepProps } from "./onboarding-step";
import { completeStep } from "./use-steps";

/** A text to read and to sign by one's typed name. */
export function StepAcknowledgement({ step, organization, onDone }: StepProps) {
  const form = useForm({
    initial: { signature: "" },
    validate: ({ signature }) => ({
      signature: signature.trim().length < 2 ? "Write your full name: that is your signature." : undefined,
    }),
    submit: async ({ signature }, key) =>
      onDone(await completeStep(step.id, { signature: signature.trim() }, key)),
  });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab */}
      <section class="card sign-text prose" aria-label={`The text of ${step.title}`} tabIndex={0}>
        {step.text}
      </section>
      <Card title="Sign">
        <form class="form" onSubmit={form.onSubmit} noValidate>
          <FormProblem>{form.problem}</FormProblem>
          <TextField
            label="Your full name"
            hint={`Typing it here signs the text above. ${organization} and you keep a sealed copy.`}
            autoComplete="name"
            maxLength={200}
            {...form.field("signature")}
          />
          <Button type="submit" variant="primary" size="l" full busy={form.pending}>
            Sign
          </Button>
        </form>
      </Card>
    </>
  );
}

/** The sealed copy of what one signed. */
export function StepCopy({ step }: { step: OnboardingStep }) {
  return (
    <Button icon="download" href={`/api/onboarding/${step.id}/copy`} download>
      Download your signed copy
    </Button>
  );
}

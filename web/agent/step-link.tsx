import { useState } from "preact/hooks";
import { errorText } from "../lib/client";
import { Button, Card, Icon } from "../ui";
import type { StepProps } from "./onboarding-step";
import { completeStep } from "./use-steps";

/** Something to watch or to read elsewhere, which one says oneself that one has. */
export function StepVideo({ step, onDone }: StepProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      onDone(await completeStep(step.id));
    } catch (error) {
      setTrouble(errorText(error));
    }
    setBusy(false);
  };
  return (
    <Card>
      <div class="stack">
        {step.text && <p class="prose">{step.text}</p>}
        {step.url && <OpenLink url={step.url} />}
        <p>When you are through, say so here.</p>
        {trouble && (
          <p class="field-error" role="alert">
            <Icon name="circle-alert" size={16} />
            <span>{trouble}</span>
          </p>
        )}
        <Button
          variant={step.url ? "quiet" : "primary"}
          size="l"
          full
          icon="check"
          busy={busy}
          onClick={confirm}
        >
          I have watched or read it
        </Button>
      </div>
    </Card>
  );
}

/** Something that is done on another site, which says itself when it is. */
export function StepExternal({ step }: StepProps) {
  return (
    <Card>
      <div class="stack">
        {step.url && <OpenLink url={step.url} />}
        <p class="camp-hint">
          <Icon name="hourglass" size={16} />
          {step.url ? hostOf(step.url) : "The other site"} tells us when it is done there. You don’t have to
          do anything here: this step becomes done by itself.
        </p>
      </div>
    </Card>
  );
}

function OpenLink({ url }: { url: string }) {
  return (
    <div class="ob-link">
      <Button variant="primary" size="l" full iconEnd="external-link" href={url} target="_blank">
        Open it
      </Button>
      <p class="ob-detail">{hostOf(url)}, in a new tab</p>
    </div>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

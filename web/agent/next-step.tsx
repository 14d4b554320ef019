import type { ComponentChildren } from "preact";
import type { AgentHome } from "../../worker/features/agents/schema";
import { calendarDay } from "../lib/time";
import { Button, Card, FileDrop, Icon, type IconName } from "../ui";
import { ACCEPT, TAKEN } from "./files";
import type { OwnDocuments } from "./own-documents";
import type { Upload } from "./use-upload";

export interface StepLook {
  tone: "accent" | "plain" | "good" | "warn";
  icon: IconName;
}

const LOOK: Record<AgentHome["next"]["kind"], StepLook> = {
  upload: { tone: "accent", icon: "upload" },
  fix: { tone: "warn", icon: "file-x" },
  onboarding: { tone: "accent", icon: "list-todo" },
  wait: { tone: "plain", icon: "hourglass" },
  done: { tone: "good", icon: "circle-check" },
  closed: { tone: "plain", icon: "info" },
};

export interface StepCardProps {
  look: StepLook;
  /** True where it is for the person to do something. */
  acts: boolean;
  title: string;
  detail: ComponentChildren;
  /** What does it. */
  children?: ComponentChildren;
}

/** The one card that says what I do next, with its button. */
export function StepCard({ look, acts, title, detail, children }: StepCardProps) {
  return (
    <Card title={acts ? "Your next step" : "What is next"} tone={look.tone} class="next">
      <div class="next-words">
        <Icon name={look.icon} size={22} />
        <div>
          <p class="next-title">{title}</p>
          {detail && <p>{detail}</p>}
        </div>
      </div>
      {children}
    </Card>
  );
}

export interface UploadStepProps {
  type: string | null;
  documents: OwnDocuments | undefined;
  upload: Upload;
}

/** Where the paper that is asked for is dropped. */
export function UploadStep({ type, documents, upload }: UploadStepProps) {
  if (!type) {
    return (
      <Button variant="primary" href="/documents">
        Go to the documents
      </Button>
    );
  }
  return (
    <FileDrop
      primary
      label={documents?.types.find((one) => one.key === type)?.name ?? type}
      hint={TAKEN}
      accept={ACCEPT}
      sending={upload.sending?.type === type ? upload.sending : null}
      error={upload.errors[type]}
      disabled={Boolean(upload.sending)}
      onFile={(file) => upload.send(type, file)}
      onCancel={upload.cancel}
    />
  );
}

export interface NextStepProps {
  next: AgentHome["next"];
  documents: OwnDocuments | undefined;
  upload: Upload;
}

/** An agent's next step. */
export function NextStep({ next, documents, upload }: NextStepProps) {
  const uploads = next.kind === "upload" || next.kind === "fix";
  const steps = next.kind === "onboarding";
  // The server doesn't know how the reader writes days.
  const detail = next.detail.replace(/\b\d{4}-\d\d-\d\d\b/g, calendarDay);
  return (
    <StepCard look={LOOK[next.kind]} acts={uploads || steps} title={next.title} detail={detail}>
      {uploads && <UploadStep type={next.documentType} documents={documents} upload={upload} />}
      {steps && (
        <Button variant="primary" size="l" full iconEnd="arrow-right" href={next.path ?? "/onboarding"}>
          Go on
        </Button>
      )}
    </StepCard>
  );
}

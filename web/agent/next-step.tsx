import type { AgentHome } from "../../worker/features/agents/schema";
import { Button, Card, FileDrop, Icon, type IconName } from "../ui";
import { ACCEPT, TAKEN } from "./files";
import type { OwnDocuments } from "./own-documents";
import type { Upload } from "./use-upload";

const LOOK: Record<
  AgentHome["next"]["kind"],
  { tone: "accent" | "plain" | "good" | "warn"; icon: IconName }
> = {
  upload: { tone: "accent", icon: "upload" },
  fix: { tone: "warn", icon: "file-x" },
  wait: { tone: "plain", icon: "hourglass" },
  done: { tone: "good", icon: "circle-check" },
  closed: { tone: "plain", icon: "info" },
};

export interface NextStepProps {
  next: AgentHome["next"];
  documents: OwnDocuments | undefined;
  upload: Upload;
}

/** The one card that says what I do next, with its button. */
export function NextStep({ next, documents, upload }: NextStepProps) {
  const type = next.documentType;
  const name = documents?.types.find((one) => one.key === type)?.name ?? type ?? "document";
  const sending = upload.sending?.type === type ? upload.sending : null;
  const acts = next.kind === "upload" || next.kind === "fix";
  return (
    <Card title={acts ? "Your next step" : "What is next"} tone={LOOK[next.kind].tone} class="next">
      <div class="next-words">
        <Icon name={LOOK[next.kind].icon} size={22} />
        <div>
          <p class="next-title">{next.title}</p>
          {next.detail && <p>{next.detail}</p>}
        </div>
      </div>
      {acts &&
        (type ? (
          <FileDrop
            primary
            label={name}
            hint={TAKEN}
            accept={ACCEPT}
            sending={sending}
            error={upload.errors[type]}
            disabled={Boolean(upload.sending)}
            onFile={(file) => upload.send(type, file)}
            onCancel={upload.cancel}
          />
        ) : (
          <Button variant="primary" href="/documents">
            Go to the documents
          </Button>
        ))}
    </Card>
  );
}

import type { CandidateHome } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { ResendLink } from "../account/unverified";
import { StepCard, type StepLook, UploadStep } from "../agent/next-step";
import type { OwnDocuments } from "../agent/own-documents";
import type { Upload } from "../agent/use-upload";
import { date } from "../lib/time";
import { Button } from "../ui";
import { SlotChoice } from "./interview-card";

type Kind = CandidateHome["next"]["kind"];

const LOOK: Record<Kind, StepLook> = {
  confirm: { tone: "accent", icon: "mail" },
  fix: { tone: "warn", icon: "file-x" },
  upload: { tone: "accent", icon: "upload" },
  interview: { tone: "accent", icon: "calendar-clock" },
  wait: { tone: "plain", icon: "hourglass" },
  hired: { tone: "good", icon: "circle-check" },
  closed: { tone: "plain", icon: "info" },
  none: { tone: "plain", icon: "briefcase" },
};
const ACTS: readonly Kind[] = ["confirm", "fix", "upload", "interview"];

export interface NextStepProps {
  person: Me;
  home: CandidateHome;
  documents: OwnDocuments | undefined;
  upload: Upload;
  /** Something was done, so that the next step is another one. */
  onDone: () => void;
}

/** A candidate's next step; where there is none, what the organization does and until when. */
export function NextStep({ person, home, documents, upload, onDone }: NextStepProps) {
  const { next, interviews } = home;
  const { kind, by } = next;
  const interview = interviews.find(({ id }) => id === next.interviewId);
  const { name, slug } = person.organization;
  return (
    <StepCard
      look={LOOK[kind]}
      acts={ACTS.includes(kind)}
      title={next.title}
      detail={
        <>
          {next.detail}
          {by && (
            <>
              {" "}
              {late(by)
                ? `An answer was promised by ${date(by)}; it is late.`
                : `You get an answer by ${date(by)}.`}
            </>
          )}
        </>
      }
    >
      {kind === "confirm" && <ResendLink variant="primary" />}
      {(kind === "upload" || kind === "fix") && (
        <UploadStep type={next.documentType} documents={documents} upload={upload} />
      )}
      {kind === "interview" && interview && <SlotChoice interview={interview} onBooked={onDone} />}
      {(kind === "none" || kind === "closed") && (
        <Button variant={kind === "none" ? "primary" : "quiet"} href={`/careers/${slug}`}>
          Look at the jobs at {name}
        </Button>
      )}
    </StepCard>
  );
}

const late = (iso: string) => Date.parse(iso) < Date.now();

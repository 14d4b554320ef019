import "../recruiter/agent.css";
import "../recruiter/board.css";
import "./candidates.css";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { CandidateDetail, SelectionResult } from "../../worker/features/candidates/schema";
import { PersonEvaluations } from "../evaluations/person-evaluations";
import { PortalResults } from "../inbox/portal-results";
import { Rounds } from "../interviews/rounds";
import { errorText, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import type { Loaded } from "../lib/load";
import { PersonSkeleton } from "../recruiter/agent-view";
import { HelpButton } from "../recruiter/board-tools";
import { PersonDocuments } from "../recruiter/person-documents";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { ShownDocument, useShown } from "../recruiter/shown-document";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Menu, Page, toast } from "../ui";
import { AddToJob } from "./add-to-job";
import { Background } from "./background";
import { EditCandidate } from "./edit";
import { RemoveCandidate } from "./remove";
import { CandidateStandings } from "./standing";
import { CandidateTimeline } from "./timeline";
import { type CandidateData, useCandidate, usePersonNews, useStages } from "./use-candidate";
import { CandidateWho } from "./who";

type Opened = "edit" | "job" | "remove" | "help" | null;

/** One candidate as a page. */
export default function CandidateScreen() {
  const { params } = useRoute();
  return <CandidatePage key={params.id} candidateId={params.id ?? ""} />;
}

function CandidatePage({ candidateId }: { candidateId: string }) {
  const { route } = useLocation();
  const [turn, setTurn] = useState(0);
  const [opened, open] = useState<Opened>(null);
  const loaded = useCandidate(candidateId, turn);
  const candidate = loaded.data?.candidate;
  const renew = () => setTurn((before) => before + 1);
  const pipelines = candidate?.applications.filter(({ archived }) => !archived) ?? [];
  usePersonNews(
    candidateId,
    pipelines.map(({ pipelineId }) => pipelineId),
    renew,
  );
  const focusNote = () => {
    const note = document.querySelector<HTMLElement>(".note textarea");
    note?.focus();
    return note !== null;
  };
  useShortcuts("Candidate", [
    { key: "n", label: "Write a note", run: focusNote },
    { key: "e", label: "Edit the profile", run: () => candidate !== undefined && open("edit") },
    { key: "a", label: "Add to a job", run: () => candidate !== undefined && open("job") },
    { key: "?", label: "Show these keys", run: () => open("help") },
  ]);
  const close = () => open(null);
  const saved = (next: CandidateDetail) => {
    loaded.set((before) => ({ ...before, candidate: next }));
    renew();
  };

  return (
    <Page
      title={candidate?.name ?? "Candidate"}
      width="full"
      actions={
        candidate && (
          <>
            <HelpButton onOpen={() => open("help")} />
            <Menu
              label={`More about ${candidate.name}`}
              trigger={<Button icon="ellipsis">More</Button>}
              items={[
                ...(candidate.applications.some(({ stageKind }) => stageKind === "hired")
                  ? [
                      {
                        label: candidate.selectedAt
                          ? "Tell them again that they were chosen"
                          : "Tell them that they were chosen",
                        icon: "mail" as const,
                        onSelect: () => void tell(candidate, renew),
                      },
                      { separator: true as const },
                    ]
                  : []),
                { label: "Remove…", icon: "trash-2", danger: true, onSelect: () => open("remove") },
              ]}
            />
          </>
        )
      }
    >
      <Body loaded={loaded} turn={turn} onOpen={open} onRenew={renew} onSaved={saved} />
      {candidate && (
        <>
          <EditCandidate
            candidate={candidate}
            open={opened === "edit"}
            onClose={close}
            onSaved={(next) => {
              close();
              saved(next);
            }}
          />
          <AddToJob
            candidate={candidate}
            open={opened === "job"}
            onClose={close}
            onAdded={() => {
              close();
              renew();
            }}
          />
          <RemoveCandidate
            candidate={candidate}
            open={opened === "remove"}
            onClose={close}
            onRemoved={() => route("/candidates", true)}
          />
        </>
      )}
      <ShortcutHelp open={opened === "help"} onClose={close} />
    </Page>
  );
}

interface BodyProps {
  loaded: Loaded<CandidateData>;
  turn: number;
  onOpen: (what: Opened) => void;
  onRenew: () => void;
  onSaved: (candidate: CandidateDetail) => void;
}

/** Who they are, what happened, and where they stand. */
function Body({ loaded, turn, onOpen, onRenew, onSaved }: BodyProps) {
  const { data, error, reload } = loaded;
  const shown = useShown(data?.documents);
  const stages = useStages(data?.candidate.applications.flatMap(({ jobId }) => jobId ?? []) ?? []);
  if (!data && error) return <LoadTrouble what="This candidate" error={error} onRetry={reload} />;
  if (!data) return <PersonSkeleton />;
  const { candidate, documents, requests, types } = data;
  const edit = () => onOpen("edit");
  return (
    <div class="person">
      <div class="person-side person-right">
        <CandidateStandings
          candidate={candidate}
          stages={stages}
          onAdd={() => onOpen("job")}
          onMoved={onRenew}
        />
        <Rounds
          of={{ candidateId: candidate.id }}
          turn={turn}
          schedule={nextRound(candidate)}
          onChanged={onRenew}
        />
        <PortalResults candidateId={candidate.id} turn={turn} />
        <PersonEvaluations person={{ candidateId: candidate.id }} name={candidate.name} turn={turn} />
        <PersonDocuments
          owner={{ kind: "candidate", ...candidate }}
          documents={documents}
          requests={requests}
          types={types}
          shown={shown.document?.id ?? null}
          onShow={shown.toggle}
          onReject={shown.reject}
          onChanged={onRenew}
        />
      </div>
      <div class="person-side person-left">
        <CandidateWho candidate={candidate} onCandidate={onSaved} onEdit={edit} />
      </div>
      <div class="person-middle person-side">
        <ShownDocument shown={shown} types={types} onChanged={onRenew}>
          <CandidateTimeline candidate={candidate} turn={turn} onWritten={onRenew} />
        </ShownDocument>
        <Background candidate={candidate} onEdit={edit} />
      </div>
    </div>
  );
}

/** The one application that an interview can be set up for; of several, each board does it. */
function nextRound(candidate: CandidateDetail) {
  const open = candidate.applications.filter(({ archived, stageKind }) => !archived && stageKind === "open");
  const [one] = open;
  return open.length === 1 && one ? { applicationId: one.applicationId, name: candidate.name } : undefined;
}

async function tell(candidate: CandidateDetail, done: () => void): Promise<void> {
  try {
    const result = await post<SelectionResult>(
      `/api/candidates/${candidate.id}/send-selection-notification`,
      {},
    );
    const login = result.created ? " They have a login for the portal now." : "";
    toast({ text: `${candidate.name} was told by mail.${login}`, tone: "good" });
    done();
  } catch (error) {
    toast({ text: errorText(error), tone: "warn", seconds: 10 });
  }
}

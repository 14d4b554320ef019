import "../recruiter/agent.css";
import "../recruiter/board.css";
import "./interviews.css";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Interview, InterviewDetail } from "../../worker/features/interviews/schema";
import { allows, BOOKED, FEEDBACK_IN, PROPOSE } from "../../worker/features/interviews/words";
import { usePersonNews } from "../candidates/use-candidate";
import { errorText, get, post } from "../lib/client";
import { useLoad } from "../lib/load";
import { can } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Banner,
  Button,
  Card,
  Loading,
  Menu,
  type MenuEntry,
  Page,
  Skeleton,
  StatusPill,
  toast,
} from "../ui";
import { CancelDialog } from "./cancel-dialog";
import { DecisionCard } from "./decision-card";
import { EditDialog } from "./edit-dialog";
import { InterviewFacts } from "./facts";
import { FeedbackCard } from "./feedback-card";
import { MoveDialog } from "./move-time-dialog";
import { Rounds } from "./rounds";
import { TimesCard } from "./times-card";
import { roundWords, STATUS } from "./words";

type Opened = "edit" | "times" | "cancel" | null;

/** One interview as a page. */
export default function InterviewScreen() {
  const { params } = useRoute();
  return <OneInterview key={params.id} id={params.id ?? ""} />;
}

function OneInterview({ id }: { id: string }) {
  const path = `/api/interviews/${id}`;
  const loaded = useLoad((signal) => get<InterviewDetail>(path, {}, { signal }), [id]);
  const [opened, open] = useState<Opened>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const interview = loaded.data;
  const renew = () => {
    loaded.reload();
    setTurn((count) => count + 1);
  };
  usePersonNews(interview?.candidateId ?? "", interview ? [interview.pipelineId] : [], renew);
  const close = () => open(null);
  const team = can("interview.write");

  /** One step, and what is said when it is done. */
  const act = async (step: string, said: string, body: object = {}) => {
    setBusy(step);
    try {
      const next = await post<Interview>(`${path}/${step}`, body, { ifMatch: interview?.version });
      loaded.set((before) => ({ ...before, ...next }));
      toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(null);
    renew();
  };

  if (!interview) {
    return (
      <Page title="Interview" width="full">
        {loaded.error ? (
          <LoadTrouble what="This interview" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the interview">
            <Skeleton height="20rem" />
          </Loading>
        )}
      </Page>
    );
  }
  const { status, candidateName } = interview;
  const items: MenuEntry[] = [
    { label: "Change details…", icon: "pencil", onSelect: () => open("edit") },
    ...((PROPOSE.from as readonly string[]).includes(status)
      ? [
          {
            label: (BOOKED as readonly string[]).includes(status)
              ? "Move to another time…"
              : "Propose other times…",
            icon: "calendar-clock" as const,
            onSelect: () => open("times"),
          },
        ]
      : []),
    ...(allows("mark-no-show", status)
      ? [
          {
            label: "They did not come",
            icon: "circle-x" as const,
            onSelect: () => void act("mark-no-show", `Noted: ${candidateName} did not come.`),
          },
        ]
      : []),
    { separator: true },
    { label: "Cancel the interview…", icon: "circle-x", danger: true, onSelect: () => open("cancel") },
  ];
  return (
    <Page
      title={`Interview with ${candidateName}`}
      width="full"
      lead={
        <span class="row">
          <StatusPill tone={STATUS[status].tone}>{STATUS[status].label}</StatusPill>
          <span>
            {interview.jobTitle}, {roundWords(interview)}
          </span>
        </span>
      }
      actions={
        team && (
          <>
            <NextStep interview={interview} busy={busy} act={act} onTimes={() => open("times")} />
            {allows("cancel", status) && (
              <Menu
                label="More about this interview"
                trigger={<Button icon="ellipsis">More</Button>}
                items={items}
              />
            )}
          </>
        )
      }
    >
      <div class="interview">
        <div class="interview-main">
          {interview.applicationStatus === "REJECTED" && allows("cancel", status) && (
            <Banner
              tone="warn"
              action={team && <Button onClick={() => open("cancel")}>Cancel the interview</Button>}
            >
              {candidateName} is rejected or has withdrawn by now. Cancel the interview, so that nobody waits.
            </Banner>
          )}
          {allows("reject", status) && can("interview.decide") && (
            <DecisionCard interview={interview} busy={busy} act={act} />
          )}
          <InterviewFacts interview={interview} />
          {(status === "Awaiting Candidate Confirmation" || status === "Draft") && (
            <TimesCard
              interview={interview}
              busy={busy !== null}
              onBook={
                team && allows("book-slot", status)
                  ? (slotId) => act("book-slot", "The time is booked. Send the invitation next.", { slotId })
                  : undefined
              }
            />
          )}
          {(FEEDBACK_IN as readonly string[]).includes(status) && (
            <FeedbackCard interview={interview} onSaved={renew} />
          )}
        </div>
        <div class="interview-side">
          <Rounds
            of={{ applicationId: interview.applicationId }}
            schedule={team ? { applicationId: interview.applicationId, name: candidateName } : undefined}
            turn={turn}
            onChanged={renew}
          />
          <Card title="The application">
            <p class="quiet interview-hint">Answers, CV, notes and where {candidateName} stands.</p>
            <Button href={`/applications/${interview.applicationId}`} icon="square-kanban">
              Open the application
            </Button>
          </Card>
        </div>
      </div>
      <EditDialog interview={interview} open={opened === "edit"} onClose={close} onSaved={renew} />
      <MoveDialog interview={interview} open={opened === "times"} onClose={close} onSaved={renew} />
      <CancelDialog
        interview={interview}
        open={opened === "cancel"}
        onClose={close}
        onCancel={(reason) => {
          close();
          void act("cancel", "The interview is cancelled.", reason ? { reason } : {});
        }}
      />
    </Page>
  );
}

export type Act = (step: string, said: string, body?: object) => Promise<void>;

interface NextStepProps {
  interview: InterviewDetail;
  busy: string | null;
  act: Act;
  onTimes: () => void;
}

/** The one thing to do next, as a button. */
function NextStep({ interview, busy, act, onTimes }: NextStepProps) {
  const { status, candidateName } = interview;
  if (allows("send-invite", status)) {
    return (
      <Button
        variant="primary"
        icon="send"
        busy={busy === "send-invite"}
        onClick={() => void act("send-invite", "The calendar invitation is on its way.")}
      >
        Send the invitation
      </Button>
    );
  }
  if (allows("mark-completed", status)) {
    return (
      <Button
        variant="primary"
        icon="check"
        busy={busy === "mark-completed"}
        onClick={() => void act("mark-completed", "Held. Now it can be decided.")}
      >
        It took place
      </Button>
    );
  }
  if (status === "No Show") {
    return (
      <Button variant="primary" icon="calendar-clock" onClick={onTimes}>
        Propose other times to {candidateName}
      </Button>
    );
  }
  return null;
}

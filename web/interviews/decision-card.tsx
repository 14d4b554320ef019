import { useState } from "preact/hooks";
import type { InterviewDetail } from "../../worker/features/interviews/schema";
import { Button, Card, Dialog, TextArea } from "../ui";
import type { Act } from "./one";

export interface DecisionCardProps {
  interview: InterviewDetail;
  busy: string | null;
  act: Act;
}

/** What becomes of somebody after an interview: passed, hired or rejected. */
export function DecisionCard({ interview, busy, act }: DecisionCardProps) {
  const { candidateName, round, jobTitle } = interview;
  const [asked, setAsked] = useState<"hire" | "reject" | null>(null);
  const [reason, setReason] = useState("");
  return (
    <Card title="Decide" tone="accent">
      <p>
        Round {round} with {candidateName} was held. What comes next?
      </p>
      <div class="row decide">
        <Button
          variant="primary"
          icon="arrow-right"
          busy={busy === "move-to-next-round"}
          onClick={() =>
            void act(
              "move-to-next-round",
              `${candidateName} passed round ${round}. Schedule the next one when you like.`,
            )
          }
        >
          Passed: next round
        </Button>
        <Button icon="circle-check" busy={busy === "initiate-hiring"} onClick={() => setAsked("hire")}>
          Hire
        </Button>
        <Button variant="danger" icon="circle-x" busy={busy === "reject"} onClick={() => setAsked("reject")}>
          Reject
        </Button>
      </div>
      <Dialog
        open={asked === "hire"}
        onClose={() => setAsked(null)}
        title={`Hire ${candidateName}?`}
        size="s"
        actions={
          <>
            <Button onClick={() => setAsked(null)}>Not yet</Button>
            <Button
              variant="primary"
              onClick={() => {
                setAsked(null);
                void act("initiate-hiring", `${candidateName} is to be hired.`);
              }}
            >
              Hire
            </Button>
          </>
        }
      >
        <p>
          {candidateName} moves to the hired stage of {jobTitle}, and gets the mail of that stage. The team is
          told.
        </p>
      </Dialog>
      <Dialog
        open={asked === "reject"}
        onClose={() => setAsked(null)}
        title={`Reject ${candidateName}?`}
        actions={
          <>
            <Button onClick={() => setAsked(null)}>Not yet</Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsked(null);
                void act(
                  "reject",
                  `${candidateName} is rejected.`,
                  reason.trim() ? { reason: reason.trim() } : {},
                );
              }}
            >
              Reject
            </Button>
          </>
        }
      >
        <div class="stack">
          <p>
            {candidateName} moves to the rejected stage of {jobTitle}, and gets the mail of that stage, with
            the reason if you give one.
          </p>
          <TextArea label="Reason" optional value={reason} onValue={setReason} maxLength={1000} />
        </div>
      </Dialog>
    </Card>
  );
}

import type { InterviewDetail } from "../../worker/features/interviews/schema";
import { now } from "../lib/time";
import { Button, Card } from "../ui";
import { clockWords, dayWords } from "./words";

export interface TimesCardProps {
  interview: InterviewDetail;
  busy: boolean;
  /** Books for the candidate; absent where one may not. */
  onBook?: ((slotId: string) => Promise<void>) | undefined;
}

/** The proposed times; somebody who heard the answer on the phone books one here. */
export function TimesCard({ interview, busy, onBook }: TimesCardProps) {
  const { proposedSlots, candidateName, status } = interview;
  return (
    <Card title={status === "Draft" ? "Times, not sent yet" : "Proposed times"} flush>
      {proposedSlots.length === 0 ? (
        <p class="quiet rounds-none">No time is proposed yet.</p>
      ) : (
        <ul class="rounds">
          {proposedSlots.map(({ id, start, end }) => {
            const over = Date.parse(start) <= now.value;
            return (
              <li key={id} class="round">
                <span class="round-name">
                  {dayWords(start)}, {clockWords(start, end)}
                </span>
                {over ? (
                  <span class="quiet">Over</span>
                ) : (
                  onBook && (
                    <Button size="s" disabled={busy} onClick={() => void onBook(id)}>
                      Book for {candidateName}
                      <span class="sr-only">
                        : {dayWords(start)}, {clockWords(start, end)}
                      </span>
                    </Button>
                  )
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

import type { MyDay } from "../../worker/features/dashboard/schema";
import { absolute, now } from "../lib/time";
import { isLate, promiseWords } from "../tasks/promise";
import { Card } from "../ui";

export interface AnswersDueProps {
  answers: MyDay["answersDue"];
  /** How many are overdue in all. */
  overdue: number;
}

/** Who was promised an answer that is late, or due soon: they read the same date. */
export function AnswersDue({ answers, overdue }: AnswersDueProps) {
  if (answers.length === 0) return null;
  return (
    <Card
      title="Answers that are due"
      flush
      actions={overdue > 0 && <span class="day-late num">{overdue} overdue</span>}
    >
      <ul class="lines">
        {answers.map((answer) => (
          <li key={answer.id} class="line">
            <span class="line-main">
              <a class="day-link" href={`/jobs/${answer.jobId}?person=${answer.id}`}>
                {answer.name}
              </a>
              <span class="line-under">
                {answer.stageName} · <a href={`/jobs/${answer.jobId}`}>{answer.jobTitle}</a>
              </span>
            </span>
            <time
              class={isLate(answer.replyBy, now.value) ? "day-since day-late num" : "day-since num"}
              dateTime={answer.replyBy}
              title={`Answer promised by ${absolute(answer.replyBy)}`}
            >
              {promiseWords(answer.replyBy, now.value)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}

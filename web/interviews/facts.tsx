import type { InterviewDetail } from "../../worker/features/interviews/schema";
import { absolute } from "../lib/time";
import { Card, type Fact, FactList } from "../ui";
import { clockWords, dayWords, elsewhere, MODES } from "./words";

/** When, how, with whom and where. */
export function InterviewFacts({ interview }: { interview: InterviewDetail }) {
  const { scheduledStartTime: start, scheduledEndTime: end, timeZone, meetingLink, location } = interview;
  const there = start && elsewhere(start, timeZone);
  const facts: Fact[] = [
    [
      "When",
      start && end ? (
        <time dateTime={start} title={absolute(start)}>
          <strong>
            {dayWords(start)}, {clockWords(start, end)}
          </strong>
          {there && <span class="quiet interview-there">{there}</span>}
        </time>
      ) : (
        "No time yet"
      ),
    ],
    [
      "How",
      `${MODES.find(({ value }) => value === interview.interviewMode)?.label}, ${interview.interviewDuration} minutes`,
    ],
    ["Interviewers", interview.interviewers.map(({ name }) => name).join(", ") || "Nobody is named"],
    [
      "Link",
      meetingLink && (
        <a href={meetingLink} target="_blank" rel="noopener noreferrer">
          {meetingLink.replace(/^https?:\/\//, "")}
        </a>
      ),
    ],
    ["Place", location],
    ["Instructions", interview.additionalInstructions],
    ["Invitation", interview.inviteSent ? "Sent" : null],
    [
      "Did not come",
      interview.noShowCount > 0 && (interview.noShowCount === 1 ? "Once" : `${interview.noShowCount} times`),
    ],
    ["Reason", interview.decisionReason],
  ];
  return (
    <Card title="The appointment">
      <FactList class="facts interview-facts" facts={facts} />
    </Card>
  );
}

import type { Interview } from "../../worker/features/interviews/schema";
import { Ago } from "../lib/ago";
import type { Colleague } from "../lib/team";
import { Avatar, type Column, StatusPill } from "../ui";
import { clockWords, dayWords, MODES, roundWords, STATUS } from "./words";

/** The columns of a list of interviews. */
export function interviewColumns(team: readonly Colleague[]): Column<Interview>[] {
  const nameOf = (id: string) => team.find((one) => one.id === id)?.name;
  return [
    {
      key: "when",
      header: "When",
      width: "11rem",
      cell: (interview) => <When interview={interview} />,
    },
    {
      key: "who",
      header: "Candidate",
      cell: (interview) => (
        <span class="list-name">
          <Avatar name={interview.candidateName} id={interview.candidateId} size={28} />
          <span>
            <a href={`/interviews/${interview.id}`} tabIndex={-1}>
              {interview.candidateName}
            </a>
            <span class="quiet list-under">
              {interview.jobTitle} · {roundWords(interview)}
            </span>
            <span class="interview-status-narrow">
              <StatusPill tone={STATUS[interview.status].tone}>{STATUS[interview.status].label}</StatusPill>
            </span>
          </span>
        </span>
      ),
    },
    {
      key: "status",
      header: "Status",
      wide: true,
      cell: ({ status }) => <StatusPill tone={STATUS[status].tone}>{STATUS[status].label}</StatusPill>,
    },
    {
      key: "mode",
      header: "How",
      wide: true,
      cell: ({ interviewMode, interviewDuration }) => (
        <span class="num">
          {MODES.find(({ value }) => value === interviewMode)?.label}, {interviewDuration} min
        </span>
      ),
    },
    {
      key: "interviewers",
      header: "Interviewers",
      wide: true,
      cell: ({ interviewerIds }) => {
        const names = interviewerIds.flatMap((id) => nameOf(id) ?? []);
        const others = interviewerIds.length - names.length;
        return (
          <span class="row">
            {interviewerIds.map((id) => {
              const name = nameOf(id);
              return name ? <Avatar key={id} name={name} id={id} size={24} alone /> : null;
            })}
            {others > 0 && <span class="quiet num">{names.length > 0 ? `+${others}` : others}</span>}
          </span>
        );
      },
    },
  ];
}

function When({ interview }: { interview: Interview }) {
  const { scheduledStartTime: start, scheduledEndTime: end, proposedSlots, createdAt } = interview;
  if (start && end) {
    return (
      <span class="interview-when">
        <strong>{dayWords(start)}</strong>
        <span class="quiet num list-under">{clockWords(start, end)}</span>
      </span>
    );
  }
  return (
    <span class="interview-when">
      <span>{proposedSlots.length === 1 ? "1 time proposed" : `${proposedSlots.length} times proposed`}</span>
      <span class="quiet list-under">
        <Ago at={createdAt} />
      </span>
    </span>
  );
}

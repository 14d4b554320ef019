import type { Job } from "../../worker/features/jobs/schema";
import { Ago } from "../lib/ago";
import type { Column } from "../ui";
import { JobStatusPill, PriorityWord } from "./status";

/** The columns of a list of jobs, for the team or for a client. */
export function jobColumns(team: boolean): Column<Job>[] {
  const columns: (Column<Job> | false)[] = [
    {
      key: "title",
      header: "Job",
      cell: ({ id, title, clientName, location, remote }) => (
        <span class="job-name">
          <a href={`/jobs/${id}`} tabIndex={-1}>
            {title}
          </a>
          <span class="quiet list-under">
            {[team && clientName, location, remote && "remote"].filter(Boolean).join(" · ")}
          </span>
        </span>
      ),
    },
    { key: "status", header: "Status", cell: ({ status }) => <JobStatusPill status={status} /> },
    team && {
      key: "priority",
      header: "Priority",
      wide: true,
      cell: ({ priority }) => <PriorityWord priority={priority} />,
    },
    {
      key: "people",
      header: team ? "Under way" : "Shared with you",
      align: "end",
      cell: ({ activeCount, applicationCount }) => (
        <Counted
          active={activeCount ?? applicationCount}
          all={activeCount === null ? null : applicationCount}
        />
      ),
    },
    {
      key: "openings",
      header: "Openings",
      align: "end",
      wide: true,
      cell: ({ openings }) => openings.toLocaleString(),
    },
    {
      key: "posted",
      header: "Posted",
      wide: true,
      cell: ({ postedAt }) => (postedAt ? <Ago at={postedAt} /> : <span class="quiet">Not yet</span>),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** People under way, and in all where that is more. */
function Counted({ active, all }: { active: number; all: number | null }) {
  return (
    <span class="num job-people">
      {active.toLocaleString()}
      {all !== null && all > active && <span class="quiet"> of {all.toLocaleString()}</span>}
    </span>
  );
}

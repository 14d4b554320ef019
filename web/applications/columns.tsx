import type { Application } from "../../worker/features/applications/schema";
import { Ago } from "../lib/ago";
import { Avatar, type Column, Icon, StatusPill, Tag } from "../ui";
import { STAGE_TONES } from "./application-standing";

const MOST_TAGS = 3;

export interface ColumnOptions {
  /** Over several jobs: says which one. */
  jobs: boolean;
  team: boolean;
  href: (application: Application) => string;
}

/** The columns of a list of applications. */
export function applicationColumns({ jobs, team, href }: ColumnOptions): Column<Application>[] {
  const all: (Column<Application> | false)[] = [
    {
      key: "name",
      header: "Name",
      cell: (application) => (
        <span class="list-name">
          <Avatar name={application.name} id={application.id} size={28} />
          <span>
            <a href={href(application)} tabIndex={-1}>
              {application.name}
            </a>
            {jobs && <span class="quiet list-under">{application.jobTitle}</span>}
            <span class="app-stage">
              <StagePill application={application} />
            </span>
          </span>
        </span>
      ),
    },
    {
      key: "stage",
      header: "Stage",
      wide: true,
      cell: (application) => <StagePill application={application} />,
    },
    {
      key: "marks",
      header: "Marks",
      cell: (application) => <Marks application={application} team={team} />,
    },
    {
      key: "entered",
      header: "In stage since",
      wide: true,
      cell: ({ enteredAt }) => <Ago at={enteredAt} />,
    },
    team && {
      key: "tags",
      header: "Tags",
      wide: true,
      cell: ({ tags }) => (
        <span class="row list-tags">
          {tags.slice(0, MOST_TAGS).map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
          {tags.length > MOST_TAGS && (
            <span class="quiet" title={tags.slice(MOST_TAGS).join(", ")}>
              +{tags.length - MOST_TAGS}
            </span>
          )}
        </span>
      ),
    },
    team && {
      key: "source",
      header: "Source",
      wide: true,
      cell: ({ source }) => source ?? <span class="quiet">Not named</span>,
    },
    { key: "applied", header: "Applied", wide: true, cell: ({ appliedAt }) => <Ago at={appliedAt} /> },
  ];
  return all.filter((column) => column !== false);
}

function StagePill({ application: { stageKind, stageName } }: { application: Application }) {
  return <StatusPill tone={STAGE_TONES[stageKind] ?? "info"}>{stageName}</StatusPill>;
}

function Marks({ application, team }: { application: Application; team: boolean }) {
  const { starred, flags, rating, sharedWithClient } = application;
  const flagged = flags.map(({ label }) => label).join("; ");
  return (
    <span class="marks">
      {starred && (
        <span class="bcard-mark bcard-star" role="img" aria-label="Starred" title="Starred">
          <Icon name="star" size={16} />
        </span>
      )}
      {flags.length > 0 && (
        <span
          class="bcard-mark bcard-flag"
          role="img"
          aria-label={`Flagged: ${flagged}`}
          title={`Flagged: ${flagged}`}
        >
          <Icon name="flag" size={16} />
          {flags.length > 1 && <span class="num">{flags.length}</span>}
        </span>
      )}
      {rating !== null && (
        <span
          class="bcard-rating"
          role="img"
          aria-label={`Rated ${rating} of 5`}
          title={`Rated ${rating} of 5`}
        >
          <b>{rating}</b>/5
        </span>
      )}
      {team && sharedWithClient && (
        <span
          class="bcard-mark"
          role="img"
          aria-label="Shared with the client"
          title="Shared with the client"
        >
          <Icon name="share-2" size={16} />
        </span>
      )}
    </span>
  );
}

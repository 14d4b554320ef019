import type { Candidate } from "../../worker/features/candidates/schema";
import { Ago } from "../lib/ago";
import { Avatar, type Column, Tag } from "../ui";
import { CandidateStatus } from "./status";

/** Skills that a row shows before it only counts the others. */
const SKILLS_SHOWN = 4;
const dash = <span class="quiet">–</span>;

/** What somebody does and where, in a line. */
export function roleLine({ currentRole, currentCompany }: Pick<Candidate, "currentRole" | "currentCompany">) {
  return [currentRole, currentCompany].filter(Boolean).join(" · ");
}

/** The columns of the list of candidates. */
export const CANDIDATE_COLUMNS: Column<Candidate>[] = [
  {
    key: "name",
    header: "Name",
    cell: (candidate) => (
      <span class="list-name">
        <Avatar name={candidate.name} id={candidate.id} size={28} />
        <span>
          <a href={`/candidates/${candidate.id}`} tabIndex={-1}>
            {candidate.name}
          </a>
          <span class="quiet list-under">{roleLine(candidate) || candidate.email}</span>
        </span>
      </span>
    ),
  },
  { key: "status", header: "Status", cell: ({ status }) => <CandidateStatus status={status} /> },
  {
    key: "skills",
    header: "Skills",
    wide: true,
    cell: ({ skills }) =>
      skills.length === 0 ? (
        dash
      ) : (
        <span class="row list-tags">
          {skills.slice(0, SKILLS_SHOWN).map((skill) => (
            <Tag key={skill}>{skill}</Tag>
          ))}
          {skills.length > SKILLS_SHOWN && (
            <span class="quiet num" title={skills.slice(SKILLS_SHOWN).join(", ")}>
              +{skills.length - SKILLS_SHOWN}
            </span>
          )}
        </span>
      ),
  },
  {
    key: "tags",
    header: "Tags",
    wide: true,
    cell: ({ tags }) =>
      tags.length === 0 ? (
        dash
      ) : (
        <span class="row list-tags">
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
  },
  { key: "city", header: "City", wide: true, cell: ({ city }) => city ?? dash },
  { key: "source", header: "Source", wide: true, cell: ({ source }) => source ?? dash },
  { key: "added", header: "Added", wide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
];

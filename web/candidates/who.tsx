import type { Candidate, CandidateChange, CandidateDetail } from "../../worker/features/candidates/schema";
import { errorText, get, ProblemError, put } from "../lib/client";
import { absolute, date } from "../lib/time";
import { Tags } from "../recruiter/assess";
import { Avatar, Card, Icon, IconButton, Tag, toast } from "../ui";
import { CandidateStatus } from "./status";
import { shortAddress } from "./words";

/** Saves tags; when somebody else saved first, the same change is made to theirs. */
async function saveOver(
  candidate: Candidate,
  change: (current: Candidate) => CandidateChange,
): Promise<CandidateDetail> {
  const path = `/api/candidates/${candidate.id}`;
  try {
    return await put<CandidateDetail>(path, change(candidate), { ifMatch: candidate.version });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 412) throw error;
    const current = await get<CandidateDetail>(path);
    return put<CandidateDetail>(path, change(current), { ifMatch: current.version });
  }
}

export interface CandidateWhoProps {
  candidate: Candidate;
  onCandidate: (candidate: CandidateDetail) => void;
  onEdit: () => void;
}

/** Who somebody is and how to reach them, with links, skills and tags. */
export function CandidateWho({ candidate, onCandidate, onEdit }: CandidateWhoProps) {
  const { currentRole, currentCompany, experienceYears } = candidate;
  const place = [candidate.address, candidate.city, candidate.country].filter(Boolean).join(", ");
  const links = [
    ...new Set(
      [candidate.linkedinUrl, candidate.portfolioUrl, ...candidate.links].filter((one) => one !== null),
    ),
  ];
  return (
    <Card class="who">
      <div class="who-head">
        <Avatar name={candidate.name} id={candidate.id} size={44} />
        <div class="who-name">
          {currentRole ?? (currentCompany ? null : <span class="quiet">No role yet</span>)}
          {currentCompany && <div class="quiet">{currentCompany}</div>}
        </div>
        <IconButton icon="pencil" size="s" label={`Edit the profile of ${candidate.name}`} onClick={onEdit} />
      </div>
      <div>
        <CandidateStatus status={candidate.status} />
      </div>
      <ul class="who-reach">
        <li>
          <Icon name="mail" size={16} />
          <a href={`mailto:${candidate.email}`}>
            <Address email={candidate.email} />
          </a>
        </li>
        {candidate.phone && (
          <li>
            <Icon name="phone" size={16} />
            <a href={`tel:${candidate.phone.replace(/[^+0-9]/g, "")}`}>{candidate.phone}</a>
          </li>
        )}
        {place && (
          <li>
            <Icon name="map-pin" size={16} />
            <span>{place}</span>
          </li>
        )}
        {links.map((link) => (
          <li key={link}>
            <Icon name="external-link" size={16} />
            <a href={link} target="_blank" rel="noopener noreferrer">
              {shortAddress(link)}
            </a>
          </li>
        ))}
      </ul>
      <div class="who-part">
        <h3>Skills</h3>
        {candidate.skills.length === 0 ? (
          <p class="quiet">None yet</p>
        ) : (
          <ul class="row who-tags">
            {candidate.skills.map((skill) => (
              <li key={skill}>
                <Tag>{skill}</Tag>
              </li>
            ))}
          </ul>
        )}
      </div>
      {experienceYears !== null && (
        <p class="num">
          {experienceYears.toLocaleString()} {experienceYears === 1 ? "year" : "years"} of experience
        </p>
      )}
      <CandidateTags candidate={candidate} onCandidate={onCandidate} />
      <p class="quiet who-since">
        {candidate.source && <>{candidate.source} · </>}
        Added <time title={absolute(candidate.createdAt)}>{date(candidate.createdAt)}</time>
        {candidate.userId && " · has a login to the portal"}
      </p>
    </Card>
  );
}

/** An e-mail address, which in a narrow place breaks before its @. */
function Address({ email }: { email: string }) {
  const at = email.lastIndexOf("@");
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
}

function CandidateTags({ candidate, onCandidate }: Omit<CandidateWhoProps, "onEdit">) {
  const save = async (change: (tags: string[]) => string[]) => {
    try {
      onCandidate(await saveOver(candidate, ({ tags }) => ({ tags: change(tags) })));
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  return <Tags values={candidate.tags} onChange={save} />;
}

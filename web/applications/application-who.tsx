import { absolute, date } from "../lib/time";
import { Rating, Tags } from "../recruiter/assess";
import { Avatar, Button, Card, Icon } from "../ui";
import type { ApplicationData, Save } from "./use-application";

export interface ApplicationWhoProps {
  data: ApplicationData;
  /** Absent where one only reads. */
  save?: Save;
  /** False where stars and rating stand elsewhere. */
  assess?: boolean;
}

/** What the team thinks of an application: rating and star. */
export function Assess({ data: { application }, save }: Pick<ApplicationWhoProps, "data" | "save">) {
  return (
    <div class="assess">
      <Rating value={application.rating} onRate={save && ((rating) => void save(() => ({ rating })))} />
      {save && (
        <Button
          size="s"
          variant="plain"
          icon="star"
          class={application.starred ? "star-mark star-marked" : "star-mark"}
          aria-pressed={application.starred}
          onClick={() => void save(({ starred }) => ({ starred: !starred }))}
        >
          {application.starred ? "Starred" : "Star"}
          <span class="sr-only"> {application.name}</span>
        </Button>
      )}
    </div>
  );
}

/** What somebody does, and where. */
export function workOf({ candidate }: ApplicationData["application"]): string {
  return [candidate?.currentRole, candidate?.currentCompany].filter(Boolean).join(" at ");
}

/** Who applied and how to reach them, with what the team thinks of the application. */
export function ApplicationWho({ data, save, assess = true }: ApplicationWhoProps) {
  const { application } = data;
  const person = application.candidate;
  const work = workOf(application);
  const place = [person?.city, person?.country].filter(Boolean).join(", ");
  return (
    <Card class="who">
      <div class="who-head">
        <Avatar name={application.name} id={application.id} size={44} />
        <div class="who-name">{work || <span class="quiet">No work named yet</span>}</div>
      </div>
      {assess && <Assess data={data} save={save} />}
      <ul class="who-reach">
        {person?.email && (
          <li>
            <Icon name="mail" size={16} />
            <a href={`mailto:${person.email}`}>{person.email}</a>
          </li>
        )}
        {person?.phone && (
          <li>
            <Icon name="phone" size={16} />
            <a href={`tel:${person.phone.replace(/[^+0-9]/g, "")}`}>{person.phone}</a>
          </li>
        )}
        {place && (
          <li>
            <Icon name="map-pin" size={16} />
            <span>{place}</span>
          </li>
        )}
        {[person?.linkedinUrl, person?.portfolioUrl].map(
          (address) =>
            address && (
              <li key={address}>
                <Icon name="external-link" size={16} />
                <a href={address} target="_blank" rel="noopener noreferrer">
                  {address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
                </a>
              </li>
            ),
        )}
      </ul>
      {person && person.skills.length > 0 && (
        <div class="who-part">
          <h3>Skills</h3>
          <p>{person.skills.join(", ")}</p>
        </div>
      )}
      {save && (
        <Tags
          values={application.tags}
          onChange={(change) => save(({ tags }) => ({ tags: change([...tags]) }))}
        />
      )}
      <p class="quiet who-since">
        Applied <time title={absolute(application.appliedAt)}>{date(application.appliedAt)}</time>
        {application.source && <> · {application.source}</>}
      </p>
    </Card>
  );
}

import "./home.css";
import type { ClientHome } from "../../worker/features/dashboard/schema";
import { Unverified } from "../account/unverified";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { now } from "../lib/time";
import { LoadTrouble } from "../recruiter/trouble";
import { Avatar, Card, EmptyState, Loading, Page, Skeleton } from "../ui";
import { greeting } from "./greeting";

/** What somebody of a client company begins with: their open jobs, and who was shared with them. */
export default function ClientHomeScreen() {
  const loaded = useLoad((signal) => get<ClientHome>("/api/me/client-home", {}, { signal }), []);
  const person = me.value;
  const home = loaded.data;
  if (!person) return null;
  return (
    <Page
      title="Home"
      heading={`${greeting(now.value)}, ${person.firstName || person.name}`}
      lead={`What ${person.organization.name} does for you, and whom they suggest.`}
    >
      <Unverified person={person} />
      {loaded.error && !home ? (
        <LoadTrouble what="Your home" error={loaded.error} onRetry={loaded.reload} />
      ) : !home ? (
        <Loading label="Loading your home">
          <Card>
            <Skeleton lines={8} />
          </Card>
        </Loading>
      ) : (
        <>
          <Shared home={home} organization={person.organization.name} />
          <Jobs home={home} organization={person.organization.name} />
        </>
      )}
    </Page>
  );
}

interface PartProps {
  home: ClientHome;
  organization: string;
}

function Shared({ home: { applications }, organization }: PartProps) {
  return (
    <Card title="People shared with you" flush>
      {applications.length === 0 ? (
        <EmptyState icon="users" title="Nobody is shared with you yet">
          When {organization} shares people with you, they appear here, and you get a notification.
        </EmptyState>
      ) : (
        <ul class="lines">
          {applications.map((application) => (
            <li key={application.id} class="line">
              <Avatar name={application.name} id={application.candidateId ?? application.id} size={28} />
              <span class="line-main">
                <a class="line-link" href={`/jobs/${application.jobId}?person=${application.id}`}>
                  {application.name}
                </a>
                <span class="line-under">
                  {application.jobTitle} · {application.stageName} · <Ago at={application.enteredAt} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Jobs({ home: { jobs }, organization }: PartProps) {
  return (
    <Card title="Your open jobs" flush>
      {jobs.length === 0 ? (
        <EmptyState icon="briefcase" title="No open jobs">
          Jobs that {organization} opens for you appear here.
        </EmptyState>
      ) : (
        <ul class="lines">
          {jobs.map((job) => (
            <li key={job.id} class="line">
              <span class="line-main">
                <a class="line-link" href={`/jobs/${job.id}`}>
                  {job.title}
                </a>
                <span class="line-under">
                  {[job.location, job.openings === 1 ? "1 opening" : `${job.openings} openings`]
                    .filter(Boolean)
                    .join(" · ")}
                  {job.postedAt && (
                    <>
                      {" · posted "}
                      <Ago at={job.postedAt} />
                    </>
                  )}
                </span>
              </span>
              <span class="quiet num">{job.shared === 1 ? "1 person" : `${job.shared} people`}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

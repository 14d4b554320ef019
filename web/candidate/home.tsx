import "./candidate.css";
import { useEffect } from "preact/hooks";
import type { CandidateHome as Home } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { Unverified } from "../account/unverified";
import { HomeWaiting } from "../agent/home";
import { News, Papers, WaitingOnUs } from "../agent/home-parts";
import { useOwnDocuments } from "../agent/own-documents";
import { useLiveHome } from "../agent/use-live-home";
import { useUpload } from "../agent/use-upload";
import { loadMe, me } from "../lib/session";
import { Page } from "../ui";
import { ApplicationCard } from "./application-card";
import { InterviewCard } from "./interview-card";
import { newsText } from "./news";
import { NextStep } from "./next-step";
import { standing } from "./standing";

/** A candidate's first screen: where I stand, what is next, what waits on whom. It changes as others act. */
export default function CandidateHome() {
  const person = me.value;
  return person && <OwnHome person={person} />;
}

function OwnHome({ person }: { person: Me }) {
  const { data, error, loading, reload, news, onNewsRead } = useLiveHome<Home>(
    "/api/candidate-portal/home",
    person,
  );
  const documents = useOwnDocuments(person);
  const upload = useUpload(() => {
    documents.reload();
    reload();
  });
  // The address was proved meanwhile, in another tab or on another device.
  const proved = data?.confirmed === true && person.candidateId === null;
  useEffect(() => {
    if (proved) void loadMe();
  }, [proved]);
  if (!data) return <HomeWaiting error={error} onRetry={reload} />;
  const organization = person.organization.name;
  const { heading, lead } = standing(data, person.firstName || person.name, organization);
  const chosenAbove = data.next.interviewId;
  return (
    <Page title="Home" heading={heading} lead={lead}>
      <News line={loading ? null : newsText(news, data, documents.data, organization)} onRead={onNewsRead} />
      <NextStep person={person} home={data} documents={documents.data} upload={upload} onDone={reload} />
      {data.interviews
        .filter(({ id }) => id !== chosenAbove)
        .map((interview) => (
          <InterviewCard
            key={interview.id}
            interview={interview}
            jobTitle={interview.jobTitle}
            onBooked={reload}
          />
        ))}
      {data.applications.map((application) => (
        <ApplicationCard key={application.id} application={application} organization={organization} />
      ))}
      {data.confirmed && (
        <>
          <Unverified person={person} />
          <WaitingOnUs organization={organization} items={data.waitingOnUs} />
          <Papers
            documents={documents}
            organization={organization}
            upload={upload}
            elsewhere={data.next.documentType}
          />
        </>
      )}
    </Page>
  );
}

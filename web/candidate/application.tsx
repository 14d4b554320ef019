import "./candidate.css";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { OwnApplicationDetail } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { DocumentRow } from "../agent/document-row";
import { slotsOf } from "../agent/own-documents";
import { sinceDay } from "../agent/standing";
import { useUpload } from "../agent/use-upload";
import { errorText, get, ProblemError } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { absolute } from "../lib/time";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents } from "../shell/own-channel";
import { Button, Card, Loading, Page, Skeleton, StagePath, Timeline, Trouble, toast } from "../ui";
import { InterviewCard } from "./interview-card";
import { promiseText, sentence } from "./standing";
import { WithdrawDialog } from "./withdraw-dialog";

/** One of my applications: where it stands, its way, what is asked of me, and the way out. */
export default function OwnApplicationScreen() {
  const { params } = useRoute();
  const person = me.value;
  return person && params.id ? <One key={params.id} person={person} id={params.id} /> : null;
}

function One({ person, id }: { person: Me; id: string }) {
  const path = `/api/candidate-portal/applications/${id}`;
  const loaded = useLoad((signal) => get<OwnApplicationDetail>(path, undefined, { signal }), [id]);
  const { data, error, reload } = loaded;
  useBackOnline(reload);
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length === 0 || events.some(({ type }) => !type.startsWith("notification."))) reload();
      }),
    [reload],
  );
  if (data) return <Shown person={person} application={data} onChange={reload} />;
  const gone = error instanceof ProblemError && error.status === 404;
  return (
    <Page title="My application" actions={<ToHome />}>
      {gone ? (
        <Trouble title="There is no such application of yours">
          It may have been taken away, or it belongs to another account.
        </Trouble>
      ) : error ? (
        <Trouble title="Your application could not be loaded" onRetry={reload}>
          {errorText(error)}
        </Trouble>
      ) : (
        <Loading label="Loading your application">
          <div class="stack">
            <Skeleton height="6rem" />
            <Skeleton height="12rem" />
          </div>
        </Loading>
      )}
    </Page>
  );
}

function ToHome() {
  return (
    <Button variant="plain" icon="arrow-left" href="/home">
      Home
    </Button>
  );
}

interface ShownProps {
  person: Me;
  application: OwnApplicationDetail;
  onChange: () => void;
}

function Shown({ person, application, onChange }: ShownProps) {
  const [leaving, setLeaving] = useState(false);
  const organization = person.organization.name;
  const { job, kind, stages, since, next, history, interviews } = application;
  const promise = promiseText(application, organization);
  return (
    <Page
      title={job.title}
      heading={sentence(application, organization)}
      lead={
        <>
          Since{" "}
          <time dateTime={since} title={absolute(since)}>
            {sinceDay(since)}
          </time>
          .
        </>
      }
    >
      {stages.length > 1 && <StagePath stages={stages} label="The way of your application" />}
      {kind === "open" && (
        <Card title={`What ${organization} does now`}>
          <p>{next ?? `${organization} decides how it goes on. You see it here the moment it happens.`}</p>
          {promise && <p>{promise}</p>}
        </Card>
      )}
      {interviews.map((interview) => (
        <InterviewCard key={interview.id} interview={interview} jobTitle={job.title} onBooked={onChange} />
      ))}
      <Papers application={application} organization={organization} onChange={onChange} />
      <Card title="What happened">
        <Timeline
          label="What happened, newest first"
          items={history.map(({ name, at }) => ({ id: at + name, at, text: name }))}
        />
      </Card>
      <div class="row">
        {job.href && (
          <Button icon="external-link" href={job.href}>
            Read about the job
          </Button>
        )}
        {kind === "open" && (
          <Button variant="plain" onClick={() => setLeaving(true)}>
            Withdraw my application
          </Button>
        )}
      </div>
      <WithdrawDialog
        open={leaving}
        application={application}
        organization={organization}
        onClose={() => setLeaving(false)}
        onDone={() => {
          setLeaving(false);
          onChange();
        }}
      />
    </Page>
  );
}

/** What is asked of me and what I sent, with the place to send it from. */
function Papers({
  application: { documents, requests },
  organization,
  onChange,
}: Pick<ShownProps, "application" | "onChange"> & { organization: string }) {
  const upload = useUpload((sent) => {
    toast({ text: `${sent.typeName} has arrived. ${organization} looks at it next.`, tone: "good" });
    onChange();
  });
  const slots = slotsOf(documents, requests, []);
  if (slots.length === 0) return null;
  return (
    <Card title="Your documents" actions={<a href="/documents">All documents</a>}>
      <ul class="docs">
        {slots.map((slot) => (
          <DocumentRow key={slot.type} slot={slot} organization={organization} upload={upload} />
        ))}
      </ul>
    </Card>
  );
}

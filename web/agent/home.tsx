import { useEffect, useRef, useState } from "preact/hooks";
import type { AgentHome as Home } from "../../worker/features/agents/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { Unverified } from "../account/unverified";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { absolute } from "../lib/time";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents, ownStart, ownState } from "../shell/own-channel";
import { Banner, Card, IconButton, Loading, Page, Skeleton, StagePath, Timeline, Trouble } from "../ui";
import { DocumentRow } from "./document-row";
import { newsText } from "./news";
import { NextStep } from "./next-step";
import { useOwnDocuments } from "./own-documents";
import { sinceText, standing } from "./standing";
import { useUpload } from "./use-upload";

/** An agent's first screen: where I stand, what is next, what waits on whom. It changes as others act. */
export function AgentHome({ person }: { person: Me }) {
  const askedLive = useRef(false);
  const home = useLoad(
    (signal) => {
      askedLive.current = ownState.peek() === "live";
      return get<Home>("/api/me/home", undefined, { signal });
    },
    [person.id],
  );
  const documents = useOwnDocuments(person);
  const [news, setNews] = useState<readonly LiveEvent[]>([]);
  const [seenUpTo] = useState(() => new Date().toISOString());
  const { reload, data } = home;
  const organization = person.organization.name;

  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length > 0 && events.every((event) => event.type.startsWith("notification."))) return;
        const others = events.filter((event) => event.actor.id !== person.id);
        if (others.length > 0) setNews(others);
        reload();
      }),
    [reload, person.id],
  );

  // What happened between the answer and the socket's first word came by neither of them.
  const start = ownState.value === "live" ? ownStart.value : undefined;
  const behind = start !== undefined && data !== undefined && data.seq < start && !askedLive.current;
  useEffect(() => {
    if (behind) reload();
  }, [behind, reload]);

  useBackOnline(reload);
  const upload = useUpload(() => {
    documents.reload();
    reload();
  });

  if (!data) {
    return (
      <Page title="Home" heading={home.error ? "Home" : <Unknown />}>
        {home.error ? (
          <Trouble title="Your home could not be loaded" onRetry={reload}>
            {errorText(home.error)}
          </Trouble>
        ) : (
          <Waiting />
        )}
      </Page>
    );
  }

  const line = newsText(news, data, documents.data, organization);
  const place = standing(data.agent, data.stages, organization);
  return (
    <Page
      title="Home"
      heading={place}
      lead={
        <>
          Since{" "}
          <time dateTime={data.agent.statusSince} title={absolute(data.agent.statusSince)}>
            {sinceText(data.agent.statusSince)}
          </time>
          .
        </>
      }
    >
      <div class="news" role="status">
        {line && (
          <Banner
            tone="info"
            icon="bell"
            role="none"
            action={<IconButton icon="x" size="s" label="Close message" onClick={() => setNews([])} />}
          >
            {line}
          </Banner>
        )}
      </div>
      <Unverified person={person} />
      <StagePath stages={data.stages} label="Your way through the stages" />
      <NextStep next={data.next} documents={documents.data} upload={upload} />
      {data.waitingOnUs.length > 0 && (
        <Card title={`Waiting on ${organization}`}>
          <ul class="waiting">
            {data.waitingOnUs.map((item) => (
              <li key={item.title}>
                <span>{item.title}</span>
                <span class="quiet">since {sinceText(item.since)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title="Your documents" actions={<a href="/documents">All documents</a>}>
        {documents.data ? (
          <ul class="docs">
            {documents.data.slots.map((slot) => (
              <DocumentRow
                key={slot.type}
                slot={slot}
                organization={organization}
                upload={upload}
                quiet={slot.type === data.next.documentType}
              />
            ))}
          </ul>
        ) : documents.error ? (
          <Trouble title="Your documents could not be loaded" onRetry={documents.reload}>
            {errorText(documents.error)}
          </Trouble>
        ) : (
          <Loading label="Loading your documents">
            <Skeleton lines={4} />
          </Loading>
        )}
        {documents.data?.slots.length === 0 && <p class="quiet">Nothing is asked of you at the moment.</p>}
      </Card>
      {data.history.length > 0 && (
        <Card title="What happened">
          <Timeline
            label="What happened, newest first"
            items={data.history.map((entry) => ({
              id: entry.at + entry.text,
              at: entry.at,
              text: entry.text,
              fresh: entry.at > seenUpTo,
            }))}
          />
        </Card>
      )}
    </Page>
  );
}

function Unknown() {
  return (
    <>
      <span class="sr-only">Home</span>
      <Skeleton width="16rem" height="1.2em" />
    </>
  );
}

function Waiting() {
  return (
    <Loading label="Loading your home">
      <div class="stack" style={{ "--gap": "1.5rem" }}>
        <Skeleton height="4rem" />
        <Skeleton height="9rem" />
        <Skeleton height="12rem" />
      </div>
    </Loading>
  );
}

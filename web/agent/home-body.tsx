import { useState } from "preact/hooks";
import type { AgentHome } from "../../worker/features/agents/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { Unverified } from "../account/unverified";
import { errorText } from "../lib/client";
import { Banner, Card, IconButton, Loading, Skeleton, StagePath, Timeline, Trouble } from "../ui";
import { DocumentRow } from "./document-row";
import { newsText } from "./news";
import { NextStep } from "./next-step";
import { useOwnDocuments } from "./own-documents";
import { sinceText } from "./standing";
import { useUpload } from "./use-upload";

export interface HomeBodyProps {
  person: Me;
  home: AgentHome;
  /** What others just did. */
  news: readonly LiveEvent[];
  onNewsRead: () => void;
  /** A document has arrived. */
  onSent: () => void;
}

/** All of an agent's home below its sentence. Documents are asked for once the rest stands. */
export function HomeBody({ person, home, news, onNewsRead, onSent }: HomeBodyProps) {
  const documents = useOwnDocuments(person);
  const [seenUpTo] = useState(home.history[0]?.at ?? "");
  const organization = person.organization.name;
  const upload = useUpload(() => {
    documents.reload();
    onSent();
  });
  const line = newsText(news, home, documents.data, organization);
  return (
    <>
      <div class="news" role="status">
        {line && (
          <Banner
            tone="info"
            icon="bell"
            role="none"
            action={<IconButton icon="x" size="s" label="Close message" onClick={onNewsRead} />}
          >
            {line}
          </Banner>
        )}
      </div>
      <StagePath stages={home.stages} label="Your way through the stages" />
      <NextStep next={home.next} documents={documents.data} upload={upload} />
      <Unverified person={person} />
      {home.waitingOnUs.length > 0 && (
        <Card title={`Waiting on ${organization}`}>
          <ul class="waiting">
            {home.waitingOnUs.map((item) => (
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
                quiet={slot.type === home.next.documentType}
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
      {home.history.length > 0 && (
        <Card title="What happened">
          <Timeline
            label="What happened, newest first"
            items={home.history.map((entry) => ({
              id: entry.at + entry.text,
              at: entry.at,
              text: entry.text,
              fresh: entry.at > seenUpTo,
            }))}
          />
        </Card>
      )}
    </>
  );
}

import { useState } from "preact/hooks";
import type { AgentHome } from "../../worker/features/agents/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { Unverified } from "../account/unverified";
import { onDemand } from "../lib/on-demand";
import { Card, StagePath, Timeline } from "../ui";
import { News, Papers, WaitingOnUs } from "./home-parts";
import { newsText } from "./news";
import { NextStep } from "./next-step";
import { useOwnDocuments } from "./own-documents";
import { useUpload } from "./use-upload";

/** Beside the way and the next step, which come first. */
const HomeCampaigns = onDemand(() => import("./home-campaigns").then((loaded) => loaded.HomeCampaigns));

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
      <News line={line} onRead={onNewsRead} />
      <StagePath stages={home.stages} label="Your way through the stages" />
      <NextStep next={home.next} documents={documents.data} upload={upload} />
      <HomeCampaigns news={home.seq} />
      <Unverified person={person} />
      <WaitingOnUs organization={organization} items={home.waitingOnUs} />
      <Papers
        documents={documents}
        organization={organization}
        upload={upload}
        elsewhere={home.next.documentType}
      />
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

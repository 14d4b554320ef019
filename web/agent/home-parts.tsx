import type { ComponentChildren } from "preact";
import { errorText } from "../lib/client";
import type { Loaded } from "../lib/load";
import { Banner, Card, IconButton, Loading, Skeleton, Trouble } from "../ui";
import { DocumentRow } from "./document-row";
import type { OwnDocuments } from "./own-documents";
import { sinceText } from "./standing";
import type { Upload } from "./use-upload";

/** A short line of what somebody else just did, told to screen readers too. */
export function News({ line, onRead }: { line: ComponentChildren; onRead: () => void }) {
  return (
    <div class="news" role="status">
      {line && (
        <Banner
          tone="info"
          icon="bell"
          role="none"
          action={<IconButton icon="x" size="s" label="Close message" onClick={onRead} />}
        >
          {line}
        </Banner>
      )}
    </div>
  );
}

/** What waits on the organization, so that silence has a reason. */
export function WaitingOnUs({
  organization,
  items,
}: {
  organization: string;
  items: readonly { title: string; since: string }[];
}) {
  if (items.length === 0) return null;
  return (
    <Card title={`Waiting on ${organization}`}>
      <ul class="waiting">
        {items.map((item) => (
          <li key={item.title}>
            <span>{item.title}</span>
            <span class="quiet">since {sinceText(item.since)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export interface PapersProps {
  documents: Loaded<OwnDocuments>;
  organization: string;
  upload: Upload;
  /** The type that is asked for elsewhere on the screen. */
  elsewhere: string | null;
}

/** One's own papers, each with how it stands. */
export function Papers({ documents, organization, upload, elsewhere }: PapersProps) {
  return (
    <Card title="Your documents" actions={<a href="/documents">All documents</a>}>
      {documents.data ? (
        <ul class="docs">
          {documents.data.slots.map((slot) => (
            <DocumentRow
              key={slot.type}
              slot={slot}
              organization={organization}
              upload={upload}
              quiet={slot.type === elsewhere}
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
  );
}

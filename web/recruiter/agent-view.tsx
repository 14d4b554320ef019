import "./agent.css";
import { useState } from "preact/hooks";
import type { Agent } from "../../worker/features/agents/schema";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { mediaSignal } from "../lib/media";
import { Button, Card, Dialog, IconButton, Loading, Skeleton } from "../ui";
import { AgentDocuments } from "./agent-documents";
import { AgentStanding, type StageBrief } from "./agent-standing";
import { AgentTimeline, useReloadOn } from "./agent-timeline";
import { AgentWho } from "./agent-who";
import { DocumentPreview, downloadAddress } from "./document-preview";
import { DocumentStatus, RejectDialog, ReviewButtons } from "./document-review";
import { LoadTrouble } from "./trouble";

export interface AgentData {
  agent: Agent;
  documents: Document[];
  requests: DocumentRequest[];
  types: DocumentType[];
}

/** A person with documents and requests; read again whenever something happened. */
export function useAgent(agentId: string, turn: number): Loaded<AgentData> {
  const loaded = useLoad<AgentData>(
    async (signal) => {
      const [agent, documents, requests, types] = await Promise.all([
        get<Agent>(`/api/agents/${agentId}`, {}, { signal }),
        get<Page<Document>>("/api/documents", { agentId, limit: 100 }, { signal }),
        get<Page<DocumentRequest>>("/api/documents/requests", { agentId, status: "open" }, { signal }),
        get<Page<DocumentType>>("/api/documents/types", {}, { signal }),
      ]);
      return { agent, documents: documents.data, requests: requests.data, types: types.data };
    },
    [agentId],
  );
  useReloadOn(turn, loaded.reload);
  return loaded;
}

export interface AgentViewProps {
  loaded: Loaded<AgentData>;
  /** Changes when something about this person happened. */
  turn: number;
  poolName: string;
  stages: readonly StageBrief[];
  /** Without a stage: asks for one. */
  onMove: (to?: string) => void;
}

const narrow = mediaSignal("(max-width: 62rem)");

/** A person on one screen: who, where they stand, documents, and what happened. */
export function AgentView({ loaded, turn, poolName, stages, onMove }: AgentViewProps) {
  const [shownId, setShownId] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState<Document | null>(null);
  const { data, error, reload, set } = loaded;

  if (!data && error) return <LoadTrouble what="This person" error={error} onRetry={reload} />;
  if (!data) return <AgentSkeleton />;
  const { agent, documents, requests, types } = data;
  const shown = documents.find(({ id }) => id === shownId) ?? null;
  const onAgent = (next: Agent) => set((before) => ({ ...before, agent: next }));
  const head = shown && (
    <ShownHead document={shown} onClose={() => setShownId(null)} onReject={setRejecting} onChanged={reload} />
  );
  return (
    <div class="person">
      <div class="person-side person-right">
        <AgentStanding
          agent={agent}
          poolName={poolName}
          stages={stages}
          documents={documents}
          onReview={({ id }) => setShownId(id)}
          onMove={onMove}
        />
        <AgentDocuments
          agent={agent}
          documents={documents}
          requests={requests}
          types={types}
          shown={shownId}
          onShow={(id) => setShownId(id === shownId ? null : id)}
          onReject={setRejecting}
          onChanged={reload}
        />
      </div>
      <div class="person-side person-left">
        <AgentWho agent={agent} onAgent={onAgent} />
      </div>
      <div class="person-middle">
        {shown && !narrow.value ? (
          <Card class="shown">
            {head}
            <DocumentPreview document={shown} />
          </Card>
        ) : (
          <AgentTimeline agentId={agent.id} turn={turn} />
        )}
      </div>
      {narrow.value && (
        <Dialog open={shown !== null} size="l" onClose={() => setShownId(null)} title={shown?.typeName}>
          {shown && (
            <div class="stack">
              <div class="row">
                <ReviewButtons document={shown} onReject={setRejecting} onChange={reload} />
                <Button icon="download" href={downloadAddress(shown)} download>
                  Download
                </Button>
              </div>
              <DocumentPreview document={shown} />
            </div>
          )}
        </Dialog>
      )}
      <RejectDialog
        document={rejecting}
        onClose={() => setRejecting(null)}
        onRejected={() => {
          setRejecting(null);
          reload();
        }}
      />
    </div>
  );
}

interface ShownHeadProps {
  document: Document;
  onClose: () => void;
  onReject: (document: Document) => void;
  onChanged: () => void;
}

function ShownHead({ document, onClose, onReject, onChanged }: ShownHeadProps) {
  return (
    <header class="shown-head">
      <div class="shown-name">
        <h2>{document.typeName}</h2>
        <DocumentStatus status={document.status} />
        <span class="quiet pdoc-words">{document.fileName}</span>
      </div>
      <div class="row">
        <ReviewButtons document={document} onReject={onReject} onChange={onChanged} />
        <Button size="s" icon="download" href={downloadAddress(document)} download aria-label="Download" />
        <IconButton icon="x" size="s" label="Close the document" onClick={onClose} />
      </div>
    </header>
  );
}

function AgentSkeleton() {
  return (
    <Loading label="Loading the person">
      <div class="person">
        <div class="person-side person-right">
          <Skeleton height="8rem" />
          <Skeleton height="14rem" />
        </div>
        <div class="person-side person-left">
          <Skeleton height="20rem" />
        </div>
        <div class="person-middle">
          <Skeleton height="24rem" />
        </div>
      </div>
    </Loading>
  );
}

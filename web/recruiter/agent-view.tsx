import "./agent.css";
import type { Agent } from "../../worker/features/agents/schema";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import type { Page } from "../../worker/http/shapes";
import { AgentCampaigns } from "../campaigns/agent-campaigns";
import { PersonEvaluations } from "../evaluations/person-evaluations";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { AgentOnboarding } from "../onboarding/agent-steps";
import { Loading, Skeleton } from "../ui";
import { AgentStanding, type StageBrief } from "./agent-standing";
import { AgentTimeline } from "./agent-timeline";
import { AgentWho } from "./agent-who";
import { PersonDocuments } from "./person-documents";
import { useReloadOn } from "./person-timeline";
import { ShownDocument, useShown } from "./shown-document";
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

/** A person on one screen: who, where they stand, documents, and what happened. */
export function AgentView({ loaded, turn, poolName, stages, onMove }: AgentViewProps) {
  const shown = useShown(loaded.data?.documents);
  const { data, error, reload, set } = loaded;

  if (!data && error) return <LoadTrouble what="This person" error={error} onRetry={reload} />;
  if (!data) return <PersonSkeleton />;
  const { agent, documents, requests, types } = data;
  const onAgent = (next: Agent) => set((before) => ({ ...before, agent: next }));
  return (
    <div class="person">
      <div class="person-side person-right">
        <AgentStanding
          agent={agent}
          poolName={poolName}
          stages={stages}
          documents={documents}
          onReview={({ id }) => shown.show(id)}
          onMove={onMove}
        />
        <AgentOnboarding agent={agent} turn={turn} onChanged={reload} />
        <PersonDocuments
          owner={{ kind: "agent", id: agent.id, name: agent.name, firstName: agent.firstName }}
          documents={documents}
          requests={requests}
          types={types}
          shown={shown.document?.id ?? null}
          onShow={shown.toggle}
          onReject={shown.reject}
          onChanged={reload}
        />
        <AgentCampaigns agentId={agent.id} turn={turn} />
        <PersonEvaluations person={{ agentId: agent.id }} name={agent.name} turn={turn} />
      </div>
      <div class="person-side person-left">
        <AgentWho agent={agent} onAgent={onAgent} />
      </div>
      <div class="person-middle">
        <ShownDocument shown={shown} types={types} onChanged={reload}>
          <AgentTimeline agentId={agent.id} turn={turn} />
        </ShownDocument>
      </div>
    </div>
  );
}

/** What stands where a person is about to be. */
export function PersonSkeleton() {
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

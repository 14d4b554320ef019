import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { MovedAgent } from "../../worker/features/agents/schema";
import type { Changes, LiveEvent, Pipeline, UndoResult } from "../../worker/features/pipelines/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { errorText, get, post, put } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { type LiveState, openChannel } from "../lib/live";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { Button, Page, toast } from "../ui";
import { AgentView, useAgent } from "./agent-view";
import { needsReason, personIn } from "./board-model";
import { AGENTS } from "./board-subject";
import { LivePill } from "./board-tools";
import { MoveDialog } from "./move-dialog";
import { refusalText } from "./move-refusal";

/** One person as a page. */
export default function AgentScreen() {
  const { params } = useRoute();
  return <AgentPage key={params.id} agentId={params.id ?? ""} />;
}

function AgentPage({ agentId }: { agentId: string }) {
  const [turn, setTurn] = useState(0);
  const [asked, setAsked] = useState<{ to?: string } | null>(null);
  const loaded = useAgent(agentId, turn);
  const agent = loaded.data?.agent;
  const pools = useLoad((signal) => get<PageOf<Pipeline>>("/api/pipelines", {}, { signal }), []);
  const pool = pools.data?.data.find(({ id }) => id === agent?.pipelineId);
  const stages = pool?.stages ?? [];
  const live = useNews(agent?.pipelineId ?? me.value?.pipelineId ?? null, (event) => {
    if (personIn(event) === agentId) setTurn(event.seq);
  });

  const move = async (to: string, reason?: string) => {
    if (!agent) return;
    try {
      const body = { status: to, from: agent.status, ...(reason ? { reason } : {}) };
      const moved = await put<MovedAgent>(`/api/agents/${agentId}/status`, body);
      loaded.set((before) => ({ ...before, agent: moved }));
      loaded.reload();
      toast({ text: `${moved.name} is in ${moved.statusName} now.`, undo: () => undo(moved.batchId) });
    } catch (error) {
      const who = { personId: agentId, name: agent.name, stage: agent.status };
      toast({ text: await refusalText(error, who, AGENTS), tone: "warn", seconds: 10 });
      loaded.reload();
    }
  };
  const undo = async (batchId: string) => {
    try {
      const { results } = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
      const refused = results.find(({ ok }) => !ok);
      if (refused) toast({ text: refused.error ?? "It could not be taken back.", tone: "warn" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
    loaded.reload();
  };
  const ask = (to?: string) => {
    const stage = stages.find(({ key }) => key === to);
    if (to && stage && !needsReason(stage.kind)) void move(to);
    else if (agent) setAsked({ to });
  };
  useShortcuts("Person", [{ key: "m", label: "Move to a stage", run: () => ask() }]);

  return (
    <Page
      title={agent?.name ?? "Person"}
      width="full"
      actions={
        <>
          <LivePill state={live} />
          <Button icon="square-kanban" href={`/pool?agent=${agentId}`}>
            On the board
          </Button>
        </>
      }
    >
      <AgentView
        loaded={loaded}
        turn={turn}
        poolName={pool?.name ?? "Agent pool"}
        stages={stages}
        onMove={ask}
      />
      <MoveDialog
        person={asked && agent ? { name: agent.name, stage: agent.status } : null}
        stages={stages}
        to={asked?.to}
        onClose={() => setAsked(null)}
        onMove={(to, reason) => {
          setAsked(null);
          void move(to, reason || undefined);
        }}
      />
    </Page>
  );
}

/** Follows a pipeline's events for as long as the screen stands. */
export function useNews(pipelineId: string | null, onEvent: (event: LiveEvent) => void): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    if (!pipelineId) return;
    const path = `/api/pipelines/${pipelineId}`;
    let start: number | undefined;
    const channel = openChannel({
      path: `${path}/live`,
      poll: async (since) => {
        if (since > 0) return get<Changes>(`${path}/changes`, { since });
        // No socket ever stood: begin with what is newest now.
        start ??= (await get<{ seq: number }>(`${path}/board`)).seq;
        return { data: [], seq: start, hasMore: false };
      },
      onEvents: (events) => events.forEach(onEvent),
      onState: setState,
    });
    return () => channel.close();
  }, [pipelineId]);
  return state;
}

import { signal } from "@preact/signals";
import type { AgentHome } from "../../worker/features/agents/schema";
import type { Changes, LiveEvent } from "../../worker/features/pipelines/schema";
import type { CandidateHome } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { get } from "../lib/client";
import { type Channel, type LiveState, openChannel } from "../lib/live";
import { hearNotices, refreshUnread, unread } from "./notices";

/** How news about oneself reach this tab. */
export const ownState = signal<LiveState>("connecting");

/** The seq at which the socket first stood; data older than it may lack something. */
export const ownStart = signal<number | undefined>(undefined);

type Listener = (events: readonly LiveEvent[]) => void;
const listeners = new Set<Listener>();

/** Hears events about oneself, in order. An empty run means: look again, something may have been missed. */
export function onOwnEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function deliver(events: readonly LiveEvent[]): void {
  hearNotices(events);
  for (const listener of listeners) listener(events);
}

/** Opens one's own channel, the one that the bell and the home share. The answer closes it. */
export function openOwnChannel(person: Me): () => void {
  unread.value = person.unread;
  ownStart.value = undefined;
  const channel: Channel = openChannel({
    path: "/api/me/live",
    poll: (since) => poll(person, since),
    onEvents: deliver,
    onState: (state) => {
      if (state === "live") ownStart.value ??= channel.seq;
      ownState.value = state;
    },
  });
  return () => {
    channel.close();
    ownState.value = "connecting";
  };
}

/**
 * Without a socket: an agent's own place in the pool has its changes, a candidate's home says how far its channel is,
 * everybody else asks for the bell's count.
 */
async function poll(person: Me, since: number): Promise<Changes | undefined> {
  await refreshUnread();
  if (person.role === "candidate") {
    const { seq } = await get<CandidateHome>("/api/candidate-portal/home");
    if (seq > since) deliver([]);
    return { data: [], seq, hasMore: false };
  }
  if (person.role !== "agent" || !person.pipelineId) return undefined;
  if (since > 0) return get<Changes>(`/api/pipelines/${person.pipelineId}/changes`, { since });
  // No socket ever stood: everything from the beginning would be old news.
  const { seq } = await get<AgentHome>("/api/me/home");
  deliver([]);
  return { data: [], seq, hasMore: false };
}

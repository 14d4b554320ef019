import { isForApplicants } from "../features/status/words";
import { log, reasonOf } from "../lib/log";
import type { Ctx } from "./context";

/** What a commit tells the accelerators: ids only, and losing it is harmless. */
export interface Hint {
  seq: number;
  type: string;
  pipelineId: string | null;
  userId: string | null;
}

/** Wakes the subscribers' queue and the channels that these events belong to. Never throws. */
export async function nudge(ctx: Pick<Ctx, "env" | "orgId">, hints: Hint[]): Promise<void> {
  const seqs = hints.map((hint) => hint.seq);
  await Promise.all([wakeQueue(ctx, seqs), pokeChannels(ctx.env, hints)]);
}

async function wakeQueue({ env, orgId }: Pick<Ctx, "env" | "orgId">, seqs: number[]): Promise<void> {
  try {
    await env.EVENTS_QUEUE.send({ orgId, seqs });
  } catch (error) {
    log("warn", "nudge.queue_refused", { reason: reasonOf(error) });
  }
}

/** Tells each channel the newest of its events. A channel that already has it does nothing. */
export async function pokeChannels(env: Ctx["env"], hints: Hint[]): Promise<void> {
  const newest = new Map<string, number>();
  for (const { seq, type, pipelineId, userId } of hints) {
    for (const name of [
      pipelineId && `pipeline:${pipelineId}`,
      pipelineId && isForApplicants(type) && `applicants:${pipelineId}`,
      userId && `user:${userId}`,
    ]) {
      if (name) newest.set(name, Math.max(seq, newest.get(name) ?? 0));
    }
  }
  await Promise.all(
    [...newest].map(async ([name, seq]) => {
      try {
        await env.CHANNEL.get(env.CHANNEL.idFromName(name)).poke(seq);
      } catch (error) {
        log("warn", "nudge.channel_unreachable", { channel: name, reason: reasonOf(error) });
      }
    }),
  );
}

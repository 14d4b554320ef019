import { z } from "zod";
import type { Env } from "../env";
import { systemCtx } from "../events/context";
import { drain } from "../events/drain";
import { runImport } from "../features/candidates/import";
import { sendEmail } from "../features/email/email";
import { processInbox } from "../features/inbox/process";
import { log, reasonOf } from "../lib/log";

const Events = z.object({ orgId: z.string(), seqs: z.array(z.number().int()) });
const Import = z.object({ orgId: z.string(), importId: z.string() });
const Incoming = z.object({ orgId: z.string(), inboxId: z.string() });
const Mail = z.object({ orgId: z.string(), emailId: z.string() });

type After = (work: Promise<unknown>) => void;

async function handle(env: Env, queue: string, body: unknown, after: After): Promise<void> {
  if (queue.endsWith("-dead")) {
    // D1 still holds what this was about, and the sweep finds it: a dead letter is only a sign of trouble.
    log("error", "queue.dead_letter", { queue });
    return;
  }
  if (queue.endsWith("-events")) {
    const file = Import.safeParse(body);
    if (file.success) {
      await runImport(systemCtx(env, file.data.orgId, after), file.data.importId);
      return;
    }
    const incoming = Incoming.safeParse(body);
    if (incoming.success) {
      await processInbox(systemCtx(env, incoming.data.orgId, after), incoming.data.inboxId);
      return;
    }
    const { orgId, seqs } = Events.parse(body);
    await drain(systemCtx(env, orgId, after), seqs);
    return;
  }
  const { orgId, emailId } = Mail.parse(body);
  await sendEmail(systemCtx(env, orgId, after), emailId);
}

/**
 * Handles a batch, each message by itself: one that fails is tried again and holds up no other. Only what it says
 * of one organization's events is handed on together, as one wave.
 */
export async function consume(batch: MessageBatch<unknown>, env: Env, after: After): Promise<void> {
  for (const messages of wavesOf(batch)) {
    try {
      const [first] = messages;
      const body = messages.length === 1 ? first?.body : joined(messages.map((message) => message.body));
      await handle(env, batch.queue, body, after);
      for (const message of messages) message.ack();
    } catch (error) {
      log("warn", "queue.failed", {
        queue: batch.queue,
        attempts: messages[0]?.attempts,
        reason: reasonOf(error),
      });
      for (const message of messages) message.retry({ delaySeconds: Math.min(2 ** message.attempts, 60) });
    }
  }
}

/** Messages about events of the same organization together, each other one alone, in the order of the first. */
function wavesOf(batch: MessageBatch<unknown>): Message<unknown>[][] {
  const waves = Map.groupBy(batch.messages, (message) => {
    const events = batch.queue.endsWith("-events") ? Events.safeParse(message.body) : null;
    return events?.success ? events.data.orgId : message;
  });
  return [...waves.values()];
}

function joined(bodies: unknown[]): z.infer<typeof Events> {
  const events = bodies.map((body) => Events.parse(body));
  return { orgId: events[0]?.orgId ?? "", seqs: [...new Set(events.flatMap(({ seqs }) => seqs))] };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { Time } from "../../http/shapes";
import { clock, iso } from "../../lib/clock";
import { deriveKey } from "../../lib/keys";

export const Health = z
  .object({ status: z.literal("ok"), version: z.string(), time: Time })
  .meta({ id: "Health" });

const Check = z.object({ ok: z.boolean(), ms: z.number(), detail: z.string() });
export const Status = z
  .object({
    status: z.enum(["ok", "degraded"]),
    time: Time,
    checks: z.record(z.string(), Check),
    /** What waits to be handed on. */
    backlog: z.object({
      events: z.number().int(),
      parked: z.number().int(),
      emails: z.number().int(),
      failedEmails: z.number().int(),
    }),
  })
  .meta({ id: "Status" });
export type Status = z.infer<typeof Status>;

type Backlog = Status["backlog"];

/** A dependency that takes longer than this counts as out of reach, in milliseconds. */
const PATIENCE_MS = 5000;

async function check(work: () => Promise<string>): Promise<z.infer<typeof Check>> {
  const start = Date.now();
  try {
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
    return { ok: true, detail: await Promise.race([work(), late]), ms: Date.now() - start };
  } catch {
    // Which dependency is enough to know here; its own words go to nobody outside.
    return { ok: false, detail: "Out of reach", ms: Date.now() - start };
  }
}

async function readBacklog(env: Env): Promise<Backlog> {
  const index = directory(env);
  const [rows] = await index.read(
    index.orm.all(sql`select
      (select count(*) from (select 1 from events where dispatch = 'pending' limit 10000)) as events,
      (select count(*) from (select 1 from events where dispatch = 'parked' limit 10000)) as parked,
      (select count(*) from (select 1 from emails where status in ('queued', 'sending') limit 10000)) as emails,
      (select count(*) from (select 1 from emails where status = 'failed' limit 10000)) as failedEmails`),
  );
  return (rows as Backlog[])[0] ?? { events: 0, parked: 0, emails: 0, failedEmails: 0 };
}

/** Milliseconds that an answer is given again, so that asking often costs nothing. */
const FRESH_MS = 3000;
let last: { at: number; status: Status } | undefined;

/** The state of each dependency, at most three seconds old. */
export async function getStatus(env: Env): Promise<Status> {
  if (last !== undefined && Date.now() < last.at + FRESH_MS) return last.status;
  const status = await probeAll(env);
  last = { at: Date.now(), status };
  return status;
}

/** Uses each binding for real: reads D1, writes and reads R2, calls each kind of object. */
async function probeAll(env: Env): Promise<Status> {
  let backlog: Backlog = { events: 0, parked: 0, emails: 0, failedEmails: 0 };
  const probe = `status/${crypto.randomUUID()}`;
  const checks = {
    database: check(async () => {
      backlog = await readBacklog(env);
      return "Answers queries";
    }),
    files: check(async () => {
      await env.FILES.put(probe, "probe");
      const found = await env.FILES.get(probe);
      const text = await found?.text();
      await env.FILES.delete(probe);
      if (text !== "probe") throw new Error("unreadable");
      return "Writes, reads and deletes";
    }),
    queues: check(async () => {
      // Nothing is pending under an empty list: the message goes all the way and does nothing.
      await env.EVENTS_QUEUE.send({ orgId: "none", seqs: [] });
      return "Takes messages";
    }),
    channels: check(async () => {
      await env.CHANNEL.get(env.CHANNEL.idFromName("user:status")).poke(0);
      return "Answers";
    }),
    counters: check(async () => {
      await env.COUNTER.get(env.COUNTER.idFromName("status")).peek(1, 1000, clock.now());
      return "Answers";
    }),
    keys: check(async () => {
      await deriveKey(env.PORTICO_KEY, "status-1");
      return "PORTICO_KEY is set";
    }),
    mail: check(async () => {
      if (!env.BASE_URL) throw new Error("BASE_URL is not set");
      return "Links have an address";
    }),
  };
  const names = Object.keys(checks) as (keyof typeof checks)[];
  const results = await Promise.all(names.map((name) => checks[name]));
  return {
    status: results.every((result) => result.ok) ? "ok" : "degraded",
    time: iso(clock.now()),
    checks: Object.fromEntries(
      names.map((name, i) => [name, results[i] ?? { ok: false, ms: 0, detail: "" }]),
    ),
    backlog,
  };
}

import type { SQL } from "drizzle-orm";
import { database, type OrgDatabase, type Statement } from "../db/database";
import type { Env } from "../env";
import type { Role } from "../features/users/words";
import { clock } from "../lib/clock";

/** Who acts: never a bare id, so that every row can say who did it. */
export type Actor =
  | {
      kind: "user";
      id: string;
      role: Role;
      agentId: string | null;
      candidateId: string | null;
      /** Of a client user: the company whose jobs they see. */
      clientId: string | null;
    }
  | { kind: "api_key"; id: string }
  /** An event that came in from outside, by the source that sent it. */
  | { kind: "integration"; id: string }
  | { kind: "system"; id: string };

/** What has to hold together with a verb's change though the verb knows nothing of it. */
export interface Rider {
  /** Statements for the batch; `guard` is true there only where the change was won. */
  writes(guard: SQL, changeId: string): Statement[];
  written: boolean;
  /** Of an event from outside: how often it has gone from hub to hub. */
  hops: number;
}

/** The first answer of a keyed request, written in the batch of its effect. */
export interface AnswerSlot {
  caller: string;
  keyHash: string;
  requestHash: string;
  /** Seals the answer that `result` makes. */
  seal(result: unknown): Promise<{ status: number; sealed: string }>;
  written: boolean;
}

/** What a verb needs to know of the world; it knows nothing of HTTP. */
export interface Ctx {
  env: Env;
  orgId: string;
  db: OrgDatabase;
  actor: Actor;
  requestId: string | null;
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets work go on after the answer; a lost one is found by the sweep. */
  after(work: Promise<unknown>): void;
  answer?: AnswerSlot | undefined;
  /** Goes along with the first commit. */
  rider?: Rider | undefined;
}

/** The acting user, for verbs that only a person may call. */
export function userOf(ctx: Pick<Ctx, "actor">): Extract<Actor, { kind: "user" }> {
  if (ctx.actor.kind !== "user") throw new Error("This verb is for people only.");
  return ctx.actor;
}

/** The context of work that nobody asked for by a request: the queue's, cron's. */
export function systemCtx(env: Env, orgId: string, after: (work: Promise<unknown>) => void): Ctx {
  return {
    env,
    orgId,
    db: database(env, orgId),
    actor: { kind: "system", id: "portico" },
    requestId: null,
    now: () => clock.now(),
    after,
  };
}

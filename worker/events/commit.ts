import { type SQL, sql } from "drizzle-orm";
import type { OrgTable, Query, Statement } from "../db/database";
import { idempotencyKeys } from "../db/idempotency-table";
import { conflict } from "../lib/errors";
import { newId } from "../lib/ids";
import type { AuditAction } from "./audit";
import type { EventData, EventType } from "./catalogue";
import type { Ctx } from "./context";
import { type Hint, nudge } from "./nudge";
import { auditEntries, events } from "./table";

/**
 * A row that this commit must have won: its `change_id` is the commit's, or nothing happens. Of a change of
 * several rows that is all or nothing, any one of them stands for all.
 */
export interface Won {
  table: OrgTable;
  id: string;
  /** The column that the id stands in; `id` if left out. */
  key?: string;
}

export interface NewEvent<T extends EventType = EventType> {
  type: T;
  entity: { type: string; id: string };
  data: EventData<T>;
  detail?: Record<string, unknown>;
  pipelineId?: string | null;
  /** The login of the person it is about, whose own channel shows it. */
  userId?: string | null;
  /** True where people of the job's client may see it. */
  forClient?: boolean;
}

export interface NewAudit {
  action: AuditAction;
  entity: { type: string; id: string };
  oldValue?: Record<string, unknown>;
  newValue?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

export interface Change<R> {
  /** From `newId("chg")`; guarded updates stamp the rows they win with it. */
  id: string;
  writes: Statement[];
  won?: Won;
  /** Run last, for what would take the stamped row away. They carry the guard themselves. */
  afterwards?: Statement[];
  events?: NewEvent[];
  audit: NewAudit[];
  /** What the verb answers; a keyed request's first answer is made from it in the same batch. */
  result: R;
}

/** Thrown when another commit changed the row first; the verb reloads and decides. */
export class LostRace extends Error {}

/** A typed event; spelled as a function so that each call is checked against its own entry. */
export function event<T extends EventType>(draft: NewEvent<T>): NewEvent {
  return draft as unknown as NewEvent;
}

const holds = (ctx: Ctx, won: Won | undefined, changeId: string): SQL =>
  won
    ? sql`exists (select 1 from ${won.table} where org_id = ${ctx.orgId} and ${sql.raw(won.key ?? "id")} = ${won.id} and change_id = ${changeId})`
    : sql`1`;

/**
 * The one way to write domain state: change, events, audit and the keyed answer hold together or not
 * at all, in one D1 batch and one round trip. After it, what follows is nudged with ids only.
 *
 * @throws LostRace when the guarded row was changed by somebody else first
 */
export async function commit<R>(ctx: Ctx, change: Change<R>): Promise<R> {
  const { id: changeId, won } = change;
  const at = ctx.now();
  const statements: Statement[] = [...change.writes];
  const check = statements.length;
  if (won)
    statements.push(ctx.db.sql<{ won: number }>(sql`select 1 as won where ${holds(ctx, won, changeId)}`));

  const drafts = change.events ?? [];
  const eventsAt = statements.length;
  if (drafts.length > 0) statements.push(insertEvents(ctx, changeId, at, won, drafts));
  if (change.audit.length > 0) statements.push(insertAudit(ctx, changeId, at, won, change.audit));
  if (ctx.answer && !ctx.answer.written) {
    const { status, sealed } = await ctx.answer.seal(change.result);
    statements.push(insertAnswer(ctx, status, sealed, at, won, changeId));
  }

  const rider = ctx.rider?.written ? undefined : ctx.rider;
  if (rider) statements.push(...rider.writes(holds(ctx, won, changeId), changeId));

  statements.push(...(change.afterwards ?? []));

  const results = await ctx.db.write(statements);
  if (won && (results[check] as unknown[]).length === 0) throw new LostRace();
  if (ctx.answer) ctx.answer.written = true;
  if (rider) rider.written = true;
  if (drafts.length > 0) ctx.after(nudge(ctx, results[eventsAt] as Hint[]));
  return change.result;
}

/**
 * Repeats `attempt` on the new state while others are faster.
 * @param tries how often it is made at most
 * @throws LostRace when the last one lost, too
 */
export async function untilWon<R>(attempt: () => Promise<R>, tries = 6): Promise<R> {
  for (let left = tries - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LostRace) || left <= 0) throw error;
    }
  }
}

/**
 * Repeats `attempt` on the new state after a lost race, once unless told otherwise, then gives up.
 * @throws DomainError `conflict` with the current state
 */
export async function onceMore<R>(
  attempt: () => Promise<R>,
  current?: () => Promise<unknown>,
  tries = 2,
): Promise<R> {
  try {
    return await untilWon(attempt, tries);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    throw conflict("Somebody else changed this at the same moment. Look at it again.", await current?.());
  }
}

/** All events of a commit by one statement: a bulk action has hundreds. */
function insertEvents(
  ctx: Ctx,
  changeId: string,
  at: number,
  won: Won | undefined,
  drafts: NewEvent[],
): Query<Hint[]> {
  const before = new Map<string, number>();
  const rows = drafts.map((draft) => {
    // The statement doesn't see its own rows, so several of one entity are counted here.
    const nth = (before.get(draft.entity.id) ?? 0) + 1;
    before.set(draft.entity.id, nth);
    return [
      newId("evt", at),
      draft.type,
      draft.entity.type,
      draft.entity.id,
      nth,
      draft.pipelineId ?? null,
      draft.userId ?? null,
      draft.forClient ? 1 : 0,
      JSON.stringify(draft.data),
      JSON.stringify(ctx.rider?.hops ? { ...draft.detail, hops: ctx.rider.hops } : (draft.detail ?? {})),
    ];
  });
  const field = (i: number) => sql.raw(`json_extract(draft.value, '$[${i}]')`);
  return ctx.db.sql<Hint>(sql`
    insert into ${events} (id, org_id, type, at, actor_kind, actor_id, entity_type, entity_id, entity_seq,
      pipeline_id, user_id, for_client, data, detail, change_id, next_at)
    select ${field(0)}, ${ctx.orgId}, ${field(1)}, ${at}, ${ctx.actor.kind}, ${ctx.actor.id},
      ${field(2)}, ${field(3)},
      ${field(4)} + coalesce((select max(entity_seq) from ${events}
        where org_id = ${ctx.orgId} and entity_id = ${field(3)}), 0),
      ${field(5)}, ${field(6)}, ${field(7)}, ${field(8)}, ${field(9)}, ${changeId}, ${at}
    from json_each(${JSON.stringify(rows)}) draft
    where ${holds(ctx, won, changeId)}
    order by draft.key
    returning seq, type, pipeline_id as pipelineId, user_id as userId`);
}

function insertAudit(
  ctx: Ctx,
  changeId: string,
  at: number,
  won: Won | undefined,
  entries: NewAudit[],
): Query<unknown[]> {
  const text = (value: Record<string, unknown> | undefined) =>
    value === undefined ? null : JSON.stringify(value);
  const rows = entries.map(({ action, entity, oldValue, newValue, metadata }) => [
    action,
    entity.type,
    entity.id,
    text(oldValue),
    text(newValue),
    text(metadata),
  ]);
  const field = (i: number) => sql.raw(`json_extract(entry.value, '$[${i}]')`);
  return ctx.db.sql(sql`
    insert into ${auditEntries} (org_id, at, actor_kind, actor_id, actor_role, action_type, entity_type, entity_id,
      old_value, new_value, metadata, request_id, change_id)
    select ${ctx.orgId}, ${at}, ${ctx.actor.kind}, ${ctx.actor.id},
      ${ctx.actor.kind === "user" ? ctx.actor.role : null}, ${field(0)}, ${field(1)}, ${field(2)},
      ${field(3)}, ${field(4)}, ${field(5)}, ${ctx.requestId}, ${changeId}
    from json_each(${JSON.stringify(rows)}) entry
    where ${holds(ctx, won, changeId)}
    order by entry.key`);
}

function insertAnswer(
  ctx: Ctx,
  status: number,
  sealed: string,
  at: number,
  won: Won | undefined,
  changeId: string,
) {
  const slot = ctx.answer;
  if (!slot) throw new Error("No keyed answer to write.");
  return ctx.db.sql(sql`
    insert into ${idempotencyKeys} (caller, key_hash, request_hash, status, sealed, expires_at)
    select ${slot.caller}, ${slot.keyHash}, ${slot.requestHash}, ${status}, ${sealed}, ${at + KEPT_MS}
    where ${holds(ctx, won, changeId)}`);
}

/** How long the first answer of a keyed request is kept. */
export const KEPT_MS = 48 * 60 * 60 * 1000;

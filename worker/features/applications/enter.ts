import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { emails } from "../email/table";
import { recountJobs } from "../pipelines/counts";
import type { MoveDetail } from "../pipelines/move-detail";
import { applications, undoneMoves } from "../pipelines/table";
import { refreshWaiting } from "../pipelines/waiting";
import { replyByOf } from "../status/reply-by";
import type { ApplicationRow } from "./applications";
import { SEATED, seatsSuffice } from "./seats";
import { allUnchanged, field, StageCounts, wonBy } from "./sets";
import type { Stage, Standing } from "./standing";

/** One person on the way to a stage. */
export interface Entering {
  now: Standing;
  target: Stage;
  reason?: string | undefined;
  /** When they count as having entered it, in milliseconds; now if left out. */
  since?: number | undefined;
  /** Of a campaign: the day from which on they work; the first that can be if left out. */
  startDate?: string | undefined;
  /** True where the agent applies again: they arrive, nobody moves them. */
  arrives?: boolean;
  /** What a move that is taken back had changed besides. */
  was?: MoveDetail["was"];
}

export interface HowToEnter<R> {
  /** The commit's id, by which the move can be taken back. */
  batchId: string;
  /** The moves that these take back: stages do not act, and mails that wait are cancelled. */
  undoOf?: string;
  /** A bulk action can be taken back for longer, so its mails wait for longer. */
  bulk?: boolean;
  /** Statements of the same transaction. */
  more?: Statement[];
  /** Events of the same transaction, after those of the moves. */
  events?: NewEvent[];
  audit?: NewAudit[];
  /** What else must hold when the batch runs; where it doesn't, the race is lost. */
  only?: SQL;
  result: R;
}

/**
 * Writes moves, all or none: stages, kept counts, what the person's profile and card carry, event and
 * audit entry of each. Guarded by the versions that were read.
 * @throws LostRace when any of them changed meanwhile, or a mail of what is taken back is out
 */
export async function enterStages<R>(ctx: Ctx, list: Entering[], how: HowToEnter<R>): Promise<R> {
  const { batchId, undoOf } = how;
  const at = ctx.now();
  const moves = list.map((entering): Going => ({ ...entering, after: moved(ctx, entering, batchId) }));
  const first = moves[0]?.now.row.id ?? "";
  const won = wonBy(ctx, first, batchId);
  return await commit(ctx, {
    id: batchId,
    won: { table: applications, id: first },
    writes: [
      updateApplications(ctx, moves, how, at),
      ...updatePeople(ctx, moves, won, at),
      updateCounts(ctx, moves, won),
      ...(moves.some(({ now, after }) => after.sharedWithClient !== now.row.sharedWithClient)
        ? [recountJobs(ctx, [...new Set(moves.map(({ now }) => now.row.pipelineId))], won)]
        : []),
      ...(undoOf
        ? [
            ctx.db.sql(sql`insert into ${undoneMoves} (batch_id, application_id, org_id, at)
              select ${undoOf}, value, ${ctx.orgId}, ${at}
              from json_each(${JSON.stringify(moves.map(({ now }) => now.row.id))}) where ${won}`),
          ]
        : []),
      ...(how.more ?? []),
    ],
    events: [...moves.flatMap((move) => moveEvents(ctx, move, how)), ...(how.events ?? [])],
    audit: [...moves.map((move) => moveAudit(move, how)), ...(how.audit ?? [])],
    result: how.result,
  });
}

interface Going extends Entering {
  /** The row once it is written. */
  after: ApplicationRow;
}

function updateApplications(ctx: Ctx, moves: Going[], how: HowToEnter<unknown>, at: number): Statement {
  const rows = JSON.stringify(
    moves.map(({ now: { row }, after }) => [
      row.id,
      row.version,
      after.stageId,
      after.stageKey,
      after.status,
      after.enteredAt,
      after.reason,
      after.sharedWithClient ? 1 : 0,
      after.replyBy,
      after.startDate,
    ]),
  );
  const untold: SQL = how.undoOf
    ? sql`and not exists (select 1 from ${emails} where org_id = ${ctx.orgId} and batch_id = ${how.undoOf}
        and status in ('sending', 'sent') and application_id in (select json_extract(value, '$[0]') from json_each(${rows})))`
    : sql``;
  return ctx.db.sql(sql`update ${applications} set
      stage_id = ${field(2)}, stage_key = ${field(3)}, status = ${field(4)}, entered_at = ${field(5)},
      reason = ${field(6)}, shared_with_client = ${field(7)}, reply_by = ${field(8)},
      start_date = ${field(9)},
      version = version + 1, change_id = ${how.batchId}, updated_at = ${at}
    from json_each(${rows}) m
    where ${allUnchanged(ctx, rows, moves.length)} and ${seatsSuffice(ctx, moves)} and ${how.only ?? sql`1`}
      ${untold}`);
}

/** An agent's profile carries the stage; a candidate's carries the status of what moved last. */
function updatePeople(ctx: Ctx, moves: Going[], won: SQL, at: number): Statement[] {
  const pool = moves.filter(({ now }) => now.agent !== null);
  const people = moves.filter(({ now, target }) => now.row.candidateId !== null && target.status);
  const agentRows = pool.map(({ now, after }) => [
    now.agent?.id,
    after.stageKey,
    after.enteredAt,
    after.version,
  ]);
  const candidateRows = people.map(({ now, target, was }) => [
    now.row.candidateId,
    was?.status ?? target.status,
    was ? (was.selectedAt ?? null) : target.kind === "hired" ? at : null,
  ]);
  return [
    ...(pool.length > 0
      ? [
          ctx.db.sql(sql`update ${agents} set status = ${field(1)}, status_since = ${field(2)}, version = ${field(3)},
              updated_at = ${at}
            from json_each(${JSON.stringify(agentRows)}) m
            where +${agents.orgId} = ${ctx.orgId} and ${agents.id} = ${field(0)} and ${won}`),
          refreshWaiting(ctx.db, { agentIds: pool.map(({ now }) => now.agent?.id ?? "") }, at),
        ]
      : []),
    ...(people.length > 0
      ? [
          ctx.db.sql(sql`update ${candidates} set status = ${field(1)}, selected_at = ${field(2)}, updated_at = ${at}
            from json_each(${JSON.stringify(candidateRows)}) m
            where +${candidates.orgId} = ${ctx.orgId} and ${candidates.id} = ${field(0)}
              and ${candidates.status} is not ${field(1)} and ${won}`),
        ]
      : []),
  ];
}

function updateCounts(ctx: Ctx, moves: Going[], won: SQL): Statement {
  const counts = new StageCounts();
  for (const { now, target, after } of moves) {
    // Archived people are counted nowhere.
    if (now.row.archived) continue;
    counts.add(now.held.id, -1, now.row.sharedWithClient ? -1 : 0);
    counts.add(target.id, 1, after.sharedWithClient ? 1 : 0);
  }
  return counts.write(ctx, won);
}

function moveEvents(
  ctx: Ctx,
  { now, target, reason, arrives, after }: Going,
  how: HowToEnter<unknown>,
): NewEvent[] {
  const { row, held, agent, userId, profile } = now;
  const was: MoveDetail["was"] = {
    reason: row.reason,
    shared: row.sharedWithClient,
    replyBy: row.replyBy,
    ...(row.startDate === null ? {} : { startDate: row.startDate }),
    ...profile,
  };
  const detail: MoveDetail = {
    stageId: target.id,
    applicationId: row.id,
    stoodSince: row.enteredAt,
    was,
    ...(reason ? { reason } : {}),
    ...(how.undoOf ? { undoOf: how.undoOf } : {}),
    ...(how.bulk ? { bulk: true } : {}),
  };
  const common = {
    pipelineId: row.pipelineId,
    userId,
    // Whoever saw them before sees them leave, too.
    forClient: after.sharedWithClient || row.sharedWithClient,
    detail: detail as unknown as Record<string, unknown>,
  };
  const change = { oldStatus: held.key, newStatus: target.key, changedBy: ctx.actor.id };
  if (agent) {
    const entity = { type: "agent", id: agent.id };
    return [
      event({ ...common, type: "agent.status_changed", entity, data: { agentId: agent.id, ...change } }),
    ];
  }
  const told = { ...common, entity: { type: "application", id: row.id } };
  const why = reason ? { reason } : {};
  const { agentId, campaignId } = row;
  if (!agentId || !campaignId) {
    const whose = { applicationId: row.id, candidateId: row.candidateId ?? "", jobId: row.jobId ?? "" };
    return [event({ ...told, type: "application.status_changed", data: { ...whose, ...change, ...why } })];
  }
  const whose = { applicationId: row.id, agentId, campaignId };
  if (arrives) return [event({ ...told, type: "campaign.applied", data: whose })];
  return [
    event({ ...told, type: "application.status_changed", data: { ...whose, ...change, ...why } }),
    ...(target.key === SEATED ? [assignedEvent(told, whose, after.startDate)] : []),
  ];
}

/** What is said besides when somebody takes a seat of a campaign. */
export function assignedEvent(
  told: Omit<NewEvent, "type" | "data">,
  { agentId, campaignId }: { agentId: string; campaignId: string },
  startDate: string | null,
): NewEvent {
  return event({
    ...told,
    type: "campaign.assigned",
    data: { agentId, campaignId, startDate: startDate ?? "" },
  });
}

function moveAudit({ now, target, reason }: Going, how: HowToEnter<unknown>): NewAudit {
  const { row, held, agent } = now;
  return {
    action: agent
      ? how.undoOf
        ? "AGENT_STATUS_UNDO"
        : "AGENT_STATUS_CHANGE"
      : how.undoOf
        ? "CANDIDATE_STATUS_UNDO"
        : "CANDIDATE_STATUS_CHANGE",
    entity: agent ? { type: "agent", id: agent.id } : { type: "application", id: row.id },
    oldValue: { status: held.key },
    newValue: { status: target.key },
    ...(reason ? { metadata: { reason } } : {}),
  };
}

/** The row as it stands after a move. */
export function moved(
  ctx: Ctx,
  { now, target, reason, since, was, startDate }: Entering,
  batchId: string,
): ApplicationRow {
  const at = ctx.now();
  const { row } = now;
  // In a campaign the client sees who works, in a job whoever was once shown.
  const shares =
    row.campaignId === null
      ? row.jobId !== null && (row.sharedWithClient || target.sharesWithClient)
      : target.sharesWithClient;
  return {
    ...row,
    stageId: target.id,
    stageKey: target.key,
    status: row.jobId === null && row.campaignId === null ? null : target.status,
    startDate: was?.startDate ?? startDateIn(ctx, now, target, startDate),
    enteredAt: since ?? at,
    // A move that is taken back leaves the promise that was given before it.
    replyBy: was
      ? (was.replyBy ?? null)
      : row.jobId === null
        ? null
        : replyByOf(target, at, now.promisedDays),
    reason: was ? was.reason : target.kind === "open" ? null : (reason ?? null),
    sharedWithClient: was ? was.shared : shares,
    version: row.version + 1,
    changeId: batchId,
    updatedAt: at,
  };
}

/** The day from which on somebody works who stands in a stage of a campaign; null where they don't. */
function startDateIn(ctx: Ctx, { row, campaign }: Standing, { key }: Stage, wanted?: string): string | null {
  if (!campaign || (key !== SEATED && key !== "completed")) return null;
  if (key === "completed" && row.startDate !== null) return row.startDate;
  const today = iso(ctx.now()).slice(0, 10);
  return wanted ?? [campaign.startDate, today].sort().at(-1) ?? today;
}

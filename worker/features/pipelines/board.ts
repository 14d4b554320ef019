import { and, asc, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { page, readCursor } from "../../db/cursor";
import { matching } from "../../db/search";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { clientScope, isTeam } from "../users/scope";
import type { Board, BoardStage, Card, Pipeline } from "./schema";
import { applications, pipelines, stages } from "./table";
import { visiblePipelines } from "./visible";
import { BOARD_CARDS } from "./words";

type Row = Pick<
  typeof applications.$inferSelect,
  | "id"
  | "agentId"
  | "candidateId"
  | "name"
  | "enteredAt"
  | "replyBy"
  | "rating"
  | "tags"
  | "waitingFor"
  | "waitingSince"
  | "starred"
  | "sharedWithClient"
  | "version"
> & { flagged: number };

const CARD = {
  id: applications.id,
  agentId: applications.agentId,
  candidateId: applications.candidateId,
  name: applications.name,
  enteredAt: applications.enteredAt,
  replyBy: applications.replyBy,
  rating: applications.rating,
  tags: applications.tags,
  waitingFor: applications.waitingFor,
  waitingSince: applications.waitingSince,
  starred: applications.starred,
  sharedWithClient: applications.sharedWithClient,
  flagged: sql<number>`${applications.flags} <> '[]'`,
  version: applications.version,
};

/** A card; of what the team notes, a client user's has nothing. */
function presentCard(row: Row, team: boolean): Card {
  return {
    applicationId: row.id,
    ...(row.agentId ? { agentId: row.agentId } : {}),
    ...(row.candidateId ? { candidateId: row.candidateId } : {}),
    name: row.name,
    enteredAt: iso(row.enteredAt),
    rating: row.rating,
    tags: team ? row.tags : [],
    ...(team && row.replyBy !== null ? { replyBy: iso(row.replyBy) } : {}),
    ...(team && row.starred ? { starred: true } : {}),
    ...(team && row.flagged ? { flagged: true } : {}),
    ...(team && row.sharedWithClient ? { shared: true } : {}),
    waitingFor: row.waitingFor,
    waitingSince: isoOrNull(row.waitingSince),
    version: row.version,
  };
}

export interface BoardFilter {
  q?: string | undefined;
  tag?: string | undefined;
  waiting?: "yes" | "no" | undefined;
  starred?: "yes" | undefined;
  flagged?: "yes" | undefined;
}

function filtered(ctx: Ctx, filter: BoardFilter): SQL | undefined {
  const named = (table: typeof agents | typeof candidates, kind: "agent" | "candidate") => {
    const keys = matching(ctx.orgId, filter.q ?? "", kind);
    return keys
      ? sql`(select id from ${table} where org_id = ${ctx.orgId} and search_key in ${keys})`
      : sql`(select 0 where 0)`;
  };
  return and(
    filter.q
      ? sql`(${applications.agentId} in ${named(agents, "agent")} or ${applications.candidateId} in ${named(candidates, "candidate")})`
      : undefined,
    filter.starred ? sql`${applications.starred} = 1` : undefined,
    filter.flagged ? sql`${applications.flags} <> '[]'` : undefined,
    filter.tag
      ? sql`exists (select 1 from json_each(${applications.tags}) where value = ${filter.tag})`
      : undefined,
    filter.waiting === "yes" ? isNotNull(applications.waitingFor) : undefined,
    filter.waiting === "no" ? isNull(applications.waitingFor) : undefined,
  );
}

/** How many stages a pipeline had when it was last read: a hint, so that the first query fits. */
const sizes = new Map<string, number>();
const FIRST_GUESS = 12;

/**
 * The board in one round trip: stages with kept counts, and of each the cards that entered last. It
 * reads about as many rows as it shows, with a thousand people or a million.
 */
export async function getBoard(ctx: Ctx, pipelineId: string, filter: BoardFilter): Promise<Board> {
  const where = filtered(ctx, filter);
  // The stages are not known before this query, so each is named by its place in the order.
  const range = (from: number, to: number) =>
    ctx.db.each(
      Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i),
      (position) =>
        cardsOf(
          ctx,
          pipelineId,
          sql`(select id from ${stages}
            where org_id = ${ctx.orgId} and pipeline_id = ${pipelineId} and position = ${position})`,
          where,
        ),
    );
  const asked = sizes.get(pipelineId) ?? FIRST_GUESS;
  const [found, order, counts, newest, ...columns] = await ctx.db.read(
    ctx.db.rows(pipelines, {
      where: and(eq(pipelines.id, pipelineId), visiblePipelines(ctx, "pipeline.board")),
    }),
    ctx.db.rows(stages, { where: eq(stages.pipelineId, pipelineId), orderBy: asc(stages.position) }),
    countsOf(ctx, pipelineId, where),
    ctx.db.select({ seq: events.seq }, events, {
      where: eq(events.pipelineId, pipelineId),
      orderBy: desc(events.seq),
      limit: 1,
    }),
    ...range(0, asked),
  );
  const pipeline = found[0];
  if (!pipeline) throw notFound("pipeline");
  sizes.set(pipelineId, order.length);
  const [first, ...rest] = range(asked, order.length);
  if (first) columns.push(...(await ctx.db.read(first, ...rest)));

  return {
    pipeline: { id: pipeline.id, kind: pipeline.kind, name: pipeline.name },
    seq: newest[0]?.seq ?? 0,
    stages: await Promise.all(
      order.map(async (stage, i) => ({
        key: stage.key,
        name: stage.name,
        kind: stage.kind,
        count: where ? (counts.find((row) => row.stageId === stage.id)?.count ?? 0) : keptCount(ctx, stage),
        ...(await shown(ctx, stage.id, filter, columns[i] ?? [])),
      })),
    ),
  };
}

/** The next cards of one stage, after `cursor`. */
export async function getStageCards(
  ctx: Ctx,
  pipelineId: string,
  stageKey: string,
  filter: BoardFilter,
  cursor: string | undefined,
): Promise<Board> {
  const [found, order, counts, newest] = await ctx.db.read(
    ctx.db.rows(pipelines, {
      where: and(eq(pipelines.id, pipelineId), visiblePipelines(ctx, "pipeline.board")),
    }),
    ctx.db.rows(stages, { where: and(eq(stages.pipelineId, pipelineId), eq(stages.key, stageKey)) }),
    countsOf(ctx, pipelineId, filtered(ctx, filter)),
    ctx.db.select({ seq: events.seq }, events, {
      where: eq(events.pipelineId, pipelineId),
      orderBy: desc(events.seq),
      limit: 1,
    }),
  );
  const [pipeline, stage] = [found[0], order[0]];
  if (!pipeline || !stage) throw notFound("stage");
  const after = await readCursor(ctx.env, scope(ctx, stage.id, filter), cursor);
  const where = filtered(ctx, filter);
  const older = after
    ? or(
        lt(applications.enteredAt, after[0] as number),
        and(eq(applications.enteredAt, after[0] as number), lt(applications.id, after[1] as string)),
      )
    : undefined;
  const [rows] = await ctx.db.read(cardsOf(ctx, pipelineId, sql`${stage.id}`, and(where, older)));
  return {
    pipeline: { id: pipeline.id, kind: pipeline.kind, name: pipeline.name },
    seq: newest[0]?.seq ?? 0,
    stages: [
      {
        key: stage.key,
        name: stage.name,
        kind: stage.kind,
        count: where ? (counts.find((row) => row.stageId === stage.id)?.count ?? 0) : keptCount(ctx, stage),
        ...(await shown(ctx, stage.id, filter, rows)),
      },
    ],
  };
}

function cardsOf(ctx: Ctx, pipelineId: string, stageId: SQL, where: SQL | undefined) {
  return ctx.db.select(CARD, applications, {
    where: and(
      eq(applications.pipelineId, pipelineId),
      sql`${applications.stageId} = ${stageId}`,
      onBoard(ctx),
      where,
    ),
    orderBy: [desc(applications.enteredAt), desc(applications.id)],
    limit: BOARD_CARDS + 1,
  });
}

/** Who is on the caller's board, in the words of the partial indexes. */
function onBoard(ctx: Ctx): SQL {
  return isTeam(ctx)
    ? sql`${applications.archived} = 0`
    : sql`${applications.clientId} = ${clientScope(ctx) ?? ""}
        and ${applications.sharedWithClient} = 1 and ${applications.archived} = 0`;
}

function keptCount(ctx: Ctx, stage: Pick<typeof stages.$inferSelect, "count" | "sharedCount">): number {
  return isTeam(ctx) ? stage.count : stage.sharedCount;
}

/** Counts under a filter; without one the kept counts of the stages are right. */
function countsOf(ctx: Ctx, pipelineId: string, where: SQL | undefined) {
  return ctx.db.sql<{ stageId: string; count: number }>(
    where
      ? sql`select stage_id as stageId, count(*) as count from ${applications}
          where org_id = ${ctx.orgId} and pipeline_id = ${pipelineId} and ${onBoard(ctx)} and ${where} group by stage_id`
      : sql`select '' as stageId, 0 as count where 0`,
  );
}

const scope = (ctx: Ctx, stageId: string, filter: BoardFilter) => ({
  list: `board:${stageId}`,
  orgId: ctx.orgId,
  filters: { ...filter },
});

async function shown(ctx: Ctx, stageId: string, filter: BoardFilter, rows: Row[]) {
  const { data, nextCursor } = await page(
    ctx.env,
    scope(ctx, stageId, filter),
    rows,
    BOARD_CARDS,
    (row) => [row.enteredAt, row.id],
    (row) => presentCard(row, isTeam(ctx)),
  );
  return { cards: data, nextCursor } satisfies Pick<BoardStage, "cards" | "nextCursor">;
}

/** Every pipeline that the organization has, with its stages. */
export async function listPipelines(ctx: Ctx): Promise<Pipeline[]> {
  const [all, order] = await ctx.db.read(
    ctx.db.rows(pipelines, {
      where: visiblePipelines(ctx, "pipeline.list"),
      orderBy: asc(pipelines.id),
      limit: 200,
    }),
    ctx.db.rows(stages, {
      where: sql`${stages.pipelineId} in (select id from ${pipelines} where org_id = ${ctx.orgId} and kind <> 'template')`,
      orderBy: [asc(stages.pipelineId), asc(stages.position)],
    }),
  );
  return all.map((pipeline) => ({
    id: pipeline.id,
    kind: pipeline.kind,
    name: pipeline.name,
    createdAt: iso(pipeline.createdAt),
    stages: order
      .filter((stage) => stage.pipelineId === pipeline.id)
      .map((stage) => {
        const { id, key, name, kind, status } = stage;
        return { id, key, name, kind, status, count: keptCount(ctx, stage) };
      }),
  }));
}

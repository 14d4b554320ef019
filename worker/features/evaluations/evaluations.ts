import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { type Ctx, userOf } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { ownerIdOf } from "../documents/documents";
import { isTeam } from "../users/scope";
import { users } from "../users/table";
import type { Evaluation, EvaluationListQuery } from "./schema";
import { evaluations, evaluationTypes } from "./table";

const nameIn = (table: typeof agents | typeof candidates | typeof users) =>
  sql<string | null>`trim(${table.firstName} || ' ' || ${table.lastName})`;

const EVALUATION = {
  id: evaluations.id,
  type: evaluations.type,
  agentId: evaluations.agentId,
  candidateId: evaluations.candidateId,
  applicationId: evaluations.applicationId,
  score: evaluations.score,
  maxScore: evaluations.maxScore,
  passed: evaluations.passed,
  marks: evaluations.marks,
  comment: evaluations.comment,
  source: evaluations.source,
  externalId: evaluations.externalId,
  evaluatorId: evaluations.evaluatorId,
  completedAt: evaluations.completedAt,
  createdAt: evaluations.createdAt,
  agentName: nameIn(agents),
  candidateName: nameIn(candidates),
  evaluatorName: nameIn(users),
};

export function selectEvaluations(ctx: Ctx, where: SQL | undefined, limit: number) {
  return ctx.db.select(EVALUATION, evaluations, {
    where,
    orderBy: desc(evaluations.id),
    limit,
    join: [
      { table: agents, on: eq(agents.id, evaluations.agentId), left: true },
      { table: candidates, on: eq(candidates.id, evaluations.candidateId), left: true },
      { table: users, on: eq(users.id, evaluations.evaluatorId), left: true },
    ],
  });
}
export type EvaluationRow = RowOf<typeof selectEvaluations>;

/** All types of the organization, in their order. */
export const selectTypes = (ctx: Ctx) =>
  ctx.db.rows(evaluationTypes, { orderBy: asc(evaluationTypes.position) });

/** A result as the API shows it: to the person without what the team wrote, and without who judged. */
export function presentEvaluation(
  row: EvaluationRow,
  types: { key: string; name: string }[],
  team: boolean,
): Evaluation {
  return {
    id: row.id,
    type: row.type,
    typeName: types.find(({ key }) => key === row.type)?.name ?? row.type,
    agentId: row.agentId,
    candidateId: row.candidateId,
    personName: row.agentName ?? row.candidateName ?? "",
    applicationId: row.applicationId,
    score: row.score,
    maxScore: row.maxScore,
    passed: row.passed,
    marks: row.marks,
    comment: team ? row.comment : null,
    source: row.source,
    externalId: row.externalId,
    evaluatorId: team ? row.evaluatorId : null,
    evaluatorName: team ? row.evaluatorName : null,
    completedAt: iso(row.completedAt),
    createdAt: iso(row.createdAt),
  };
}

/** What the caller may see: the team all, others their own results of the types that are shown to them. */
function visible(ctx: Ctx): SQL | undefined {
  if (isTeam(ctx)) return undefined;
  return and(
    eq(evaluations.ownerId, ownerIdOf(userOf(ctx))),
    // The unary plus keeps SQLite on the index of the person's few results.
    sql`+${evaluations.type} in (select key from ${evaluationTypes}
      where org_id = ${ctx.orgId} and visibility = 'person')`,
  );
}

/** Results, the newest first. */
export async function listEvaluations(ctx: Ctx, query: z.infer<typeof EvaluationListQuery>) {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "evaluations", orgId: ctx.orgId, filters: { ...filters, actor: userOf(ctx).id } };
  const after = await readCursor(ctx.env, scope, cursor);
  const owner = filters.agentId ?? filters.candidateId;
  const where = and(
    visible(ctx),
    owner ? eq(evaluations.ownerId, owner) : undefined,
    // Of one person, by the index of their results and not by that of a type.
    filters.type ? sql`${sql.raw(owner ? "+" : "")}${evaluations.type} = ${filters.type}` : undefined,
    after ? lt(evaluations.id, after[0] as string) : undefined,
  );
  const [rows, types] = await ctx.db.read(selectEvaluations(ctx, where, limit + 1), selectTypes(ctx));
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => presentEvaluation(row, types, isTeam(ctx)),
  );
}

/** @throws DomainError `not-found` */
export async function getEvaluation(ctx: Ctx, id: string): Promise<Evaluation> {
  const [rows, types] = await ctx.db.read(
    selectEvaluations(ctx, and(eq(evaluations.id, id), visible(ctx)), 1),
    selectTypes(ctx),
  );
  if (!rows[0]) throw notFound("evaluation");
  return presentEvaluation(rows[0], types, isTeam(ctx));
}

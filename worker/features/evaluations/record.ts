import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { evaluations } from "./table";
import type { EvaluationVisibility } from "./words";

type Row = typeof evaluations.$inferSelect;

export interface NewResult
  extends Pick<Row, "type" | "score" | "maxScore" | "passed" | "source">,
    Partial<
      Pick<
        Row,
        | "agentId"
        | "candidateId"
        | "applicationId"
        | "marks"
        | "comment"
        | "externalId"
        | "evaluatorId"
        | "completedAt"
      >
    > {
  /** The person's login, and the pipeline that shows them. */
  userId: string | null;
  pipelineId: string | null;
  /** What the type is called, for whoever reads what happened. */
  typeName: string;
  /** Of the type: what only the team sees never goes to the person's own channel. */
  visibility: EvaluationVisibility;
}

/**
 * The statements that keep a result, and the event that says so, for the commit of whoever judged: the team, a quiz,
 * or a system outside. The same `externalId` of the same type is a broken unique index.
 * @param won the guard of the commit, where there is one
 */
export function insertEvaluation(
  ctx: Ctx,
  result: NewResult,
  won: SQL = sql`1`,
): { row: Row; writes: Statement[]; events: NewEvent[] } {
  const at = ctx.now();
  const { userId, pipelineId, visibility, typeName, ...sent } = result;
  const agentId = sent.agentId ?? null;
  const candidateId = sent.candidateId ?? null;
  const ownerId = agentId ?? candidateId;
  if (ownerId === null) throw new Error("A result is somebody's.");
  const row: Row = {
    id: newId("eval", at),
    orgId: ctx.orgId,
    agentId,
    candidateId,
    ownerId,
    applicationId: sent.applicationId ?? null,
    type: sent.type,
    score: sent.score,
    maxScore: sent.maxScore,
    passed: sent.passed,
    marks: sent.marks ?? [],
    comment: sent.comment ?? null,
    source: sent.source,
    externalId: sent.externalId ?? null,
    evaluatorId: sent.evaluatorId ?? null,
    completedAt: sent.completedAt ?? at,
    createdAt: at,
  };
  const passed = row.passed === null ? null : Number(row.passed);
  return {
    row,
    writes: [
      ctx.db.sql(sql`insert into ${evaluations} (id, org_id, agent_id, candidate_id, owner_id, application_id, type,
          score, max_score, passed, marks, comment, source, external_id, evaluator_id, completed_at, created_at)
        select ${row.id}, ${ctx.orgId}, ${agentId}, ${candidateId}, ${ownerId}, ${row.applicationId}, ${row.type},
          ${row.score}, ${row.maxScore}, ${passed}, ${JSON.stringify(row.marks)}, ${row.comment}, ${row.source},
          ${row.externalId}, ${row.evaluatorId}, ${row.completedAt}, ${at} where ${won}`),
    ],
    events: [
      event({
        type: "evaluation.completed",
        entity: { type: agentId ? "agent" : "candidate", id: ownerId },
        pipelineId,
        userId: visibility === "person" ? userId : null,
        data: {
          ...(agentId ? { agentId } : { candidateId: ownerId }),
          evaluationType: row.type,
          score: row.score,
        },
        detail: { evaluationId: row.id, typeName, maxScore: row.maxScore },
      }),
    ],
  };
}

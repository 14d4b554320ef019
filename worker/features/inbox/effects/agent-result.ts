import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { commit, event } from "../../../events/commit";
import { newId } from "../../../lib/ids";
import { agents } from "../../agents/table";
import { insertEvaluation } from "../../evaluations/record";
import { scoreOf } from "../../evaluations/score";
import { evaluations, evaluationTypes } from "../../evaluations/table";
import { NOBODY } from "../find";
import { Unclear } from "../outcomes";
import type { AssessmentData } from "../portal-data";
import type { Ride } from "../ride";
import { keepAssessment } from "./results";

type Data = z.infer<typeof AssessmentData>;

/** Keeps the result of an assessment: with the candidate, or else with the agent who has that address. */
export async function takeAssessment(ride: Ride, data: Data): Promise<void> {
  try {
    await keepAssessment(ride, data);
  } catch (error) {
    const nobody = error instanceof Unclear && error.message.startsWith(NOBODY);
    if (!nobody || !(await keepForAgent(ride, data))) throw error;
  }
}

/**
 * Keeps it as an evaluation, and a later one with the same id of theirs in its place.
 * @returns false where no agent has that address
 * @throws Unclear where there is no such type or no score, DomainError `invalid` for one off the scale
 */
async function keepForAgent(ride: Ride, { candidate, assessment }: Data): Promise<boolean> {
  const { ctx } = ride;
  const theirId = assessment.externalId ?? ride.row.eventId;
  // Of several sources each has ids of its own.
  const externalId = `${ride.source.id}:${theirId}`;
  const [people, types, earlier] = await ctx.db.read(
    ctx.db.select({ id: agents.id, userId: agents.userId, pipelineId: agents.pipelineId }, agents, {
      where: eq(agents.email, candidate.email ?? ""),
    }),
    ctx.db.rows(evaluationTypes, { where: eq(evaluationTypes.archived, false) }),
    ctx.db.rows(evaluations, {
      // In the words of the partial index, so that SQLite uses it.
      where: sql`external_id is not null and ${evaluations.type} = ${assessment.type}
        and ${evaluations.externalId} = ${externalId}`,
    }),
  );
  const agent = people[0];
  if (!agent) return false;
  const type = types.find(({ key }) => key === assessment.type);
  if (!type) {
    const known = types.map(({ key }) => key).join(", ") || "none";
    throw new Unclear(
      `This is an agent, and there is no evaluation type "${assessment.type}" in use here. There are: ${known}.`,
    );
  }
  const { score, maxScore } = assessment;
  if (score === undefined) throw new Unclear("An agent's result needs a score, and this one has none.");
  const scored = scoreOf(type, { score, ...(maxScore ? { maxScore } : {}) });
  const completedAt = Math.min(assessment.completedAt ?? ride.occurredAt, ctx.now());

  ride.result = { agentId: agent.id };
  ride.subjects = [`assessment:${theirId}`];
  const made = insertEvaluation(ctx, {
    ...scored,
    agentId: agent.id,
    type: type.key,
    typeName: type.name,
    maxScore: type.maxScore,
    comment: assessment.summary?.slice(0, 5000) ?? null,
    source: "external",
    externalId,
    completedAt,
    userId: agent.userId,
    pipelineId: agent.pipelineId,
    visibility: type.visibility,
  });
  const first = earlier[0];
  const same = first?.ownerId === agent.id && first.score === scored.score;
  const { comment, maxScore: end, passed } = made.row;
  const corrected = { ...scored, comment, maxScore: end, passed, completedAt, agentId: agent.id };
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: first
      ? [ctx.db.update(evaluations, { ...corrected, ownerId: agent.id }, eq(evaluations.id, first.id))]
      : made.writes,
    events: same
      ? []
      : made.events.map((one) => (first ? event({ ...one, detail: { evaluationId: first.id } }) : one)),
    audit: [
      {
        action: "EVALUATION_CREATE",
        entity: { type: "evaluation", id: first?.id ?? made.row.id },
        newValue: { type: type.key, score: scored.score, source: "external" },
      },
    ],
    result: null,
  });
  return true;
}

import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { notify } from "../notifications/notify";
import { applications } from "../pipelines/table";
import { users } from "../users/table";
import { presentEvaluation, selectEvaluations, selectTypes } from "./evaluations";
import { insertEvaluation } from "./record";
import type { Evaluation, NewEvaluation } from "./schema";
import { scoreOf } from "./score";
import { evaluations, type evaluationTypes } from "./table";

/** Clocks of other systems are off by this much at most. */
const AHEAD_MS = 5 * 60 * 1000;

/**
 * Keeps the result of an assessment of somebody: by the team, or by a system outside with its key.
 * @returns `made` is false where the same one was there already, by its `externalId`
 * @throws DomainError `not-found`, `invalid`, `conflict`
 */
export async function evaluatePerson(
  ctx: Ctx,
  input: NewEvaluation,
): Promise<{ evaluation: Evaluation; made: boolean }> {
  const { types, person, evaluator, first } = await load(ctx, input);
  if (!person) throw notFound("person");
  if (first) return { evaluation: sameAs(input, presentEvaluation(first, types, true)), made: false };
  const type = usable(types, input.type);
  const scored = scoreOf(type, input);
  const completedAt = input.completedAt === undefined ? ctx.now() : Date.parse(input.completedAt);
  if (completedAt > ctx.now() + AHEAD_MS)
    throw invalid("completedAt", "This time has not come yet. Say when the result was reached.");

  const made = insertEvaluation(ctx, {
    ...scored,
    agentId: input.agentId ?? null,
    candidateId: input.candidateId ?? null,
    applicationId: input.applicationId ?? null,
    type: type.key,
    typeName: type.name,
    maxScore: type.maxScore,
    comment: input.comment || null,
    source: ctx.actor.kind === "user" ? "person" : "external",
    externalId: input.externalId || null,
    evaluatorId: ctx.actor.kind === "user" ? ctx.actor.id : null,
    completedAt,
    userId: person.userId,
    pipelineId: person.pipelineId,
    visibility: type.visibility,
  });
  const { row } = made;
  const told = type.visibility === "person" && person.userId !== null ? [person.userId] : [];
  const noticed = notify(
    ctx,
    told.map((userId) => ({
      userId,
      type: "evaluation_completed",
      title: `You have a result: ${type.name}`,
      message: `${row.score} of ${row.maxScore}`,
      entityType: "evaluation",
      entityId: row.id,
      eventSeq: null,
    })),
  );
  const names = input.agentId
    ? { agentName: person.name, candidateName: null }
    : { agentName: null, candidateName: person.name };
  const shown = { ...row, ...names, evaluatorName: evaluator };
  const result = { evaluation: presentEvaluation(shown, types, true), made: true };
  try {
    return await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [...made.writes, ...noticed.writes],
      events: [...made.events, ...noticed.events],
      audit: [
        {
          action: "EVALUATION_CREATE",
          entity: { type: "evaluation", id: row.id },
          newValue: { type: row.type, score: row.score, source: row.source },
        },
      ],
      result,
    });
  } catch (error) {
    if (uniqueViolation(error)?.startsWith("evaluations.") !== true) throw error;
    // The same one came at the same moment, and was first.
    const again = await load(ctx, input);
    if (!again.first) throw error;
    return { evaluation: sameAs(input, presentEvaluation(again.first, again.types, true)), made: false };
  }
}

/** Everything that a new result needs to be judged by, in one round trip. */
async function load(ctx: Ctx, input: NewEvaluation) {
  const person = { firstName: agents.firstName, lastName: agents.lastName, userId: agents.userId };
  const other = {
    firstName: candidates.firstName,
    lastName: candidates.lastName,
    userId: candidates.userId,
  };
  const ownerId = input.agentId ?? input.candidateId ?? "";
  const [types, people, others, own, earlier, callers] = await ctx.db.read(
    selectTypes(ctx),
    ctx.db.select({ ...person, pipelineId: agents.pipelineId }, agents, {
      where: eq(agents.id, input.agentId ?? ""),
    }),
    ctx.db.select(other, candidates, { where: eq(candidates.id, input.candidateId ?? "") }),
    ctx.db.select({ id: applications.id }, applications, {
      where: and(
        eq(applications.id, input.applicationId ?? ""),
        sql`${ownerId} in (${applications.agentId}, ${applications.candidateId})`,
      ),
    }),
    selectEvaluations(
      ctx,
      and(
        // In the words of the partial index, so that SQLite uses it.
        sql`external_id is not null`,
        eq(evaluations.type, input.type),
        eq(evaluations.externalId, input.externalId ?? ""),
      ),
      input.externalId ? 1 : 0,
    ),
    ctx.db.select({ name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})` }, users, {
      where: eq(users.id, ctx.actor.id),
    }),
  );
  const found = people[0] ?? others[0];
  if (found && input.applicationId !== undefined && !own[0]) throw notFound("application of this person");
  return {
    types,
    person: found
      ? {
          name: `${found.firstName} ${found.lastName}`.trim(),
          userId: found.userId,
          pipelineId: people[0]?.pipelineId ?? null,
        }
      : null,
    first: earlier[0],
    evaluator: callers[0]?.name ?? null,
  };
}

type Type = typeof evaluationTypes.$inferSelect;

function usable(types: Type[], key: string): Type {
  const type = types.find((one) => one.key === key);
  const known = types.filter(({ archived }) => !archived).map((one) => one.key);
  const there = known.length > 0 ? `There are: ${known.join(", ")}.` : "There is none yet; add one first.";
  if (!type) throw invalid("type", `There is no evaluation type "${key}". ${there}`);
  if (type.archived) throw invalid("type", `"${key}" is out of use. ${there}`);
  return type;
}

/** The first result with this id of its sender, unless it is somebody else's. */
function sameAs(input: NewEvaluation, first: Evaluation): Evaluation {
  if ((first.agentId ?? first.candidateId) === (input.agentId ?? input.candidateId)) return first;
  throw conflict(
    `There is a result with the externalId "${input.externalId}" already, of somebody else. Send another id.`,
    first,
  );
}

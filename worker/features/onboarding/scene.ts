import { asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { poolStages } from "../agents/agents";
import { agents } from "../agents/table";
import { documents, documentTypes } from "../documents/table";
import { appliesTo } from "../eligibility/engine";
import type { Facts } from "../eligibility/words";
import { evaluations, evaluationTypes } from "../evaluations/table";
import { applications } from "../pipelines/table";
import { type Paper, type Progress, progressOf } from "./progress";
import { type DoneRow, onboardingDone, onboardingSteps, type StepRow } from "./table";
import { ONBOARDING_STAGE } from "./words";

const PERSON = {
  id: agents.id,
  userId: agents.userId,
  firstName: agents.firstName,
  lastName: agents.lastName,
  email: agents.email,
  pipelineId: agents.pipelineId,
  status: agents.status,
  statusSince: agents.statusSince,
  skills: agents.skills,
  languages: agents.languages,
  country: agents.country,
  tags: applications.tags,
};
const PAPER = {
  id: documents.id,
  ownerId: documents.ownerId,
  type: documents.type,
  status: documents.status,
  reason: documents.reason,
  reviewedAt: documents.reviewedAt,
  createdAt: documents.createdAt,
  expiresAt: documents.expiresAt,
};
const SCORE = {
  ownerId: evaluations.ownerId,
  type: evaluations.type,
  score: evaluations.score,
  at: evaluations.completedAt,
};

export type PersonRow = RowOf<typeof selectPeople>;

function selectPeople(ctx: Ctx, among: SQL) {
  return ctx.db.select(PERSON, agents, {
    where: sql`${agents.id} in ${among}`,
    byKey: true,
    join: [{ table: applications, on: eq(applications.id, agents.applicationId) }],
  });
}

/** The steps that there are, in their order. */
export function selectSteps(ctx: Ctx) {
  return ctx.db.rows(onboardingSteps, {
    where: isNull(onboardingSteps.removedAt),
    orderBy: [asc(onboardingSteps.position), asc(onboardingSteps.id)],
  });
}

/** What steps and the conditions of whom they apply to name. */
export function selectWorld(ctx: Ctx) {
  return [
    selectSteps(ctx),
    poolStages(ctx),
    ctx.db.rows(documentTypes, { orderBy: asc(documentTypes.position) }),
    ctx.db.rows(evaluationTypes),
  ] as const;
}

/**
 * All that decides how the onboarding of some agents stands, for one round trip.
 * @param among a list of their ids, or a query of them, in brackets
 */
export function selectOnboarding(ctx: Ctx, among: SQL) {
  return [
    ...selectWorld(ctx),
    selectPeople(ctx, among),
    ctx.db.select(PAPER, documents, { where: sql`${documents.ownerId} in ${among}` }),
    ctx.db.select(SCORE, evaluations, { where: sql`${evaluations.ownerId} in ${among}` }),
    ctx.db.rows(onboardingDone, { where: sql`${onboardingDone.agentId} in ${among}` }),
  ] as const;
}

type StageRow = RowOf<typeof poolStages>;
export type TypeRow = typeof documentTypes.$inferSelect;
export type ScaleRow = typeof evaluationTypes.$inferSelect;
type Read = readonly [
  StepRow[],
  StageRow[],
  TypeRow[],
  ScaleRow[],
  PersonRow[],
  (Paper & { ownerId: string })[],
  { ownerId: string; type: string; score: number; at: number }[],
  DoneRow[],
];

/** The onboarding of one agent, and what its changes need besides. */
export interface Scene extends Progress {
  person: PersonRow;
  stage: StageRow | undefined;
  types: TypeRow[];
  scales: ScaleRow[];
  papers: Paper[];
  done: DoneRow[];
  now: number;
}

/** What `selectOnboarding` found, an agent each, in the order of the rows. */
export function scenesOf(read: Read, now: number): Scene[] {
  const [steps, stages, types, scales, people, papers, scores, done] = read;
  const papersOf = Map.groupBy(papers, ({ ownerId }) => ownerId);
  const scoresOf = Map.groupBy(scores, ({ ownerId }) => ownerId);
  const doneOf = Map.groupBy(done, ({ agentId }) => agentId);
  const world = { stages, documentTypes: types, evaluationTypes: scales, steps: [] };
  return people.map((person) => {
    const own = papersOf.get(person.id) ?? [];
    const facts = factsOf(person, own, scoresOf.get(person.id) ?? []);
    const rows = doneOf.get(person.id) ?? [];
    const known = {
      steps: steps.filter((step) => appliesTo(step.appliesTo, facts, world, now)),
      done: rows,
      papers: own,
      since: person.status === ONBOARDING_STAGE ? person.statusSince : null,
      now,
    };
    return {
      ...progressOf(known),
      person,
      stage: stages.find(({ key }) => key === person.status),
      types,
      scales,
      papers: own,
      done: rows,
      now,
    };
  });
}

/** As requirements ask about an agent; the onboarding itself is what is being found out. */
function factsOf(
  person: PersonRow,
  papers: Paper[],
  scores: { type: string; score: number; at: number }[],
): Facts {
  return {
    stage: person.status,
    documents: papers.map(({ type, status, reviewedAt, createdAt, expiresAt }) => ({
      type,
      status,
      at: reviewedAt ?? createdAt,
      expiresAt,
    })),
    evaluations: scores.map(({ type, score, at }) => ({ type, score, at })),
    onboarding: { applies: [], complete: [] },
    skills: person.skills,
    languages: person.languages,
    country: person.country,
    tags: person.tags,
  };
}

/** The onboarding of one agent, or undefined where there is no such agent. */
export async function readScene(ctx: Ctx, agentId: string): Promise<Scene | undefined> {
  return scenesOf(await ctx.db.read(...selectOnboarding(ctx, sql`(${agentId})`)), ctx.now())[0];
}

/** The row of an agent's step. */
export const rowOf = (agentId: string, stepIds: string[]) =>
  sql`${onboardingDone.agentId} = ${agentId} and ${inArray(onboardingDone.stepId, stepIds)}`;

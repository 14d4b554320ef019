import { asc, isNull, type SQL, sql } from "drizzle-orm";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { poolStages } from "../agents/agents";
import { agents } from "../agents/table";
import { documents, documentTypes } from "../documents/table";
import { evaluations, evaluationTypes } from "../evaluations/table";
import { onboardingDone, onboardingSteps } from "../onboarding/table";
import { applications } from "../pipelines/table";
import { appliesTo } from "./engine";
import type { Facts, World } from "./words";

/** What requirements can name here, with what it takes to check and to judge them. */
export interface Known extends World {
  evaluationTypes: { key: string; name: string; archived: boolean; minScore: number; maxScore: number }[];
  steps: (World["steps"][number] & Pick<typeof onboardingSteps.$inferSelect, "appliesTo">)[];
}

/** An agent with all that requirements ask about. */
export interface Gathered {
  facts: Facts;
  name: string;
  userId: string | null;
  /** Of the agent's newest event: facts change by events of theirs alone, so the same number means the same facts. */
  seq: number;
}

/**
 * Reads what the organization has that requirements name: put `reads` into a round trip and give what they
 * found to `made`.
 */
export function knowing(ctx: Ctx) {
  const types = ctx.db.select({ key: documentTypes.key, name: documentTypes.name }, documentTypes, {
    orderBy: asc(documentTypes.position),
  });
  const { key, name, archived, minScore, maxScore } = evaluationTypes;
  const scales = ctx.db.select({ key, name, archived, minScore, maxScore }, evaluationTypes, {
    orderBy: asc(evaluationTypes.position),
  });
  const steps = ctx.db.select(
    {
      id: onboardingSteps.id,
      key: onboardingSteps.key,
      title: onboardingSteps.title,
      appliesTo: onboardingSteps.appliesTo,
    },
    onboardingSteps,
    { where: isNull(onboardingSteps.removedAt), orderBy: asc(onboardingSteps.position) },
  );
  const reads: [ReturnType<typeof poolStages>, typeof types, typeof scales, typeof steps] = [
    poolStages(ctx),
    types,
    scales,
    steps,
  ];
  type Found = [
    RowOf<typeof poolStages>[],
    RowOf<typeof types>[],
    RowOf<typeof scales>[],
    RowOf<typeof steps>[],
  ];
  const made = ([stages, documentTypes, evaluationTypes, steps]: Found): Known => ({
    stages,
    documentTypes,
    evaluationTypes,
    steps,
  });
  return { reads, made };
}

interface PersonRow {
  id: string;
  name: string;
  status: string;
  skills: string;
  languages: string;
  country: string | null;
  tags: string;
  userId: string | null;
  seq: number;
}
type DocumentRow = { owner: string } & Facts["documents"][number];
type EvaluationRow = { owner: string } & Facts["evaluations"][number];
type DoneRow = { owner: string; step: string };

/**
 * Reads the facts of agents from the rows that are the truth, and what the organization has, in the round trip
 * that `reads` are put into.
 * @param these a query of the agents' ids
 * @example
 * const gather = gathering(ctx, sql`(${agentId})`);
 * const [rows, ...found] = await ctx.db.read(selectCampaign(ctx, id), ...gather.reads);
 * const { known, people } = gather.made(found);
 */
export function gathering(ctx: Ctx, these: SQL) {
  const world = knowing(ctx);
  const org = ctx.orgId;
  const people =
    ctx.db.sql<PersonRow>(sql`select a.id, trim(a.first_name || ' ' || a.last_name) as name, a.status,
      a.skills, a.languages, a.country, p.tags, a.user_id as userId,
      coalesce((select max(entity_seq) from ${events} e where e.org_id = ${org} and e.entity_id = a.id), 0) as seq
    from ${agents} a join ${applications} p on p.id = a.application_id
    where +a.org_id = ${org} and a.id in ${these}`);
  const own =
    ctx.db.sql<DocumentRow>(sql`select owner_id as owner, type, status, coalesce(reviewed_at, created_at) as at,
      expires_at as expiresAt from ${documents} where org_id = ${org} and owner_id in ${these}`);
  const results = ctx.db.sql<EvaluationRow>(sql`select owner_id as owner, type, score, completed_at as at
    from ${evaluations} where org_id = ${org} and owner_id in ${these}`);
  const done = ctx.db.sql<DoneRow>(sql`select agent_id as owner, step_id as step from ${onboardingDone}
    where org_id = ${org} and agent_id in ${these} and status in ('completed', 'waived')`);
  const reads: [...typeof world.reads, typeof people, typeof own, typeof results, typeof done] = [
    ...world.reads,
    people,
    own,
    results,
    done,
  ];
  type Found = [...Parameters<typeof world.made>[0], PersonRow[], DocumentRow[], EvaluationRow[], DoneRow[]];
  const made = ([a, b, c, d, persons, docs, scores, steps]: Found) => {
    const known = world.made([a, b, c, d]);
    const now = ctx.now();
    const [docsOf, scoresOf, stepsOf] = [byOwner(docs), byOwner(scores), byOwner(steps)];
    const gathered = persons.map((row): [string, Gathered] => {
      const facts: Facts = {
        stage: row.status,
        documents: keepDocuments(docsOf.get(row.id) ?? []),
        evaluations: keepScores(scoresOf.get(row.id) ?? []),
        onboarding: { applies: [], complete: (stepsOf.get(row.id) ?? []).map(({ step }) => step).sort() },
        skills: JSON.parse(row.skills),
        languages: JSON.parse(row.languages),
        country: row.country,
        tags: JSON.parse(row.tags),
      };
      facts.onboarding.applies = known.steps
        .filter((step) => appliesTo(step.appliesTo, facts, known, now))
        .map(({ id }) => id);
      return [row.id, { facts, name: row.name, userId: row.userId, seq: row.seq }];
    });
    return { known, people: new Map(gathered) };
  };
  return { reads, made };
}

const byOwner = <T extends { owner: string }>(rows: T[]) => Map.groupBy(rows, ({ owner }) => owner);

/** Those that can decide anything: of several, one that is older and ends no later says nothing. */
function keepDocuments(rows: DocumentRow[]): Facts["documents"] {
  const ends = (row: DocumentRow) => row.expiresAt ?? Number.POSITIVE_INFINITY;
  const says = (a: DocumentRow, b: DocumentRow) =>
    a.type === b.type &&
    a.status === b.status &&
    (a.status !== "approved" || (a.at >= b.at && ends(a) >= ends(b)));
  return best(rows, says).map(({ owner: _, ...row }) => row);
}

/** As `keepDocuments`: an older result that isn't higher says nothing. */
function keepScores(rows: EvaluationRow[]): Facts["evaluations"] {
  const says = (a: EvaluationRow, b: EvaluationRow) =>
    a.type === b.type && a.at >= b.at && a.score >= b.score;
  return best(rows, says).map(({ owner: _, ...row }) => row);
}

/** The rows of which no other one says as much; of equals the first. In an order that doesn't depend on theirs. */
function best<T>(rows: T[], says: (a: T, b: T) => boolean): T[] {
  const sorted = rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return sorted.filter(
    (row, i) => !sorted.some((other, j) => j !== i && says(other, row) && (j < i || !says(row, other))),
  );
}

/** What is known of somebody whose facts nobody has gathered yet. */
export const bareFacts = (stage: string): Facts => ({
  stage,
  documents: [],
  evaluations: [],
  onboarding: { applies: [], complete: [] },
  skills: [],
  languages: [],
  country: null,
  tags: [],
});

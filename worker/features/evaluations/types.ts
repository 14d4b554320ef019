import { eq, sql } from "drizzle-orm";
import { emptyViolation, uniqueViolation } from "../../db/database";
import { commit, LostRace, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, DomainError, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { campaigns } from "../campaigns/table";
import { markEveryoneStale } from "../eligibility/keep";
import { selectTypes } from "./evaluations";
import type { EvaluationType, EvaluationTypeChange, NewEvaluationType } from "./schema";
import { evaluations, evaluationTypes } from "./table";

type Row = typeof evaluationTypes.$inferSelect;
type Shown = Omit<Row, "orgId" | "changeId" | "position">;

const presentType = (row: Shown): EvaluationType => ({
  key: row.key,
  name: row.name,
  description: row.description,
  minScore: row.minScore,
  maxScore: row.maxScore,
  passScore: row.passScore,
  criteria: row.criteria,
  visibility: row.visibility,
  archived: row.archived,
  version: row.version,
});

/** All evaluation types of the organization, in their order. */
export async function listEvaluationTypes(ctx: Ctx): Promise<EvaluationType[]> {
  const [types] = await ctx.db.read(selectTypes(ctx));
  return types.map(presentType);
}

/** What holds of a type whoever writes it. @throws DomainError `invalid` */
function check({ minScore, maxScore, passScore, criteria }: Shown | NewEvaluationType): void {
  if (minScore >= maxScore) throw invalid("maxScore", "The scale must end above its beginning.");
  if (passScore !== null && (passScore < minScore || passScore > maxScore))
    throw invalid("passScore", `The score to pass has to lie on the scale, from ${minScore} to ${maxScore}.`);
  const keys = criteria.map(({ key }) => key);
  const twice = keys.findIndex((key, i) => keys.indexOf(key) !== i);
  if (twice >= 0)
    throw invalid(`criteria.${twice}.key`, `Two lines of the scorecard have the key "${keys[twice]}".`);
}

/** @throws DomainError `invalid`, `conflict` for a key that exists */
export async function addEvaluationType(ctx: Ctx, input: NewEvaluationType): Promise<EvaluationType> {
  check(input);
  const types = await listEvaluationTypes(ctx);
  const row = { ...input, archived: false, version: 1, position: types.length };
  try {
    return await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [ctx.db.insert(evaluationTypes, row), markEveryoneStale(ctx)],
      audit: [
        {
          action: "EVALUATION_TYPE_CREATE",
          entity: { type: "evaluation_type", id: input.key },
          newValue: { name: input.name, minScore: input.minScore, maxScore: input.maxScore },
        },
      ],
      result: presentType(row),
    });
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw conflict(`There is an evaluation type "${input.key}" already.`, await typeOf(ctx, input.key));
  }
}

async function typeOf(ctx: Ctx, key: string): Promise<EvaluationType | undefined> {
  return (await listEvaluationTypes(ctx)).find((type) => type.key === key);
}

/** Campaigns named in a refusal, at most. */
const MOST_NAMED = 20;

/**
 * @throws DomainError `not-found`, `outdated`, `invalid`; `conflict` where there are results on the old scale, and
 * where open campaigns ask for a type that goes out of use, unless that is confirmed
 */
export async function changeEvaluationType(
  ctx: Ctx,
  { key, confirm, ...change }: EvaluationTypeChange,
  ifVersion?: number,
): Promise<EvaluationType> {
  return await onceMore(
    async () => {
      const [types, asking, results] = await ctx.db.read(
        ctx.db.rows(evaluationTypes, { where: eq(evaluationTypes.key, key) }),
        selectAsking(ctx, key),
        ctx.db.select({ id: evaluations.id }, evaluations, { where: eq(evaluations.type, key), limit: 1 }),
      );
      const old = types[0];
      if (!old) throw notFound("evaluation type");
      if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentType(old));
      const sent = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next: Row = { ...old, ...sent };
      check(next);
      if (JSON.stringify(next) === JSON.stringify(old)) return presentType(old);
      const rescaled = next.minScore !== old.minScore || next.maxScore !== old.maxScore;
      if (rescaled && results.length > 0)
        throw conflict(
          "There are results on this scale, which would mean something else on another. Add a new type instead.",
          presentType(old),
        );
      if (next.archived && !old.archived && asking.length > 0 && confirm !== true)
        throw stillAsked(asking, old);
      const { orgId: _org, key: _key, changeId: _change, position: _position, ...set } = next;
      const at = ctx.now();
      // A result that comes between is on the old scale.
      const free = rescaled
        ? sql`and not exists (select 1 from ${evaluations} e where e.org_id = ${ctx.orgId} and e.type = ${key})`
        : sql``;
      const write = commit(ctx, {
        id: newId("chg", at),
        writes: [
          ctx.db.update(
            evaluationTypes,
            {
              ...set,
              version: old.version + 1,
              // A change that comes between leaves the name empty, which breaks off the whole batch.
              name: sql`case when version = ${old.version} ${free} then ${next.name} end`,
            },
            eq(evaluationTypes.key, key),
          ),
          markEveryoneStale(ctx),
        ],
        audit: [
          {
            action: "EVALUATION_TYPE_UPDATE",
            entity: { type: "evaluation_type", id: key },
            oldValue: Object.fromEntries(Object.keys(sent).map((field) => [field, old[field as keyof Row]])),
            newValue: sent,
          },
        ],
        result: presentType({ ...next, version: old.version + 1 }),
      });
      return await write.catch((error: unknown) => {
        throw emptyViolation(error) === "evaluation_types.name" ? new LostRace() : error;
      });
    },
    () => typeOf(ctx, key),
  );
}

/** Open campaigns whose requirements name an evaluation type, however deep. */
function selectAsking(ctx: Ctx, key: string) {
  return ctx.db.select({ id: campaigns.id, name: campaigns.name }, campaigns, {
    where: sql`${campaigns.status} = 'open' and exists (select 1 from json_tree(${campaigns.requirements}) leaf
      where leaf.key = 'type' and leaf.value = ${key}
        and json_extract(${campaigns.requirements}, leaf.path || '.kind') = 'evaluation')`,
    limit: MOST_NAMED,
  });
}

function stillAsked(asking: { id: string; name: string }[], old: Row): DomainError {
  const names = asking.map(({ name }) => name).join(", ");
  return new DomainError(
    "conflict",
    `Open campaigns ask for this evaluation: ${names}. Nobody new could meet them. Change their requirements first, or confirm it.`,
    { current: presentType(old), more: { campaigns: asking } },
  );
}

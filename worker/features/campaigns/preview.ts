import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { agents } from "../agents/table";
import { checkRequirements } from "../eligibility/check";
import { bareFacts, knowing } from "../eligibility/facts";
import { judge, takesPart } from "../eligibility/judge";
import type { Missing, Requirement } from "../eligibility/schema";
import { agentFacts } from "../eligibility/table";
import { type Facts, lackWords } from "../eligibility/words";
import { applications } from "../pipelines/table";
import type { Preview, RequirementWords } from "./schema";

/** People who are shown of those who qualify, and of those who lack one thing. */
const EXAMPLES = 5;
const MOST_LACKING = 20;

/**
 * Who of today's agents would meet requirements that are being written, and what the others lack: one row read for
 * each agent, and the names of the few that are shown.
 * @throws DomainError `invalid` for what isn't there
 */
export async function previewRequirements(ctx: Ctx, requirements: Requirement): Promise<Preview> {
  const world = knowing(ctx);
  const [rows, ...rest] = await ctx.db.read(
    ctx.db.sql<{
      agentId: string;
      facts: string | null;
    }>(sql`select agent_id as agentId, facts from ${agentFacts}
      where org_id = ${ctx.orgId} order by agent_id`),
    ...world.reads,
  );
  const known = world.made(rest);
  checkRequirements(requirements, known);
  const first = known.stages[0]?.key ?? "";
  const lacking = new Map<string, { kind: string; text: string; agents: number }>();
  const [good, nearly]: { agentId: string; missing: Missing[] }[][] = [[], []];
  let [people, eligible] = [0, 0];
  for (const { agentId, facts: text } of rows) {
    const facts = text === null ? bareFacts(first) : (JSON.parse(text) as Facts);
    if (!takesPart(facts.stage, known)) continue;
    people += 1;
    const answer = judge(requirements, facts, known, ctx.now());
    if (answer.eligible) eligible += 1;
    const shown = answer.eligible ? good : answer.missing.length === 1 ? nearly : undefined;
    if (shown && shown.length < EXAMPLES) shown.push({ agentId, missing: answer.missing });
    for (const one of answer.missing) {
      const key = keyOf(one);
      const kept = lacking.get(key) ?? { kind: one.kind, text: lackWords(one, known, false), agents: 0 };
      lacking.set(key, { ...kept, agents: kept.agents + 1 });
    }
  }
  const examples = [...(good ?? []), ...(nearly ?? [])];
  const names = await namesOf(
    ctx,
    examples.map(({ agentId }) => agentId),
  );
  return {
    agents: people,
    eligible,
    lacking: [...lacking.values()].sort((a, b) => b.agents - a.agents).slice(0, MOST_LACKING),
    examples: examples.map(({ agentId, missing }) => ({ agentId, name: names.get(agentId) ?? "", missing })),
  };
}

/** What is the same lack for everybody, whatever each has of it. */
const keyOf = ({ kind, type, min, minScore, step, name, code, level, country, options }: Missing): string =>
  JSON.stringify([
    kind,
    type,
    min,
    minScore,
    step,
    name,
    code,
    level,
    country,
    options?.map((way) => way.map(keyOf)),
  ]);

async function namesOf(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const [rows] = await ctx.db.read(
    ctx.db.sql<{
      id: string;
      name: string;
    }>(sql`select id, trim(first_name || ' ' || last_name) as name from ${agents}
      where +org_id = ${ctx.orgId} and id in (select value from json_each(${JSON.stringify(ids)}))`),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Agents whose skills and tags are offered as words, the newest. */
const SEEN = 500;
const MOST_WORDS = 200;

/** What requirements can name here. */
export async function requirementWords(ctx: Ctx): Promise<RequirementWords> {
  const world = knowing(ctx);
  const newest = sql`(select id, skills, application_id from ${agents} where org_id = ${ctx.orgId}
    order by id desc limit ${SEEN})`;
  const [skills, tags, ...rest] = await ctx.db.read(
    ctx.db.sql<{
      word: string;
    }>(sql`select distinct trim(s.value) as word from ${newest} a, json_each(a.skills) s
      order by word limit ${MOST_WORDS}`),
    ctx.db.sql<{ word: string }>(sql`select distinct trim(t.value) as word from ${newest} a
      join ${applications} p on p.id = a.application_id and +p.org_id = ${ctx.orgId}, json_each(p.tags) t
      order by word limit ${MOST_WORDS}`),
    ...world.reads,
  );
  const known = world.made(rest);
  return {
    stages: known.stages.map(({ key, name, kind }) => ({ key, name, kind })),
    documentTypes: known.documentTypes,
    evaluationTypes: known.evaluationTypes
      .filter(({ archived }) => !archived)
      .map(({ key, name, minScore, maxScore }) => ({ key, name, minScore, maxScore })),
    steps: known.steps.map(({ id, key, title }) => ({ id, key, title })),
    skills: skills.map(({ word }) => word),
    tags: tags.map(({ word }) => word),
  };
}

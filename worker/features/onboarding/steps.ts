import { sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { campaigns } from "../campaigns/table";
import { leavesOf } from "../eligibility/schema";
import { freeKey } from "../workflows/keys";
import { checkStep, type StepWorld } from "./check";
import { loadStanding } from "./complete";
import { type Definitions, type DefinitionWrite, writeDefinitions } from "./definitions";
import { presentStanding, presentStep, presentSteps } from "./present";
import { readScene, selectWorld } from "./scene";
import type {
  NewOnboardingStep,
  OnboardingStep,
  OnboardingStepChange,
  OnboardingSteps,
  Question,
  StepOrder,
} from "./schema";
import type { StepRow } from "./table";
import { MOST_STEPS } from "./words";

async function readDefinitions(ctx: Ctx): Promise<Definitions & StepWorld> {
  const [steps, stages, types, scales] = await ctx.db.read(...selectWorld(ctx));
  return { steps, stages, types, scales };
}

/** All steps as they are defined. */
export async function listDefinitions(ctx: Ctx): Promise<OnboardingSteps> {
  const { steps, types } = await readDefinitions(ctx);
  return {
    data: steps.map((step) => presentStep(step, types)),
    nextCursor: null,
    next: null,
    complete: null,
  };
}

/** The steps that apply to an agent, and how they stand. @throws DomainError `not-found` */
export async function listFor(ctx: Ctx, agentId: string): Promise<OnboardingSteps> {
  const scene = await readScene(ctx, agentId);
  if (!scene) throw notFound("agent");
  return presentSteps(scene);
}

/** One step, as it is defined. @throws DomainError `not-found` */
export async function getDefinition(ctx: Ctx, id: string): Promise<OnboardingStep> {
  const { steps, types } = await readDefinitions(ctx);
  return presentStep(stepIn(steps, id), types);
}

/** One step, as it stands for an agent. @throws DomainError `not-found` */
export async function getFor(ctx: Ctx, id: string, agentId: string): Promise<OnboardingStep> {
  const { scene, standing } = await loadStanding(ctx, agentId, id);
  return presentStanding(standing, scene.types);
}

/** The steps that are named by id or key, as ids. */
function idsOf(named: string[], steps: StepRow[]): string[] {
  const ids = named.map((name, i) => {
    const found = steps.find(({ id, key }) => id === name || key === name);
    if (found) return found.id;
    throw invalid(`dependsOn.${i}`, `There is no step "${name}" here.`);
  });
  return [...new Set(ids)];
}

/** The questions as they are sent; an answer that isn't sent is the one before. */
function withAnswers(questions: Question[] | null, before: Question[] | null): Question[] | null {
  if (!questions) return null;
  return questions.map((question) => {
    const answer = question.answer ?? before?.find(({ key }) => key === question.key)?.answer;
    return answer === undefined ? question : { ...question, answer };
  });
}

const taken = (key: string) => invalid("key", `There is a step with the key "${key}" already.`);

/** Repeats a change of the steps where somebody else changed them at the same moment. */
async function guarded<R>(key: string | undefined, attempt: () => Promise<R>): Promise<R> {
  try {
    return await onceMore(attempt, async () => undefined);
  } catch (error) {
    if (uniqueViolation(error)?.startsWith("onboarding_steps.")) throw taken(key ?? "");
    throw error;
  }
}

/** @throws DomainError `invalid` with the path of what is wrong, `conflict` where there are too many */
export async function addStep(ctx: Ctx, input: NewOnboardingStep): Promise<OnboardingStep> {
  return await guarded(input.key, async () => {
    const world = await readDefinitions(ctx);
    const { steps } = world;
    if (steps.length >= MOST_STEPS)
      throw conflict(`There are ${MOST_STEPS} steps already, which is the most. Take one away first.`);
    if (steps.some(({ key }) => key === input.key)) throw taken(input.key ?? "");
    const at = ctx.now();
    const last = steps.at(-1)?.position ?? -1;
    const key = input.key ?? freeKey(input.title, new Set(steps.map((step) => step.key))).slice(0, 40);
    const row: StepRow = {
      id: newId("step", at),
      orgId: ctx.orgId,
      key,
      title: input.title,
      kind: input.kind,
      description: input.description ?? null,
      schema: input.schema ?? null,
      documentType: input.documentType ?? null,
      text: input.text ?? null,
      url: input.url ?? null,
      questions: withAnswers(input.questions ?? null, null),
      passScore: input.passScore ?? null,
      evaluationType: input.evaluationType || null,
      dependsOn: idsOf(input.dependsOn ?? [], steps),
      dueDays: input.dueDays ?? null,
      appliesTo: input.appliesTo ?? null,
      position: input.order ?? Math.min(last + 1, 1000),
      removedAt: null,
      version: 1,
      changeId: null,
      createdAt: at,
      updatedAt: at,
    };
    checkStep(row, world);
    return await writeDefinitions(ctx, world, { added: row }, presentStep(row, world.types));
  });
}

/** Changes the sent fields of a step. @throws DomainError `not-found`, `outdated`, `invalid` */
export async function updateStep(
  ctx: Ctx,
  id: string,
  change: OnboardingStepChange,
  ifVersion?: number,
): Promise<OnboardingStep> {
  return await guarded(change.key, async () => {
    const world = await readDefinitions(ctx);
    const row = stepIn(world.steps, id);
    if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(presentStep(row, world.types));
    const { order, dependsOn, questions, ...fields } = change;
    if (world.steps.some((one) => one.key === fields.key && one.id !== id)) throw taken(fields.key ?? "");
    const next: StepRow = {
      ...row,
      ...fields,
      ...(fields.evaluationType === undefined ? {} : { evaluationType: fields.evaluationType || null }),
      ...(questions === undefined ? {} : { questions: withAnswers(questions, row.questions) }),
      ...(dependsOn === undefined ? {} : { dependsOn: idsOf(dependsOn, world.steps) }),
      ...(order === undefined ? {} : { position: order }),
      version: row.version + 1,
      updatedAt: ctx.now(),
    };
    checkStep(next, world);
    const written: DefinitionWrite = { changed: [next], fields: Object.keys(change) };
    return await writeDefinitions(ctx, world, written, presentStep(next, world.types));
  });
}

/**
 * Takes a step away; what people did in it is kept.
 * @throws DomainError `not-found`; `conflict` where another step waits for it, or a campaign asks for it
 */
export async function removeStep(ctx: Ctx, id: string): Promise<void> {
  await guarded(undefined, async () => {
    const [steps, , types, , asking] = await ctx.db.read(
      ...selectWorld(ctx),
      ctx.db.select({ name: campaigns.name, requirements: campaigns.requirements }, campaigns, {
        where: sql`${campaigns.status} in ('draft', 'open')
          and instr(${campaigns.requirements}, '"onboarding"') > 0`,
        limit: 200,
      }),
    );
    const row = stepIn(steps, id);
    const current = presentStep(row, types);
    const waiting = steps.filter(({ dependsOn }) => dependsOn.includes(id)).map(({ title }) => title);
    if (waiting.length > 0) {
      throw conflict(
        `Other steps wait for this one: ${waiting.join(", ")}. Take it out of what they depend on first.`,
        current,
      );
    }
    const names = asking
      .filter(({ requirements }) =>
        leavesOf(requirements).some(
          (leaf) => leaf.kind === "onboarding" && (leaf.step === row.id || leaf.step === row.key),
        ),
      )
      .map(({ name }) => name);
    if (names.length > 0) {
      throw conflict(
        `These campaigns ask for this step: ${names.join(", ")}. Change their requirements first.`,
        current,
      );
    }
    const at = ctx.now();
    const gone = { ...row, removedAt: at, updatedAt: at, version: row.version + 1 };
    await writeDefinitions(ctx, { steps }, { removed: gone }, null);
  });
}

/** Puts all steps in the order that is sent. @throws DomainError `not-found`, `invalid` where one is missing */
export async function orderSteps(ctx: Ctx, { ids }: StepOrder): Promise<OnboardingSteps> {
  return await guarded(undefined, async () => {
    const world = await readDefinitions(ctx);
    const known = new Set(world.steps.map(({ id }) => id));
    if (ids.some((id) => !known.has(id))) throw notFound("onboarding step");
    if (new Set(ids).size < ids.length) throw invalid("ids", "A step stands there twice.");
    const missing = world.steps.find(({ id }) => !ids.includes(id));
    if (missing) throw invalid("ids", `Name every step: "${missing.title}" (${missing.id}) is missing.`);
    const at = ctx.now();
    const ordered = ids.map((id, position): StepRow => {
      const row = stepIn(world.steps, id);
      return row.position === position ? row : { ...row, position, version: row.version + 1, updatedAt: at };
    });
    const changed = ordered.filter((row) => !world.steps.includes(row));
    const data = ordered.map((step) => presentStep(step, world.types));
    const result: OnboardingSteps = { data, nextCursor: null, next: null, complete: null };
    if (changed.length === 0) return result;
    return await writeDefinitions(ctx, world, { changed, fields: ["order"] }, result);
  });
}

/** @throws DomainError `not-found` */
function stepIn(steps: StepRow[], id: string): StepRow {
  const found = steps.find((step) => step.id === id);
  if (!found) throw notFound("onboarding step");
  return found;
}

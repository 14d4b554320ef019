import { isoOrNull } from "../../lib/clock";
import type { Standing } from "./progress";
import type { Scene, TypeRow } from "./scene";
import type { CompletedStep, OnboardingStep, OnboardingSteps } from "./schema";
import type { StepRow } from "./table";

type Types = Pick<TypeRow, "key" | "templateKey">[];

/** A step as its definition stands: the answers of its questions stay here. */
function definition(step: StepRow, types: Types) {
  const type = types.find(({ key }) => step.kind === "document" && key === step.documentType);
  return {
    id: step.id,
    key: step.key,
    title: step.title,
    kind: step.kind,
    description: step.description,
    schema: step.schema,
    documentType: step.documentType,
    text: step.text,
    url: step.url,
    questions:
      step.questions?.map(({ key, label, options }) => ({ key, label, ...(options ? { options } : {}) })) ??
      null,
    passScore: step.passScore,
    evaluationType: step.evaluationType,
    dependsOn: step.dependsOn,
    dueDays: step.dueDays,
    appliesTo: step.appliesTo,
    order: step.position,
    version: step.version,
    hasTemplate: Boolean(type?.templateKey),
  };
}

export function presentStep(step: StepRow, types: Types): OnboardingStep {
  return {
    ...definition(step, types),
    status: null,
    dueAt: null,
    completedAt: null,
    score: null,
    attempts: null,
    waitsFor: null,
    reason: null,
    hasCopy: null,
  };
}

/** A step as it stands for an agent. */
export function presentStanding(standing: Standing, types: Types): OnboardingStep {
  const { step, done } = standing;
  return {
    ...definition(step, types),
    status: standing.status,
    dueAt: isoOrNull(standing.dueAt),
    completedAt: isoOrNull(standing.completedAt),
    score: done?.score ?? null,
    attempts: step.kind === "quiz" ? (done?.attempts ?? 0) : null,
    waitsFor: standing.waitsFor,
    reason: standing.reason,
    hasCopy: Boolean(done?.copy),
  };
}

export function presentSteps({ standings, types, next, complete }: Scene): OnboardingSteps {
  return {
    data: standings.map((standing) => presentStanding(standing, types)),
    nextCursor: null,
    next: next?.step.id ?? null,
    complete,
  };
}

/** What a change of one step came to. */
export function presentChange(
  { standings, types, next, complete }: Pick<Scene, "standings" | "types" | "next" | "complete">,
  stepId: string,
  passed: boolean | null,
): CompletedStep {
  const standing = standings.find(({ step }) => step.id === stepId);
  if (!standing) throw new Error("The step is not among those that apply.");
  return { step: presentStanding(standing, types), passed, next: next?.step.id ?? null, complete };
}

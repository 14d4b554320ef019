import { invalid } from "../../lib/errors";
import { leavesOf } from "../eligibility/schema";
import { checkFormSchema } from "./form";
import { circleIn } from "./graph";
import type { ScaleRow, TypeRow } from "./scene";
import type { Question } from "./schema";
import type { StepRow } from "./table";

export interface StepWorld {
  steps: StepRow[];
  stages: { key: string }[];
  types: TypeRow[];
  scales: ScaleRow[];
}

/**
 * Refuses a step that nobody could do, with the path of the field that is wrong.
 * @param step as it would stand
 * @throws DomainError `invalid`
 */
export function checkStep(step: StepRow, world: StepWorld): void {
  CHECKS[step.kind](step, world);
  checkAudience(step, world);
  const circle = circleIn([...world.steps.filter(({ id }) => id !== step.id), step]);
  if (!circle) return;
  const titles = circle.map((id) => [...world.steps, step].find((one) => one.id === id)?.title ?? id);
  throw invalid(
    "dependsOn",
    circle.length === 1
      ? "A step can't wait for itself."
      : `These steps would wait for each other in a circle: ${titles.join(", ")}.`,
  );
}

const CHECKS: Record<StepRow["kind"], (step: StepRow, world: StepWorld) => void> = {
  form({ schema }) {
    if (!schema) throw invalid("schema", "A form needs its fields: a JSON Schema of an object.");
    checkFormSchema(schema);
  },

  document({ documentType }, { types }) {
    if (!documentType) throw invalid("documentType", "Say which document is asked for.");
    if (types.some(({ key }) => key === documentType)) return;
    const known = types.map(({ key }) => key).join(", ");
    throw invalid("documentType", `There is no document type "${documentType}". Known: ${known}.`);
  },

  acknowledgement({ text }) {
    if (!text) throw invalid("text", "Write what is to be signed.");
  },

  video({ url }) {
    if (!url) throw invalid("url", "Say where the video or the reading is.");
  },

  external({ url }) {
    if (!url) throw invalid("url", "Say where it is done.");
  },

  quiz(step, { scales }) {
    if (!step.questions || step.questions.length === 0)
      throw invalid("questions", "A quiz needs at least one question.");
    checkQuestions(step.questions);
    const type = evaluationTypeOf(step);
    const scale = scales.find(({ key }) => key === type);
    if (scale?.archived)
      throw invalid("evaluationType", `The evaluation type "${type}" is archived. Name another one.`);
    if (!scale && !/^[a-z][a-z0-9_-]{0,39}$/.test(type)) {
      throw invalid(
        "evaluationType",
        "A new evaluation type needs a key of small letters, digits, - and _, starting with a letter.",
      );
    }
  },
};

/** The evaluation type under which a quiz's results are kept. */
export const evaluationTypeOf = (step: Pick<StepRow, "evaluationType" | "key">): string =>
  step.evaluationType ?? step.key;

function checkQuestions(questions: Question[]): void {
  const seen = new Set<string>();
  for (const [i, { key, options, answer }] of questions.entries()) {
    const at = (field: string) => `questions.${i}.${field}`;
    if (seen.has(key)) throw invalid(at("key"), `Another question has the key "${key}" already.`);
    seen.add(key);
    if (options && new Set(options).size < options.length)
      throw invalid(at("options"), "Two of the options are the same.");
    if (answer === undefined) throw invalid(at("answer"), "Say what the right answer is.");
    if (options && !options.includes(String(answer)))
      throw invalid(at("answer"), `The right answer has to be one of the options: ${options.join(", ")}.`);
  }
}

/** A condition that names what isn't there would leave a step for nobody. */
function checkAudience({ appliesTo }: StepRow, { stages, types, scales }: StepWorld): void {
  const named = (list: { key: string }[], key: string, what: string) => {
    if (list.some((one) => one.key === key)) return;
    throw invalid("appliesTo", `There is no ${what} "${key}" here, so the step would apply to nobody.`);
  };
  for (const leaf of appliesTo ? leavesOf(appliesTo) : []) {
    if (leaf.kind === "onboarding")
      throw invalid("appliesTo", "Whom a step applies to can't hang on other steps. Use dependsOn for that.");
    if (leaf.kind === "stage") named(stages, leaf.min, "stage of the pool");
    if (leaf.kind === "document") named(types, leaf.type, "document type");
    if (leaf.kind === "evaluation") named(scales, leaf.type, "evaluation type");
  }
}

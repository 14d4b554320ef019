import { z } from "zod";
import { Name, pageQuery, Time } from "../../http/shapes";
import { Requirements } from "../eligibility/schema";
import { MOST_QUESTIONS, MOST_STEPS, MOST_TEXT, STEP_KINDS, STEP_STATUSES } from "./words";

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, "Use small letters, digits, - and _, starting with a letter.");

/** A JSON Schema of an object, by which a form is drawn and what is sent is judged. */
export const FormSchema = z.record(z.string(), z.unknown());
export type FormSchema = z.infer<typeof FormSchema>;

const Question = z.strictObject({
  key,
  label: z.string().trim().min(1).max(1000),
  options: z.array(z.string().trim().min(1).max(500)).min(2).max(12).optional(),
  /** What is right. It is stored and never sent back; left out of a change, the one before stays. */
  answer: z.union([z.string().trim().min(1).max(500), z.number(), z.boolean()]).optional(),
});
export type Question = z.infer<typeof Question>;

/** A step as its definition stands; the answers of a quiz never leave the server. */
export const OnboardingStep = z
  .object({
    id: z.string(),
    key: z.string(),
    title: z.string(),
    kind: z.enum(STEP_KINDS),
    description: z.string().nullable(),
    schema: FormSchema.nullable(),
    documentType: z.string().nullable(),
    /** What is signed, of an acknowledgement. */
    text: z.string().nullable(),
    /** Of a video, a reading or an external step: where it is. */
    url: z.string().nullable(),
    questions: z
      .array(z.object({ key: z.string(), label: z.string(), options: z.array(z.string()).optional() }))
      .nullable(),
    passScore: z.number().nullable(),
    /** The evaluation type under which a quiz's score is kept. */
    evaluationType: z.string().nullable(),
    /** Ids of the steps that come before it. */
    dependsOn: z.array(z.string()),
    /** Days after onboarding begins until it is due. */
    dueDays: z.number().int().nullable(),
    /** Whom it applies to; null for everybody. */
    appliesTo: Requirements.nullable(),
    order: z.number().int(),
    version: z.number().int(),

    // How it stands for the agent who is asked about; of a definition alone these are null.
    status: z.enum(STEP_STATUSES).nullable(),
    dueAt: Time.nullable(),
    completedAt: Time.nullable(),
    score: z.number().nullable(),
    /** How often a quiz was tried. */
    attempts: z.number().int().nullable(),
    /** Titles of the steps that still lock it. */
    waitsFor: z.array(z.string()).nullable(),
    /** Why the team turned it down, or waived it. */
    reason: z.string().nullable(),
    /** There is a sealed copy of what was signed. */
    hasCopy: z.boolean().nullable(),
    /** A file to fill in, of a document's type. */
    hasTemplate: z.boolean(),
  })
  .meta({ id: "OnboardingStep" });
export type OnboardingStep = z.infer<typeof OnboardingStep>;

export const OnboardingSteps = z
  .object({
    data: z.array(OnboardingStep),
    nextCursor: z.null(),
    /** The id of the step to do next; null where none is left. */
    next: z.string().nullable(),
    /** All that apply are complete; null for definitions alone. */
    complete: z.boolean().nullable(),
  })
  .meta({ id: "OnboardingSteps" });
export type OnboardingSteps = z.infer<typeof OnboardingSteps>;

export const StepsQuery = z.strictObject({
  agentId: z.string().max(60).optional(),
  /** As other lists take them; there are never more steps than one page. */
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
});

const fields = {
  title: Name,
  kind: z.enum(STEP_KINDS),
  description: z.string().trim().max(5000).nullable(),
  schema: FormSchema.nullable(),
  documentType: z.string().trim().max(60).nullable(),
  text: z.string().trim().max(MOST_TEXT).nullable(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  questions: z.array(Question).min(1).max(MOST_QUESTIONS).nullable(),
  passScore: z.number().min(0).max(100).nullable(),
  evaluationType: z.string().trim().max(60).nullable(),
  /** Ids or keys. */
  dependsOn: z.array(z.string().min(1).max(60)).max(30),
  dueDays: z.number().int().min(1).max(365).nullable(),
  appliesTo: Requirements.nullable(),
  order: z.number().int().min(0).max(1000),
};
export const NewOnboardingStep = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  title: fields.title,
  kind: fields.kind,
  /** Made from the title if left out. */
  key: key.optional(),
});
export type NewOnboardingStep = z.infer<typeof NewOnboardingStep>;
export const OnboardingStepChange = z.strictObject({ ...fields, key }).partial();
export type OnboardingStepChange = z.infer<typeof OnboardingStepChange>;

/** Every step by its id, in the order that they are to have. */
export const StepOrder = z.strictObject({ ids: z.array(z.string().min(1).max(60)).min(1).max(MOST_STEPS) });
export type StepOrder = z.infer<typeof StepOrder>;

export const StepCompletion = z.strictObject({
  /** What the step's kind asks for: the form's fields; `{ signature }`; `{ answers }`; nothing. */
  data: z.record(z.string(), z.unknown()).default({}),
});
export type StepCompletion = z.infer<typeof StepCompletion>;

export const CompletedStep = z
  .object({
    step: OnboardingStep,
    /** Of a quiz: whether the score was enough. */
    passed: z.boolean().nullable(),
    next: z.string().nullable(),
    complete: z.boolean(),
  })
  .meta({ id: "CompletedStep" });
export type CompletedStep = z.infer<typeof CompletedStep>;

export const Waive = z.strictObject({
  agentId: z.string().min(1).max(60),
  /** False takes a waiver, or a completion, back: the agent does the step again. */
  waived: z.boolean(),
  reason: z.string().trim().min(1, "Say why.").max(1000),
});

/** About whom the team asks; left out by agents, who ask about themselves. */
export const AgentQuery = z.strictObject({ agentId: z.string().max(60).optional() });

export const ProgressQuery = z.strictObject({ ...pageQuery });
/** Where everybody is stuck: agents in the stage `onboarding`, the longest-waiting first. */
export const OnboardingProgress = z
  .object({
    agents: z.array(
      z.object({
        agentId: z.string(),
        name: z.string(),
        since: Time,
        done: z.number().int(),
        of: z.number().int(),
        stuckOn: z.object({ id: z.string(), title: z.string(), status: z.enum(STEP_STATUSES) }).nullable(),
        overdue: z.boolean(),
      }),
    ),
    /** How many of these people each step waits for. */
    steps: z.array(z.object({ id: z.string(), title: z.string(), waiting: z.number().int() })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "OnboardingProgress" });
export type OnboardingProgress = z.infer<typeof OnboardingProgress>;

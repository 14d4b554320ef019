import { z } from "zod";
import { Name, pageOf, pageQuery, Time } from "../../http/shapes";
import { EVALUATION_SOURCES, EVALUATION_VISIBILITY, MOST_CRITERIA } from "./words";

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, "Use small letters, digits, - and _, starting with a letter.");
const score = z.number().min(-1_000_000).max(1_000_000);

/** One line of a scorecard. Its weight says how much it counts in the score. */
const Criterion = z.strictObject({
  key,
  label: Name,
  weight: z.number().positive().max(100).default(1),
});

export const EvaluationType = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    /** The ends of its scale. */
    minScore: z.number(),
    maxScore: z.number(),
    /** From which score on it counts as passed; null where nobody passes or fails. */
    passScore: z.number().nullable(),
    /** A scorecard's lines, each marked on the type's scale; the score is their weighted mean. */
    criteria: z.array(Criterion),
    visibility: z.enum(EVALUATION_VISIBILITY),
    archived: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: "EvaluationType" });
export type EvaluationType = z.infer<typeof EvaluationType>;
export const EvaluationTypePage = pageOf(EvaluationType);

const typeFields = {
  name: Name,
  description: z.string().trim().max(2000).nullable(),
  minScore: score,
  maxScore: score,
  passScore: score.nullable(),
  criteria: z.array(Criterion).max(MOST_CRITERIA),
  visibility: z.enum(EVALUATION_VISIBILITY),
};
export const NewEvaluationType = z
  .strictObject({
    key,
    ...typeFields,
    description: typeFields.description.default(null),
    minScore: score.default(0),
    maxScore: score.default(100),
    passScore: typeFields.passScore.default(null),
    criteria: typeFields.criteria.default([]),
    visibility: typeFields.visibility.default("person"),
  })
  .refine((one) => one.minScore < one.maxScore, {
    path: ["maxScore"],
    message: "The scale must end above its beginning.",
  });
export type NewEvaluationType = z.infer<typeof NewEvaluationType>;
export const EvaluationTypeChange = z.strictObject({
  key: z.string().min(1).max(60),
  ...z.strictObject({ ...typeFields, archived: z.boolean() }).partial().shape,
  /** Takes a type out of use although open campaigns ask for it. */
  confirm: z.boolean().optional(),
});
export type EvaluationTypeChange = z.infer<typeof EvaluationTypeChange>;

export const Evaluation = z
  .object({
    id: z.string(),
    type: z.string(),
    typeName: z.string(),
    agentId: z.string().nullable(),
    candidateId: z.string().nullable(),
    personName: z.string(),
    applicationId: z.string().nullable(),
    /** On the type's scale. */
    score: z.number(),
    maxScore: z.number(),
    /** Null where the type has no score to pass. */
    passed: z.boolean().nullable(),
    marks: z.array(z.object({ key: z.string(), label: z.string(), score: z.number() })),
    comment: z.string().nullable(),
    source: z.enum(EVALUATION_SOURCES),
    externalId: z.string().nullable(),
    evaluatorId: z.string().nullable(),
    evaluatorName: z.string().nullable(),
    completedAt: Time,
    createdAt: Time,
  })
  .meta({ id: "Evaluation" });
export type Evaluation = z.infer<typeof Evaluation>;
export const EvaluationPage = pageOf(Evaluation);

export const EvaluationListQuery = z.strictObject({
  ...pageQuery,
  agentId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  type: z.string().max(60).optional(),
});

export const NewEvaluation = z
  .strictObject({
    agentId: z.string().max(60).optional(),
    candidateId: z.string().max(60).optional(),
    applicationId: z.string().max(60).optional(),
    type: z.string().trim().min(1).max(60),
    score: score.optional(),
    /** Where the score is of another scale than the type's, the end of that scale: it is brought onto the type's. */
    maxScore: z.number().positive().max(1_000_000).optional(),
    /** Of a scorecard: a mark a line; the score follows from them. */
    marks: z.record(z.string().max(60), score).optional(),
    comment: z.string().trim().max(5000).optional(),
    /** The sender's own id of it: sent again, it makes no second one. */
    externalId: z.string().trim().max(200).optional(),
    completedAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((one) => Boolean(one.agentId) !== Boolean(one.candidateId), {
    path: ["agentId"],
    message: "Name the person: agentId or candidateId.",
  })
  .refine((one) => one.score !== undefined || one.marks !== undefined, {
    path: ["score"],
    message: "Send a score, or the marks of a scorecard.",
  });
export type NewEvaluation = z.infer<typeof NewEvaluation>;

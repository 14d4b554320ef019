import { z } from "zod";
import { Name, pageOf, pageQuery, Time } from "../../http/shapes";
import { NewStage } from "../workflows/schema";
import {
  CLOSING_CHOICES,
  EMPLOYMENT_TYPES,
  FIELD_TYPES,
  JOB_STATUSES,
  KNOCK_OUT_OPERATORS,
  PRIORITIES,
  RESERVED_FIELD_KEYS,
} from "./words";

const line = (most: number) => z.string().trim().max(most).nullable();
const years = z.number().int().min(0).max(70).nullable();
const money = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();
const skills = z.array(z.string().trim().min(1).max(60)).max(50);

const fields = {
  clientId: z.string().max(60),
  title: Name,
  description: z.string().trim().max(50_000),
  department: line(100),
  location: line(200),
  remote: z.boolean(),
  employmentType: z.enum(EMPLOYMENT_TYPES),
  experienceMin: years,
  experienceMax: years,
  /** Integer minor units of `salaryCurrency`, a year. */
  salaryMin: money,
  salaryMax: money,
  salaryCurrency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "Use a three-letter currency code (ISO 4217), like EUR.")
    .nullable(),
  requiredSkills: skills,
  niceToHaveSkills: skills,
  status: z.enum(JOB_STATUSES),
  priority: z.enum(PRIORITIES),
  openings: z.number().int().min(1).max(10_000),
  startDate: z.iso.date().nullable(),
};

interface Ranges {
  experienceMin?: number | null | undefined;
  experienceMax?: number | null | undefined;
  salaryMin?: number | null | undefined;
  salaryMax?: number | null | undefined;
}
const inOrder = (low: number | null | undefined, high: number | null | undefined) =>
  low === null || low === undefined || high === null || high === undefined || low <= high;
/** Both ends of a range as sent; one that is stored already is checked by the verb. */
const ranged = <S extends z.ZodType<Ranges>>(schema: S) =>
  schema
    .refine((job) => inOrder(job.experienceMin, job.experienceMax), {
      path: ["experienceMax"],
      message: "This is less than the minimum.",
    })
    .refine((job) => inOrder(job.salaryMin, job.salaryMax), {
      path: ["salaryMax"],
      message: "This is less than the minimum.",
    });

const StageOutline = z.object({ key: z.string(), name: z.string(), kind: z.string() });

export const Job = z
  .object({
    id: z.string(),
    clientId: z.string(),
    clientName: z.string(),
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    department: z.string().nullable(),
    location: z.string().nullable(),
    remote: z.boolean(),
    employmentType: z.enum(EMPLOYMENT_TYPES),
    experienceMin: z.number().int().nullable(),
    experienceMax: z.number().int().nullable(),
    salaryMin: z.number().int().nullable(),
    salaryMax: z.number().int().nullable(),
    salaryCurrency: z.string().nullable(),
    requiredSkills: z.array(z.string()),
    niceToHaveSkills: z.array(z.string()),
    status: z.enum(JOB_STATUSES),
    priority: z.enum(PRIORITIES),
    openings: z.number().int(),
    startDate: z.string().nullable(),
    pipelineId: z.string(),
    templateId: z.string().nullable(),
    stages: z.array(StageOutline),
    formVersion: z.number().int(),
    /** People in all; for a client user those shared with the client. */
    applicationCount: z.number().int(),
    /** People under way; null for a client user. */
    activeCount: z.number().int().nullable(),
    postedAt: Time.nullable(),
    closedAt: Time.nullable(),
    version: z.number().int(),
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Job" });
export type Job = z.infer<typeof Job>;
export const JobPage = pageOf(Job);

export const JobListQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(JOB_STATUSES).optional(),
  clientId: z.string().max(60).optional(),
  priority: z.enum(PRIORITIES).optional(),
  /** Only jobs whose hiring team I am in. */
  mine: z.enum(["yes"]).optional(),
  /** Words that start a word of the title, department, location, client or skills. */
  q: z.string().trim().max(100).optional(),
  sort: z.enum(["-createdAt", "createdAt"]).default("-createdAt"),
});

const newJob = {
  ...fields,
  description: fields.description.default(""),
  department: fields.department.default(null),
  location: fields.location.default(null),
  remote: fields.remote.default(false),
  employmentType: fields.employmentType.default("full_time"),
  experienceMin: years.default(null),
  experienceMax: years.default(null),
  salaryMin: money.default(null),
  salaryMax: money.default(null),
  salaryCurrency: fields.salaryCurrency.default(null),
  requiredSkills: skills.default([]),
  niceToHaveSkills: skills.default([]),
  status: z.enum(["draft", "open"]).default("open"),
  priority: fields.priority.default("medium"),
  openings: fields.openings.default(1),
  startDate: fields.startDate.default(null),
};
/** A job with the default workflow, or that of `templateId`. */
export const NewJob = ranged(z.strictObject({ ...newJob, templateId: z.string().max(60).optional() }));
export type NewJob = z.infer<typeof NewJob>;

export const JobChange = ranged(
  z.strictObject({
    ...z.object(fields).partial().shape,
    /** With a status that ends the job: what becomes of people still under way. */
    openApplications: z.enum(CLOSING_CHOICES).optional(),
    /** Told to whoever is rejected by it. */
    reason: z.string().trim().max(1000).optional(),
  }),
).refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type JobChange = z.infer<typeof JobChange>;

const operator = z.enum(KNOCK_OUT_OPERATORS);
const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
/**
 * When an answer raises a flag. A bare value means that this very answer does; the other short forms are
 * `{ equals }`, `{ notEquals }`, `{ min }`, `{ max }`, `{ in: [...] }` and `{ notIn: [...] }`.
 */
export const KnockOut = z
  .union([
    scalar,
    z.strictObject({ operator, value: z.union([scalar, z.array(scalar).max(50)]) }),
    z.strictObject({ equals: scalar }),
    z.strictObject({ notEquals: scalar }),
    z.strictObject({ min: z.number() }),
    z.strictObject({ max: z.number() }),
    z.strictObject({ in: z.array(scalar).min(1).max(50) }),
    z.strictObject({ notIn: z.array(scalar).min(1).max(50) }),
  ])
  .transform((rule): KnockOutRule => {
    if (typeof rule !== "object") return { operator: "equals", value: rule };
    if ("operator" in rule) return rule;
    if ("equals" in rule) return { operator: "equals", value: rule.equals };
    if ("notEquals" in rule) return { operator: "not_equals", value: rule.notEquals };
    // Below the least or above the most that is wanted raises the flag.
    if ("min" in rule) return { operator: "less_than", value: rule.min };
    if ("max" in rule) return { operator: "greater_than", value: rule.max };
    return "in" in rule
      ? { operator: "includes", value: rule.in }
      : { operator: "excludes", value: rule.notIn };
  });
export const KnockOutRule = z.object({ operator, value: z.union([scalar, z.array(scalar)]) });
export type KnockOutRule = z.infer<typeof KnockOutRule>;

const fieldKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, "Use letters, digits and _, starting with a letter.")
  .refine(
    (key) => !(RESERVED_FIELD_KEYS as readonly string[]).includes(key),
    "The form asks for this already: choose another key.",
  );
const CHOICES = ["select", "multi_select"] as const;

/** A question of a form as it is stored and shown. */
export const FormField = z
  .object({
    key: z.string(),
    label: z.string(),
    type: z.enum(FIELD_TYPES),
    required: z.boolean(),
    help: z.string().nullable(),
    options: z.array(z.string()),
    /** What one agrees to, in the organization's own words. */
    consentText: z.string().nullable(),
    knockOut: KnockOutRule.nullable(),
  })
  .meta({ id: "FormField" });
export type FormField = z.infer<typeof FormField>;

export const NewFormField = z
  .strictObject({
    key: fieldKey,
    label: z.string().trim().min(1, "Write the question.").max(500),
    type: z.enum(FIELD_TYPES),
    required: z.boolean().default(false),
    help: z.string().trim().max(1000).nullable().default(null),
    options: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
    consentText: z.string().trim().max(5000).nullable().default(null),
    knockOut: KnockOut.nullable().default(null),
  })
  .refine((field) => !(CHOICES as readonly string[]).includes(field.type) || field.options.length > 0, {
    path: ["options"],
    message: "A choice needs at least one option.",
  })
  .refine((field) => new Set(field.options).size === field.options.length, {
    path: ["options"],
    message: "Two options are the same.",
  })
  .refine((field) => field.knockOut === null || (field.type !== "file" && field.type !== "consent"), {
    path: ["knockOut"],
    message: "Files and consents can't raise a flag.",
  });

/** The order of the fields is the order of the questions. */
export const FormChange = z.strictObject({
  fields: z
    .array(NewFormField)
    .max(100)
    .refine(
      (list) => new Set(list.map((field) => field.key)).size === list.length,
      "Two questions have the same key.",
    ),
});
export type FormChange = z.infer<typeof FormChange>;
export const FormQuery = z.strictObject({
  /** An older version; the newest if left out. */
  version: z.coerce.number().int().min(1).optional(),
});
export const JobForm = z
  .object({
    jobId: z.string(),
    version: z.number().int(),
    fields: z.array(FormField),
    createdAt: Time.nullable(),
  })
  .meta({ id: "JobForm" });
export type JobForm = z.infer<typeof JobForm>;

const role = z.string().trim().min(1).max(60);
export const TeamMember = z
  .object({ userId: z.string(), name: z.string(), email: z.string(), role: z.string() })
  .meta({ id: "TeamMember" });
export type TeamMember = z.infer<typeof TeamMember>;
export const JobTeam = z.object({ data: z.array(TeamMember), nextCursor: z.null() }).meta({ id: "JobTeam" });
export type JobTeam = z.infer<typeof JobTeam>;
const team = z
  .array(z.strictObject({ userId: z.string().max(60), role: role.default("recruiter") }))
  .max(50)
  .refine(
    (list) => new Set(list.map(({ userId }) => userId)).size === list.length,
    "Somebody is named twice.",
  );
export const JobTeamChange = z.strictObject({ team });

/** A job with its form, team and workflow, made in one transaction. */
export const CompleteJob = z.strictObject({
  job: ranged(z.strictObject(newJob)),
  form: FormChange.optional(),
  team: team.optional(),
  workflow: z
    .union([
      z.strictObject({ templateId: z.string().max(60) }),
      z.strictObject({ stages: z.array(NewStage).min(1).max(30) }),
    ])
    .optional(),
});
export type CompleteJob = z.infer<typeof CompleteJob>;
/** The new job, with the parts that were made with it. */
export const CompletedJob = Job.extend({ form: JobForm, team: z.array(TeamMember) }).meta({
  id: "CompletedJob",
});
export type CompletedJob = z.infer<typeof CompletedJob>;

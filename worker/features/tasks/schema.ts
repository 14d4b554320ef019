import { z } from "zod";
import { pageOf, pageQuery, Time } from "../../http/shapes";
import { TASK_KINDS, TASK_STATUSES } from "./words";

export const Task = z
  .object({
    id: z.string(),
    kind: z.enum(TASK_KINDS),
    title: z.string(),
    description: z.string().nullable(),
    status: z.enum(TASK_STATUSES),
    assigneeId: z.string().nullable(),
    assigneeName: z.string().nullable(),
    dueAt: Time.nullable(),
    overdue: z.boolean(),
    applicationId: z.string().nullable(),
    agentId: z.string().nullable(),
    candidateId: z.string().nullable(),
    /** Whom it is about. */
    personName: z.string().nullable(),
    jobId: z.string().nullable(),
    jobTitle: z.string().nullable(),
    /** Of a meeting: how long, and how people meet. */
    durationMinutes: z.number().int().nullable(),
    mode: z.string().nullable(),
    createdBy: z.string().nullable(),
    doneAt: Time.nullable(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof Task>;
export const TaskPage = pageOf(Task);

export const TaskListQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(TASK_STATUSES).optional(),
  /** A user's id, or `me`. */
  assigneeId: z.string().max(60).optional(),
  applicationId: z.string().max(60).optional(),
  overdue: z.enum(["yes"]).optional(),
  /** Newest first, or what is due first. */
  sort: z.enum(["-createdAt", "dueAt"]).default("-createdAt"),
});

const title = z.string().trim().min(1, "Write what is to be done.").max(200);
const text = z.string().trim().max(5000).nullable();
const person = z.string().max(60).nullable();
export const NewTask = z.strictObject({
  title,
  description: text.default(null),
  /** Oneself if left out. */
  assigneeId: person.optional(),
  dueAt: Time.or(z.iso.datetime({ offset: true }))
    .nullable()
    .default(null),
  applicationId: z.string().max(60).optional(),
  agentId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  jobId: z.string().max(60).optional(),
});
export type NewTask = z.infer<typeof NewTask>;
export const TaskChange = z
  .strictObject({
    title,
    description: text,
    status: z.enum(TASK_STATUSES),
    assigneeId: person,
    dueAt: Time.or(z.iso.datetime({ offset: true })).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type TaskChange = z.infer<typeof TaskChange>;

import { z } from "zod";
import { ActorShape, Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";

const profile = {
  firstName: Name,
  lastName: LastName,
  phone: Phone.nullable(),
  headline: z.string().trim().max(200).nullable(),
  city: z.string().trim().max(100).nullable(),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "Use a two-letter country code, like US.")
    .nullable(),
  timeZone: z.string().trim().max(60).nullable(),
  skills: z.array(z.string().trim().min(1).max(60)).max(50),
  languages: z.array(z.string().trim().min(2).max(35)).max(20),
};

export const Agent = z
  .object({
    id: z.string(),
    /** The id of the agent's application in the agent pool. */
    atsId: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    headline: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    timeZone: z.string().nullable(),
    skills: z.array(z.string()),
    languages: z.array(z.string()),
    /** The key of the stage that the agent stands in. */
    status: z.string(),
    statusName: z.string(),
    statusSince: Time,
    waitingFor: z.string().nullable(),
    waitingSince: Time.nullable(),
    tags: z.array(z.string()),
    rating: z.number().int().nullable(),
    pipelineId: z.string(),
    applicationId: z.string(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Agent" });
export type Agent = z.infer<typeof Agent>;
export const AgentPage = pageOf(Agent);

export const AgentListQuery = z.strictObject({
  ...pageQuery,
  status: z.string().max(60).optional(),
  campaign: z.string().max(60).optional(),
  q: z.string().trim().max(100).optional(),
  sort: z.enum(["-createdAt", "createdAt"]).default("-createdAt"),
});

/** What an agent may change of the own profile, and the team of anyone's. */
export const AgentChange = z
  .strictObject({
    name: Name,
    ...profile,
    email: Email,
    tags: z.array(z.string().trim().min(1).max(60)).max(30),
    rating: z.number().int().min(1).max(5).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type AgentChange = z.infer<typeof AgentChange>;

export const StatusChange = z.strictObject({
  status: z.string().min(1).max(60),
  reason: z.string().trim().max(1000).optional(),
  /** The stage the caller believes the agent stands in; another one is a 409. */
  from: z.string().max(60).optional(),
});
export type StatusChange = z.infer<typeof StatusChange>;

export const MovedAgent = Agent.extend({ batchId: z.string() }).meta({ id: "MovedAgent" });
export type MovedAgent = z.infer<typeof MovedAgent>;

/** One line of an agent's timeline: an event in words. */
export const TimelineEntry = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    type: z.string(),
    at: Time,
    actor: ActorShape,
    text: z.string(),
    reason: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TimelineEntry" });
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const TimelineQuery = z.strictObject({
  ...pageQuery,
  kind: z.enum(["moves", "documents", "onboarding", "profile"]).optional(),
});
export const TimelinePage = pageOf(TimelineEntry);

/** What an agent's home shows: where I stand, what is next, and what waits on whom. */
export const AgentHome = z
  .object({
    agent: Agent,
    /** The cursor to resume the sockets from. */
    seq: z.number().int(),
    stages: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        kind: z.string(),
        state: z.enum(["done", "current", "ahead"]),
        enteredAt: Time.nullable(),
      }),
    ),
    next: z.object({
      kind: z.enum(["upload", "fix", "onboarding", "wait", "done", "closed"]),
      title: z.string(),
      detail: z.string(),
      documentType: z.string().nullable(),
      /** Of the onboarding. */
      stepId: z.string().nullable(),
      /** Where in the portal it is done; null where there is nothing to do. */
      path: z.string().nullable(),
    }),
    /** How many steps of the onboarding are done; null where none applies. */
    onboarding: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
    waitingOnUs: z.array(z.object({ title: z.string(), since: Time })),
    history: z.array(z.object({ at: Time, text: z.string() })),
  })
  .meta({ id: "AgentHome" });
export type AgentHome = z.infer<typeof AgentHome>;

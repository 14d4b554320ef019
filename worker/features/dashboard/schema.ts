import { z } from "zod";
import { Time } from "../../http/shapes";
import { STAGE_KINDS, STATUS_WORDS } from "../pipelines/words";
import { Task } from "../tasks/schema";
import { REPORT_DAYS } from "./words";

const count = z.number().int();
/** A calendar day in UTC. */
const day = z.iso.date();

export const DashboardQuery = z.strictObject({
  /** How far back the funnel, the times and the sources look. */
  days: z.enum(REPORT_DAYS).default("30"),
  /** The past of one job only; the totals stay the organization's. */
  jobId: z.string().max(60).optional(),
});

/** How the organization stands, and how the last days went. Times are UTC days. */
export const DashboardStats = z
  .object({
    totals: z.object({
      jobs: z.object({ draft: count, open: count, on_hold: count, closed: count, filled: count }),
      /** Places to fill in open jobs. */
      openings: count,
      /** Active ones. Counted up to `COUNT_TO`, like candidates, tasks and documents. */
      clients: count,
      candidates: count,
      /** Of jobs that are worked on, by the status of the stage; archived ones left out. */
      applications: z.record(z.enum(STATUS_WORDS), count),
      /** The agent pool, stage by stage in its order. */
      agents: z.array(z.object({ stage: z.string(), name: z.string(), kind: z.enum(STAGE_KINDS), count })),
      tasks: z.object({ open: count, overdue: count }),
      documentsToReview: count,
    }),
    /** The last 30 days, the oldest first; every day is there. */
    perDay: z.array(z.object({ day, applications: count, hires: count })),
    /** People who entered each stage within `days`, in the order of the stages. */
    funnel: z.array(
      z.object({ stage: z.string(), name: z.string(), kind: z.enum(STAGE_KINDS), entered: count }),
    ),
    /** How long people stood in a stage that they left within `days`. */
    timeInStage: z.array(
      z.object({
        stage: z.string(),
        name: z.string(),
        kind: z.enum(STAGE_KINDS),
        people: count,
        days: z.number(),
      }),
    ),
    /** Where applications of the last `days` came from, the most first. */
    sources: z.array(z.object({ source: z.string(), applications: count })),
    /** The screen behind each number: its path in the web app. */
    links: z.object({
      jobs: z.string(),
      openings: z.string(),
      clients: z.string(),
      candidates: z.string(),
      applications: z.record(z.enum(STATUS_WORDS), z.string()),
      agents: z.string(),
      tasks: z.string(),
      overdueTasks: z.string(),
      documentsToReview: z.string(),
    }),
  })
  .meta({ id: "DashboardStats" });
export type DashboardStats = z.infer<typeof DashboardStats>;

/** An application as a home screen lists it. */
export const DayApplication = z
  .object({
    id: z.string(),
    candidateId: z.string().nullable(),
    name: z.string(),
    jobId: z.string(),
    jobTitle: z.string(),
    stage: z.string(),
    stageName: z.string(),
    enteredAt: Time,
    rating: count.nullable(),
    /** An answer raised a flag. */
    flagged: z.boolean(),
  })
  .meta({ id: "DayApplication" });
export type DayApplication = z.infer<typeof DayApplication>;

/** What needs somebody of the team today. */
export const MyDay = z
  .object({
    /** `mine`: of jobs whose hiring team I am in. `all`: I am in none, so it is the newest open ones. */
    scope: z.enum(["mine", "all"]),
    /** Open tasks of mine due within 7 days, the overdue first, then those without a date. */
    tasks: z.array(Task),
    /** New ones, whoever came last first. */
    newApplications: z.array(DayApplication),
    /** Who is promised an answer by now or within a day, the longest overdue first. */
    answersDue: z.array(DayApplication.extend({ replyBy: Time })),
    /** Those who have stood in an open stage for longest, the longest first. */
    waiting: z.array(DayApplication),
    /** Unread, the newest first. */
    mentions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        message: z.string(),
        entityType: z.string().nullable(),
        entityId: z.string().nullable(),
        createdAt: Time,
      }),
    ),
    counts: z.object({
      /** My open tasks, and those of them that are overdue; counted up to `COUNT_TO`. */
      tasks: count,
      overdueTasks: count,
      newApplications: count,
      mentions: count,
      documentsToReview: count,
      /** Applications that look like nobody's. */
      applicationsToCheck: count,
      /** Promised answers that are overdue; counted up to `DUE_LOOKED_AT`. */
      overdueAnswers: count,
    }),
  })
  .meta({ id: "MyDay" });
export type MyDay = z.infer<typeof MyDay>;

/** What a client user begins with: their open jobs, and the people who were shared with them last. */
export const ClientHome = z
  .object({
    jobs: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        location: z.string().nullable(),
        openings: count,
        postedAt: Time.nullable(),
        /** People shared with the client. */
        shared: count,
      }),
    ),
    applications: z.array(DayApplication),
  })
  .meta({ id: "ClientHome" });
export type ClientHome = z.infer<typeof ClientHome>;

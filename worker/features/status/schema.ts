import { z } from "zod";
import { Email, Time } from "../../http/shapes";
import { STAGE_KINDS } from "../pipelines/words";

/** Who asks for a new personal link, and to which application. */
export const LinkRequest = z.strictObject({
  /** The organization's short name. */
  org: z.string().max(60).optional(),
  /** The job's id or its short name; what one applied for last, if left out. */
  job: z.string().min(1).max(120).optional(),
  email: Email,
});
export type LinkRequest = z.infer<typeof LinkRequest>;

/** The same for everybody, whether there is an application or not. */
export const LinkRequested = z
  .object({ accepted: z.literal(true), message: z.string() })
  .meta({ id: "LinkRequested" });
export type LinkRequested = z.infer<typeof LinkRequested>;

export const StatusQuery = z.strictObject({
  /** The secret of a personal link: what follows `/status/` in its address. */
  token: z.string().min(1).max(200),
});

/** What a personal link shows, for programs: the organization's public words and nothing of the team's. */
export const ApplicationStatus = z
  .object({
    job: z.object({ title: z.string(), href: z.string().nullable() }),
    stage: z.string(),
    kind: z.enum(STAGE_KINDS),
    since: Time,
    /** The way so far, newest first. */
    history: z.array(z.object({ stage: z.string(), at: Time })),
    /** What happens next, in the organization's words. */
    next: z.string().nullable(),
    /** Until when an answer is promised, and whether that is over. */
    promise: z.object({ by: Time, late: z.boolean() }).nullable(),
  })
  .meta({ id: "ApplicationStatus" });
export type ApplicationStatus = z.infer<typeof ApplicationStatus>;

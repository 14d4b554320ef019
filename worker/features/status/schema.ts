import { z } from "zod";
import { Email } from "../../http/shapes";

/** Who asks for a new personal link, and to which application. */
export const LinkRequest = z.strictObject({
  /** The organization's short name. */
  org: z.string().max(60).optional(),
  /** The job's id or its short name. */
  job: z.string().min(1).max(120),
  email: Email,
});
export type LinkRequest = z.infer<typeof LinkRequest>;

/** The same for everybody, whether there is an application or not. */
export const LinkRequested = z
  .object({ accepted: z.literal(true), message: z.string() })
  .meta({ id: "LinkRequested" });
export type LinkRequested = z.infer<typeof LinkRequested>;

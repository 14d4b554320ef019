import type { Ctx } from "../../events/context";
import type { FormField, Job } from "../jobs/schema";
import type { EqualOpportunityQuestion } from "./words";

/** What the page where one applies shows and sends back. */
export interface ApplyForm {
  job: Pick<
    Job,
    "id" | "slug" | "title" | "status" | "location" | "remote" | "department" | "employmentType"
  >;
  /** False where the job takes nobody any more. */
  open: boolean;
  /** The version of the form; 0 where it asks nothing of its own. */
  version: number;
  fields: FormField[];
  /** Empty where the organization doesn't ask. */
  equalOpportunity: readonly EqualOpportunityQuestion[];
  /** Goes along as `form-stamp`: when the page was made, signed. Each rendering has its own. */
  stamp: string;
}

/**
 * The form of a job as the public sees it.
 *
 * @param job its id or its short name
 * @param version the version that somebody began to fill in; the newest if left out or unknown
 * @throws DomainError `not-found` for a job that is unknown or not published
 */
export async function loadApplyForm(_ctx: Ctx, _job: string, _version?: number): Promise<ApplyForm> {
  throw new Error("not yet");
}

import { event, type NewEvent } from "../../events/commit";
import type { JobRow } from "./jobs";
import type { ClosingChoice, JobStatus } from "./words";

/** What the events of a job that changes its status keep beside their data. */
export interface StatusDetail {
  status: JobStatus;
  /** True where the job is open for the first time. */
  first?: true;
  /** Of a job that ends: what becomes of people who are still under way. */
  openApplications?: ClosingChoice;
  /** Told to whoever is rejected by it. */
  reason?: string;
}

/** The event that goes to whoever watches the job, where nothing outside follows from it. */
export function updatedEvent(job: JobRow, fields: string[], detail?: StatusDetail): NewEvent {
  return event({
    type: "job.updated",
    entity: { type: "job", id: job.id },
    pipelineId: job.pipelineId,
    forClient: job.status !== "draft",
    data: { jobId: job.id, fields },
    ...(detail ? { detail: { ...detail } } : {}),
  });
}

/**
 * The event of a status that a job enters: posted where it opens, closed where it was open.
 * @param was the job before; null for a new one
 */
export function statusEvent(
  job: JobRow,
  was: Pick<JobRow, "status" | "postedAt"> | null,
  more: Pick<StatusDetail, "openApplications" | "reason"> = {},
): NewEvent {
  const { id: jobId, clientId, title, status } = job;
  const common = {
    entity: { type: "job", id: jobId },
    pipelineId: job.pipelineId,
    forClient: true,
    data: { jobId, clientId, title },
  };
  if (status === "open") {
    const first = was === null || was.postedAt === null;
    const detail: StatusDetail = { status, ...(first ? { first } : {}) };
    return event({ ...common, type: "job.posted", detail: { ...detail } });
  }
  const detail: StatusDetail = { status, ...more };
  if (was?.status === "open") return event({ ...common, type: "job.closed", detail: { ...detail } });
  return updatedEvent(job, ["status"], detail);
}

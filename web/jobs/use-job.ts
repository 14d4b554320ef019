import { useState } from "preact/hooks";
import type { Job, JobChange } from "../../worker/features/jobs/schema";
import type { JobStatus } from "../../worker/features/jobs/words";
import { errorText, get, ProblemError, patch } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { toast } from "../ui";
import { STATUS_SAID } from "./words";

/** One job, for a screen that stands under it. */
export function useJob(id: string): Loaded<Job> {
  return useLoad((signal) => get<Job>(`/api/jobs/${id}`, {}, { signal }), [id]);
}

const ENDS: readonly JobStatus[] = ["closed", "filled"];

export interface StatusChange {
  busy: boolean;
  /** The status that is asked about; null while nothing is. */
  asking: JobStatus | null;
  /** Changes the status, or asks first where people are still under way. */
  to: (status: JobStatus) => void;
  /** Sends what was chosen in the question. */
  choose: (change: JobChange) => Promise<void>;
  cancel: () => void;
}

/** Changes of a job's status. */
export function useStatusChange(job: Job, onJob: (job: Job) => void): StatusChange {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<JobStatus | null>(null);
  const send = async (change: JobChange) => {
    const next = await patch<Job>(`/api/jobs/${job.id}`, change, { ifMatch: job.version });
    onJob(next);
    toast({ text: `${next.title} ${STATUS_SAID[next.status]}`, tone: "good" });
  };
  const fresh = async () => onJob(await get<Job>(`/api/jobs/${job.id}`));
  const to = async (status: JobStatus) => {
    const ends = ENDS.includes(status);
    if (ends && (job.activeCount ?? 0) > 0) return setAsking(status);
    setBusy(true);
    try {
      await send({ status });
    } catch (error) {
      const code = error instanceof ProblemError ? error.status : 0;
      if (code === 412 || code === 409) await fresh().catch(() => {});
      // Somebody was added while one looked.
      if (code === 409 && ends) setAsking(status);
      else toast({ text: code === 412 ? CHANGED : errorText(error), tone: "warn" });
    }
    setBusy(false);
  };
  return {
    busy,
    asking,
    to: (status) => void to(status),
    choose: async (change) => {
      try {
        await send(change);
        setAsking(null);
      } catch (error) {
        if (error instanceof ProblemError && error.status === 412) await fresh().catch(() => {});
        throw error;
      }
    },
    cancel: () => setAsking(null),
  };
}

const CHANGED = "Somebody changed this job meanwhile. It is shown as it is now: try again.";

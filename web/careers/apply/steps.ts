import type { ApplyStep } from "../../../worker/features/apply/words";

/** Counts once a page how far somebody came. */
export function counter(org: string, job: string): (step: ApplyStep) => void {
  const told = new Set<ApplyStep>();
  return (step) => {
    if (told.has(step)) return;
    told.add(step);
    navigator.sendBeacon?.("/api/applications/steps", JSON.stringify({ org, job, step }));
  };
}

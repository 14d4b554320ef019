import { Button } from "../ui";

interface StageCount {
  kind: string;
  count: number;
}

export interface TriageLinkProps {
  jobId: string;
  /** The job's stages with their counts; the first open one holds the new applications. */
  stages: readonly StageCount[] | undefined;
}

/** Leads to the new applications, one after the other, while there are any. */
export function TriageLink({ jobId, stages }: TriageLinkProps) {
  const count = stages?.find(({ kind }) => kind === "open")?.count ?? 0;
  if (count === 0) return null;
  return (
    <Button
      variant="primary"
      icon="inbox"
      href={`/jobs/${jobId}/triage`}
      aria-label={`Triage ${count} new applications`}
    >
      Triage <span class="num">{count}</span>
    </Button>
  );
}

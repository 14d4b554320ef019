import type { JobStatus, Priority } from "../../worker/features/jobs/words";
import { Icon, StatusPill } from "../ui";
import { PRIORITY_WORDS, STATUS_LOOKS } from "./words";

/** Where a job stands, as word, colour and shape. */
export function JobStatusPill({ status }: { status: JobStatus }) {
  const { word, tone, icon } = STATUS_LOOKS[status];
  return (
    <StatusPill tone={tone} icon={icon}>
      {word}
    </StatusPill>
  );
}

/** How urgent a job is; only what stands out is marked. */
export function PriorityWord({ priority }: { priority: Priority }) {
  if (priority === "low" || priority === "medium")
    return <span class="quiet">{PRIORITY_WORDS[priority]}</span>;
  return (
    <span class={`job-priority job-priority-${priority}`}>
      <Icon name={priority === "urgent" ? "triangle-alert" : "arrow-up"} size={14} />
      {PRIORITY_WORDS[priority]}
    </span>
  );
}

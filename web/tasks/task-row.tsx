import type { Task } from "../../worker/features/tasks/schema";
import { withQuery } from "../lib/client";
import { absolute, now } from "../lib/time";
import { Avatar, Icon, IconButton, Menu, type MenuEntry } from "../ui";
import { dueText } from "./due";

export interface TaskRowProps {
  task: Task;
  /** Whose it is, where the list holds those of several people. */
  withAssignee?: boolean;
  onTick: (task: Task) => void;
  onEdit: (task: Task) => void;
  /** What else can be done with it; no menu without. */
  items?: readonly MenuEntry[];
}

/** The page of the person a task is about, if there is one. */
export function personPath({ agentId, candidateId }: Pick<Task, "agentId" | "candidateId">): string | null {
  if (agentId) return `/agents/${agentId}`;
  return candidateId ? `/candidates/${candidateId}` : null;
}

/** Where the appointment is made that a task asks for. */
function arrangePath({ applicationId, durationMinutes, mode }: Task): string {
  return withQuery("/interviews", { schedule: applicationId, minutes: durationMinutes, mode });
}

const HOW: Record<string, string> = { Video: "by video", Phone: "by phone", Onsite: "on site" };

function meetingText({ durationMinutes, mode }: Task): string {
  return [durationMinutes && `${durationMinutes} min`, mode && (HOW[mode] ?? mode)].filter(Boolean).join(" ");
}

/** One thing to do: the ring in front of it marks it done. */
export function TaskRow({ task, withAssignee = false, onTick, onEdit, items }: TaskRowProps) {
  const done = task.status === "done";
  const person = personPath(task);
  const late = !done && task.dueAt !== null && Date.parse(task.dueAt) < now.value;
  return (
    <li class={done ? "task task-done" : "task"} data-task={task.id}>
      <button
        type="button"
        class="task-tick"
        role="checkbox"
        aria-checked={done}
        aria-label={`Done: ${task.title}`}
        title={done ? "Open it again" : "Mark it done (x)"}
        onClick={() => onTick(task)}
      >
        <Icon name={done ? "circle-check" : "circle"} size={20} />
      </button>
      <span class="task-main">
        <button type="button" class="task-title" onClick={() => onEdit(task)}>
          {task.title}
          <span class="sr-only">, edit</span>
        </button>
        <span class="task-under">
          {task.kind === "meeting" && (
            <span class="task-fact">
              <Icon name="calendar-clock" size={14} /> {meetingText(task) || "Meeting"}
            </span>
          )}
          {task.kind === "meeting" && !done && task.applicationId && (
            <a href={arrangePath(task)}>
              Schedule it<span class="sr-only">: {task.title}</span>
            </a>
          )}
          {task.personName &&
            (person ? <a href={person}>{task.personName}</a> : <span>{task.personName}</span>)}
          {task.jobTitle &&
            (task.jobId ? <a href={`/jobs/${task.jobId}`}>{task.jobTitle}</a> : <span>{task.jobTitle}</span>)}
        </span>
      </span>
      <span class="task-end">
        {task.dueAt && (
          <time
            class={late ? "task-due task-late" : "task-due"}
            dateTime={task.dueAt}
            title={`Due ${absolute(task.dueAt)}`}
          >
            {late && <Icon name="triangle-alert" size={14} />}
            <span class="sr-only">Due </span>
            {dueText(task.dueAt, now.value)}
          </time>
        )}
        {withAssignee &&
          (task.assigneeName ? (
            <Avatar name={task.assigneeName} id={task.assigneeId ?? task.assigneeName} size={24} alone />
          ) : (
            <span class="quiet task-nobody">Nobody’s</span>
          ))}
        {items && (
          <Menu
            label={`Task ${task.title}`}
            trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${task.title}`} />}
            items={items}
          />
        )}
      </span>
    </li>
  );
}

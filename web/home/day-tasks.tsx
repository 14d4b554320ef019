import type { Task } from "../../worker/features/tasks/schema";
import { now } from "../lib/time";
import { type Group, groupOf } from "../tasks/due";
import { TaskRow } from "../tasks/task-row";
import { Card, EmptyState } from "../ui";
import { shown } from "./greeting";

const NEXT_MOST = 5;
const HEADS: Record<Group, string> = {
  overdue: "Overdue",
  today: "Today",
  later: "In the next days",
  undated: "Without a date",
};

export interface DayTasksProps {
  /** Mine that are open and due soon. */
  tasks: readonly Task[];
  /** All of mine that are open. */
  count: number;
  onTick: (task: Task) => void;
  onEdit: (task: Task) => void;
}

/** What I have to do: all that is overdue or due today, and a little of what comes next. */
export function DayTasks({ tasks, count, onTick, onEdit }: DayTasksProps) {
  const of = (group: Group) => tasks.filter((task) => groupOf(task, now.value) === group);
  const next = of("later").slice(0, NEXT_MOST);
  const groups = [
    { key: "overdue", rows: of("overdue") },
    { key: "today", rows: of("today") },
    { key: "later", rows: next },
    { key: "undated", rows: of("undated").slice(0, NEXT_MOST - next.length) },
  ] as const;
  return (
    <Card
      title="Tasks"
      flush
      actions={
        <a class="day-all" href="/tasks">
          {count > 0 ? `All ${shown(count)}` : "All tasks"}
        </a>
      }
    >
      {tasks.length === 0 ? (
        <EmptyState icon="check-check" title="Nothing to do for you">
          Tasks come from the stages that people enter, and from whoever gives you one.
        </EmptyState>
      ) : (
        groups.map(
          ({ key, rows }) =>
            rows.length > 0 && (
              <section key={key} class="day-group" aria-label={`Tasks: ${HEADS[key]}`}>
                <h3 class={`day-head tasks-${key}`}>{HEADS[key]}</h3>
                <ul class="task-list">
                  {rows.map((task) => (
                    <TaskRow key={task.id} task={task} onTick={onTick} onEdit={onEdit} />
                  ))}
                </ul>
              </section>
            ),
        )
      )}
    </Card>
  );
}

import type { Task } from "../../worker/features/tasks/schema";
import type { TaskStatus } from "../../worker/features/tasks/words";
import { errorText, patch } from "../lib/client";
import { toast } from "../ui";

export const TASKS = "/api/workflow-tasks";

/**
 * Marks tasks done, or open again, with a way back for ten seconds.
 * @param onTask is told what a task is like now: at once, and again when the server refused
 */
export function useTick(onTask: (task: Task) => void): (task: Task) => void {
  const set = async (task: Task, status: TaskStatus): Promise<Task | null> => {
    onTask({ ...task, status });
    try {
      const next = await patch<Task>(`${TASKS}/${task.id}`, { status });
      onTask(next);
      return next;
    } catch (error) {
      onTask(task);
      toast({ text: errorText(error), tone: "warn" });
      return null;
    }
  };
  return (task) => {
    const to = task.status === "done" ? "open" : "done";
    keepFocus(task.id);
    void set(task, to).then((next) => {
      if (!next) return;
      toast({
        text: to === "done" ? `Done: ${task.title}` : `Open again: ${task.title}`,
        undo: async () => {
          await set(next, task.status);
        },
      });
    });
  };
}

const ticks = () => Array.from(document.querySelectorAll<HTMLElement>("[data-task] .task-tick"));
const idOf = (tick: Element | undefined) => tick?.closest<HTMLElement>("[data-task]")?.dataset.task;

/** Whoever works down a list by keys goes on with the task that takes this one's place. */
function keepFocus(id: string): void {
  const all = ticks();
  const at = all.findIndex((tick) => idOf(tick) === id);
  if (at < 0 || !all[at]?.closest("[data-task]")?.contains(document.activeElement)) return;
  const next = idOf(all[at + 1] ?? all[at - 1]);
  requestAnimationFrame(() =>
    ticks()
      .find((tick) => idOf(tick) === next)
      ?.focus(),
  );
}

/** Puts the keys on the task before or after the one that has them. Answers false where there is none. */
export function walkTasks(by: 1 | -1): boolean {
  const all = ticks();
  const here = document.activeElement?.closest("[data-task]");
  const at = all.findIndex((tick) => here?.contains(tick));
  const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
  next?.focus();
  return next !== undefined;
}

/** The id of the task that has the keys. */
export function taskInFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-task]")?.dataset.task;
}

import type { Task } from "../../worker/features/tasks/schema";
import { useShortcuts } from "../lib/keys";
import { taskInFocus, walkTasks } from "./use-tick";

export interface TaskKeys {
  /** The tasks on the screen. */
  tasks: readonly Task[];
  onTick: (task: Task) => void;
  onEdit: (task: Task) => void;
  onNew: () => void;
  onHelp: () => void;
}

/** The keys of a screen with tasks: `j k` walk, `x` marks done, `e` edits, `n` makes a new one. */
export function useTaskKeys({ tasks, onTick, onEdit, onNew, onHelp }: TaskKeys): void {
  const withFocused = (run: (task: Task) => void) => () => {
    const task = tasks.find(({ id }) => id === taskInFocus());
    if (!task) return false;
    run(task);
  };
  useShortcuts("Tasks", [
    { key: "j", label: "Next task", run: () => walkTasks(1) },
    { key: "k", label: "Task before", run: () => walkTasks(-1) },
    { key: "x", label: "Mark it done", run: withFocused(onTick) },
    { key: "e", label: "Edit it", run: withFocused(onEdit) },
    { key: "n", label: "New task", run: onNew },
    { key: "?", label: "Show these keys", run: onHelp },
  ]);
}

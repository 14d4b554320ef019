import { useEffect, useState } from "preact/hooks";
import type { Task } from "../../worker/features/tasks/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Loading, Skeleton } from "../ui";
import { TaskRow } from "./task-row";
import { TASKS, useTick } from "./use-tick";

const SHOWN = 50;

export interface DoneTasksProps {
  whose: "mine" | "all";
  /** Rises whenever something may have become done. */
  news: number;
  onEdit: (task: Task) => void;
  /** Told of one that was opened again. */
  onOpened: (task: Task) => void;
}

/** What has been done, for whoever asks for it. */
export function DoneTasks({ whose, news, onEdit, onOpened }: DoneTasksProps) {
  const [open, setOpen] = useState(false);
  return (
    <section class="stack" aria-label="Done">
      <div class="row">
        <Button
          size="s"
          variant="plain"
          icon={open ? "chevron-down" : "chevron-right"}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Done
        </Button>
      </div>
      {open && <List whose={whose} news={news} onEdit={onEdit} onOpened={onOpened} />}
    </section>
  );
}

function List({ whose, news, onEdit, onOpened }: DoneTasksProps) {
  const loaded = useLoad(
    (signal) => {
      const who = whose === "mine" ? { assigneeId: "me" } : {};
      return get<PageOf<Task>>(TASKS, { status: "done", limit: SHOWN, ...who }, { signal });
    },
    [whose],
  );
  useEffect(() => {
    if (news > 0) loaded.reload();
  }, [news]);
  const tick = useTick((task) => {
    loaded.set((before) => ({
      ...before,
      data: before.data.some(({ id }) => id === task.id)
        ? before.data.map((one) => (one.id === task.id ? task : one))
        : [task, ...before.data],
    }));
    onOpened(task);
  });
  if (loaded.error && !loaded.data) {
    return <LoadTrouble what="The list of what is done" error={loaded.error} onRetry={loaded.reload} />;
  }
  if (!loaded.data) {
    return (
      <Loading label="Loading what is done">
        <Card>
          <Skeleton lines={3} />
        </Card>
      </Loading>
    );
  }
  const done = loaded.data.data.filter(({ status }) => status === "done");
  if (done.length === 0) return <p class="quiet">Nothing yet.</p>;
  return (
    <Card flush>
      <ul class="task-list">
        {done.map((task) => (
          <TaskRow key={task.id} task={task} withAssignee={whose === "all"} onTick={tick} onEdit={onEdit} />
        ))}
      </ul>
    </Card>
  );
}

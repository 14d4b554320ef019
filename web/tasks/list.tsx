import "../recruiter/board.css";
import "./tasks.css";
import { useEffect, useState } from "preact/hooks";
import type { Task } from "../../worker/features/tasks/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { del, errorText, get, patch } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { now } from "../lib/time";
import { queryValue, setQuery } from "../lib/url";
import { HelpButton } from "../recruiter/board-tools";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, EmptyState, Loading, type MenuEntry, Page, Skeleton, Tabs, toast } from "../ui";
import { DoneTasks } from "./done-tasks";
import { GROUP_WORDS, GROUPS, groupOf } from "./due";
import { TaskDialog } from "./task-dialog";
import { personPath, TaskRow } from "./task-row";
import { useTaskKeys } from "./use-task-keys";
import { TASKS, useTick } from "./use-tick";

const PAGE = 100;
type Whose = "mine" | "all";
const TABS = [
  { key: "mine", label: "My tasks" },
  { key: "all", label: "Everybody’s" },
] as const;

/** What is to be done, by whom and by when. */
export default function TasksScreen() {
  const [whose, setWhose] = useState<Whose>(queryValue("whose") === "all" ? "all" : "mine");
  const [overdue, setOverdue] = useState(queryValue("overdue") === "yes");
  const [limit, setLimit] = useState(PAGE);
  const [editing, setEditing] = useState<Task | "new" | null>(queryValue("new") === "yes" ? "new" : null);
  const [help, setHelp] = useState(false);
  const [ticked, setTicked] = useState(0);
  const loaded = useLoad(
    (signal) => {
      const who = whose === "mine" ? { assigneeId: "me" } : {};
      const late = overdue ? { overdue: "yes" } : {};
      return get<PageOf<Task>>(TASKS, { status: "open", sort: "dueAt", limit, ...who, ...late }, { signal });
    },
    [whose, overdue, limit],
  );
  useEffect(
    () => setQuery({ whose: whose === "all" ? "all" : null, overdue: overdue ? "yes" : null, new: null }),
    [whose, overdue],
  );

  const tasks = loaded.data?.data.filter(({ status }) => status === "open");
  /** Shows a task as it is now, also where it was not in the list before. */
  const keep = (task: Task) =>
    loaded.set((before) => {
      const known = before.data.some(({ id }) => id === task.id);
      const fits = whose === "all" || task.assigneeId === me.value?.id;
      const others = before.data.filter(({ id }) => id !== task.id);
      if (!fits) return { ...before, data: others };
      return {
        ...before,
        data: known ? before.data.map((one) => (one.id === task.id ? task : one)) : [...others, task],
      };
    });
  const tick = useTick((task) => {
    keep(task);
    setTicked((count) => count + 1);
  });
  const remove = async (task: Task) => {
    try {
      await del(`${TASKS}/${task.id}`);
      loaded.set((before) => ({ ...before, data: before.data.filter(({ id }) => id !== task.id) }));
      toast({ text: `${task.title}: deleted.` });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  const take = async (task: Task) => {
    try {
      keep(await patch<Task>(`${TASKS}/${task.id}`, { assigneeId: me.value?.id }));
      toast({ text: `${task.title} is yours now.`, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  const items = (task: Task): MenuEntry[] => [
    { label: "Edit, or give to somebody…", icon: "pencil", kbd: "e", onSelect: () => setEditing(task) },
    ...(task.assigneeId === me.value?.id
      ? []
      : [{ label: "Take it myself", icon: "user" as const, onSelect: () => void take(task) }]),
    ...(personPath(task)
      ? [{ label: "Open the person", icon: "circle-user" as const, href: personPath(task) ?? "" }]
      : []),
    { separator: true },
    { label: "Delete", icon: "trash-2", danger: true, onSelect: () => void remove(task) },
  ];
  useTaskKeys({
    tasks: tasks ?? [],
    onTick: tick,
    onEdit: setEditing,
    onNew: () => setEditing("new"),
    onHelp: () => setHelp(true),
  });

  return (
    <Page
      title="Tasks"
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
            New task
          </Button>
        </>
      }
    >
      <Tabs label="Whose tasks" tabs={TABS} current={whose} onChange={(key) => setWhose(key as Whose)}>
        <div class="tasks">
          {overdue && (
            <div class="row">
              <span class="quiet">Only what is overdue is shown.</span>
              <Button size="s" variant="plain" onClick={() => setOverdue(false)}>
                Show all
              </Button>
            </div>
          )}
          {loaded.error && !tasks ? (
            <LoadTrouble what="The list of tasks" error={loaded.error} onRetry={loaded.reload} />
          ) : !tasks ? (
            <Loading label="Loading the tasks">
              <Card>
                <Skeleton lines={8} />
              </Card>
            </Loading>
          ) : tasks.length === 0 ? (
            <Card>
              <EmptyState icon="check-check" title={whose === "mine" ? "Nothing to do" : "Nobody has a task"}>
                Tasks come from the stages that people enter, and from whoever makes one here.
              </EmptyState>
            </Card>
          ) : (
            GROUPS.map((group) => {
              const rows = tasks.filter((task) => groupOf(task, now.value) === group);
              if (rows.length === 0) return null;
              return (
                <section key={group} aria-labelledby={`tasks-${group}`}>
                  <h2 id={`tasks-${group}`} class={`tasks-head tasks-${group}`}>
                    {GROUP_WORDS[group]} <span class="num tasks-count">{rows.length}</span>
                  </h2>
                  <Card flush>
                    <ul class="task-list">
                      {rows.map((task) => (
                        <TaskRow
                          key={task.id}
                          task={task}
                          withAssignee={whose === "all"}
                          onTick={tick}
                          onEdit={setEditing}
                          items={items(task)}
                        />
                      ))}
                    </ul>
                  </Card>
                </section>
              );
            })
          )}
          {loaded.data?.nextCursor && limit < 200 && (
            <div class="row">
              <Button size="s" busy={loaded.loading} onClick={() => setLimit(200)}>
                Show more
              </Button>
            </div>
          )}
          <DoneTasks whose={whose} news={ticked} onEdit={setEditing} onOpened={keep} />
        </div>
      </Tabs>
      <TaskDialog
        open={editing !== null}
        task={editing === "new" ? null : editing}
        onClose={() => setEditing(null)}
        onSaved={(task) => {
          setEditing(null);
          keep(task);
        }}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

import "../tasks/tasks.css";
import "./home.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MyDay } from "../../worker/features/dashboard/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Task } from "../../worker/features/tasks/schema";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { now } from "../lib/time";
import { HelpButton } from "../recruiter/board-tools";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { LoadTrouble } from "../recruiter/trouble";
import { onOwnEvents } from "../shell/own-channel";
import { TaskDialog } from "../tasks/task-dialog";
import { useTaskKeys } from "../tasks/use-task-keys";
import { useTick } from "../tasks/use-tick";
import { Button, Card, Loading, Page, Skeleton } from "../ui";
import { AnswersDue } from "./answers-due";
import { DayTasks } from "./day-tasks";
import { greeting, sentence } from "./greeting";
import { Mentions } from "./mentions";
import { NewApplications } from "./new-applications";
import { Numbers } from "./numbers";
import { ToCheck, ToReview, Waiting } from "./waiting";

const STALE_MS = 30_000;
/** Several things often happen at once, as when a whole group is moved. */
const NEWS_WAIT_MS = 400;

/** What needs a member of the team today, and below it how things stand. */
export default function MyDayScreen() {
  const loaded = useLoad((signal) => get<MyDay>("/api/me/day", {}, { signal }), []);
  const [editing, setEditing] = useState<Task | "new" | null>(null);
  const [help, setHelp] = useState(false);
  useFresh(loaded.reload);
  const day = loaded.data;
  const mine = me.value?.id;

  const keep = (task: Task) =>
    loaded.set((before) => {
      const others = before.tasks.filter(({ id }) => id !== task.id);
      const known = others.length < before.tasks.length;
      if (task.assigneeId !== mine) return { ...before, tasks: others };
      return {
        ...before,
        tasks: known ? before.tasks.map((one) => (one.id === task.id ? task : one)) : [...others, task],
      };
    });
  const tick = useTick(keep);
  const open = day?.tasks.filter(({ status }) => status === "open") ?? [];
  useTaskKeys({
    tasks: open,
    onTick: tick,
    onEdit: setEditing,
    onNew: () => setEditing("new"),
    onHelp: () => setHelp(true),
  });

  const person = me.value;
  return (
    <Page
      title="My day"
      width="full"
      heading={`${greeting(now.value)}, ${person?.firstName || person?.name}`}
      lead={day && sentence(day, open)}
      actions={
        <>
          <HelpButton onOpen={() => setHelp(true)} />
          <Button icon="plus" onClick={() => setEditing("new")}>
            New task
          </Button>
        </>
      }
    >
      {loaded.error && !day ? (
        <LoadTrouble what="Your day" error={loaded.error} onRetry={loaded.reload} />
      ) : !day ? (
        <Loading label="Loading your day">
          <div class="day">
            <Card>
              <Skeleton lines={7} />
            </Card>
            <Card>
              <Skeleton lines={7} />
            </Card>
          </div>
        </Loading>
      ) : (
        <div class="day">
          <div class="day-column">
            <DayTasks tasks={open} count={day.counts.tasks} onTick={tick} onEdit={setEditing} />
            <Mentions
              mentions={day.mentions}
              onGone={(id) =>
                loaded.set((before) => ({
                  ...before,
                  mentions: before.mentions.filter((mention) => mention.id !== id),
                }))
              }
            />
          </div>
          <div class="day-column">
            <NewApplications
              applications={day.newApplications}
              count={day.counts.newApplications}
              scope={day.scope}
            />
            <AnswersDue answers={day.answersDue} overdue={day.counts.overdueAnswers} />
            <ToCheck count={day.counts.applicationsToCheck} />
            <ToReview count={day.counts.documentsToReview} />
            <Waiting applications={day.waiting} />
          </div>
        </div>
      )}
      <Numbers />
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

/** Reads the day again when something of mine changed, and when one comes back to the tab after a while. */
function useFresh(reload: () => void): void {
  const since = useRef(Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      if (document.visibilityState !== "visible" || Date.now() - since.current < STALE_MS) return;
      since.current = Date.now();
      reload();
    };
    const hear = (events: readonly LiveEvent[]) => {
      if (events.length > 0 && !events.some(({ type }) => /^(task|notification)\./.test(type))) return;
      clearTimeout(timer);
      timer = setTimeout(reload, NEWS_WAIT_MS);
    };
    document.addEventListener("visibilitychange", look);
    const deaf = onOwnEvents(hear);
    return () => {
      clearTimeout(timer);
      deaf();
      document.removeEventListener("visibilitychange", look);
    };
  }, [reload]);
}

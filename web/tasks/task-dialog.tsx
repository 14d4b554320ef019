import "../admin/admin.css";
import type { NewTask, Task, TaskChange } from "../../worker/features/tasks/schema";
import { FormProblem } from "../account/form-parts";
import { get, ProblemError, patch, post } from "../lib/client";
import { useForm } from "../lib/form";
import { me } from "../lib/session";
import { useTeam } from "../lib/team";
import { Button, Dialog, Select, TextArea, TextField, toast } from "../ui";
import { dayOf, endOf } from "./due";
import { TASKS } from "./use-tick";

/** What a new task is about, and how that is called. */
export interface TaskAbout extends Pick<NewTask, "applicationId" | "agentId" | "candidateId" | "jobId"> {
  name: string;
}

export interface TaskDialogProps {
  open: boolean;
  /** The one to change; a new one is made without. */
  task?: Task | null;
  about?: TaskAbout;
  onClose: () => void;
  onSaved: (task: Task) => void;
}

/** A task as a form, new or changed. */
export function TaskDialog({ open, task, about, onClose, onSaved }: TaskDialogProps) {
  const whom = task?.personName ?? about?.name;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={task ? "Task" : whom ? `New task about ${whom}` : "New task"}
    >
      {open && <Form key={task?.id} task={task ?? null} about={about} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

type FormProps = Omit<TaskDialogProps, "open" | "task"> & { task: Task | null };
type Fields = { title: string; description: string; assigneeId: string; due: string };

function fieldsOf(task: Task | null): Fields {
  return {
    title: task?.title ?? "",
    description: task?.description ?? "",
    assigneeId: task ? (task.assigneeId ?? "") : (me.value?.id ?? ""),
    due: dayOf(task?.dueAt ?? null),
  };
}

function Form({ task, about, onClose, onSaved }: FormProps) {
  const team = useTeam();
  const before = fieldsOf(task);
  const form = useForm<Fields>({
    initial: before,
    validate: ({ title }) => ({ title: title.trim() ? undefined : "Write what is to be done." }),
    submit: async (values, key) => {
      if (!task) {
        const { name: _name, ...ids } = about ?? { name: "" };
        const made = await post<Task>(
          TASKS,
          {
            title: values.title.trim(),
            description: values.description.trim() || null,
            assigneeId: values.assigneeId || null,
            dueAt: endOf(values.due),
            ...ids,
          },
          { key },
        );
        toast({ text: `${made.title}: added.`, tone: "good" });
        return onSaved(made);
      }
      const change: TaskChange = {};
      if (values.title !== before.title) change.title = values.title.trim();
      if (values.description !== before.description) change.description = values.description.trim() || null;
      if (values.assigneeId !== before.assigneeId) change.assigneeId = values.assigneeId || null;
      if (values.due !== before.due) change.dueAt = endOf(values.due);
      if (Object.keys(change).length === 0) return onClose();
      onSaved(await save(task, change));
    },
  });
  const people = team.map(({ id, name }) => ({
    value: id,
    label: id === me.value?.id ? `${name} (you)` : name,
  }));
  const { assigneeId } = form.values;
  if (assigneeId && !people.some(({ value }) => value === assigneeId)) {
    const name = assigneeId === me.value?.id ? me.value.name : (task?.assigneeName ?? "Somebody");
    people.unshift({ value: assigneeId, label: name });
  }
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field("title")}
        label="What is to be done"
        maxLength={200}
        required
        autoFocus
        autoComplete="off"
      />
      <TextArea {...form.field("description")} label="Description" optional maxLength={5000} rows={2} />
      <div class="form-pair">
        <Select {...form.field("assigneeId")} label="Who does it" placeholder="Nobody yet" options={people} />
        <TextField {...form.field("due")} label="Due" optional type="date" />
      </div>
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {task ? "Save" : "Add the task"}
        </Button>
      </div>
    </form>
  );
}

/** Saves what was changed; where somebody saved other fields meanwhile, over theirs. */
async function save(task: Task, change: TaskChange): Promise<Task> {
  const path = `${TASKS}/${task.id}`;
  try {
    return await patch<Task>(path, change, { ifMatch: task.version });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 412) throw error;
    const current = await get<Task>(path);
    const clash = (Object.keys(change) as (keyof TaskChange)[]).some((name) => current[name] !== task[name]);
    if (!clash) return await patch<Task>(path, change, { ifMatch: current.version });
    const detail = "Somebody else changed this task meanwhile. Close it and look at it as it is now.";
    throw new ProblemError({ ...error.problem, detail }, error.status, null);
  }
}

import "./workflows.css";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { WorkflowTemplate, WorkflowTemplateChange } from "../../worker/features/workflows/schema";
import { FormProblem } from "../account/form-parts";
import { del, errorText, get, ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Dialog,
  IconButton,
  Loading,
  Menu,
  type MenuEntry,
  Page,
  Skeleton,
  StatusPill,
  TextArea,
  TextField,
  toast,
} from "../ui";
import { ApplyDialog } from "./apply";
import { WorkflowEditor } from "./editor";
import { TEMPLATES } from "./list";

const CHANGED = "Somebody else changed this workflow meanwhile. It is shown as it is now: try again.";

/** One workflow that new jobs can begin with. */
export default function TemplateScreen() {
  const id = useRoute().params.id ?? "";
  const { route } = useLocation();
  const loaded = useLoad((signal) => get<WorkflowTemplate>(`${TEMPLATES}/${id}`, {}, { signal }), [id]);
  const [open, setOpen] = useState<"edit" | "apply" | "delete" | null>(null);
  const [busy, setBusy] = useState(false);
  const template = loaded.data;
  const close = () => setOpen(null);

  const change = async (what: WorkflowTemplateChange) => {
    if (!template) return;
    try {
      const next = await patch<WorkflowTemplate>(`${TEMPLATES}/${id}`, what, { ifMatch: template.version });
      loaded.set(() => next);
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 412)) throw error;
      loaded.reload();
      throw new ProblemError({ ...error.problem, detail: CHANGED }, error.status, null);
    }
  };
  const makeDefault = () =>
    change({ isDefault: true }).then(
      () => toast({ text: `New jobs begin with ${template?.name} now.`, tone: "good" }),
      (error) => toast({ text: errorText(error), tone: "warn" }),
    );
  const remove = async () => {
    setBusy(true);
    try {
      await del(`${TEMPLATES}/${id}`);
      toast({ text: `${template?.name} is deleted. Jobs that were made from it keep their stages.` });
      route("/settings/workflows");
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      close();
    }
    setBusy(false);
  };

  if (!template) {
    return (
      <Page title="Workflow" width="full">
        {loaded.error ? (
          <LoadTrouble what="This workflow" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the workflow">
            <Card>
              <Skeleton lines={12} />
            </Card>
          </Loading>
        )}
      </Page>
    );
  }
  const items: MenuEntry[] = [
    { label: "Name and description…", icon: "pencil", onSelect: () => setOpen("edit") },
    ...(template.isDefault
      ? []
      : [{ label: "Make it the default", icon: "star" as const, onSelect: () => void makeDefault() }]),
    { separator: true },
    {
      label: "Delete…",
      icon: "trash-2",
      danger: true,
      disabled: template.isDefault,
      onSelect: () => setOpen("delete"),
    },
  ];
  return (
    <Page
      title={template.name}
      width="full"
      heading={
        <span class="template-title">
          {template.name}
          {template.isDefault && (
            <StatusPill tone="info" icon="star">
              Default
            </StatusPill>
          )}
        </span>
      }
      lead={template.description ?? "New jobs get a copy of these stages. Jobs under way keep theirs."}
      actions={
        <>
          <Button icon="briefcase" onClick={() => setOpen("apply")}>
            Use for open jobs too…
          </Button>
          <Menu
            label="More about this workflow"
            trigger={<IconButton icon="ellipsis" label="More about this workflow" />}
            items={items}
          />
        </>
      }
    >
      <WorkflowEditor owner={{ templateId: id }} onSaved={loaded.reload} />
      <Dialog open={open === "edit"} onClose={close} title="Name and description">
        {open === "edit" && <Edit template={template} onSave={change} onClose={close} />}
      </Dialog>
      {open === "apply" && <ApplyDialog template={template} onClose={close} />}
      <Dialog
        open={open === "delete"}
        onClose={close}
        size="s"
        title={`Delete ${template.name}?`}
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="danger" busy={busy} onClick={() => void remove()}>
              Delete
            </Button>
          </>
        }
      >
        <p>Jobs that were made from it keep their stages. New jobs can’t begin with it any more.</p>
      </Dialog>
    </Page>
  );
}

interface EditProps {
  template: WorkflowTemplate;
  onSave: (change: WorkflowTemplateChange) => Promise<void>;
  onClose: () => void;
}

function Edit({ template, onSave, onClose }: EditProps) {
  const form = useForm({
    initial: { name: template.name, description: template.description ?? "" },
    validate: ({ name }) => ({ name: name.trim() ? undefined : "Write a name." }),
    submit: async ({ name, description }) => {
      await onSave({ name: name.trim(), description: description.trim() || null });
      onClose();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField {...form.field("name")} label="Name" maxLength={200} autoFocus autoComplete="off" />
      <TextArea {...form.field("description")} label="What it is for" optional maxLength={1000} rows={3} />
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Save
        </Button>
      </div>
    </form>
  );
}

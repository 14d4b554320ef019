import "./workflows.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { NewWorkflowTemplate, WorkflowTemplate } from "../../worker/features/workflows/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { get, post } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Dialog,
  EmptyState,
  Loading,
  Page,
  Select,
  Skeleton,
  StatusPill,
  TextArea,
  TextField,
} from "../ui";

export const TEMPLATES = "/api/workflow-templates";

/** The workflows that new jobs begin with. */
export default function WorkflowsScreen() {
  const { route } = useLocation();
  const [adding, setAdding] = useState(false);
  const loaded = useLoad(
    (signal) => get<PageOf<WorkflowTemplate>>(TEMPLATES, { limit: 200 }, { signal }),
    [],
  );
  const templates = loaded.data?.data;
  return (
    <Page
      title="Workflows"
      lead="The stages that people go through, and what happens in each. A new job gets a copy of one."
      actions={
        <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
          New workflow
        </Button>
      }
    >
      {loaded.error && !templates ? (
        <LoadTrouble what="The list of workflows" error={loaded.error} onRetry={loaded.reload} />
      ) : !templates ? (
        <Loading label="Loading the workflows">
          <Card>
            <Skeleton lines={6} />
          </Card>
        </Loading>
      ) : templates.length === 0 ? (
        <Card>
          <EmptyState icon="workflow" title="No workflows yet">
            Make the first one: new jobs then begin with its stages.
          </EmptyState>
        </Card>
      ) : (
        <Card flush>
          <ul class="templates">
            {templates.map((template) => (
              <li key={template.id} class="template">
                <div class="template-head">
                  <a class="template-name" href={`/settings/workflows/${template.id}`}>
                    {template.name}
                  </a>
                  {template.isDefault && (
                    <StatusPill tone="info" icon="star">
                      Default
                    </StatusPill>
                  )}
                </div>
                {template.description && <p class="template-about">{template.description}</p>}
                <p class="template-stages">
                  <span class="sr-only">Stages: </span>
                  {template.stages
                    .filter(({ kind }) => kind === "open" || kind === "hired")
                    .map(({ name }) => name)
                    .join(" → ")}
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title="New workflow">
        {adding && (
          <NewTemplate
            templates={templates ?? []}
            onClose={() => setAdding(false)}
            onMade={({ id }) => route(`/settings/workflows/${id}`)}
          />
        )}
      </Dialog>
    </Page>
  );
}

/** What a workflow needs at the least, to be filled in between. */
const EMPTY: NonNullable<NewWorkflowTemplate["stages"]> = (
  [
    { name: "New", kind: "open" },
    { name: "Hired", kind: "hired" },
    { name: "Rejected", kind: "rejected" },
    { name: "Withdrawn", kind: "withdrawn" },
  ] as const
).map((stage) => ({
  ...stage,
  description: null,
  publicName: null,
  publicNext: null,
  replyByDays: null,
  sharesWithClient: false,
  actions: [],
}));

interface NewTemplateProps {
  templates: readonly WorkflowTemplate[];
  onClose: () => void;
  onMade: (template: WorkflowTemplate) => void;
}

function NewTemplate({ templates, onClose, onMade }: NewTemplateProps) {
  const usual = templates.find(({ isDefault }) => isDefault);
  const form = useForm({
    initial: { name: "", description: "", from: usual ? "default" : "empty" },
    validate: ({ name }) => ({ name: name.trim() ? undefined : "Write a name." }),
    submit: async ({ name, description, from }, key) => {
      const body = {
        name: name.trim(),
        description: description.trim() || null,
        ...(from === "empty" ? { stages: EMPTY } : {}),
      };
      onMade(await post<WorkflowTemplate>(TEMPLATES, body, { key }));
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field("name")}
        label="Name"
        placeholder="Engineering"
        maxLength={200}
        autoFocus
        autoComplete="off"
      />
      <TextArea {...form.field("description")} label="What it is for" optional maxLength={1000} rows={2} />
      <Select
        {...form.field("from")}
        label="Begins with"
        options={[
          ...(usual ? [{ value: "default", label: `A copy of ${usual.name}` }] : []),
          { value: "empty", label: "Just a first stage and the three ends" },
        ]}
      />
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Make it
        </Button>
      </div>
    </form>
  );
}

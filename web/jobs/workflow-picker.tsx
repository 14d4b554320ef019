import { useEffect } from "preact/hooks";
import type { WorkflowTemplate } from "../../worker/features/workflows/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Banner, Button, Loading, Select, Skeleton } from "../ui";

export interface WorkflowPickerProps {
  /** Empty: none is chosen yet, and the default one will be. */
  templateId: string;
  onTemplate: (id: string) => void;
}

/** Which workflow a new job is given, with its stages. */
export function WorkflowPicker({ templateId, onTemplate }: WorkflowPickerProps) {
  const loaded = useLoad(
    async (signal) =>
      (await get<Page<WorkflowTemplate>>("/api/workflow-templates", { limit: 200 }, { signal })).data,
    [],
  );
  const usual = loaded.data?.find(({ isDefault }) => isDefault) ?? loaded.data?.[0];
  useEffect(() => {
    if (!templateId && usual) onTemplate(usual.id);
  }, [usual?.id, templateId]);
  if (loaded.error && !loaded.data) {
    return (
      <Banner tone="warn" action={<Button onClick={loaded.reload}>Try again</Button>}>
        The workflows can’t be listed, so the job will get the usual one. {errorText(loaded.error)}
      </Banner>
    );
  }
  if (!loaded.data) {
    return (
      <Loading label="Loading the workflows">
        <Skeleton lines={3} />
      </Loading>
    );
  }
  const chosen = loaded.data.find(({ id }) => id === templateId) ?? usual;
  return (
    <div class="stack workflow-picker">
      <Select
        label="Template"
        hint="The job gets its own copy, which can be changed afterwards."
        value={chosen?.id ?? ""}
        options={loaded.data.map(({ id, name, isDefault }) => ({
          value: id,
          label: isDefault ? `${name} (usual)` : name,
        }))}
        onValue={onTemplate}
      />
      {chosen && <StagesPreview template={chosen} />}
    </div>
  );
}

/** The stages of a template, and what each does by itself. */
function StagesPreview({ template }: { template: WorkflowTemplate }) {
  return (
    <ol class="stages-preview" aria-label={`Stages of ${template.name}`}>
      {template.stages.map(({ id, name, kind, actions }, at) => (
        <li key={id} class={kind === "open" ? "stage-line" : "stage-line stage-line-end"}>
          <span class="quiet num">{at + 1}</span>
          <span class="stage-line-name">{name}</span>
          <span class="quiet stage-line-does">{actionWords(actions.map(({ type }) => type))}</span>
        </li>
      ))}
    </ol>
  );
}

const ACTIONS: Record<string, [one: string, many: string]> = {
  email: ["a mail", "mails"],
  sms: ["a text message", "text messages"],
  notification: ["a notification", "notifications"],
  task: ["a task", "tasks"],
  meeting: ["a meeting", "meetings"],
  campaign_access: ["access to a campaign", "accesses to campaigns"],
};

function actionWords(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => {
      const [one, many] = ACTIONS[type] ?? [type, type];
      return count === 1 ? one : `${count} ${many}`;
    })
    .join(", ");
}

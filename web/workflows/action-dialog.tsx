import { useState } from "preact/hooks";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { NewAction, StageAction, WorkflowStep } from "../../worker/features/workflows/schema";
import { MEETING_MODES } from "../../worker/features/workflows/words";
import { FormProblem } from "../account/form-parts";
import { ProblemError } from "../lib/client";
import { useFirstFocus } from "../lib/first-focus";
import { useForm } from "../lib/form";
import type { Colleague } from "../lib/team";
import { Button, Dialog, Icon, toast } from "../ui";
import { ActionFields, type ActionValues } from "./action-fields";
import { ACTION_ICONS, ADDABLE, type AddableType } from "./action-words";
import type { MailTemplate } from "./use-names";
import type { WorkflowStore } from "./workflow-store";

export interface ActionDialogProps {
  stage: WorkflowStep;
  /** Null: a new one. */
  action: StageAction | null;
  mails: readonly MailTemplate[];
  people: readonly Colleague[];
  /** Those that a stage can unlock; null where it can’t, as in a job’s workflow. */
  campaigns: readonly Campaign[] | null;
  store: WorkflowStore;
  onClose: () => void;
}

const HINTS: Record<AddableType, string> = {
  email: "Writes to the person, or to the team.",
  notification: "A line under the bell in Portico.",
  task: "Something to do, with a date.",
  meeting: "Asks somebody to arrange a talk.",
  campaign_access: "Lets the person see a campaign that isn’t for everybody.",
};

/** What happens on entering a stage: chosen, then filled in; or one that is there, changed. */
export function ActionDialog({ stage, action, mails, people, campaigns, store, onClose }: ActionDialogProps) {
  const [type, setType] = useState<AddableType | null>((action?.type as AddableType | undefined) ?? null);
  const label = ADDABLE.find((one) => one.type === type)?.label;
  return (
    <Dialog
      open
      onClose={onClose}
      title={action ? `${label} on entering ${stage.name}` : `When somebody enters ${stage.name}`}
    >
      {type === null ? (
        <ul class="action-types">
          {ADDABLE.filter((one) => campaigns || one.type !== "campaign_access").map((one, at) => (
            <li key={one.type}>
              <button
                type="button"
                class="action-type"
                // biome-ignore lint/a11y/noAutofocus: the first choice of a dialog that was just opened
                autoFocus={at === 0}
                onClick={() => setType(one.type)}
              >
                <Icon name={ACTION_ICONS[one.type]} />
                <span>
                  <strong>{one.label}</strong>
                  <span class="quiet action-type-hint">{HINTS[one.type]}</span>
                </span>
                <Icon name="chevron-right" size={16} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <ActionForm
          type={type}
          action={action}
          mails={mails}
          people={people}
          campaigns={campaigns ?? []}
          onClose={onClose}
          onSend={async (made, key) => {
            if (action) {
              const { type: _type, name: _name, ...config } = made;
              await store.changeAction(action.id, { config });
            } else await store.addAction(stage.id, made, key);
            onClose();
          }}
          onDelete={
            action
              ? () => {
                  onClose();
                  void store.removeAction(stage.id, action.id).then((gone) => {
                    if (gone) toast({ text: `It doesn’t happen in ${stage.name} any more.` });
                  });
                }
              : undefined
          }
        />
      )}
    </Dialog>
  );
}

interface ActionFormProps {
  type: AddableType;
  action: StageAction | null;
  mails: readonly MailTemplate[];
  people: readonly Colleague[];
  campaigns: readonly Campaign[];
  onClose: () => void;
  onSend: (action: NewAction, key: string) => Promise<void>;
  onDelete: (() => void) | undefined;
}

function ActionForm(props: ActionFormProps) {
  const { type, action, mails, people, campaigns, onClose, onSend, onDelete } = props;
  const root = useFirstFocus<HTMLFormElement>();
  const form = useForm<ActionValues>({
    initial: valuesOf(type, action, mails),
    validate: (values) => trouble(type, values),
    submit: async (values, key) => {
      try {
        await onSend(actionOf(type, values), key);
      } catch (error) {
        throw withFieldNames(error);
      }
    },
  });
  return (
    <form class="stack" ref={root} onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <ActionFields type={type} form={form} mails={mails} people={people} campaigns={campaigns} />
      <div class="row form-buttons action-buttons">
        {onDelete && (
          <Button variant="danger" icon="trash-2" class="action-delete" onClick={onDelete}>
            Delete
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {action ? "Save" : "Add"}
        </Button>
      </div>
    </form>
  );
}

/** Errors of a changed action name its fields as parts of `config`; the form's fields have no such part. */
function withFieldNames(error: unknown): unknown {
  if (!(error instanceof ProblemError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map(({ path, message }) => ({
    path: path.replace(/^config\./, ""),
    message,
  }));
  return new ProblemError({ ...error.problem, errors }, error.status, error.retryAfter);
}

const DAY = 24 * 60;
const HOUR = 60;

function valuesOf(
  type: AddableType,
  action: StageAction | null,
  mails: readonly MailTemplate[],
): ActionValues {
  const config = action?.config ?? {};
  const text = (key: string, without = "") => (config[key] === undefined ? without : String(config[key]));
  const delay = Number(config.delayMinutes ?? 0);
  const unit =
    delay > 0 && delay % DAY === 0 ? DAY : delay > 0 && delay % HOUR === 0 ? HOUR : delay > 0 ? 1 : DAY;
  return {
    template: text("template", mails[0]?.key),
    to: text("to", type === "notification" ? "team" : "person"),
    delay: delay > 0 ? String(delay / unit) : "",
    delayUnit: String(unit),
    title: text("title"),
    message: text("message"),
    description: text("description"),
    assignee: text("assignee", "recruiter"),
    dueInDays: action ? text("dueInDays") : "1",
    durationMinutes: text("durationMinutes", "30"),
    mode: text("mode", MEETING_MODES[0]),
    campaignId: text("campaignId"),
  };
}

const whole = (text: string) => /^\d+$/.test(text.trim());

function trouble(type: AddableType, values: ActionValues): Partial<Record<keyof ActionValues, string>> {
  const wantsTitle = type === "task" || type === "notification";
  return {
    template: type === "email" && !values.template ? "Choose a mail." : undefined,
    delay: type === "email" && values.delay && !whole(values.delay) ? "Write a whole number." : undefined,
    title: wantsTitle && !values.title.trim() ? "Write a title." : undefined,
    dueInDays:
      type === "task" && values.dueInDays && !whole(values.dueInDays)
        ? "Write a whole number of days."
        : undefined,
    durationMinutes:
      type === "meeting" && !whole(values.durationMinutes) ? "Write a whole number of minutes." : undefined,
    campaignId: type === "campaign_access" && !values.campaignId ? "Choose a campaign." : undefined,
  };
}

function actionOf(type: AddableType, values: ActionValues): NewAction {
  const optional = (key: string, text: string) => (text.trim() ? { [key]: text.trim() } : {});
  const to = values.to as "person" | "team" | "hiring_manager";
  switch (type) {
    case "email":
      return {
        type,
        template: values.template,
        to,
        delayMinutes: values.delay.trim() ? Number(values.delay) * Number(values.delayUnit) : 0,
      };
    case "notification":
      return { type, to, title: values.title.trim(), ...optional("message", values.message) };
    case "task":
      return {
        type,
        title: values.title.trim(),
        assignee: values.assignee,
        ...optional("description", values.description),
        ...(values.dueInDays.trim() ? { dueInDays: Number(values.dueInDays) } : {}),
      };
    case "meeting":
      return {
        type,
        durationMinutes: Number(values.durationMinutes),
        mode: values.mode as (typeof MEETING_MODES)[number],
        assignee: values.assignee,
        ...optional("title", values.title),
      };
    case "campaign_access":
      return { type, campaignId: values.campaignId };
  }
}

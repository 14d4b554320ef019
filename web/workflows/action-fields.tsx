import type { Campaign } from "../../worker/features/campaigns/schema";
import { MEETING_MODES } from "../../worker/features/workflows/words";
import type { Form } from "../lib/form";
import type { Colleague } from "../lib/team";
import { Select, TextArea, TextField } from "../ui";
import { type AddableType, ASSIGNEE_LABELS, RECIPIENTS } from "./action-words";
import type { MailTemplate } from "./use-names";

/** All fields of all types; an action is made from those of its own. */
export type ActionValues = Record<
  | "template"
  | "to"
  | "delay"
  | "delayUnit"
  | "title"
  | "message"
  | "description"
  | "assignee"
  | "dueInDays"
  | "durationMinutes"
  | "mode"
  | "campaignId",
  string
>;

const VARIABLES = "{{name}} stands for the person, {{stage}} for the stage, {{job}} for the job.";
const MODES: Record<string, string> = { Video: "Video", Phone: "Phone", Onsite: "On site" };

export interface ActionFieldsProps {
  type: AddableType;
  form: Form<ActionValues>;
  mails: readonly MailTemplate[];
  people: readonly Colleague[];
  campaigns: readonly Campaign[];
}

/** The fields of one type of action. */
export function ActionFields({ type, form, mails, people, campaigns }: ActionFieldsProps) {
  if (type === "email") return <MailFields form={form} mails={mails} />;
  if (type === "notification") {
    return (
      <>
        <Select {...form.field("to")} label="Whom it tells" options={RECIPIENTS} />
        <TextField {...form.field("title")} label="Title" hint={VARIABLES} maxLength={200} />
        <TextArea {...form.field("message")} label="Message" optional maxLength={1000} rows={2} />
      </>
    );
  }
  if (type === "campaign_access") return <CampaignFields form={form} campaigns={campaigns} />;
  const assignees = [
    ...Object.entries(ASSIGNEE_LABELS).map(([value, label]) => ({ value, label })),
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const { assignee } = form.values;
  // Somebody who left still stands in the action until another one is chosen.
  if (!assignees.some(({ value }) => value === assignee)) {
    assignees.push({ value: assignee, label: "Somebody who isn’t in the team any more" });
  }
  if (type === "task") {
    return (
      <>
        <TextField
          {...form.field("title")}
          label="What is to be done"
          hint={VARIABLES}
          placeholder="Call {{name}}"
          maxLength={200}
        />
        <TextArea {...form.field("description")} label="Description" optional maxLength={5000} rows={2} />
        <div class="form-pair">
          <Select {...form.field("assignee")} label="Who does it" options={assignees} />
          <TextField
            {...form.field("dueInDays")}
            label="Due after"
            optional
            inputMode="numeric"
            after="days"
            autoComplete="off"
          />
        </div>
      </>
    );
  }
  return (
    <>
      <TextField
        {...form.field("title")}
        label="What it is about"
        optional
        placeholder="First talk with {{name}}"
        maxLength={200}
      />
      <div class="form-pair">
        <TextField
          {...form.field("durationMinutes")}
          label="How long"
          inputMode="numeric"
          after="minutes"
          autoComplete="off"
        />
        <Select
          {...form.field("mode")}
          label="How one meets"
          options={MEETING_MODES.map((value) => ({ value, label: MODES[value] ?? value }))}
        />
      </div>
      <Select
        {...form.field("assignee")}
        label="Who arranges it"
        hint="They get a task; nobody is invited by itself."
        options={assignees}
      />
    </>
  );
}

function CampaignFields({ form, campaigns }: Pick<ActionFieldsProps, "form" | "campaigns">) {
  const { campaignId } = form.values;
  const options = campaigns
    .filter(({ id, status }) => status !== "closed" || id === campaignId)
    .map(({ id, name, clientName }) => ({ value: id, label: clientName ? `${name} · ${clientName}` : name }));
  if (campaignId && !options.some(({ value }) => value === campaignId)) {
    options.push({ value: campaignId, label: "A campaign that isn’t there any more" });
  }
  return (
    <Select
      {...form.field("campaignId")}
      label="Campaign"
      hint={
        campaigns.length === 0
          ? "There is no campaign yet. Make one first, under Campaigns."
          : "Whoever enters the stage sees it, and can apply once all it asks for is met."
      }
      options={options}
      placeholder="Choose a campaign"
    />
  );
}

function MailFields({ form, mails }: Pick<ActionFieldsProps, "form" | "mails">) {
  const { template } = form.values;
  const mail = mails.find(({ key }) => key === template);
  const options = mails.map(({ key, name }) => ({ value: key, label: name }));
  if (template && !mail) options.push({ value: template, label: template });
  return (
    <>
      <Select {...form.field("template")} label="Mail" options={options} placeholder="Choose a mail" />
      {mail && (
        <figure class="mail-preview">
          <figcaption>
            <span class="sr-only">What it says. Subject: </span>
            {mail.subject}
          </figcaption>
          <div class="mail-text">{mail.text}</div>
        </figure>
      )}
      <Select {...form.field("to")} label="To whom" options={RECIPIENTS} />
      <div class="delay">
        <TextField
          {...form.field("delay")}
          label="Wait before it is sent"
          optional
          inputMode="numeric"
          placeholder="Not at all"
          autoComplete="off"
        />
        <Select
          {...form.field("delayUnit")}
          label="Unit of the wait"
          hideLabel
          options={[
            { value: "1", label: "minutes" },
            { value: "60", label: "hours" },
            { value: "1440", label: "days" },
          ]}
        />
      </div>
    </>
  );
}

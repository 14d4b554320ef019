import { useState } from "preact/hooks";
import { EMPLOYMENT_TYPES, PRIORITIES } from "../../worker/features/jobs/words";
import type { Form } from "../lib/form";
import { Checkbox, Select, TagField, TextArea, TextField } from "../ui";
import { ClientSelect } from "./client-select";
import { type Details, skillsOf } from "./details";
import { currencies } from "./money";
import { EMPLOYMENT_WORDS, PRIORITY_WORDS } from "./words";

const EMPLOYMENT = EMPLOYMENT_TYPES.map((value) => ({ value, label: EMPLOYMENT_WORDS[value] }));
const PRIORITY = PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] }));

export interface DetailsFieldsProps {
  form: Form<Details>;
  /** The client's name as the job carries it. */
  clientName?: string;
}

/** What a job is: all of its own fields. */
export function DetailsFields({ form, clientName }: DetailsFieldsProps) {
  const [money] = useState(currencies);
  const skills = (name: "requiredSkills" | "niceToHaveSkills") => ({
    name,
    values: skillsOf(form.values[name]),
    error: form.errors[name],
    onValues: (values: string[]) => form.set(name, values.join("\n")),
  });
  return (
    <div class="job-fields">
      <div class="job-fields-part">
        <ClientSelect
          value={form.values.clientId}
          name={clientName}
          error={form.errors.clientId}
          onValue={(clientId) => form.set("clientId", clientId)}
        />
        <TextField {...form.field("title")} label="Title" maxLength={200} required />
        <div class="job-pair">
          <TextField {...form.field("department")} label="Department" optional maxLength={100} />
          <TextField {...form.field("location")} label="Location" optional maxLength={200} />
        </div>
        <Checkbox {...form.check("remote")} label="Can be done from anywhere" />
        <div class="job-trio">
          <Select {...form.field("employmentType")} label="Employment" options={EMPLOYMENT} />
          <Select {...form.field("priority")} label="Priority" options={PRIORITY} />
          <TextField {...form.field("openings")} label="Openings" inputMode="numeric" />
        </div>
        <div class="job-trio">
          <TextField
            {...form.field("experienceMin")}
            label="Experience from"
            optional
            inputMode="numeric"
            after="years"
          />
          <TextField
            {...form.field("experienceMax")}
            label="Experience to"
            optional
            inputMode="numeric"
            after="years"
          />
          <TextField {...form.field("startDate")} label="Start" optional type="date" />
        </div>
        <div class="job-trio">
          <TextField {...form.field("salaryMin")} label="Salary from, a year" optional inputMode="decimal" />
          <TextField {...form.field("salaryMax")} label="Salary to, a year" optional inputMode="decimal" />
          <Select {...form.field("salaryCurrency")} label="Currency" options={money} />
        </div>
      </div>
      <div class="job-fields-part">
        <TagField
          {...skills("requiredSkills")}
          label="Required skills"
          optional
          hint="Enter or a comma after each."
        />
        <TagField {...skills("niceToHaveSkills")} label="Good to have" optional />
        <TextArea
          {...form.field("description")}
          label="Description"
          optional
          hint="What the work is, who is looked for, what is offered. An empty line begins a paragraph."
          rows={10}
          maxLength={50_000}
        />
      </div>
    </div>
  );
}

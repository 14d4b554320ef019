import { useState } from "preact/hooks";
import { ClientSelect } from "../jobs/client-select";
import { currencies } from "../jobs/money";
import type { Form } from "../lib/form";
import { Card, Select, TextArea, TextField } from "../ui";
import type { Fields } from "./fields";
import { STATUS_CHOICES } from "./words";

const ACCESS = [
  { value: "open", label: "Everybody who qualifies" },
  { value: "unlocked", label: "Only those for whom it is unlocked" },
];
const PER = [
  { value: "hour", label: "an hour" },
  { value: "unit", label: "a unit" },
];

export interface DetailsFieldsProps {
  form: Form<Fields>;
  /** The client's name as the campaign carries it. */
  clientName?: string | null;
  /** Whether the status is chosen here, and not by the button that saves. */
  withStatus: boolean;
}

/** What a campaign is, when it runs, how many it needs and what it pays. */
export function DetailsFields({ form, clientName, withStatus }: DetailsFieldsProps) {
  const [money] = useState(currencies);
  const unit = form.values.payPer === "unit";
  return (
    <div class="campaign-fields">
      <Card title="What it is">
        <div class="stack">
          <TextField {...form.field("name")} label="Name" maxLength={200} required />
          <ClientSelect
            value={form.values.clientId}
            name={clientName ?? undefined}
            error={form.errors.clientId}
            optional
            onValue={(clientId) => form.set("clientId", clientId)}
          />
          <TextArea
            {...form.field("brief")}
            label="Brief"
            optional
            hint="What the work is, in words for the agents. An empty line begins a paragraph."
            rows={7}
            maxLength={20_000}
          />
          <TextArea
            {...form.field("schedule")}
            label="Schedule"
            optional
            hint="Days and hours, like: Monday to Friday, 9 to 5 Eastern."
            rows={2}
            maxLength={2000}
          />
        </div>
      </Card>
      <div class="stack">
        <Card title="Places">
          <div class="stack">
            <div class="campaign-trio">
              <TextField {...form.field("seats")} label="Seats" inputMode="numeric" autoComplete="off" />
              <TextField {...form.field("startDate")} label="Start" type="date" />
              <TextField {...form.field("endDate")} label="End" optional type="date" />
            </div>
            <Select {...form.field("access")} label="Who may apply" options={ACCESS} />
            {withStatus && <Select {...form.field("status")} label="Status" options={STATUS_CHOICES} />}
          </div>
        </Card>
        <Card title="Pay">
          <div class="stack">
            <div class="campaign-trio">
              <TextField
                {...form.field("payAmount")}
                label="Amount"
                optional
                inputMode="decimal"
                autoComplete="off"
              />
              <Select {...form.field("payCurrency")} label="Currency" options={money} />
              <Select {...form.field("payPer")} label="For" options={PER} />
            </div>
            {unit && (
              <TextField
                {...form.field("payUnitName")}
                label="What a unit is"
                placeholder="resolved ticket"
                maxLength={60}
              />
            )}
            <TextArea
              {...form.field("payTerms")}
              label="Terms"
              optional
              hint="An agent accepts these words when applying."
              rows={3}
              maxLength={5000}
            />
          </div>
        </Card>
      </div>
    </div>
  );
}

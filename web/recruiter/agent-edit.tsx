import { useState } from "preact/hooks";
import type { Agent, AgentChange } from "../../worker/features/agents/schema";
import { countries, timeZones } from "../agent/countries";
import { get, ProblemError, put } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Dialog, Select, TextField } from "../ui";

type Fields = {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  headline: string;
  city: string;
  country: string;
  timeZone: string;
  skills: string;
  languages: string;
};

const NULLABLE = ["phone", "headline", "city", "country", "timeZone"] as const;
const LISTS = ["skills", "languages"] as const;
const NAMES: Record<keyof Fields, string> = {
  firstName: "first name",
  lastName: "last name",
  email: "e-mail address",
  phone: "phone",
  headline: "headline",
  city: "city",
  country: "country",
  timeZone: "time zone",
  skills: "skills",
  languages: "languages",
};

function fieldsOf(agent: Agent): Fields {
  return {
    firstName: agent.firstName,
    lastName: agent.lastName,
    email: agent.email,
    phone: agent.phone ?? "",
    headline: agent.headline ?? "",
    city: agent.city ?? "",
    country: agent.country ?? "",
    timeZone: agent.timeZone ?? "",
    skills: agent.skills.join(", "),
    languages: agent.languages.join(", "),
  };
}

/** Only what was changed is sent, so that two people can change different fields side by side. */
function changeOf(values: Fields, before: Fields): AgentChange {
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values) as [keyof Fields, string][]) {
    if (value === before[name]) continue;
    const text = value.trim();
    if ((LISTS as readonly string[]).includes(name)) change[name] = listOf(text);
    else change[name] = (NULLABLE as readonly string[]).includes(name) ? text || null : text;
  }
  return change as AgentChange;
}

function listOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}

export interface EditAgentProps {
  /** Whose profile; null closes the dialog. */
  agent: Agent | null;
  onClose: () => void;
  onSaved: (agent: Agent) => void;
}

/** The profile as a form. */
export function EditAgent({ agent, onClose, onSaved }: EditAgentProps) {
  return (
    <Dialog open={agent !== null} onClose={onClose} size="l" title={agent && `Profile of ${agent.name}`}>
      {agent && <EditForm key={agent.id} agent={agent} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function EditForm({ agent, onClose, onSaved }: EditAgentProps & { agent: Agent }) {
  // What the form began with: live updates of the page behind must not change what one is writing.
  const [base, setBase] = useState({ fields: fieldsOf(agent), version: agent.version });
  const [clash, setClash] = useState<string | null>(null);
  const [lists] = useState(() => ({ countries: countries(), zones: timeZones(agent.timeZone ?? "") }));
  const path = `/api/agents/${agent.id}`;

  const form = useForm<Fields>({
    initial: base.fields,
    submit: async (values) => {
      const change = changeOf(values, base.fields);
      if (Object.keys(change).length === 0) return onClose();
      try {
        onSaved(await put<Agent>(path, change, { ifMatch: base.version }));
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 412) throw error;
        const current = await get<Agent>(path);
        const theirs = fieldsOf(current);
        const both = (Object.keys(change) as (keyof Fields)[]).filter(
          (name) => theirs[name] !== base.fields[name],
        );
        if (both.length === 0) return onSaved(await put<Agent>(path, change, { ifMatch: current.version }));
        const said = both.map((name) => `${NAMES[name]}: “${theirs[name] || "empty"}”`).join("; ");
        setClash(
          `Somebody else saved this profile meanwhile (${said}). Save again to put yours in its place.`,
        );
        setBase({ fields: { ...base.fields, ...pick(theirs, both) }, version: current.version });
      }
    },
  });

  return (
    <form class="stack" onSubmit={form.onSubmit}>
      {clash && (
        <Banner tone="warn" role="alert">
          {clash}
        </Banner>
      )}
      {form.problem && (
        <Banner tone="bad" role="alert">
          {form.problem}
        </Banner>
      )}
      <div class="form-grid">
        <TextField {...form.field("firstName")} label="First name" required maxLength={200} />
        <TextField {...form.field("lastName")} label="Last name" maxLength={200} />
        <TextField {...form.field("email")} label="E-mail address" type="email" required />
        <TextField {...form.field("phone")} label="Phone" optional type="tel" />
        <TextField {...form.field("headline")} label="Headline" optional maxLength={200} />
        <TextField {...form.field("city")} label="City" optional maxLength={100} />
        <Select
          {...form.field("country")}
          label="Country"
          optional
          placeholder="Not said"
          options={lists.countries}
        />
        <Select
          {...form.field("timeZone")}
          label="Time zone"
          optional
          placeholder="Not said"
          options={lists.zones}
        />
        <TextField {...form.field("skills")} label="Skills" optional hint="With commas between them" />
        <TextField {...form.field("languages")} label="Languages" optional hint="With commas between them" />
      </div>
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {clash ? "Save mine" : "Save"}
        </Button>
      </div>
    </form>
  );
}

function pick(from: Fields, names: readonly (keyof Fields)[]): Partial<Fields> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

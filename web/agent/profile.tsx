import type { Agent, AgentChange } from "../../worker/features/agents/schema";
import type { Me } from "../../worker/features/users/schema";
import { FormProblem } from "../account/form-parts";
import { Unverified } from "../account/unverified";
import { get, put } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { Card, EmptyState, Page, Select, TagField, TextField } from "../ui";
import { Arriving } from "./arriving";
import { countries, timeZones } from "./countries";
import { changesOf } from "./merge";
import { SaveBar, useOwnProfileForm } from "./own-profile-form";

/** An agent's own profile: name, contact, place, skills. */
export default function Profile() {
  const person = me.value;
  if (!person) return null;
  if (!person.agentId) {
    return (
      <Page title="Profile">
        <EmptyState icon="user" title="There is no profile for you yet">
          It is made when you are added to the pool of {person.organization.name}.
        </EmptyState>
      </Page>
    );
  }
  return <OwnProfile person={person} agentId={person.agentId} />;
}

function OwnProfile({ person, agentId }: { person: Me; agentId: string }) {
  const { data, error, reload } = useLoad(
    (signal) => get<Agent>(`/api/agents/${agentId}`, undefined, { signal }),
    [agentId],
  );
  return (
    <Page
      title="Profile"
      lead={`What ${person.organization.name} knows about you. You can change it at any time.`}
    >
      <Unverified person={person} />
      {data ? (
        <Form agent={data} organization={person.organization.name} />
      ) : (
        <Arriving what="Your profile" error={error} onRetry={reload} heights={[12, 12]} />
      )}
    </Page>
  );
}

/** The profile as the form holds it: text only, lists with a line an entry. */
interface Fields {
  [name: string]: string;
  firstName: string;
  lastName: string;
  phone: string;
  headline: string;
  city: string;
  country: string;
  timeZone: string;
  skills: string;
  languages: string;
}

const LABELS: Record<string, string> = {
  firstName: "First name",
  lastName: "Last name",
  phone: "Phone",
  headline: "Headline",
  city: "City",
  country: "Country",
  timeZone: "Time zone",
  skills: "Skills",
  languages: "Languages",
};

function fieldsOf(agent: Agent): Fields {
  return {
    firstName: agent.firstName,
    lastName: agent.lastName,
    phone: agent.phone ?? "",
    headline: agent.headline ?? "",
    city: agent.city ?? "",
    country: agent.country ?? "",
    timeZone: agent.timeZone ?? "",
    skills: agent.skills.join("\n"),
    languages: agent.languages.join("\n"),
  };
}

/** An entry a line; an empty text has none. */
export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function changeOf(base: Fields, mine: Fields): AgentChange {
  const { firstName, lastName, skills, languages, ...rest } = changesOf(base, mine);
  const change: AgentChange = {
    ...Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, v?.trim() || null])),
  };
  if (firstName !== undefined) change.firstName = firstName;
  if (lastName !== undefined) change.lastName = lastName;
  if (skills !== undefined) change.skills = lines(skills);
  if (languages !== undefined) change.languages = lines(languages);
  return change;
}

function Form({ agent, organization }: { agent: Agent; organization: string }) {
  const path = `/api/agents/${agent.id}`;
  const own = useOwnProfileForm<Agent, Fields>({
    profile: agent,
    path,
    fieldsOf,
    validate: (values) => ({ firstName: values.firstName.trim() === "" ? "Write your name." : undefined }),
    save: (base, mine, version) => put<Agent>(path, changeOf(base, mine), { ifMatch: version }),
    isNews: ({ type }) => type === "agent.updated",
  });
  const { form, base } = own;
  const field = (name: keyof Fields & string) => ({ label: LABELS[name] ?? name, ...form.field(name) });
  const list = (name: "skills" | "languages") => ({
    label: LABELS[name] ?? name,
    name,
    values: lines(form.values[name]),
    error: form.errors[name],
    onValues: (values: string[]) => form.set(name, values.join("\n")),
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate style={{ "--gap": "1.5rem" }}>
      <FormProblem>{form.problem}</FormProblem>
      <Card title="You">
        <div class="form">
          <div class="form-pair">
            <TextField autoComplete="given-name" required {...field("firstName")} />
            <TextField autoComplete="family-name" {...field("lastName")} />
          </div>
          <TextField
            label="E-mail address"
            value={base.email}
            readOnly
            hint={`You log in with it. ${organization} can change it for you.`}
          />
          <TextField type="tel" autoComplete="tel" inputMode="tel" {...field("phone")} />
          <TextField hint="What you do, in a few words." maxLength={200} {...field("headline")} />
        </div>
      </Card>
      <Card title="Where you are">
        <div class="form">
          <div class="form-pair">
            <TextField autoComplete="address-level2" {...field("city")} />
            <Select placeholder="Not said" options={countries()} {...field("country")} />
          </div>
          <Select placeholder="Not said" options={timeZones(form.values.timeZone)} {...field("timeZone")} />
        </div>
      </Card>
      <Card title="What you bring">
        <div class="form">
          <TagField hint="Write one and press Enter." {...list("skills")} />
          <TagField hint="Write one and press Enter." {...list("languages")} />
        </div>
      </Card>
      <SaveBar
        own={own}
        organization={organization}
        labelOf={(name) => LABELS[name] ?? name}
        said={(_, value) => lines(value).join(", ")}
      />
    </form>
  );
}

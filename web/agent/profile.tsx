import { useEffect, useState } from "preact/hooks";
import type { Agent, AgentChange } from "../../worker/features/agents/schema";
import type { Me } from "../../worker/features/users/schema";
import { FormProblem } from "../account/form-parts";
import { Unverified } from "../account/unverified";
import { errorText, get, ProblemError, put } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { loadMe, me } from "../lib/session";
import { onOwnEvents } from "../shell/own-channel";
import {
  Button,
  Card,
  EmptyState,
  Loading,
  Page,
  Select,
  Skeleton,
  TagField,
  TextField,
  Trouble,
  toast,
} from "../ui";
import { countries, timeZones } from "./countries";
import { changesOf, mergeChanges } from "./merge";

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
      ) : error ? (
        <Trouble title="Your profile could not be loaded" onRetry={reload}>
          {errorText(error)}
        </Trouble>
      ) : (
        <Loading label="Loading your profile">
          <div class="stack">
            <Skeleton height="12rem" />
            <Skeleton height="12rem" />
          </div>
        </Loading>
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
  const [base, setBase] = useState(agent);
  const [clash, setClash] = useState<{ theirs: Fields; names: string[] } | null>(null);
  const form = useForm<Fields>({
    initial: fieldsOf(agent),
    validate: (values) => ({ firstName: values.firstName.trim() === "" ? "Write your name." : undefined }),
    submit: async (values) => {
      try {
        const change = changeOf(fieldsOf(base), values);
        const saved = await put<Agent>(`/api/agents/${agent.id}`, change, { ifMatch: base.version });
        settle(saved);
        void loadMe();
        toast({ text: "Your profile is saved.", tone: "good" });
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        await takeNewest(values);
      }
    },
  });

  const settle = (saved: Agent) => {
    setBase(saved);
    setClash(null);
    form.reset(fieldsOf(saved));
  };

  /** Somebody else saved meanwhile: their changes come in, mine stay, and clashes are shown. */
  const takeNewest = async (mine: Fields) => {
    const newest = await get<Agent>(`/api/agents/${agent.id}`);
    const theirs = fieldsOf(newest);
    const merged = mergeChanges(fieldsOf(base), mine, theirs);
    setBase(newest);
    form.reset(theirs);
    for (const [name, value] of Object.entries(merged.values)) form.set(name, value);
    setClash({ theirs, names: merged.clashes });
  };

  // A profile that nobody edits here follows what others change.
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (form.changed || !events.some((event) => event.type === "agent.updated")) return;
        get<Agent>(`/api/agents/${agent.id}`).then(settle, () => {});
      }),
    [form.changed, agent.id],
  );

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
      {(form.changed || form.pending) && (
        <div class="save-bar">
          {clash ? (
            <Clash clash={clash} organization={organization} />
          ) : (
            <span>There are changes that aren’t saved yet.</span>
          )}
          <div class="row">
            <Button onClick={() => settle(base)}>
              {clash?.names.length ? "Use theirs" : "Discard them"}
            </Button>
            <Button type="submit" variant="primary" busy={form.pending}>
              Save
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

interface ClashProps {
  clash: { theirs: Fields; names: string[] };
  organization: string;
}

function Clash({ clash, organization }: ClashProps) {
  if (clash.names.length === 0) {
    return (
      <p role="alert">
        {organization} changed other parts of your profile a moment ago. They are in; save again to add yours.
      </p>
    );
  }
  return (
    <div role="alert">
      <p>{organization} changed the same as you a moment ago. Your words are kept; save again to use them.</p>
      <ul class="quiet">
        {clash.names.map((name) => (
          <li key={name}>
            {LABELS[name]}: theirs is “{lines(clash.theirs[name] ?? "").join(", ") || "empty"}”.
          </li>
        ))}
      </ul>
    </div>
  );
}

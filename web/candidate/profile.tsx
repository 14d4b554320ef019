import "./candidate.css";
import type { OwnProfile, OwnProfileChange } from "../../worker/features/portal/schema";
import type { Me } from "../../worker/features/users/schema";
import { FormProblem } from "../account/form-parts";
import { ResendLink } from "../account/unverified";
import { countries } from "../agent/countries";
import { changesOf } from "../agent/merge";
import { SaveBar, useOwnProfileForm } from "../agent/own-profile-form";
import { errorText, get, patch } from "../lib/client";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import {
  Card,
  EmptyState,
  Loading,
  Page,
  Select,
  Skeleton,
  TagField,
  TextArea,
  TextField,
  Trouble,
} from "../ui";
import { Entries } from "./entries";
import {
  changeOf,
  EDUCATION,
  EXPERIENCE,
  type Fields,
  fieldsOf,
  LABELS,
  said,
  splitLines,
} from "./profile-fields";

const PATH = "/api/candidate-portal/profile";

/** A candidate's own profile: contact, links, skills, experience, education. */
export default function Profile() {
  const person = me.value;
  if (!person) return null;
  const organization = person.organization.name;
  return (
    <Page title="Profile" lead={`What ${organization} knows about you. You can change it at any time.`}>
      {person.candidateId ? (
        <Own person={person} />
      ) : (
        <Card>
          <EmptyState
            icon="mail"
            title="Confirm your address first"
            action={<ResendLink variant="primary" />}
          >
            The link is in the mail that we sent to {person.email}. Once you opened it, your profile is shown
            here, with what you sent when you applied.
          </EmptyState>
        </Card>
      )}
    </Page>
  );
}

function Own({ person }: { person: Me }) {
  const { data, error, reload } = useLoad(
    (signal) => get<OwnProfile>(PATH, undefined, { signal }),
    [person.candidateId],
  );
  if (data) return <Form profile={data} organization={person.organization.name} />;
  if (error) {
    return (
      <Trouble title="Your profile could not be loaded" onRetry={reload}>
        {errorText(error)}
      </Trouble>
    );
  }
  return (
    <Loading label="Loading your profile">
      <div class="stack">
        <Skeleton height="12rem" />
        <Skeleton height="12rem" />
      </div>
    </Loading>
  );
}

function Form({ profile, organization }: { profile: OwnProfile; organization: string }) {
  const own = useOwnProfileForm<OwnProfile, Fields>({
    profile,
    path: PATH,
    fieldsOf,
    validate: (values) => ({ firstName: values.firstName.trim() === "" ? "Write your name." : undefined }),
    save: (base, mine, version) => {
      const change: OwnProfileChange = changeOf(changesOf(base, mine));
      return patch<OwnProfile>(PATH, change, { ifMatch: version });
    },
    isNews: ({ type }) => type === "candidate.updated",
  });
  const { form, base } = own;
  const field = (name: keyof Fields & string) => ({ label: LABELS[name] ?? name, ...form.field(name) });
  const list = (name: "skills" | "languages" | "certifications") => ({
    label: LABELS[name] ?? name,
    name,
    hint: "Write one and press Enter.",
    values: splitLines(form.values[name]),
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
          <div class="form-pair">
            <TextField autoComplete="address-level2" {...field("city")} />
            <Select
              placeholder="Not said"
              options={countriesWith(form.values.country)}
              {...field("country")}
            />
          </div>
          <TextArea autoComplete="street-address" rows={2} {...field("address")} />
        </div>
      </Card>
      <Card title="Where more of you is to be seen">
        <div class="form">
          <TextField inputMode="url" spellcheck={false} {...field("linkedinUrl")} />
          <TextField inputMode="url" spellcheck={false} {...field("portfolioUrl")} />
          <TextArea hint="One a line." rows={2} spellcheck={false} {...field("links")} />
        </div>
      </Card>
      <Card title="What you do and what you bring">
        <div class="form">
          <div class="form-pair">
            <TextField autoComplete="organization-title" {...field("currentRole")} />
            <TextField autoComplete="organization" {...field("currentCompany")} />
          </div>
          <TextField inputMode="decimal" {...field("experienceYears")} />
          <TextArea hint="A few sentences about you." rows={4} {...field("summary")} />
          <TagField {...list("skills")} />
          <TagField {...list("languages")} />
          <TagField {...list("certifications")} />
        </div>
      </Card>
      {[EXPERIENCE, EDUCATION].map((kind) => (
        <Card key={kind.name} title={LABELS[kind.name]}>
          <Entries
            kind={kind}
            value={form.values[kind.name] ?? "[]"}
            error={form.errors[kind.name]}
            onValue={(value) => form.set(kind.name, value)}
          />
        </Card>
      ))}
      <SaveBar own={own} organization={organization} labelOf={(name) => LABELS[name] ?? name} said={said} />
    </form>
  );
}

/** The countries, and what stands there already where it was written in other words. */
function countriesWith(said: string) {
  const list = countries();
  return said === "" || list.some(({ value }) => value === said)
    ? list
    : [{ value: said, label: said }, ...list];
}

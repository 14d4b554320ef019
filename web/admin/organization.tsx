import "./admin.css";
import type { Organization, OrganizationChange } from "../../worker/features/organizations/schema";
import { FormProblem } from "../account/form-parts";
import { Card, TextField } from "../ui";
import {
  type OrganizationFormProps,
  OrganizationPage,
  StaleNote,
  UnsavedBar,
  useOrganizationForm,
} from "./organization-form";

/** The organization's name, short name and languages; how it looks to the outside is the careers page's. */
export default function OrganizationScreen() {
  return (
    <OrganizationPage
      title="Organization"
      lead={
        <>
          What you are called. How you look to people who apply, and what you promise them, is set under{" "}
          <a href="/settings/careers">Careers page</a>.
        </>
      }
      what="the organization"
    >
      {(props) => <Names {...props} />}
    </OrganizationPage>
  );
}

type Fields = {
  name: string;
  slug: string;
  languages: string;
};

function fieldsOf(organization: Organization): Fields {
  const { name, slug, languages } = organization;
  return { name, slug, languages: languages.join(", ") };
}

/** Only what was changed, in the shape of the API. */
function changeOf(values: Fields, before: Fields): OrganizationChange {
  const changed = (name: keyof Fields) => values[name] !== before[name];
  const text = (name: keyof Fields) => values[name].trim();
  const change: OrganizationChange = {};
  if (changed("name")) change.name = text("name");
  if (changed("slug")) change.slug = text("slug");
  if (changed("languages"))
    change.languages = text("languages")
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
  return change;
}

function Names(props: OrganizationFormProps) {
  const { form, stale } = useOrganizationForm<Fields>({ ...props, fieldsOf, changeOf, saved: "Saved." });
  return (
    <form class="stack settings" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <StaleNote stale={stale} />
      <Card title="Name">
        <div class="settings-fields">
          <TextField
            {...form.field("name")}
            label="Name"
            hint="In mails, in the portal and on the careers pages."
          />
          <TextField
            {...form.field("slug")}
            label="Short name"
            hint="Part of the addresses of your careers pages. Old addresses stop working when you change it."
            spellcheck={false}
          />
          <TextField
            {...form.field("languages")}
            label="Languages"
            hint="In which you write to people, with commas between them, like en, es. Dates and numbers on the careers pages are in the first."
            spellcheck={false}
          />
        </div>
      </Card>
      <UnsavedBar form={form} />
    </form>
  );
}

import "./admin.css";
import "./branding.css";
import type { Organization } from "../../worker/features/organizations/schema";
import { FormProblem } from "../account/form-parts";
import { countries } from "../agent/countries";
import type { Form } from "../lib/form";
import { Card, Checkbox, Select, TextArea, TextField } from "../ui";
import { ColourField } from "./branding-colour";
import { changeOf, type Fields, fieldsOf } from "./branding-fields";
import { LogoField } from "./branding-logo";
import { BrandingPreview } from "./branding-preview";
import {
  type OrganizationFormProps,
  OrganizationPage,
  StaleNote,
  UnsavedBar,
  useOrganizationForm,
} from "./organization-form";

/** How the organization looks and speaks on its public pages, with the page beside it. */
export default function BrandingScreen() {
  return (
    <OrganizationPage
      title="Careers page"
      width="full"
      lead="What people who look for a job see of you. Changes are public within five seconds."
      what="the careers page"
    >
      {(props) => <Editor {...props} />}
    </OrganizationPage>
  );
}

function Editor(props: OrganizationFormProps) {
  const { organization, onSaved } = props;
  const { form, stale } = useOrganizationForm<Fields>({
    ...props,
    fieldsOf,
    changeOf,
    saved: "Saved. The careers page shows it within five seconds.",
  });
  return (
    <div class="branding">
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <StaleNote stale={stale} />
        <Card title="Words">
          <div class="settings-fields">
            <TextField {...form.field("name")} label="Name" hint="Here, in mails and in the portal." />
            <TextField
              {...form.field("brand.headline")}
              label="Headline"
              optional
              maxLength={120}
              placeholder={`Jobs at ${form.values.name}`}
            />
            <TextArea
              {...form.field("brand.about")}
              label="About you"
              optional
              hint="A few sentences. An empty line begins a paragraph, a dash at the start of a line makes a list."
              maxLength={2000}
            />
          </div>
        </Card>
        <Card title="Look">
          <div class="settings-fields">
            <LogoField organization={organization} onSaved={onSaved} />
            <ColourField form={form} />
          </div>
        </Card>
        <Card title="Applying">
          <div class="settings-fields">
            <TextField
              {...form.field("replyByDays")}
              label="Reply within"
              optional
              type="number"
              min={1}
              max={365}
              after="days"
              hint="Promised to whoever applies, where a stage promises nothing else. Who waits longer is shown to the team first."
            />
            <Checkbox
              {...form.check("asksEqualOpportunity")}
              label="Ask the equal-opportunity questions"
              hint="Voluntary, at the end of the form. The answers are kept apart: nobody who decides sees them, only sums."
            />
            <TextField
              {...form.field("privacy.policyUrl")}
              label="Privacy policy"
              optional
              type="url"
              hint="An https address, linked at the foot of each page."
            />
            <TextField
              {...form.field("privacy.contact")}
              label="Privacy contact"
              optional
              type="email"
              hint="Where people write about their data."
            />
          </div>
        </Card>
        <Card title="Being found">
          <div class="settings-fields">
            <Select
              {...form.field("brand.country")}
              label="Country of your jobs"
              optional
              placeholder="Each job says it"
              options={countries()}
              hint="For jobs whose location names none, and for remote ones. Search engines list a job only where they are told its country."
            />
            <DomainField organization={organization} form={form} />
          </div>
        </Card>
        <UnsavedBar form={form} />
      </form>
      <BrandingPreview
        values={form.values}
        path={`/careers/${organization.slug}`}
        version={organization.version}
      />
    </div>
  );
}

/** The organization's own host name, and what has to be done for it outside of here. */
function DomainField({ organization, form }: { organization: Organization; form: Form<Fields> }) {
  const domain = form.values.domain.trim();
  return (
    <div class="stack">
      <TextField
        {...form.field("domain")}
        label="Own domain"
        optional
        placeholder="jobs.example.com"
        spellcheck={false}
        hint={`Without one your pages are at ${location.host}/careers/${organization.slug}.`}
      />
      {domain !== "" && (
        <div class="field-hint">
          <p>Save it once whoever runs this server has done this:</p>
          <ol class="branding-steps">
            <li>
              In Cloudflare, add {domain} to the Worker as a custom domain, under Settings, Domains &amp;
              Routes. That makes its certificate too.
            </li>
            <li>
              If the zone of {domain} is with another provider, move it to Cloudflare first, or have the name
              delegated.
            </li>
            <li>
              Open https://{domain}: it leads to your jobs. Links in mails and for search engines then name
              it.
            </li>
          </ol>
        </div>
      )}
    </div>
  );
}

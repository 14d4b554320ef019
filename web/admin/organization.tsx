import "./admin.css";
import { useEffect, useState } from "preact/hooks";
import type { Organization, OrganizationChange } from "../../worker/features/organizations/schema";
import { FormProblem } from "../account/form-parts";
import { get, ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { loadMe } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Field, Loading, Page, Skeleton, TextArea, TextField, toast } from "../ui";

const OURS = "#1f7a6d";

/** The organization's name, look and promises. */
export default function OrganizationScreen() {
  const loaded = useLoad((signal) => get<Organization>("/api/organization", {}, { signal }), []);
  return (
    <Page title="Organization" lead="What people see of you, and what you promise them.">
      {loaded.data ? (
        <Form
          organization={loaded.data}
          onSaved={(next) => loaded.set(() => next)}
          onReload={loaded.reload}
        />
      ) : loaded.error ? (
        <LoadTrouble what="The organization" error={loaded.error} onRetry={loaded.reload} />
      ) : (
        <Loading label="Loading the organization">
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

type Fields = {
  name: string;
  slug: string;
  domain: string;
  "brand.accent": string;
  "brand.about": string;
  languages: string;
  replyByDays: string;
  "privacy.contact": string;
  "privacy.policyUrl": string;
};

function fieldsOf(organization: Organization): Fields {
  const { name, slug, domain, brand, languages, replyByDays, privacy } = organization;
  return {
    name,
    slug,
    domain: domain ?? "",
    "brand.accent": brand.accent ?? "",
    "brand.about": brand.about ?? "",
    languages: languages.join(", "),
    replyByDays: replyByDays === null ? "" : String(replyByDays),
    "privacy.contact": privacy.contact ?? "",
    "privacy.policyUrl": privacy.policyUrl ?? "",
  };
}

/** Only what was changed, in the shape of the API. */
function changeOf(values: Fields, before: Fields): OrganizationChange {
  const changed = (name: keyof Fields) => values[name] !== before[name];
  const text = (name: keyof Fields) => values[name].trim();
  const change: OrganizationChange = {};
  if (changed("name")) change.name = text("name");
  if (changed("slug")) change.slug = text("slug");
  if (changed("domain")) change.domain = text("domain") || null;
  if (changed("languages"))
    change.languages = text("languages")
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
  if (changed("replyByDays")) change.replyByDays = text("replyByDays") ? Number(text("replyByDays")) : null;
  const brand = {
    ...(changed("brand.accent") ? { accent: text("brand.accent") || null } : {}),
    ...(changed("brand.about") ? { about: text("brand.about") || null } : {}),
  };
  if (Object.keys(brand).length > 0) change.brand = brand;
  const privacy = {
    ...(changed("privacy.contact") ? { contact: text("privacy.contact") || null } : {}),
    ...(changed("privacy.policyUrl") ? { policyUrl: text("privacy.policyUrl") || null } : {}),
  };
  if (Object.keys(privacy).length > 0) change.privacy = privacy;
  return change;
}

interface FormProps {
  organization: Organization;
  onSaved: (organization: Organization) => void;
  onReload: () => void;
}

function Form({ organization, onSaved, onReload }: FormProps) {
  const [stale, setStale] = useState(false);
  const form = useForm<Fields>({
    initial: fieldsOf(organization),
    submit: async (values) => {
      try {
        const change = changeOf(values, fieldsOf(organization));
        const next = await patch<Organization>("/api/organization", change, {
          ifMatch: organization.version,
        });
        onSaved(next);
        form.reset(fieldsOf(next));
        setStale(false);
        toast({ text: "Saved.", tone: "good" });
        // The bar shows the name.
        void loadMe();
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        setStale(true);
        onReload();
      }
    },
  });

  useEffect(() => {
    if (!form.changed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [form.changed]);

  const accent = form.values["brand.accent"];
  const hex = /^#[0-9a-f]{6}$/i.test(accent) ? accent : OURS;
  return (
    <form class="stack settings" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {stale && (
        <Banner tone="warn" role="alert">
          Another admin saved meanwhile. Your words are kept here: save again to put them in place of theirs.
        </Banner>
      )}
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
            {...form.field("domain")}
            label="Own domain"
            optional
            hint="A host name that points here, like jobs.example.com."
            spellcheck={false}
          />
        </div>
      </Card>
      <Card title="Look">
        <div class="settings-fields">
          <Field
            label="Accent colour"
            optional
            hint="For buttons and links in the portal. It is made lighter or darker where text on it would be hard to read."
            error={form.errors["brand.accent"]}
          >
            {(control) => (
              <div class="row accent">
                <input
                  type="color"
                  class="accent-pick"
                  aria-label="Pick the accent colour"
                  value={hex}
                  onInput={(event) => form.set("brand.accent", event.currentTarget.value)}
                />
                <div class="control">
                  <input
                    {...control}
                    type="text"
                    name="brand.accent"
                    placeholder={OURS}
                    spellcheck={false}
                    value={accent}
                    onInput={(event) => form.set("brand.accent", event.currentTarget.value)}
                  />
                </div>
                {accent && (
                  <Button variant="plain" onClick={() => form.set("brand.accent", "")}>
                    Use Portico’s
                  </Button>
                )}
              </div>
            )}
          </Field>
          <TextArea
            {...form.field("brand.about")}
            label="About you"
            optional
            hint="A few sentences for the careers pages."
            maxLength={2000}
          />
        </div>
      </Card>
      <Card title="Promises">
        <div class="settings-fields">
          <TextField
            {...form.field("replyByDays")}
            label="Reply within"
            optional
            type="number"
            min={1}
            max={365}
            after="days"
            hint="Shown to people who wait, and used to say who has waited too long."
          />
          <TextField
            {...form.field("languages")}
            label="Languages"
            hint="In which you write to people, with commas between them, like en, es."
            spellcheck={false}
          />
          <TextField
            {...form.field("privacy.contact")}
            label="Privacy contact"
            optional
            type="email"
            hint="Where people write about their data."
          />
          <TextField
            {...form.field("privacy.policyUrl")}
            label="Privacy policy"
            optional
            type="url"
            hint="An https address."
          />
        </div>
      </Card>
      <div class={form.changed ? "settings-bar settings-bar-shown" : "settings-bar"}>
        <span role="status">{form.changed ? "There are changes that are not saved yet." : ""}</span>
        <Button disabled={!form.changed} onClick={() => form.reset()}>
          Undo changes
        </Button>
        <Button type="submit" variant="primary" busy={form.pending} disabled={!form.changed}>
          Save
        </Button>
      </div>
    </form>
  );
}

import "./admin.css";
import { useState } from "preact/hooks";
import type { Organization, OrganizationChange } from "../../worker/features/organizations/schema";
import { FormProblem } from "../account/form-parts";
import { useUnsaved } from "../jobs/unsaved";
import { get, ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { loadMe } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Loading, Page, Skeleton, TextField, toast } from "../ui";

/** The organization's name, short name and languages; how it looks to the outside is the careers page's. */
export default function OrganizationScreen() {
  const loaded = useLoad((signal) => get<Organization>("/api/organization", {}, { signal }), []);
  return (
    <Page
      title="Organization"
      lead={
        <>
          What you are called. How you look to people who apply, and what you promise them, is set under{" "}
          <a href="/settings/careers">Careers page</a>.
        </>
      }
    >
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

  useUnsaved(form.changed);

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
            {...form.field("languages")}
            label="Languages"
            hint="In which you write to people, with commas between them, like en, es. Dates and numbers on the careers pages are in the first."
            spellcheck={false}
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

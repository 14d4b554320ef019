import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Organization, OrganizationChange } from "../../worker/features/organizations/schema";
import { useUnsaved } from "../jobs/unsaved";
import { get, ProblemError, patch } from "../lib/client";
import { type Form, useForm, type Values } from "../lib/form";
import { useLoad } from "../lib/load";
import { loadMe } from "../lib/session";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Loading, Page, type PageProps, Skeleton, toast } from "../ui";

/** What a form of the organization works on. */
export interface OrganizationFormProps {
  organization: Organization;
  onSaved: (organization: Organization) => void;
  onReload: () => void;
}

export interface OrganizationPageProps extends Pick<PageProps, "title" | "lead" | "width"> {
  /** What is loaded, in the middle of a sentence: "the careers page". */
  what: string;
  children: (props: OrganizationFormProps) => VNode;
}

/** A page of settings of the organization, which shows its form once the organization is loaded. */
export function OrganizationPage({ what, children, ...page }: OrganizationPageProps) {
  const loaded = useLoad((signal) => get<Organization>("/api/organization", {}, { signal }), []);
  return (
    <Page {...page}>
      {loaded.data ? (
        children({
          organization: loaded.data,
          onSaved: (next) => loaded.set(() => next),
          onReload: loaded.reload,
        })
      ) : loaded.error ? (
        <LoadTrouble
          what={what.charAt(0).toUpperCase() + what.slice(1)}
          error={loaded.error}
          onRetry={loaded.reload}
        />
      ) : (
        <Loading label={`Loading ${what}`}>
          <Card>
            <Skeleton lines={10} />
          </Card>
        </Loading>
      )}
    </Page>
  );
}

export interface OrganizationFormOptions<F extends Values> extends OrganizationFormProps {
  fieldsOf: (organization: Organization) => F;
  /** Only what was changed, in the shape of the API. */
  changeOf: (values: F, before: F) => OrganizationChange;
  /** What is said once it is saved. */
  saved: string;
}

/** Some fields of the organization as a form. Where another admin saved meanwhile, nothing typed is lost. */
export function useOrganizationForm<F extends Values>(
  options: OrganizationFormOptions<F>,
): { form: Form<F>; stale: boolean } {
  const { organization, fieldsOf } = options;
  const [stale, setStale] = useState(false);
  const form = useForm<F>({
    initial: fieldsOf(organization),
    submit: async (values) => {
      try {
        const change = options.changeOf(values, fieldsOf(organization));
        const next = await patch<Organization>("/api/organization", change, {
          ifMatch: organization.version,
        });
        options.onSaved(next);
        form.reset(fieldsOf(next));
        setStale(false);
        toast({ text: options.saved, tone: "good" });
        // The bar shows the name.
        void loadMe();
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        setStale(true);
        options.onReload();
      }
    },
  });
  useUnsaved(form.changed);
  return { form, stale };
}

/** Says that another admin saved while this one was writing. */
export function StaleNote({ stale }: { stale: boolean }) {
  if (!stale) return null;
  return (
    <Banner tone="warn" role="alert">
      Another admin saved meanwhile. Your words are kept here: save again to put them in place of theirs.
    </Banner>
  );
}

/** Says what is not saved yet, and saves it. */
export function UnsavedBar<F extends Values>({ form }: { form: Form<F> }) {
  return (
    <div class={form.changed ? "settings-bar settings-bar-shown" : "settings-bar"}>
      <span role="status">{form.changed ? "There are changes that are not saved yet." : ""}</span>
      <Button disabled={!form.changed} onClick={() => form.reset()}>
        Undo changes
      </Button>
      <Button type="submit" variant="primary" busy={form.pending} disabled={!form.changed}>
        Save
      </Button>
    </div>
  );
}

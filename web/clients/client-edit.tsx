import { useState } from "preact/hooks";
import type { Client, ClientChange } from "../../worker/features/clients/schema";
import { FormProblem } from "../account/form-parts";
import { get, ProblemError, put } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Dialog, TextArea, TextField } from "../ui";

const NAMES = {
  companyName: "company",
  industry: "industry",
  website: "website",
  phone: "phone",
  address: "address",
  postalCode: "postal code",
  city: "city",
  state: "state",
  country: "country",
  notes: "notes",
} as const;
type Name = keyof typeof NAMES;
type Fields = Record<Name, string>;
const ALL = Object.keys(NAMES) as Name[];

const fieldsOf = (client: Client) =>
  Object.fromEntries(ALL.map((name) => [name, client[name] ?? ""])) as Fields;

/** Only what was changed is sent, so that two people can change different fields side by side. */
function changeOf(values: Fields, before: Fields): ClientChange {
  const changed = ALL.filter((name) => values[name] !== before[name]);
  return Object.fromEntries(
    changed.map((name) => [name, name === "companyName" ? values[name].trim() : values[name].trim() || null]),
  );
}

export interface EditClientProps {
  /** Whose details; null closes the dialog. */
  client: Client | null;
  onClose: () => void;
  onSaved: (client: Client) => void;
}

/** A client's details as a form. */
export function EditClient({ client, onClose, onSaved }: EditClientProps) {
  return (
    <Dialog
      open={client !== null}
      onClose={onClose}
      size="l"
      title={client && `Details of ${client.companyName}`}
    >
      {client && <Form key={client.id} client={client} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function Form({ client, onClose, onSaved }: EditClientProps & { client: Client }) {
  const [base, setBase] = useState({ fields: fieldsOf(client), version: client.version });
  const [clash, setClash] = useState<string | null>(null);
  const path = `/api/clients/${client.id}`;
  const form = useForm<Fields>({
    initial: base.fields,
    validate: ({ companyName }) => ({
      companyName: companyName.trim() ? undefined : "Write the company’s name.",
    }),
    submit: async (values) => {
      const change = changeOf(values, base.fields);
      if (Object.keys(change).length === 0) return onClose();
      try {
        onSaved(await put<Client>(path, change, { ifMatch: base.version }));
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 412) throw error;
        const current = await get<Client>(path);
        const theirs = fieldsOf(current);
        const both = (Object.keys(change) as Name[]).filter((name) => theirs[name] !== base.fields[name]);
        if (both.length === 0) return onSaved(await put<Client>(path, change, { ifMatch: current.version }));
        const said = both.map((name) => `${NAMES[name]}: “${theirs[name] || "empty"}”`).join("; ");
        setClash(`Somebody else saved meanwhile (${said}). Save again to put yours in its place.`);
        setBase({
          fields: { ...base.fields, ...Object.fromEntries(both.map((name) => [name, theirs[name]])) },
          version: current.version,
        });
      }
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      {clash && (
        <Banner tone="warn" role="alert">
          {clash}
        </Banner>
      )}
      <FormProblem>{form.problem}</FormProblem>
      <div class="client-fields">
        <TextField {...form.field("companyName")} label="Company" maxLength={200} required autoFocus />
        <TextField {...form.field("industry")} label="Industry" optional maxLength={100} />
        <TextField
          {...form.field("website")}
          label="Website"
          optional
          inputMode="url"
          spellcheck={false}
          maxLength={500}
        />
        <TextField {...form.field("phone")} label="Phone" optional type="tel" />
        <TextField {...form.field("address")} label="Address" optional maxLength={200} />
        <TextField {...form.field("postalCode")} label="Postal code" optional maxLength={20} />
        <TextField {...form.field("city")} label="City" optional maxLength={100} />
        <TextField {...form.field("state")} label="State or region" optional maxLength={100} />
        <TextField {...form.field("country")} label="Country" optional maxLength={100} />
      </div>
      <TextArea
        {...form.field("notes")}
        label="Notes"
        optional
        hint="For the team only: the client’s own people don’t see them."
        maxLength={5000}
      />
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          {clash ? "Save mine" : "Save"}
        </Button>
      </div>
    </form>
  );
}

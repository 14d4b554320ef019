import type { Client } from "../../worker/features/clients/schema";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Dialog, TextField, toast } from "../ui";

export interface NewClientProps {
  open: boolean;
  onClose: () => void;
  onMade: (client: Client) => void;
}

/** A new client in a few words; the rest can be written on its own page. */
export function NewClient({ open, onClose, onMade }: NewClientProps) {
  return (
    <Dialog open={open} onClose={onClose} title="New client">
      {open && <Form onClose={onClose} onMade={onMade} />}
    </Dialog>
  );
}

function Form({ onClose, onMade }: Omit<NewClientProps, "open">) {
  const form = useForm({
    initial: { companyName: "", industry: "", city: "", website: "" },
    validate: ({ companyName }) => ({
      companyName: companyName.trim() ? undefined : "Write the company’s name.",
    }),
    submit: async (values, key) => {
      const given = Object.entries(values).map(([name, value]) => [name, value.trim() || null]);
      const client = await post<Client>("/api/clients", Object.fromEntries(given), { key });
      toast({ text: `${client.companyName} is a client now.`, tone: "good" });
      onMade(client);
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField {...form.field("companyName")} label="Company" maxLength={200} autoFocus required />
      <div class="job-pair">
        <TextField {...form.field("industry")} label="Industry" optional maxLength={100} />
        <TextField {...form.field("city")} label="City" optional maxLength={100} />
      </div>
      <TextField
        {...form.field("website")}
        label="Website"
        optional
        inputMode="url"
        spellcheck={false}
        maxLength={500}
      />
      <div class="row job-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Add the client
        </Button>
      </div>
    </form>
  );
}

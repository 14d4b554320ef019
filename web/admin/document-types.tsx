import "./admin.css";
import { useState } from "preact/hooks";
import type { DocumentType } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { errorText, get, patch, post } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, Checkbox, EmptyState, Loading, Page, Skeleton, TextField, toast } from "../ui";
import { daysTrouble, type TypeChange, TypeRow } from "./document-type-row";

const PATH = "/api/documents/types";

/** What documents people can upload, and which are asked of every agent. */
export default function DocumentTypesScreen() {
  const loaded = useLoad((signal) => get<PageOf<DocumentType>>(PATH, {}, { signal }), []);
  const [editing, setEditing] = useState<string | null>(null);
  const put = (type: DocumentType) =>
    loaded.set((before) => {
      const known = before.data.some(({ key }) => key === type.key);
      const data = known
        ? before.data.map((other) => (other.key === type.key ? type : other))
        : [...before.data, type];
      return { ...before, data };
    });
  const save = async (change: TypeChange, said: string) => {
    try {
      put(await patch<DocumentType>(PATH, change));
      toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      loaded.reload();
      throw error;
    }
  };
  return (
    <Page
      title="Document types"
      lead="What people can upload, and for how long it is good. The ticked ones are asked of every agent in the pool."
    >
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="The list" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading the list">
          <Card>
            <Skeleton lines={7} />
          </Card>
        </Loading>
      ) : loaded.data.data.length === 0 ? (
        <EmptyState icon="file-text" title="No document types yet">
          Add the first one below. People can upload documents as soon as there is one.
        </EmptyState>
      ) : (
        <Card flush>
          <ul class="types">
            {loaded.data.data.map((type) => (
              <TypeRow
                key={type.key}
                type={type}
                open={editing === type.key}
                onOpen={(open) => setEditing(open ? type.key : null)}
                onSave={save}
                onType={put}
              />
            ))}
          </ul>
        </Card>
      )}
      <AddType onAdded={put} />
    </Page>
  );
}

/** A key made from a name: what integrations and exports call the type. */
export function keyFrom(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
  return words.replace(/^[^a-z]+|_+$/g, "").slice(0, 40);
}

function AddType({ onAdded }: { onAdded: (type: DocumentType) => void }) {
  const form = useForm({
    initial: { name: "", key: "", validDays: "", required: false },
    validate: ({ name, validDays }) => ({
      name: name.trim() ? undefined : "Write a name.",
      validDays: daysTrouble(validDays),
    }),
    submit: async ({ name, key, validDays, required }, idempotencyKey) => {
      const days = validDays.trim() === "" ? null : Number(validDays);
      const body = { name: name.trim(), key: key || keyFrom(name), required, validDays: days };
      const made = await post<DocumentType>(PATH, body, { key: idempotencyKey });
      onAdded(made);
      form.reset({ name: "", key: "", validDays: "", required: false });
      toast({ text: `${made.name} was added.`, tone: "good" });
    },
  });
  return (
    <Card title="Add a type">
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <div class="type-add">
          <TextField {...form.field("name")} label="Name" maxLength={200} />
          <TextField
            {...form.field("key")}
            label="Key"
            optional
            placeholder={keyFrom(form.values.name)}
            spellcheck={false}
          />
          <TextField
            {...form.field("validDays")}
            label="Good for"
            optional
            inputMode="numeric"
            after="days once approved"
            placeholder="No end"
          />
        </div>
        <Checkbox {...form.check("required")} label="Ask every agent for it" />
        <div class="row">
          <Button type="submit" icon="plus" busy={form.pending}>
            Add
          </Button>
        </div>
      </form>
    </Card>
  );
}

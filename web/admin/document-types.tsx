import "./admin.css";
import { useState } from "preact/hooks";
import type { DocumentType } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { FormProblem } from "../account/form-parts";
import { errorText, get, patch, post } from "../lib/client";
import { useForm } from "../lib/form";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  Checkbox,
  EmptyState,
  IconButton,
  Loading,
  Page,
  Skeleton,
  TextField,
  toast,
} from "../ui";

const PATH = "/api/documents/types";

/** What documents people can upload, and which are asked of every agent. */
export default function DocumentTypesScreen() {
  const loaded = useLoad((signal) => get<PageOf<DocumentType>>(PATH, {}, { signal }), []);
  const [renaming, setRenaming] = useState<string | null>(null);
  const put = (type: DocumentType) =>
    loaded.set((before) => {
      const known = before.data.some(({ key }) => key === type.key);
      const data = known
        ? before.data.map((other) => (other.key === type.key ? type : other))
        : [...before.data, type];
      return { ...before, data };
    });
  const save = async (change: { key: string; name?: string; required?: boolean }, said: string) => {
    try {
      put(await patch<DocumentType>(PATH, change));
      toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
      loaded.reload();
    }
  };
  return (
    <Page
      title="Document types"
      lead="What people can upload. The ticked ones are asked of every agent in the pool."
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
              <li key={type.key} class="type">
                {renaming === type.key ? (
                  <Rename
                    type={type}
                    onClose={() => setRenaming(null)}
                    onName={(name) => {
                      setRenaming(null);
                      if (name !== type.name) void save({ key: type.key, name }, `It is called ${name} now.`);
                    }}
                  />
                ) : (
                  <>
                    <Checkbox
                      label={
                        <>
                          {type.name}
                          <span class="sr-only">, asked of every agent</span>
                        </>
                      }
                      checked={type.required}
                      onChecked={(required) =>
                        void save(
                          { key: type.key, required },
                          required
                            ? `${type.name} is asked of every agent now.`
                            : `${type.name} is optional now.`,
                        )
                      }
                    />
                    <span class="quiet type-state">{type.required ? "Asked of everyone" : "Optional"}</span>
                    <code class="quiet type-key">{type.key}</code>
                    <IconButton
                      icon="pencil"
                      size="s"
                      label={`Rename ${type.name}`}
                      onClick={() => setRenaming(type.key)}
                    />
                  </>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <AddType onAdded={put} />
    </Page>
  );
}

interface RenameProps {
  type: DocumentType;
  onName: (name: string) => void;
  onClose: () => void;
}

function Rename({ type, onName, onClose }: RenameProps) {
  const [name, setName] = useState(type.name);
  return (
    <form
      class="row type-rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onName(name.trim());
      }}
    >
      <TextField
        label={`New name of ${type.name}`}
        hideLabel
        value={name}
        maxLength={200}
        autoFocus
        onValue={setName}
      />
      <Button type="submit" variant="primary">
        Save
      </Button>
      <Button onClick={onClose}>Cancel</Button>
    </form>
  );
}

/** A key made from a name: what integrations and exports call the type. */
export function keyFrom(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
  return words.replace(/^[^a-z]+|_+$/g, "").slice(0, 40);
}

function AddType({ onAdded }: { onAdded: (type: DocumentType) => void }) {
  const form = useForm({
    initial: { name: "", key: "", required: false },
    validate: ({ name }) => ({ name: name.trim() ? undefined : "Write a name." }),
    submit: async ({ name, key, required }, idempotencyKey) => {
      const body = { name: name.trim(), key: key || keyFrom(name), required };
      const made = await post<DocumentType>(PATH, body, { key: idempotencyKey });
      onAdded(made);
      form.reset({ name: "", key: "", required: false });
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

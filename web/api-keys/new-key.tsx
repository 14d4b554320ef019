import type { ApiKeyWithSecret } from "../../worker/features/api-keys/schema";
import { SCOPES, type Scope } from "../../worker/features/api-keys/words";
import { FormProblem } from "../account/form-parts";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Checkbox, Icon, Select, TextArea, TextField } from "../ui";
import { endOf, LIVES, readAddresses, SCOPE_WORDS } from "./words";

type Fields = Record<Scope, boolean> & { name: string; days: string; ipAllowList: string; scopes: string };

export interface NewKeyProps {
  onClose: () => void;
  onMade: (key: ApiKeyWithSecret) => void;
}

/** A new key: what it is called, what it may do, how long and from where. */
export function NewKey({ onClose, onMade }: NewKeyProps) {
  const chosen = (values: Fields) => SCOPES.filter((scope) => values[scope]);
  const form = useForm<Fields>({
    initial: {
      name: "",
      "webhooks:read": true,
      "webhooks:write": false,
      "metrics:read": false,
      "evaluations:write": false,
      days: "90",
      ipAllowList: "",
      // No control of its own: errors about all of them go by this name.
      scopes: "",
    },
    validate: (values) => ({
      name: values.name.trim() ? undefined : "Give it a name that you will know again.",
      scopes: chosen(values).length > 0 ? undefined : "Choose at least one thing that the key is for.",
    }),
    submit: async (values, key) =>
      onMade(
        await post<ApiKeyWithSecret>(
          "/api/api-keys",
          {
            name: values.name.trim(),
            scopes: chosen(values),
            ipAllowList: readAddresses(values.ipAllowList),
            expiresAt: endOf(values.days),
          },
          { key },
        ),
      ),
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field("name")}
        label="Name"
        placeholder="Monitoring"
        hint="The system that uses it, so that you know what stops when you revoke it."
        maxLength={100}
        required
        autoFocus
      />
      <fieldset class="scopes" aria-describedby={form.errors.scopes ? "scopes-error" : undefined}>
        <legend class="field-label">What it may do</legend>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            name={scope}
            label={SCOPE_WORDS[scope].label}
            hint={SCOPE_WORDS[scope].hint}
            checked={form.values[scope]}
            onChecked={(on) => {
              form.set("scopes", "");
              form.set(scope, on);
            }}
          />
        ))}
        {form.errors.scopes && (
          <div class="field-error" id="scopes-error" role="alert">
            <Icon name="circle-alert" size={16} />
            <span>{form.errors.scopes}</span>
          </div>
        )}
      </fieldset>
      <Select {...form.field("days")} label="It works for" options={LIVES} />
      <TextArea
        {...form.field("ipAllowList")}
        label="Only from these addresses"
        optional
        placeholder="203.0.113.0/24"
        hint="A line each: an address or a range, v4 or v6. Nothing here: from anywhere."
        spellcheck={false}
        rows={2}
      />
      <div class="row form-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Make the key
        </Button>
      </div>
    </form>
  );
}

import type { ComponentChildren } from "preact";
import type { Scheme } from "../../worker/features/inbox/words";
import type { Form } from "../lib/form";
import { Banner, Checkbox, Select, TextArea, TextField } from "../ui";
import type { SourceFields } from "./source-fields";
import { SCHEMES } from "./words";

export interface SourceFormProps {
  form: Form<SourceFields>;
  /** How it signs is chosen once; afterwards it only shows. */
  fixed?: boolean;
  /** The buttons at its end. */
  children: ComponentChildren;
}

/** Who sends, how it signs, and from where. */
export function SourceForm({ form, fixed = false, children }: SourceFormProps) {
  const scheme = form.values.scheme as Scheme;
  return (
    <form class="stack source-form" onSubmit={form.onSubmit} noValidate>
      {form.problem && (
        <Banner tone="bad" role="alert">
          {form.problem}
        </Banner>
      )}
      <TextField
        label="Name"
        hint="As your team calls the system that sends."
        required
        maxLength={100}
        autoComplete="off"
        autoFocus={!fixed}
        {...form.field("name")}
      />
      {!fixed && (
        <Select
          label="How it signs"
          hint={SCHEMES[scheme].how}
          options={Object.entries(SCHEMES).map(([value, { label }]) => ({ value, label }))}
          {...form.field("scheme")}
        />
      )}
      <TextArea
        label="Only from these addresses"
        optional
        hint="A line each: 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32. Without any, a good signature is enough."
        rows={3}
        spellcheck={false}
        {...form.field("addresses")}
      />
      <Checkbox
        label="Answer 200 instead of 202"
        hint="For the few senders that take nothing but 200 as success."
        {...form.check("plain200")}
      />
      {children}
    </form>
  );
}

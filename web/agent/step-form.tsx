import { Fragment } from "preact";
import { FormProblem } from "../account/form-parts";
import { ProblemError } from "../lib/client";
import { type Form, useForm } from "../lib/form";
import { Button, Card, Checkbox, Field, Icon, Select, TagField, TextArea, TextField } from "../ui";
import {
  dataOf,
  entriesOf,
  type FormField,
  type FormValues,
  fieldsOf,
  initialValues,
  nameOf,
} from "./json-form";
import { troublesOf } from "./json-form-check";
import type { StepProps } from "./onboarding-step";
import { completeStep } from "./use-steps";

/** A form of the organization's own, drawn from its schema. */
export function StepForm({ step, onDone }: StepProps) {
  const fields = fieldsOf(step.schema ?? {});
  const form = useForm<FormValues>({
    initial: initialValues(fields),
    validate: (values) => troublesOf(fields, values),
    submit: async (values, key) => {
      try {
        onDone(await completeStep(step.id, dataOf(fields, values), key));
      } catch (error) {
        throw placed(error, fields);
      }
    },
  });
  return (
    <Card>
      <form class="form" onSubmit={form.onSubmit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        {fields.map((field, at) => (
          <Fragment key={field.name}>
            {field.group && field.group !== fields[at - 1]?.group && <h2 class="form-part">{field.group}</h2>}
            <Question field={field} form={form} />
          </Fragment>
        ))}
        <Button type="submit" variant="primary" size="l" full busy={form.pending}>
          Send
        </Button>
      </form>
    </Card>
  );
}

/** The same refusal, with its errors at the fields that stand here. */
function placed(error: unknown, fields: readonly FormField[]): unknown {
  if (!(error instanceof ProblemError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map(({ path, message }) => ({ path: nameOf(path, fields), message }));
  return new ProblemError({ ...error.problem, errors }, error.status, error.retryAfter);
}

function Question({ field, form }: { field: FormField; form: Form<FormValues> }) {
  const { name, label, hint, options } = field;
  const about = { ...form.field(name), label, hint, optional: !field.required };
  switch (field.kind) {
    case "check":
      return (
        <div class={form.errors[name] ? "field field-wrong" : "field"}>
          <Checkbox label={label} hint={hint} {...form.check(name)} />
          {form.errors[name] && (
            <p class="field-error" role="alert">
              <Icon name="circle-alert" size={16} />
              <span>{form.errors[name]}</span>
            </p>
          )}
        </div>
      );
    case "choice":
      return <Select {...about} placeholder="Choose" options={options} />;
    case "choices":
      return <Choices field={field} form={form} />;
    case "list":
      return (
        <TagField
          {...about}
          hint={hint ?? "Write one and press Enter."}
          values={entriesOf(form.values[name])}
          onValues={(values) => form.set(name, values.join("\n"))}
        />
      );
    case "area":
      return <TextArea {...about} rows={4} maxLength={field.maxLength ?? undefined} />;
    case "number":
      return (
        <TextField
          {...about}
          inputMode={field.whole && !(Number(field.min) < 0) ? "numeric" : "decimal"}
          autoComplete="off"
        />
      );
    case "date":
      return <TextField {...about} type="date" min={field.min ?? undefined} max={field.max ?? undefined} />;
    case "email":
      return <TextField {...about} type="email" inputMode="email" autoComplete="email" />;
    case "url":
      return <TextField {...about} type="url" inputMode="url" />;
    default:
      return <TextField {...about} maxLength={field.maxLength ?? undefined} />;
  }
}

/** Several of a few: a box each. */
function Choices({ field, form }: { field: FormField; form: Form<FormValues> }) {
  const { name, label, hint, options, required } = field;
  const chosen = entriesOf(form.values[name]);
  return (
    <Field label={label} hint={hint} error={form.errors[name]} optional={!required}>
      {(control) => (
        <div class="choices" role="group" aria-label={label} {...control}>
          {options.map(({ value, label: words }) => (
            <Checkbox
              key={value}
              label={words}
              name={name}
              checked={chosen.includes(value)}
              onChecked={(on) =>
                form.set(name, (on ? [...chosen, value] : chosen.filter((one) => one !== value)).join("\n"))
              }
            />
          ))}
        </div>
      )}
    </Field>
  );
}

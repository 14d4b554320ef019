import "./webhooks.css";
import type { ComponentChildren } from "preact";
import { FormProblem } from "../account/form-parts";
import type { Form } from "../lib/form";
import { Checkbox, TextArea, TextField } from "../ui";
import { chosenEvents, type EndpointFields } from "./endpoint-fields";
import { EventChoice } from "./event-choice";

export interface EndpointFormProps {
  form: Form<EndpointFields>;
  /** Names of the headers that it has, where it is one already. */
  headerNames?: readonly string[];
  /** The buttons. */
  children: ComponentChildren;
}

/** Where events go, which, and how. */
export function EndpointForm({ form, headerNames = [], children }: EndpointFormProps) {
  const { values, errors, set } = form;
  const hasHeaders = headerNames.length > 0;
  return (
    <form class="stack endpoint-form" onSubmit={form.onSubmit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field("url")}
        label="Address"
        type="url"
        inputMode="url"
        placeholder="https://example.com/hooks/portico"
        hint={
          __PORTICO_LOCAL__
            ? "Events are posted here. A public https address; on this machine http://localhost:4000 works too."
            : "Events are posted here. A public https address, since they travel over the internet."
        }
        maxLength={2000}
        spellcheck={false}
        required
        autoFocus
      />
      <TextField
        {...form.field("description")}
        label="What it is for"
        optional
        placeholder="Payroll"
        maxLength={500}
      />
      <EventChoice
        every={values.every}
        chosen={chosenEvents(values)}
        error={errors.events}
        onEvery={(every) => {
          set("events", values.events);
          set("every", every);
        }}
        onChosen={(chosen) => set("events", chosen.join(","))}
      />
      <Checkbox
        {...form.check("inOrder")}
        label="Keep the order"
        hint="What happens to one person, job or interview is sent one after the other. An event that fails holds up the next ones of the same person, not those of others."
      />
      <TextField
        {...form.field("ratePerSecond")}
        label="At most"
        optional
        inputMode="numeric"
        after="requests a second"
        hint="Nothing here: as fast as it answers."
      />
      {hasHeaders && (
        <Checkbox
          {...form.check("newHeaders")}
          label="Put other headers in place of its own"
          hint={`It sends ${headerNames.join(", ")} now. Their values are stored sealed and can’t be shown.`}
        />
      )}
      {(!hasHeaders || values.newHeaders) && (
        <TextArea
          {...form.field("headers")}
          label="Headers of its own"
          optional
          placeholder="Authorization: Bearer abc"
          hint={
            hasHeaders
              ? "A line each, like Authorization: Bearer abc. Nothing here takes all of them away."
              : "A line each, like Authorization: Bearer abc. For a login that the receiver asks for."
          }
          onValue={(text) => {
            set("headers", text);
            if (!hasHeaders) set("newHeaders", text.trim() !== "");
          }}
          spellcheck={false}
          rows={2}
        />
      )}
      {children}
    </form>
  );
}

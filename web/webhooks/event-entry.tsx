import type { EventTypeEntry } from "../../worker/features/webhooks/schema";
import { Icon } from "../ui";
import { Code } from "./code";
import { type Field, fieldsOfSchema } from "./json-schema";

export interface EventEntryProps {
  entry: EventTypeEntry;
  /** Whether it is unfolded at first. */
  open: boolean;
}

/** An event of the catalogue; unfolded it shows its fields and a whole example. */
export function EventEntry({ entry, open }: EventEntryProps) {
  const { type, summary, schema, example } = entry;
  return (
    <details class="event" id={type} open={open}>
      <summary>
        <Icon name="chevron-right" size={16} class="event-mark" />
        <span>
          <code class="event-type">{type}</code>
          <span class="event-summary">{summary}</span>
        </span>
      </summary>
      <div class="event-body">
        <div>
          <h3>
            Fields of <code>data</code>
          </h3>
          <dl class="event-fields">
            {fieldsOfSchema(schema).map((field) => (
              <FieldLine key={field.name} field={field} />
            ))}
          </dl>
        </div>
        <div class="event-example">
          <Code name={`Example of ${type}`}>{JSON.stringify(example, null, 2)}</Code>
        </div>
      </div>
    </details>
  );
}

function FieldLine({ field }: { field: Field }) {
  return (
    <div>
      <dt>
        <code>{field.name}</code>
      </dt>
      <dd>
        {field.type}
        {!field.required && <span class="quiet">, where there is one</span>}
      </dd>
    </div>
  );
}

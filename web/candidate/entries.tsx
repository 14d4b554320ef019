import { Button, TextArea, TextField } from "../ui";
import type { EntryKind } from "./profile-fields";

export interface EntriesProps {
  kind: EntryKind;
  /** The entries as JSON. */
  value: string;
  error?: string | undefined;
  onValue: (value: string) => void;
}

type Entry = Record<string, string | null>;

/** Stations of a life, one under the other: each can be changed, taken away, or added to. */
export function Entries({ kind, value, error, onValue }: EntriesProps) {
  const entries = JSON.parse(value) as Entry[];
  const put = (next: Entry[]) => onValue(JSON.stringify(next));
  const change = (at: number, name: string, text: string) =>
    put(entries.map((entry, i) => (i === at ? { ...entry, [name]: written(name, text) } : entry)));
  return (
    <div class="stack">
      {error && <p class="field-error">{error}</p>}
      <div>
        {entries.length === 0 && <p class="quiet">Nothing yet. Only what you want to tell.</p>}
        {entries.map((entry, at) => (
          <fieldset key={at} class="own-entry">
            <legend class="sr-only">
              {kind.name} {at + 1}
            </legend>
            <div class="form">
              {pairs(kind.fields).map((pair) => (
                <div key={pair[0]?.name} class={pair.length > 1 ? "form-pair" : undefined}>
                  {pair.map(({ name, label, required, hint, long }) => {
                    const field = {
                      label,
                      hint,
                      name: `${kind.name}-${at}-${name}`,
                      value: entry[name] ?? "",
                      onValue: (text: string) => change(at, name, text),
                    };
                    return long ? (
                      <TextArea key={name} {...field} />
                    ) : (
                      <TextField key={name} {...field} required={required} />
                    );
                  })}
                </div>
              ))}
            </div>
            <div class="own-entry-end">
              <Button
                size="s"
                variant="plain"
                icon="trash-2"
                onClick={() => put(entries.filter((_, i) => i !== at))}
              >
                Take away<span class="sr-only"> {entry.title ?? entry.school}</span>
              </Button>
            </div>
          </fieldset>
        ))}
      </div>
      <div class="row">
        <Button icon="plus" onClick={() => put([...entries, {}])}>
          Add {kind.one}
        </Button>
      </div>
    </div>
  );
}

/** A time that was left out is none; other words may be empty. */
const written = (name: string, text: string): string | null =>
  text === "" && (name === "start" || name === "end") ? null : text;

/** Short fields stand two in a line. */
function pairs(fields: EntryKind["fields"]): EntryKind["fields"][number][][] {
  const rows: EntryKind["fields"][number][][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (!field.long && last?.length === 1 && !last[0]?.long) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

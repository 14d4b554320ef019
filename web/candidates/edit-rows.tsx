import { useRef } from "preact/hooks";
import { Button, IconButton, TextArea, TextField } from "../ui";
import { NEEDS, type Row, rowTroubles, unpacked } from "./fields";

const EMPTY: Record<"experience" | "education", Row> = {
  experience: { title: "", company: "", location: "", start: "", end: "", description: "" },
  education: { school: "", degree: "", field: "", start: "", end: "" },
};

export interface RowsFieldProps {
  part: "experience" | "education";
  /** What one of them is called: "job". */
  one: string;
  /** All parts, as the form holds them. */
  value: string;
  /** Shows what is wrong beside its fields. */
  error: string | undefined;
  onValue: (value: string) => void;
}

/** Jobs or schools, newest first: add, change, move and take away. */
export function RowsField({ part, one, value, error, onValue }: RowsFieldProps) {
  const rows = unpacked(value);
  const list = useRef<HTMLOListElement>(null);
  const set = (next: Row[]) => onValue(JSON.stringify(next));
  const [needed, message] = NEEDS[part];
  const add = () => {
    set([EMPTY[part], ...rows]);
    // It is drawn once this is over.
    setTimeout(() => list.current?.querySelector("input")?.focus());
  };
  return (
    <div class="stack cand-rows">
      <Button size="s" icon="plus" onClick={add}>
        Add a {one}
      </Button>
      {rows.length > 0 && (
        <ol ref={list} class="stack">
          {rows.map((row, at) => {
            const troubles = error ? rowTroubles(row, needed, message) : {};
            const field = (name: string) => ({
              // The first that is wrong gets the cursor.
              ...(troubles[name] ? { name: part } : {}),
              value: row[name] ?? "",
              error: troubles[name],
              onValue: (text: string) => set(rows.with(at, { ...row, [name]: text })),
            });
            const swap = (with_: number) => {
              const other = rows[with_];
              if (other) set(rows.with(at, other).with(with_, row));
            };
            return (
              <li key={at} class="cand-row">
                {part === "experience" ? (
                  <>
                    <div class="cand-pair">
                      <TextField {...field("title")} label="Title" maxLength={200} />
                      <TextField {...field("company")} label="Company" optional maxLength={200} />
                    </div>
                    <div class="cand-three">
                      <TextField {...field("start")} label="From" optional placeholder="2021-09" />
                      <TextField {...field("end")} label="Until" optional placeholder="today" />
                      <TextField {...field("location")} label="Place" optional maxLength={200} />
                    </div>
                    <TextArea
                      {...field("description")}
                      label="What they did"
                      optional
                      rows={2}
                      maxLength={5000}
                    />
                  </>
                ) : (
                  <>
                    <TextField {...field("school")} label="School" maxLength={200} />
                    <div class="cand-pair">
                      <TextField {...field("degree")} label="Degree" optional maxLength={200} />
                      <TextField {...field("field")} label="Field" optional maxLength={200} />
                    </div>
                    <div class="cand-pair">
                      <TextField {...field("start")} label="From" optional placeholder="2017" />
                      <TextField {...field("end")} label="Until" optional placeholder="2020-06" />
                    </div>
                  </>
                )}
                <div class="row cand-row-do">
                  <IconButton
                    icon="arrow-up"
                    size="s"
                    label={`Move this ${one} up`}
                    disabled={at === 0}
                    onClick={() => swap(at - 1)}
                  />
                  <IconButton
                    icon="arrow-down"
                    size="s"
                    label={`Move this ${one} down`}
                    disabled={at === rows.length - 1}
                    onClick={() => swap(at + 1)}
                  />
                  <Button size="s" variant="plain" icon="trash-2" onClick={() => set(rows.toSpliced(at, 1))}>
                    Take this {one} away
                  </Button>
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}

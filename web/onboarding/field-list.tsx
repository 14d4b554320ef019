import { useState } from "preact/hooks";
import { useFirstFocus } from "../lib/first-focus";
import { Button, Checkbox, Icon, Menu, Select, TextArea, TextField, toast } from "../ui";
import {
  FIELD_KINDS,
  type FieldKind,
  type FormField,
  fieldFaults,
  hasOptions,
  newField,
} from "./form-fields";
import { OrderedList } from "./ordered-list";
import { moved } from "./reorder";
import { FIELD_WORDS } from "./words";

export interface FieldListProps {
  fields: readonly FormField[];
  /** Takes a function, so that an undo works on what is there by then. */
  onFields: (change: (before: FormField[]) => FormField[]) => void;
  /** Somebody tried to save: what is missing is named. */
  tried: boolean;
  error: string | undefined;
}

const MOST = 60;

/** The fields of a form, which are added, ordered and written here. */
export function FieldList({ fields, onFields, tried, error }: FieldListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const faults = tried ? fieldFaults(fields) : new Map<string, string>();
  const add = (kind: FieldKind) => {
    const made = newField(kind);
    onFields((before) => [...before, made]);
    setOpen(made.id);
  };
  const remove = (field: FormField) => {
    const at = fields.indexOf(field);
    onFields((before) => before.filter(({ id }) => id !== field.id));
    toast({
      text: `“${field.label.trim() || "The field"}” is taken out.`,
      undo: () => onFields((before) => before.toSpliced(Math.min(at, before.length), 0, field)),
    });
  };
  return (
    <div class="builder-part" role="group" aria-label="Fields">
      <h2 class="builder-title">Fields</h2>
      <OrderedList
        label="Fields"
        items={fields}
        nameOf={({ label }) => label.trim() || "Field without words"}
        kindOf={({ kind, required }) => `${FIELD_WORDS[kind]}${required ? "" : ", optional"}`}
        faultOf={({ id }) => faults.get(id)}
        open={open}
        onOpen={setOpen}
        onMove={(from, to) => onFields((before) => moved(before, from, to))}
        onRemove={remove}
      >
        {(field) => (
          <FieldEdit
            key={field.id}
            field={field}
            fault={faults.get(field.id)}
            onChange={(change) =>
              onFields((before) => before.map((one) => (one.id === field.id ? { ...one, ...change } : one)))
            }
          />
        )}
      </OrderedList>
      <div class="row builder-foot">
        <Menu
          label="Kinds of fields"
          align="start"
          trigger={
            <Button icon="plus" iconEnd="chevron-down" disabled={fields.length >= MOST}>
              Add a field
            </Button>
          }
          items={FIELD_KINDS.map((kind) => ({ label: FIELD_WORDS[kind], onSelect: () => add(kind) }))}
        />
        {fields.length > 1 && (
          <span class="quiet builder-hint">Drag a field, or press Alt with ↑ or ↓ on it, to move it.</span>
        )}
      </div>
      <PartError>{error}</PartError>
    </div>
  );
}

interface FieldEditProps {
  field: FormField;
  fault: string | undefined;
  onChange: (change: Partial<FormField>) => void;
}

function FieldEdit({ field, fault, onChange }: FieldEditProps) {
  const root = useFirstFocus<HTMLDivElement>();
  const unnamed = field.label.trim() === "";
  return (
    <div class="stack" ref={root}>
      <div class="pair">
        <TextField
          label="What is asked"
          value={field.label}
          maxLength={200}
          error={unnamed ? fault : undefined}
          onValue={(label) => onChange({ label })}
        />
        <Select
          label="Kind of answer"
          value={field.kind}
          options={FIELD_KINDS.map((value) => ({ value, label: FIELD_WORDS[value] }))}
          onValue={(kind) => onChange({ kind: kind as FieldKind })}
        />
      </div>
      {hasOptions(field.kind) && (
        <TextArea
          label="Options"
          hint="One a line, in the order shown."
          rows={4}
          value={field.options}
          error={unnamed ? undefined : fault}
          onValue={(options) => onChange({ options })}
        />
      )}
      {field.kind === "number" && (
        <NumberEdit field={field} fault={unnamed ? undefined : fault} onChange={onChange} />
      )}
      <TextField
        label="Hint"
        optional
        hint="Stands under the question."
        value={field.hint}
        maxLength={500}
        onValue={(hint) => onChange({ hint })}
      />
      <Checkbox
        label="An answer is required"
        checked={field.required}
        onChecked={(required) => onChange({ required })}
      />
    </div>
  );
}

/** Between which numbers an answer lies. */
function NumberEdit({ field: { whole, least, most }, fault, onChange }: FieldEditProps) {
  return (
    <>
      <div class="bounds">
        <TextField
          label="At least"
          optional
          inputMode="decimal"
          value={least}
          error={fault}
          onValue={(next) => onChange({ least: next })}
        />
        <TextField
          label="At most"
          optional
          inputMode="decimal"
          value={most}
          onValue={(next) => onChange({ most: next })}
        />
      </div>
      <Checkbox label="Whole numbers only" checked={whole} onChecked={(next) => onChange({ whole: next })} />
    </>
  );
}

/** What is wrong with a part that is no single field. */
export function PartError({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <div class="field-error" role="alert">
      <Icon name="circle-alert" size={16} />
      <span>{children}</span>
    </div>
  );
}

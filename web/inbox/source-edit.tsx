import { useEffect, useState } from "preact/hooks";
import type { Source } from "../../worker/features/inbox/schema";
import { useUnsaved } from "../jobs/unsaved";
import { ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Card, toast } from "../ui";
import { fieldsOf, type SourceFields, toChange, troubles } from "./source-fields";
import { SourceForm } from "./source-form";

export interface SourceEditProps {
  source: Source;
  onSaved: (source: Source) => void;
  onReload: () => void;
}

/** Its name, the addresses it may come from, and what it is answered. */
export function SourceEdit({ source, onSaved, onReload }: SourceEditProps) {
  const [stale, setStale] = useState(false);
  const form = useForm<SourceFields>({
    initial: fieldsOf(source),
    validate: troubles,
    submit: async (values) => {
      const change = toChange(values, fieldsOf(source));
      if (Object.keys(change).length === 0) {
        form.reset(fieldsOf(source));
        return;
      }
      try {
        const next = await patch<Source>(`/api/integrations/${source.id}`, change, {
          ifMatch: source.version,
        });
        onSaved(next);
        form.reset(fieldsOf(next));
        setStale(false);
        toast({ text: `${next.name} is saved.`, tone: "good" });
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        setStale(true);
        onReload();
      }
    },
  });
  // The page reads itself again: what nobody is typing in follows.
  useEffect(() => {
    if (!form.changed) form.reset(fieldsOf(source));
  }, [source.version]);
  useUnsaved(form.changed);
  return (
    <Card title="Settings">
      <SourceForm form={form} fixed>
        {stale && (
          <Banner tone="warn" role="alert">
            Somebody else saved meanwhile. Your words are kept here: save again to put them in place of
            theirs.
          </Banner>
        )}
        <div class="row form-buttons">
          {form.changed && <Button onClick={() => form.reset(fieldsOf(source))}>Undo changes</Button>}
          <Button type="submit" variant="primary" busy={form.pending} disabled={!form.changed}>
            Save
          </Button>
        </div>
      </SourceForm>
    </Card>
  );
}

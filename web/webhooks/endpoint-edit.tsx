import { useState } from "preact/hooks";
import type { Endpoint } from "../../worker/features/webhooks/schema";
import { get, ProblemError, patch } from "../lib/client";
import { useForm } from "../lib/form";
import { Banner, Button, Dialog } from "../ui";
import { type EndpointFields, fieldsOf, toChange, troubles } from "./endpoint-fields";
import { EndpointForm } from "./endpoint-form";

export interface EditEndpointProps {
  /** Null closes the dialog. */
  endpoint: Endpoint | null;
  onClose: () => void;
  onSaved: (endpoint: Endpoint) => void;
}

/** An endpoint's setup as a form. */
export function EditEndpoint({ endpoint, onClose, onSaved }: EditEndpointProps) {
  return (
    <Dialog open={endpoint !== null} onClose={onClose} size="l" title="Change the endpoint">
      {endpoint && <Edit key={endpoint.id} endpoint={endpoint} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

const NAMES = {
  url: "the address",
  description: "what it is for",
  events: "the events",
  ordering: "the order",
  ratePerSecond: "the rate",
  headers: "the headers",
  status: "whether it is on",
} as const;

function Edit({ endpoint, onClose, onSaved }: EditEndpointProps & { endpoint: Endpoint }) {
  const [base, setBase] = useState(endpoint);
  const [clash, setClash] = useState<string | null>(null);
  const path = `/api/webhooks/endpoints/${endpoint.id}`;
  const form = useForm<EndpointFields>({
    initial: fieldsOf(endpoint),
    validate: troubles,
    submit: async (values) => {
      const change = toChange(values, fieldsOf(base));
      if (Object.keys(change).length === 0) return onClose();
      const save = async (version: number) =>
        onSaved(await patch<Endpoint>(path, change, { ifMatch: version }));
      try {
        await save(base.version);
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        // Others may have changed other fields: only the same ones are worth a question.
        const current = await get<Endpoint>(path);
        const theirs = toChange(fieldsOf(current), fieldsOf(base));
        const both = (Object.keys(change) as (keyof typeof change)[]).filter((name) => name in theirs);
        if (both.length === 0) return await save(current.version);
        setClash(both.map((name) => NAMES[name]).join(", "));
        setBase(current);
      }
    },
  });
  return (
    <>
      {clash && (
        <Banner tone="warn" role="alert">
          Somebody else changed {clash} meanwhile. Save again to put yours in place of theirs.
        </Banner>
      )}
      <EndpointForm form={form} headerNames={base.headerNames}>
        <div class="row form-buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.pending}>
            {clash ? "Save mine" : "Save"}
          </Button>
        </div>
      </EndpointForm>
    </>
  );
}

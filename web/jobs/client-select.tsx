import { useState } from "preact/hooks";
import type { Client } from "../../worker/features/clients/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get } from "../lib/client";
import { useLoad } from "../lib/load";
import { Button, Field, Icon } from "../ui";
import { NewClient } from "./new-client";

/** Clients to choose from: as many as a page holds. */
export function useClients(on = true) {
  return useLoad(
    async (signal) => (on ? (await get<Page<Client>>("/api/clients", { limit: 200 }, { signal })).data : []),
    [on],
  );
}

export interface ClientSelectProps {
  value: string;
  /** The name of the chosen one, where the list may lack it. */
  name?: string | undefined;
  error: string | undefined;
  /** Whether nobody may be chosen too. */
  optional?: boolean;
  onValue: (clientId: string) => void;
}

/** Whom a job or a campaign is for, with the way to a client that isn't there yet. */
export function ClientSelect({ value, name, error, optional, onValue }: ClientSelectProps) {
  const loaded = useClients();
  const [adding, setAdding] = useState(false);
  const listed = (loaded.data ?? []).filter(({ id, status }) => status === "active" || id === value);
  const options = [...listed].sort((a, b) => a.companyName.localeCompare(b.companyName));
  const missing = value && name && !options.some(({ id }) => id === value);
  const trouble =
    loaded.error && !loaded.data ? `The clients can’t be listed. ${errorText(loaded.error)}` : null;
  return (
    <>
      <Field label="Client" optional={optional} error={error ?? trouble}>
        {(control) => (
          <div class="client-select">
            <div class="control control-select">
              <select
                {...control}
                name="clientId"
                value={value}
                aria-required={!optional}
                onChange={(event) => onValue(event.currentTarget.value)}
              >
                <option value="">
                  {loaded.loading && !loaded.data ? "Loading…" : optional ? "No client" : "Choose a client"}
                </option>
                {missing && <option value={value}>{name}</option>}
                {options.map(({ id, companyName }) => (
                  <option key={id} value={id}>
                    {companyName}
                  </option>
                ))}
              </select>
              <Icon name="chevron-down" size={16} />
            </div>
            <Button icon="plus" onClick={() => setAdding(true)}>
              New client
            </Button>
          </div>
        )}
      </Field>
      <NewClient
        open={adding}
        onClose={() => setAdding(false)}
        onMade={(client) => {
          setAdding(false);
          loaded.set((before) => [client, ...before.filter(({ id }) => id !== client.id)]);
          onValue(client.id);
        }}
      />
    </>
  );
}

import type { EventTypes } from "../../worker/features/webhooks/schema";
import { errorText, get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { Button, Checkbox, Icon, Loading, Skeleton, Trouble } from "../ui";
import { grouped } from "./words";

/** Reads the catalogue of events. */
export function useCatalogue(): Loaded<EventTypes> {
  return useLoad((signal) => get<EventTypes>("/api/webhooks/event-types", {}, { signal }), []);
}

export interface EventChoiceProps {
  every: boolean;
  chosen: readonly string[];
  error: string | undefined;
  onEvery: (every: boolean) => void;
  onChosen: (chosen: string[]) => void;
}

/** Which events an endpoint gets: all, or those that are ticked. */
export function EventChoice({ every, chosen, error, onEvery, onChosen }: EventChoiceProps) {
  return (
    <fieldset class="choice" aria-describedby={error ? "events-error" : undefined}>
      <legend class="field-label">Events</legend>
      <Checkbox
        name="every"
        label="Every event"
        hint="Those that will be added later too. What you don’t need, answer with 200 and leave."
        checked={every}
        onChecked={onEvery}
      />
      {!every && <Types chosen={chosen} onChosen={onChosen} />}
      {error && (
        <div class="field-error" id="events-error">
          <Icon name="circle-alert" size={16} />
          <span>{error}</span>
        </div>
      )}
    </fieldset>
  );
}

function Types({ chosen, onChosen }: Pick<EventChoiceProps, "chosen" | "onChosen">) {
  const catalogue = useCatalogue();
  if (!catalogue.data) {
    return catalogue.error ? (
      <Trouble title="The events could not be loaded" onRetry={catalogue.reload}>
        {errorText(catalogue.error)}
      </Trouble>
    ) : (
      <Loading label="Loading the events">
        <Skeleton lines={6} />
      </Loading>
    );
  }
  const entries = catalogue.data.data;
  const put = (types: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const type of types) on ? next.add(type) : next.delete(type);
    // In the order of the catalogue, so that ticking back and forth changes nothing.
    onChosen(entries.map(({ type }) => type).filter((type) => next.has(type)));
  };
  return (
    <div class="choice-groups">
      {grouped(entries).map(([group, list]) => {
        const types = list.map(({ type }) => type);
        const all = types.every((type) => chosen.includes(type));
        return (
          <div key={group} class="choice-group" role="group" aria-label={group}>
            <div class="choice-head">
              <span>{group}</span>
              {types.length > 1 && (
                <Button
                  size="s"
                  variant="plain"
                  aria-label={`${all ? "None" : "All"} of ${group}`}
                  onClick={() => put(types, !all)}
                >
                  {all ? "None" : "All"}
                </Button>
              )}
            </div>
            {list.map(({ type, summary }) => (
              <Checkbox
                key={type}
                name="events"
                label={<code>{type}</code>}
                hint={summary}
                checked={chosen.includes(type)}
                onChecked={(on) => put([type], on)}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

import type { Endpoint } from "../../worker/features/webhooks/schema";
import { TEST_EVENT } from "../../worker/features/webhooks/words";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import type { Option } from "../ui";
import { shortUrl } from "./words";

/** What deliveries can be narrowed down to; absent until it is known, and where it can't be read. */
export interface Targets {
  endpoints?: readonly Endpoint[];
  types?: readonly string[];
}

/** The endpoints and the types of events of the organization. */
export function useTargets(): Targets {
  const endpoints = useLoad(
    (signal) => get<Page<Endpoint>>("/api/webhooks/endpoints", { limit: 200 }, { signal }),
    [],
  );
  const types = useLoad(
    (signal) => get<Page<{ type: string }>>("/api/webhooks/event-types", {}, { signal }),
    [],
  );
  return { endpoints: endpoints.data?.data, types: types.data?.data.map(({ type }) => type) };
}

/** A choice of an endpoint; the chosen one is there even if its endpoint is gone. */
export function endpointOptions({ endpoints = [] }: Targets, chosen: string): Option[] {
  const known = endpoints.map(({ id, url }) => ({ value: id, label: shortUrl(url) }));
  return withChosen([{ value: "", label: "Every endpoint" }, ...known], chosen, "A removed endpoint");
}

/** A choice of a type of event. */
export function typeOptions({ types = [] }: Targets, chosen: string): Option[] {
  const known = [...new Set([...types, TEST_EVENT])].map((type) => ({ value: type, label: type }));
  return withChosen([{ value: "", label: "Every event" }, ...known], chosen, chosen);
}

const withChosen = (options: Option[], chosen: string, label: string): Option[] =>
  options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label }];

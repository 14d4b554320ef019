import type { Endpoint, EndpointChange, NewEndpoint } from "../../worker/features/webhooks/schema";
import { ALL } from "./words";

/** An endpoint as its form holds it. */
export type EndpointFields = {
  url: string;
  description: string;
  every: boolean;
  /** Event types with commas between, where it isn't every one. */
  events: string;
  inOrder: boolean;
  ratePerSecond: string;
  /** `Name: value`, a line each. */
  headers: string;
  /** Puts `headers` in place of those that it has. */
  newHeaders: boolean;
};

/** An endpoint that nothing was said about yet: every event, as fast as it answers. */
export const NO_FIELDS: EndpointFields = {
  url: "",
  description: "",
  every: true,
  events: "",
  inOrder: false,
  ratePerSecond: "",
  headers: "",
  newHeaders: false,
};

/** An endpoint as its form begins. */
export function fieldsOf(endpoint: Endpoint): EndpointFields {
  const every = endpoint.events.includes(ALL);
  return {
    url: endpoint.url,
    description: endpoint.description ?? "",
    every,
    events: every ? "" : endpoint.events.join(","),
    inOrder: endpoint.ordering === "entity",
    ratePerSecond: endpoint.ratePerSecond === null ? "" : String(endpoint.ratePerSecond),
    // The server never shows their values again.
    headers: "",
    newHeaders: false,
  };
}

/** The event types that are ticked. */
export const chosenEvents = ({ events }: Pick<EndpointFields, "events">): string[] =>
  events.split(",").filter((type) => type !== "");

/** Headers from lines of `Name: value`; null where a line is none. */
export function readHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim();
    if (colon < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return null;
    headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** What can be said before the form is sent. */
export function troubles(fields: EndpointFields): Partial<Record<keyof EndpointFields, string>> {
  const found: Partial<Record<keyof EndpointFields, string>> = {};
  const url = fields.url.trim();
  if (url === "") found.url = "Write the address that events go to.";
  else if (!/^https?:\/\/\S+$/i.test(url))
    found.url = "Write a whole address, like https://example.com/hooks.";
  if (!fields.every && chosenEvents(fields).length === 0)
    found.events = "Choose at least one event, or tick every event.";
  const rate = fields.ratePerSecond.trim();
  if (rate !== "" && !(/^\d+$/.test(rate) && Number(rate) >= 1 && Number(rate) <= 1000))
    found.ratePerSecond = "Write a whole number from 1 to 1000, or nothing.";
  if (readHeaders(fields.headers) === null)
    found.headers = "Write a line each, with a colon after the name, like Authorization: Bearer abc.";
  return found;
}

/** What is sent for a new endpoint; the fields have passed `troubles`. */
export function toNew(fields: EndpointFields): NewEndpoint {
  return {
    url: fields.url.trim(),
    description: fields.description.trim() || null,
    events: fields.every ? [ALL] : chosenEvents(fields),
    ordering: fields.inOrder ? "entity" : "none",
    ratePerSecond: fields.ratePerSecond.trim() === "" ? null : Number(fields.ratePerSecond),
    headers: readHeaders(fields.headers) ?? {},
  };
}

/** Only what differs, so that two people can change different fields side by side. */
export function toChange(fields: EndpointFields, before: EndpointFields): EndpointChange {
  const now = toNew(fields);
  const then = toNew(before);
  const change: EndpointChange = {};
  if (now.url !== then.url) change.url = now.url;
  if (now.description !== then.description) change.description = now.description;
  if (now.events.join() !== then.events.join()) change.events = now.events;
  if (now.ordering !== then.ordering) change.ordering = now.ordering;
  if (now.ratePerSecond !== then.ratePerSecond) change.ratePerSecond = now.ratePerSecond;
  if (fields.newHeaders) change.headers = now.headers;
  return change;
}

import { camelKeys } from "../../lib/camel";
import { DomainError } from "../../lib/errors";
import { sha256Hex } from "../../lib/keys";
import { MAX_HOOK_DEPTH } from "./words";

const broken = (what: string) =>
  new DomainError("malformed", `${what} Nothing was taken in. Mend the sender and send it again.`);

/** How deep brackets nest in a JSON text, found without building it. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

/** The text of a signed body, and its JSON. @throws DomainError `malformed` */
export function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  let text: string;
  try {
    // Fatal: a decoder that mends broken bytes would read another text than was signed.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw broken("The body is not UTF-8.");
  }
  if (depthOf(text) > MAX_HOOK_DEPTH) throw broken(`The body nests deeper than ${MAX_HOOK_DEPTH} levels.`);
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw broken("The body is not valid JSON.");
  }
}

/** What stands around the data of an event. */
export interface Envelope {
  /** As the sender calls it; null where it gives none. */
  eventId: string | null;
  eventType: string | null;
  /** Milliseconds since 1970. */
  occurredAt: number | null;
}

/** An event as it came: its envelope, and its data with camelCase names. */
export interface ReadEvent extends Envelope {
  data: unknown;
}

/** Longer words are no ids; a body whose id is one counts by its hash. */
const LONGEST_ID = 255;
const LONGEST_TYPE = 100;

function firstOf(fields: Record<string, unknown>, names: string[]): unknown {
  for (const name of names) if (Object.hasOwn(fields, name)) return fields[name];
  return undefined;
}

const word = (value: unknown, longest: number): string | null => {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" && text.length <= longest ? text.trim() : null;
};

/** A time as senders write it: ISO 8601, or seconds since 1970. */
function timeOf(value: unknown): number | null {
  if (typeof value === "number") {
    // Today is 1.8e9 in seconds and 1.8e12 in milliseconds.
    const at = value < 1e11 ? value * 1000 : value;
    return at > 0 && at < 8.64e15 ? Math.round(at) : null;
  }
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

/** An event in the portal's form, snake_case twins included; fields of another form are just missing. */
export function readEvent(value: unknown): ReadEvent {
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  const fields = (isObject ? value : {}) as Record<string, unknown>;
  return {
    eventId: word(firstOf(fields, ["eventId", "event_id", "id"]), LONGEST_ID),
    eventType: word(firstOf(fields, ["eventType", "event_type", "type", "event"]), LONGEST_TYPE),
    occurredAt: timeOf(firstOf(fields, ["occurredAt", "occurred_at", "timestamp"])),
    data: camelKeys(fields.data),
  };
}

/** The id of an event that has none: the same bytes are the same event. */
export async function idOfBytes(bytes: Uint8Array): Promise<string> {
  return `sha256:${await sha256Hex(bytes)}`;
}

import type { HealthLine, WebhookHealth } from "../../worker/features/webhooks/schema";
import { CIRCUIT, hostOf, shortUrl } from "../deliveries/words";
import type { IconName, Tone } from "../ui";

/** How far back one may look, in hours. */
export const RANGES = [
  { value: "1", label: "This hour" },
  { value: "24", label: "The last 24 hours" },
  { value: "72", label: "The last 3 days" },
  { value: "168", label: "The last 7 days" },
];

/** A share in percent. It says 100 only where nothing at all failed. */
export function percent(rate: number | null): string {
  if (rate === null) return "–";
  if (rate === 1) return "100 %";
  const tenths = Math.min(999, Math.floor(rate * 1000));
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

/** How an endpoint or a source stands, in a word. */
export function stateOf(line: HealthLine): { label: string; tone: Tone; icon?: IconName; means: string } {
  if (line.status === "disabled") return { label: "Off", tone: "plain", means: "It is turned off." };
  if (line.circuit) return CIRCUIT[line.circuit];
  const failing = line.lastErrorAt && (!line.lastSuccessAt || line.lastErrorAt > line.lastSuccessAt);
  return failing
    ? { label: "Failing", tone: "bad", means: "The last thing that came from it failed." }
    : { label: "Receiving", tone: "good", means: "What comes from it is understood." };
}

/** What a line is called, and where it leads. */
export const nameOf = ({ name }: HealthLine): string => shortUrl(name);
export const hrefOf = ({ direction, id }: HealthLine): string =>
  direction === "outgoing" ? `/settings/webhooks/${id}` : `/settings/sources/${id}`;

/** What is behind a line: its deliveries that wait or were given up, or its events. */
export const behind = ({ direction, id }: HealthLine): string =>
  direction === "outgoing" ? `/settings/webhooks/deliveries?endpoint=${id}` : `/settings/inbox?source=${id}`;

/** A line's picture in a sentence. */
export function sparkWords(line: HealthLine): string {
  const delivered = line.hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = line.hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (delivered + failed === 0) return `${nameOf(line)}: nothing was tried in this time.`;
  return `${nameOf(line)}: ${delivered.toLocaleString("en")} got through and ${failed.toLocaleString("en")} failed.`;
}

/** Lines that need somebody first, the others by name. */
export function sorted(lines: readonly HealthLine[]): HealthLine[] {
  const weight = (line: HealthLine) => {
    const { tone } = stateOf(line);
    return tone === "bad" ? 0 : tone === "warn" ? 1 : line.backlog > 0 ? 2 : tone === "plain" ? 4 : 3;
  };
  return [...lines].sort(
    (one, other) => weight(one) - weight(other) || nameOf(one).localeCompare(nameOf(other)),
  );
}

/** The whole in one sentence. */
export function verdict({ lines }: Pick<WebhookHealth, "lines">): {
  tone: Tone;
  text: string;
  first?: HealthLine;
} {
  const on = lines.filter(({ status }) => status !== "disabled");
  const bad = sorted(on).filter((line) => ["bad", "warn"].includes(stateOf(line).tone));
  const [first] = bad;
  if (on.length === 0) return { tone: "plain", text: "Everything is turned off." };
  if (!first) return { tone: "good", text: on.length === 1 ? "It works." : `All ${on.length} work.` };
  if (bad.length > 1) return { tone: "bad", text: `${bad.length} of ${on.length} need a look.`, first };
  const others = on.length - 1;
  const rest = others === 0 ? "" : others === 1 ? "; the other one works" : `; the other ${others} work`;
  const name = first.direction === "outgoing" ? hostOf(first.name) : first.name;
  return { tone: "bad", text: `${name} needs a look${rest}.`, first };
}

/** Every hour of the lines of one direction, put together. */
export function hoursOf(
  lines: readonly HealthLine[],
  direction: HealthLine["direction"],
): HealthLine["hours"] {
  const mine = lines.filter((line) => line.direction === direction);
  return (mine[0]?.hours ?? []).map(({ hour }, at) => ({
    hour,
    delivered: mine.reduce((sum, { hours }) => sum + (hours[at]?.delivered ?? 0), 0),
    failed: mine.reduce((sum, { hours }) => sum + (hours[at]?.failed ?? 0), 0),
  }));
}

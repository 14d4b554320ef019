import type { Env } from "../../env";
import { groupsOf, IPV4, inRanges } from "../../lib/addresses";
import { invalid } from "../../lib/errors";

/** The ports that events may go to; loopback in local mode may have any. */
const PORTS = ["", "443", "8443"];

/**
 * Blocks that are not public, by the IANA registries of special-purpose addresses (RFC 6890 and successors):
 * this network, private, shared, loopback, link-local, protocol assignments, documentation, 6to4 relays,
 * benchmarking, multicast, reserved.
 */
const NOT_PUBLIC_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];
/** Of IPv6 only 2000::/3 is public; within it these are not: Teredo and protocol assignments, documentation, 6to4. */
const PUBLIC_V6 = ["2000::/3"];
const NOT_PUBLIC_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** Names that lead nowhere public (RFC 6761, RFC 6762, RFC 8375, RFC 7686, ICANN's `internal`). */
const NOT_PUBLIC_SUFFIXES = ["localhost", "local", "internal", "home.arpa", "onion"];

/** What is wrong with a target, in words for whoever wrote it; null for nothing. */
function objectionTo(env: Pick<Env, "ALLOWED_PRIVATE_TARGETS" | "BASE_URL">, text: string): string | null {
  if (!URL.canParse(text)) return "This is no address. Write one like https://example.com/webhooks.";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return "The address carries a user name or a password. Send them in a header of its own instead.";
  }
  if (url.hash !== "") return "The address has a part after #, which is never sent. Leave it out.";
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  if (ownHost(env, url)) return "This address is Portico itself. Write the address of the other system.";
  if (env.ALLOWED_PRIVATE_TARGETS === "loopback" && isLoopback(host)) {
    return url.protocol === "http:" || url.protocol === "https:"
      ? null
      : "The address must begin with https://.";
  }
  if (url.protocol !== "https:") return "The address must begin with https://.";
  if (!PORTS.includes(url.port)) return "Only the ports 443 and 8443 can be reached. Choose one of them.";
  if (!isPublic(host)) {
    return "This address is not on the public internet, so it can't be reached from here. Write a public one.";
  }
  return null;
}

/** Portico's own address: events sent there would make events. */
function ownHost(env: Pick<Env, "BASE_URL">, url: URL): boolean {
  if (!URL.canParse(env.BASE_URL)) return false;
  const own = new URL(env.BASE_URL);
  if (own.host === url.host.replace(/\.(?=:|$)/, "")) return true;
  // On one's own machine it has more names than one.
  return isLoopback(own.hostname) && isLoopback(url.hostname) && own.port === url.port;
}

/** `hostname` of a URL: IPv4 in its usual writing whatever was written, IPv6 in brackets. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (IPV4.test(host) && inRanges(host, ["127.0.0.0/8"]));
}

function isPublic(host: string): boolean {
  if (IPV4.test(host)) return !inRanges(host, NOT_PUBLIC_V4);
  if (host.startsWith("[")) {
    const address = host.slice(1, -1);
    return groupsOf(address) !== null && inRanges(address, PUBLIC_V6) && !inRanges(address, NOT_PUBLIC_V6);
  }
  const labels = host.split(".");
  // A name of one label is a machine of somebody's own network.
  if (labels.length < 2 || labels.some((label) => label === "")) return false;
  return !NOT_PUBLIC_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}

/**
 * The address that events shall go to, if they may: https, port 443 or 8443, public, not our own. Local mode
 * with `ALLOWED_PRIVATE_TARGETS` also lets them go to this machine.
 *
 * @throws DomainError `invalid` with the path `url`
 */
export function checkTarget(env: Pick<Env, "ALLOWED_PRIVATE_TARGETS" | "BASE_URL">, text: string): URL {
  const objection = objectionTo(env, text);
  if (objection !== null) throw invalid("url", objection);
  return new URL(text);
}

/** As `checkTarget`, as a question: asked again before each request, since the rules may have changed. */
export function mayReach(env: Pick<Env, "ALLOWED_PRIVATE_TARGETS" | "BASE_URL">, text: string): boolean {
  return objectionTo(env, text) === null;
}

/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible ASCII, with single spaces between: nothing that could begin another header. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
/** Headers that we set, or that would change how a request is read. */
const RESERVED =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|keep-alive|expect|date|via|forwarded|x-forwarded-.*|x-real-ip|cf-.*|proxy-.*|sec-.*|cookie|origin|referer|user-agent|accept-encoding|range|if-.*|webhook-.*|x-webhook-.*|x-hub-.*|x-portal-.*)$/i;
/** How many headers of its own an endpoint may have. */
const MAX_HEADERS = 20;

/**
 * An endpoint's own headers, with their names in small letters.
 * @throws DomainError `invalid` with the path `headers` or `headers.<name>`
 */
export function checkHeaders(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS)
    throw invalid("headers", `An endpoint can have at most ${MAX_HEADERS} headers of its own.`);
  const checked = new Map<string, string>();
  for (const [name, value] of entries) {
    const path = `headers.${name}`;
    if (!TOKEN.test(name)) throw invalid(path, "A header's name has letters, digits and hyphens only.");
    if (RESERVED.test(name)) throw invalid(path, `${name} is set by Portico. Choose another name.`);
    if (!VALUE.test(value))
      throw invalid(path, "A header's value has visible ASCII characters and spaces between them only.");
    if (checked.has(name.toLowerCase())) throw invalid(path, `${name} stands here twice. Leave one out.`);
    checked.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(checked);
}

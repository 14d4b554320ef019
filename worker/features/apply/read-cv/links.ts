import { wordsOf } from "./name-words";
import type { ReadLine } from "./shape";

const MOST_LINKS = 5;
/** Own sites stand with the address at the top; links further down lead to employers and projects. */
const TOP_LINES = 20;

const WRITTEN =
  /(?<![\p{L}\d@.-])(?:https?:\/\/[^\s<>"|()]{4,300}|www\.[^\s<>"|()]{4,300}|(?:[a-z]{2,3}\.)?(?:linkedin\.com\/in|github\.com|gitlab\.com|behance\.net|dribbble\.com|medium\.com\/@|stackoverflow\.com\/users|orcid\.org|xing\.com\/profile)\/?[^\s<>"|()]{2,200})/giu;

/** Where a person has a page, by host and by what its path must be. */
const PROFILES: [host: RegExp, path: RegExp][] = [
  [/(?:^|\.)linkedin\.com$/, /^\/in\/[^/]+/],
  [/^(?:www\.)?xing\.com$/, /^\/profile\/[^/]+/],
  [/^(?:www\.)?(?:github|gitlab)\.com$/, /^\/[\w.-]+/],
  [/^(?:www\.)?(?:behance\.net|dribbble\.com)$/, /^\/[\w.-]+/],
  [/^(?:www\.)?orcid\.org$/, /^\/[\dX-]{19}/],
  [/^(?:www\.)?stackoverflow\.com$/, /^\/users\/\d+/],
  [/^medium\.com$/, /^\/@[\w.-]+/],
];

/** The person's own pages: profiles first, then sites. */
export function linksIn(lines: ReadLine[], linked: string[], name: string | null): string[] {
  const written = lines.flatMap(({ text }, index) =>
    (text.match(WRITTEN) ?? []).map((address) => ({ address, top: index < TOP_LINES })),
  );
  const all = [...written, ...linked.map((address) => ({ address, top: false }))];
  const words = name === null ? [] : wordsOf(name).filter((word) => word.length > 3);
  const profiles = new Map<string, string>();
  const sites = new Map<string, string>();
  for (const { address, top } of all) {
    const url = parsed(address);
    if (!url) continue;
    const host = url.hostname.replace(/^www\./, "");
    const known = PROFILES.find(([pattern]) => pattern.test(url.hostname));
    if (known) {
      const path = url.pathname.match(known[1])?.[0];
      // The first of each kind: the others are projects and other people.
      const kind = host.replace(/^[a-z]{2}\.(?=linkedin\.com$)/, "");
      if (path && !profiles.has(kind)) profiles.set(kind, `https://${url.hostname}${path}`);
    } else if (top || words.some((word) => host.includes(word))) {
      const site = url.href.replace(/\/$/, "");
      if (!sites.has(host)) sites.set(host, site);
    }
  }
  return [...profiles.values(), ...sites.values()].slice(0, MOST_LINKS);
}

function parsed(address: string): URL | null {
  const bare = address.replace(/[.,;:!?'’”\]}]+$/, "");
  const whole = /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
  try {
    const url = new URL(whole);
    const public_ = /\.\p{L}{2,24}$|\.xn--[\w-]+$/u.test(url.hostname);
    if (!/^https?:$/.test(url.protocol) || url.username !== "" || !public_ || whole.length > 300) return null;
    return url;
  } catch {
    return null;
  }
}

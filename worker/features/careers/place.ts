/** A place as search engines want it; a country at least. */
export interface Place {
  locality: string | null;
  region: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Names that people write and that are not what the country is called. */
const ALIASES = new Map(
  Object.entries({
    us: "US",
    usa: "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    uk: "GB",
    "u.k.": "GB",
    "great britain": "GB",
    england: "GB",
    scotland: "GB",
    wales: "GB",
    "northern ireland": "GB",
    holland: "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    uae: "AE",
    korea: "KR",
    turkey: "TR",
    "hong kong": "HK",
  }),
);
/** Places that are none. */
const ANYWHERE = /^(fully )?(remote|anywhere|worldwide|global|home ?office|work from home|hybrid|wfh)\b/i;
/** Whether a location names no place at all, like "Remote". */
export const isAnywhere = (location: string): boolean => ANYWHERE.test(location.trim());

/** Names of regions that DisplayNames knows and that are no countries. */
const NO_COUNTRY = new Set(["AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]);

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
let codes: readonly string[] | undefined;

/** Every country, ISO 3166-1 alpha-2. */
export function countryCodes(): readonly string[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  codes ??= LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
    // A code that was given up stands for another one.
    (code) =>
      !NO_COUNTRY.has(code) &&
      names.of(code) !== undefined &&
      Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`,
  );
  return codes;
}

const key = (name: string) => name.normalize("NFKC").trim().toLowerCase();
const known = new Map<string, Map<string, string>>();

function countriesIn(locale: string): Map<string, string> {
  let names = known.get(locale);
  if (!names) {
    const display = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
    names = new Map(countryCodes().map((code) => [key(display.of(code) ?? code), code]));
    if (known.size > 50) known.clear();
    known.set(locale, names);
  }
  return names;
}

/** The country of a name in English or in the organization's language. Two letters alone may be a state's. */
function countryOf(name: string, locale: string): string | undefined {
  const word = key(name);
  return ALIASES.get(word) ?? countriesIn("en").get(word) ?? countriesIn(locale).get(word);
}

/**
 * The place that a job's location means: in the country that it names last, else in the organization's. Null
 * where the country can't be told: cities of one name are in many, and a wrong one is worse.
 *
 * @param location as people wrote it: "Leeds, UK", "Austin, TX"
 * @param home the country where the organization's jobs are unless they say otherwise
 * @param locale in which countries may be named besides English
 */
export function placeOf(location: string | null, home: string | null, locale: string): Place | null {
  const parts = (location ?? "").split(/[,;/|]|\s[-–—]\s/).flatMap((part) => part.trim() || []);
  while (parts[0] !== undefined && isAnywhere(parts[0])) parts.shift();
  const last = parts.at(-1);
  if (last === undefined) return home === null ? null : { locality: null, region: null, country: home };
  const named = countryOf(last, locale);
  if (named !== undefined) parts.pop();
  const country = named ?? home;
  if (country === null) return null;
  const [locality = null, ...region] = parts;
  return { locality, region: region.join(", ") || null, country };
}

/** A snake_case name in camelCase; any other as it is. */
export const camel = (name: string) =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * A JSON value with camelCase names. Where both spellings of one name are there, the one that is camelCase
 * already counts.
 * @param asTheyAre fields whose own names are the caller's, like the keys of a form: nothing in them changes
 */
export function camelKeys(value: unknown, asTheyAre: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(value)) return value.map((item) => camelKeys(item, asTheyAre));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown, boolean] => [camel(key), inner, camel(key) === key])
      .sort(([, , a], [, , b]) => Number(a) - Number(b))
      .map(([name, inner]) => [name, asTheyAre.has(name) ? inner : camelKeys(inner, asTheyAre)]),
  );
}

/** A name that is being written behind an @. */
export interface Mention {
  /** Where the @ stands. */
  start: number;
  /** What is written behind it so far. */
  query: string;
}

/** Words of a name that are looked at; a longer text behind an @ is none. */
const MOST_WORDS = 3;

/** The @ that the cursor stands behind, where it could still become a name. */
export function mentionAt(text: string, cursor: number): Mention | null {
  const start = text.lastIndexOf("@", cursor - 1);
  if (start < 0) return null;
  // `kim@cruz.test` is an address.
  if (/[\p{L}\p{N}._%+-]$/u.test(text.slice(0, start))) return null;
  const query = text.slice(start + 1, cursor);
  if (/[\n@]|^\s|\s{2}/.test(query) || query.split(" ").length > MOST_WORDS) return null;
  return { start, query };
}

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Those whose name, or a word of it, starts with what is written; none where it is a whole name already. */
export function matching<T extends { name: string }>(team: readonly T[], query: string): T[] {
  const q = folded(query);
  if (team.some(({ name }) => folded(name) === q.trim() && q !== q.trim())) return [];
  const starts = (name: string) => folded(name).startsWith(q);
  const inside = (name: string) =>
    folded(name)
      .split(/\s+/)
      .some((word) => word.startsWith(q));
  return [
    ...team.filter(({ name }) => starts(name)),
    ...team.filter(({ name }) => !starts(name) && inside(name)),
  ];
}

/** Writes the whole name in the place of what was begun. */
export function withMention(
  text: string,
  { start, query }: Mention,
  name: string,
): { text: string; cursor: number } {
  const rest = text.slice(start + 1 + query.length);
  const written = `@${name}${/^\s/.test(rest) ? "" : " "}`;
  return { text: text.slice(0, start) + written + rest, cursor: start + name.length + 2 };
}

/** A text in pieces, those that name somebody of the team marked. */
export function pieces(text: string, names: readonly string[]): { text: string; named: boolean }[] {
  const sorted = names.filter(Boolean).sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return [{ text, named: false }];
  const escaped = sorted.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(@(?:${escaped.join("|")}))(?![\\p{L}\\p{N}])`, "giu");
  // Splitting by a group gives what is between and what was found in turn.
  return text
    .split(pattern)
    .map((piece, at) => ({ text: piece, named: at % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

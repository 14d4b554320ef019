import { linksIn } from "./links";
import { nameIn } from "./name";
import { phoneIn } from "./phone";
import type { CvFacts, ReadFile, ReadLine } from "./shape";

/** The lines in which people introduce themselves; further down stand employers and referees. */
const TOP_LINES = 25;
/** Characters of a line that are looked at; whoever writes whole pages as one line introduces themselves first. */
const MOST_OF_LINE = 1000;

/** Finds in a CV whose it is. */
export function factsOf(file: ReadFile): CvFacts {
  const lines = file.lines
    // Letters of print stand in the order of print: the file doesn't say which way they are read.
    .filter(({ text }) => !/[\ufb1d-\ufdff\ufe70-\ufefc]/.test(text))
    .map(tidy)
    .filter(({ text }) => text !== "");
  const email = emailIn(lines, file.links);
  const name = nameIn(lines, email);
  return { name, email, phone: phoneIn(lines), links: linksIn(lines, file.links, name) };
}

/** A line with its letters in their usual form (ligatures and full-width letters undone) and single spaces. */
function tidy({ text, size }: ReadLine): ReadLine {
  const plain = text
    .slice(0, MOST_OF_LINE)
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Co}]/gu, "")
    // Cc stands for tabs and for what fonts without a table leave.
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return { text: plain, size };
}

const ADDRESS =
  /(?<![\p{L}\d._%+-])[a-z\d](?:[\w.%+'-]{0,62}[\w-])?@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}(?![\p{L}\d-])/giu;

/** The person's own address: the only one, or the only one at the top. */
function emailIn(lines: ReadLine[], links: string[]): string | null {
  const find = (text: string) => (text.match(ADDRESS) ?? []).map((address) => address.toLowerCase());
  const top = new Set(lines.slice(0, TOP_LINES).flatMap(({ text }) => find(text)));
  if (top.size === 1) return [...top][0] ?? null;
  if (top.size > 1) return null;
  const linked = links
    .filter((link) => /^mailto:/i.test(link))
    .map((link) => link.slice(7).split("?")[0] ?? "");
  const all = new Set([...lines.flatMap(({ text }) => find(text)), ...linked.flatMap(find)]);
  return all.size === 1 ? ([...all][0] ?? null) : null;
}

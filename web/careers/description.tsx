import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";

interface Block {
  kind: "text" | "heading" | "list" | "steps";
  lines: string[];
}

const BULLET = /^\s*[-*•–·]\s+(?=\S)/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(?=\S)/;
const HEADING = /^\s*#{1,6}\s+(?=\S)/;

function kindOf(line: string): Block["kind"] {
  if (HEADING.test(line)) return "heading";
  if (BULLET.test(line)) return "list";
  return NUMBER.test(line) ? "steps" : "text";
}

/**
 * The parts of a text as people write it into a box: an empty line begins a paragraph, lines that begin with a dash,
 * a star or a dot are a list, those with a number its steps, and `#` makes a heading.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === "") {
      open = undefined;
      continue;
    }
    const kind = kindOf(line);
    if (open === undefined || open.kind !== kind || kind === "heading") {
      open = { kind, lines: [] };
      blocks.push(open);
    }
    open.lines.push(line.replace(BULLET, "").replace(NUMBER, "").replace(HEADING, "").trim());
  }
  return blocks;
}

function inLines(lines: string[]) {
  return lines.flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]));
}

function Part({ block, plain }: { block: Block; plain: boolean }): VNode {
  // Each part is read in its own direction. Search engines take a few tags, and none of their attributes.
  const dir = plain ? undefined : "auto";
  const { kind, lines } = block;
  if (kind === "text") return <p dir={dir}>{inLines(lines)}</p>;
  if (kind === "heading") return plain ? <p>{lines}</p> : <h2 dir={dir}>{lines}</h2>;
  const items = lines.map((line, at) => (
    <li key={at} dir={dir}>
      {line}
    </li>
  ));
  return kind === "list" ? <ul dir={dir}>{items}</ul> : <ol dir={dir}>{items}</ol>;
}

/** A text of the organization's, in paragraphs and lists. */
export function Description({ text, plain = false }: { text: string; plain?: boolean }) {
  return (
    <>
      {blocksOf(text).map((block, at) => (
        <Part key={at} block={block} plain={plain} />
      ))}
    </>
  );
}

/** The same as HTML for search engines and job boards: p, br, ul, ol and li without attributes. */
export function descriptionHtml(text: string): string {
  return renderToString(<Description text={text} plain />);
}

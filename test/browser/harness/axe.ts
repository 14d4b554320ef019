import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, NodeResult, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  resultTypes: ["violations"],
  // The only frames are the browser's own viewer of PDF.
  iframes: false,
};

/** What changes with light and dark: nothing but colours. */
const colours: RunOptions = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  resultTypes: ["violations"],
  iframes: false,
};

export interface AxeScope {
  /** A selector: only this part of the page. */
  within?: string;
  /** Only the rules about colour. */
  coloursOnly?: boolean;
}

/** Lies halfway under a bar that stays while the page scrolls: how large it is shows once it is scrolled out. */
const isUnderBar = ({ any }: NodeResult): boolean =>
  any.some(({ id, data }) => id === "target-size" && /obscured/i.test(data?.messageKey ?? ""));

/** Asserts that axe finds nothing against WCAG 2.2 AA or good practice on the page. */
export async function axe(page: Page, { within, coloursOnly = false }: AxeScope = {}): Promise<void> {
  // A colour halfway through a transition is nobody's contrast. Endless ones, spinners, are not waited for.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined);
  });
  // By the debugger and not by a script tag, which the page's content security policy refuses.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const results = await page.evaluate(
    async ([root, run]) => {
      const { axe: engine } = window as unknown as {
        axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> };
      };
      return engine.run(root ?? document, run);
    },
    [within, coloursOnly ? colours : options] as const,
  );
  const found = results.violations
    .map((violation) => ({ ...violation, nodes: violation.nodes.filter((node) => !isUnderBar(node)) }))
    .filter(({ nodes }) => nodes.length > 0);
  if (found.length === 0) return;
  const lines = found.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.slice(0, 5).map(({ target, failureSummary = "" }) => {
      return `    ${target.join(" ")}  ${failureSummary.replace(/\s+/g, " ").slice(0, 200)}`;
    }),
  ]);
  throw new Error(`axe found on ${new URL(page.url()).pathname}:\n  ${lines.join("\n  ")}`);
}

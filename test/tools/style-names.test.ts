import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const web = fileURLToPath(new URL("../../web/", import.meta.url));

/** What every screen builds upon counts as one place; the careers pages are sent with a sheet of their own. */
const SHARED = ["ui", "shell"];
const ELSEWHERE = ["careers"];

/** The style sheets of the app, each with the folder that it belongs to. */
function sheets(): { folder: string; file: string; css: string }[] {
  return readdirSync(web, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".css"))
    .map((file) => ({ file, folder: file.split("/")[0] ?? "", css: readFileSync(web + file, "utf8") }))
    .filter(({ folder }) => !ELSEWHERE.includes(folder))
    .map((sheet) => (SHARED.includes(sheet.folder) ? { ...sheet, folder: "ui and shell" } : sheet));
}

/**
 * The classes that a style sheet defines: those that a selector names alone. A selector that names several
 * speaks of one among others of its own, which hits nobody else.
 */
function definedIn(css: string): Set<string> {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{};]*)\{/g);
  const selectors = [...rules]
    .map(([, selector = ""]) => selector.trim())
    .filter((selector) => !selector.startsWith("@"))
    // Commas within `:is()` part no selectors.
    .flatMap((selector) => selector.split(/,(?![^(]*\))/));
  const named = selectors.map((one) => [...new Set(one.match(/\.[a-z_][\w-]*/gi))]);
  return new Set(named.flatMap((classes) => (classes.length === 1 ? classes : [])));
}

/** Names of animations, which are the whole page's, too. */
const animationsIn = (css: string) =>
  new Set([...css.matchAll(/@keyframes ([\w-]+)/g)].map(([, name = ""]) => name));

function shared(namesIn: (css: string) => Set<string>): string[] {
  const places = new Map<string, Map<string, string>>();
  for (const { folder, file, css } of sheets()) {
    for (const name of namesIn(css)) places.set(name, (places.get(name) ?? new Map()).set(folder, file));
  }
  return [...places]
    .filter(([, folders]) => folders.size > 1)
    .map(([name, folders]) => `${name} stands in ${[...folders.values()].sort().join(" and ")}`);
}

test("what a style sheet defines is read from its selectors", () => {
  const css = `
    /* .gone { } */
    @layer screens {
      .one, .two:hover { margin: 0.5rem; }
      .one > .three { color: red; }
      @media (width > 1px) { span.four:not(:is(a, b)) > p { color: red; } }
      :root:has(.five) { color: red; }
    }`;
  expect([...definedIn(css)].sort()).toEqual([".five", ".four", ".one", ".two"]);
});

// All styles end in one file: two screens that use a name for two things change each other.
test("no class and no animation is defined by the style sheets of two screens", () => {
  expect(sheets().length).toBeGreaterThan(20);
  expect([...shared(definedIn), ...shared(animationsIn)]).toEqual([]);
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";
import { ICON_NAMES } from "./ui/icon-names.ts";

const require = createRequire(import.meta.url);

/**
 * Puts one sprite with the icons named in ui/icon-names.ts into the page. Compressed it is 3 kB; as a file of
 * its own it would cost a request, and every icon would appear late.
 */
function iconSprite(): Plugin {
  const symbols = ICON_NAMES.map((name) => {
    const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), "utf8");
    const shapes = svg
      .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
      .replace(/\s+/g, " ")
      .replace(/ \/>/g, "/>")
      .trim();
    return `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return {
    name: "portico-icons",
    transformIndexHtml: () => [
      {
        tag: "svg",
        attrs: { hidden: true, width: "0", height: "0", "aria-hidden": "true" },
        children: `<!-- Lucide, ISC -->${symbols.join("")}`,
        injectTo: "body-prepend",
      },
    ],
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir: "public",
  plugins: [preact({ prefreshEnabled: false, devToolsEnabled: false }), iconSprite()],
  define: {
    // The gallery at /dev/ui exists in local builds only.
    __PORTICO_LOCAL__: JSON.stringify(process.env.PORTICO_LOCAL === "1"),
  },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // Browsers that know `light-dark()` and `popover`; older ones would get a page twice the size.
    cssTarget: ["chrome123", "edge123", "firefox125", "safari17.5"],
    // One style sheet: a lazy screen then costs one request instead of two.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // No list of what each screen imports: it would be in the first script, which everybody waits for.
    modulePreload: { polyfill: false, resolveDependencies: () => [] },
    rolldownOptions: {
      // Components do nothing when they are merely imported, so a screen carries only those it shows.
      treeshake: { moduleSideEffects: (id: string) => !/\/web\/ui\/[^/]+\.tsx?$/.test(id) },
      // All that the first screen needs is one file, and not one for each set of screens that share a part.
      output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] } },
    },
  },
});

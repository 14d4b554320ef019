import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";
import { ICON_NAMES } from "./ui/icon-names.ts";

const require = createRequire(import.meta.url);

/** `virtual:icons`: the address of one sprite that holds the icons named in ui/icon-names.ts. */
function iconSprite(): Plugin {
  const id = "\0virtual:icons";
  const sprite = () => {
    const symbols = ICON_NAMES.map((name) => {
      const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), "utf8");
      const shapes = svg
        .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
        .replace(/\s+/g, " ")
        .trim();
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC -->${symbols.join("")}</svg>`;
  };
  return {
    name: "portico-icons",
    resolveId: (source) => (source === "virtual:icons" ? id : undefined),
    load(source) {
      if (source !== id) return undefined;
      const file = this.emitFile({ type: "asset", name: "icons.svg", source: sprite() });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
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
    // A symbol inside a data address can't be used by <use>.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Components do nothing when they are merely imported, so a screen carries only those it shows.
      treeshake: { moduleSideEffects: (id: string) => !/\/web\/ui\/[^/]+\.tsx?$/.test(id) },
      // All that the first screen needs is one file, and not one for each set of screens that share a part.
      output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] } },
    },
  },
});

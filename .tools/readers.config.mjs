// How worker/readers/cv.mjs is made: the readers of CV files, larger than all the rest of the Worker, as a
// module of their own.
import { join } from "node:path";
import { defineConfig } from "vite";
import { root } from "./processes.mjs";

/**
 * The PDF reader looks at the clock to make pauses. A Worker's clock stands still while it computes, so the
 * looks are counted instead (read-cv/pdf.ts), and a file that takes too many is given up.
 */
const countedClock = {
  name: "portico-counted-clock",
  transform(code, id) {
    if (!id.includes("unpdf")) return;
    const counted = code.replaceAll("Date.now()", "globalThis.porticoReaderClock()");
    if (counted === code) this.error("The PDF reader doesn't look at the clock any more.");
    return { code: counted, map: null };
  },
};

export default defineConfig({
  root,
  publicDir: false,
  logLevel: "warn",
  plugins: [countedClock],
  build: {
    outDir: join(root, "worker", "readers"),
    emptyOutDir: true,
    target: "es2022",
    minify: true,
    reportCompressedSize: false,
    lib: {
      entry: join(root, "worker", "features", "apply", "read-cv", "reader.ts"),
      formats: ["es"],
      fileName: () => "cv.mjs",
    },
  },
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { root, run } from "./processes.mjs";

/** The Worker's code as `wrangler deploy` would send it. */
async function bundle(...flags) {
  const folder = mkdtempSync(join(tmpdir(), "portico-bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(root, "dist", "web"), { recursive: true });
  const { code, output } = await run("wrangler", ["deploy", "--dry-run", "--outdir", folder, ...flags]);
  if (code !== 0) throw new Error(output);
  return {
    code: readFileSync(join(folder, "index.js"), "utf8"),
    /** The files that it was made of, as its source map names them. */
    sources: JSON.parse(readFileSync(join(folder, "index.js.map"), "utf8")).sources.join("\n"),
    readers: readFileSync(join(folder, "readers", "cv.mjs"), "utf8"),
  };
}

const fromDev = /worker\/dev\/\S+/g;

test("a deployment's bundle has no demo code, and stays small", { timeout: 60_000 }, async () => {
  const { code, sources } = await bundle();
  expect(sources).toMatch(/worker\/app\.ts/);
  expect(sources.match(fromDev)).toBeNull();
  expect(code).not.toContain("portico-demo-1");
  expect(gzipSync(code).length).toBeLessThan(600_000);
});

test("local mode's constant lets it in", { timeout: 60_000 }, async () => {
  const { sources } = await bundle("--define", "PORTICO_LOCAL:true");
  expect(sources.match(fromDev)).not.toBeNull();
});

test("the readers of CV files go along as a module of their own", { timeout: 60_000 }, async () => {
  const { code, readers } = await bundle();
  expect(readers).toContain("InvalidPDFException");
  expect(readers).not.toMatch(/Date\.now\(\)/);
  expect(code).not.toContain("InvalidPDFException");
  expect(code).toContain("./readers/cv.mjs");
  // With the Worker's own, far from the 10 MB that one may have.
  expect(gzipSync(readers).length).toBeLessThan(700_000);
});

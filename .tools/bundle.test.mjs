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
  return readFileSync(join(folder, "index.js"), "utf8");
}

// esbuild writes each module's path above it.
const fromDev = /^\s*\/\/ worker\/dev\/\S+/gm;

test("a deployment's bundle has no demo code, and stays small", { timeout: 60_000 }, async () => {
  const code = await bundle();
  expect(code).toMatch(/^\s*\/\/ worker\/app\.ts/m);
  expect(code.match(fromDev)).toBeNull();
  expect(code).not.toContain("portico-demo-1");
  expect(gzipSync(code).length).toBeLessThan(600_000);
});

test("local mode's constant lets it in", { timeout: 60_000 }, async () => {
  const code = await bundle("--define", "PORTICO_LOCAL:true");
  expect(code.match(fromDev)).not.toBeNull();
});

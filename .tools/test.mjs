// `npm test`: everything, and one closing line that sums it. `node .tools/test.mjs worker` (or web, browser,
// check) runs a part. Types, lint and the build count as one each.
import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root, run } from "./processes.mjs";
import { closingLine, countTests, sum } from "./tally.mjs";
import { buildWeb } from "./web.mjs";

const reports = join(root, ".cache", "reports");

async function step(name, work) {
  console.log(`\n--- ${name}`);
  const started = Date.now();
  try {
    await work();
    console.log(`${name}: ok, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.log(`${name}: FAILED\n${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

async function command(name, args) {
  const { code } = await run(name, args, { show: true });
  if (code !== 0) throw new Error(`${name} ended with code ${code}.`);
}

/** How many browser tests run side by side. Each has a server and a browser: two keep two processors busy. */
const LANES = Math.min(2, availableParallelism());

async function tests(project) {
  console.log(`\n--- tests: ${project}`);
  mkdirSync(reports, { recursive: true });
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { code } = await run(
    "vitest",
    [
      "run",
      ...["--config", "test/vitest.config.ts", "--project", project],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
    { show: true, env: { PORTICO_TEST_LANES: String(LANES) } },
  );
  return countTests(report, code);
}

const build = () => step("web build", () => buildWeb({ local: true }));
const parts = {
  check: [
    // The Worker reads the declarations of the public pages: those come first, and alone.
    () =>
      step("types", async () => {
        await command("tsc", ["-b", "web/careers"]);
        await command("tsc", ["-b"]);
      }),
    () => step("lint and format", () => command("biome", ["check"])),
  ],
  worker: [() => tests("worker")],
  web: [() => tests("web")],
  browser: [build, () => tests("browser"), () => tests("alone")],
};
const [, ...inBrowser] = parts.browser;
parts.all = [build, ...parts.check, ...parts.web, ...parts.worker, ...inBrowser];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown) {
  console.error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

const counts = [];
for (const part of wanted.length > 0 ? wanted : ["all"]) {
  for (const work of parts[part]) counts.push(await work());
}
const total = sum(counts);
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

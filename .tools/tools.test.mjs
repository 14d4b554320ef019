import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { errorFilter, lines } from "./output.mjs";
import { alive, descendants, freePort, portIsFree, sleep, stopTree } from "./processes.mjs";
import { closingLine, countTests, sum } from "./tally.mjs";

const kept = (text) => text.split("\n").filter((line) => errors(line) !== undefined);
let errors = errorFilter();

test("of wrangler's output, errors stay with our part of their stack", () => {
  errors = errorFilter();
  const output = `Your Worker has access to the following bindings:
env.DB (portico)      D1 Database     local
\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mError: boom\u001b[0m

    at move (file:///checkout/worker/features/agents/move.ts:10:36)
    at dispatch (file:///checkout/node_modules/hono/dist/hono.js:1:1)

[wrangler:info] GET /api/agents 200 OK (7ms)
[wrangler:info] GET /api/boom 500 Internal Server Error (7ms)
    at nothing (of an error)
{"level":"info","message":"fine"}
{"level":"error","message":"bad"}
{not json`;
  expect(kept(output).map((line) => line.replace(/.*(boom|move\.ts|500|bad).*/, "$1"))).toEqual([
    expect.stringContaining("boom"),
    "move.ts",
    "500",
    "bad",
  ]);
});

test("lines are cut across chunks", () => {
  const seen = [];
  const take = lines((line) => seen.push(line));
  take("one\ntw");
  take("o\r\nthr");
  expect(seen).toEqual(["one", "two"]);
});

const pass = { status: "passed", assertionResults: [{ status: "passed" }] };
const report = { numPassedTests: 3, numFailedTests: 0, testResults: [pass] };

test.each([
  ["a green run", report, 0, { passed: 3, failed: 0 }],
  ["failed tests", { ...report, numFailedTests: 2 }, 1, { passed: 3, failed: 2 }],
  [
    "a file that could not be loaded",
    { ...report, testResults: [pass, { status: "failed", assertionResults: [] }] },
    1,
    { passed: 3, failed: 1 },
  ],
  ["an error outside of tests", report, 1, { passed: 3, failed: 1 }],
  ["no report at all", undefined, 1, { passed: 0, failed: 1 }],
])("counting: %s", (_, content, code, expected) => {
  const folder = mkdtempSync(join(tmpdir(), "portico-tally-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (content) writeFileSync(join(folder, "report.json"), JSON.stringify(content));
  expect(countTests(join(folder, "report.json"), code)).toEqual(expected);
});

test("the closing line sums everything", () => {
  const total = sum([
    { passed: 1, failed: 0 },
    { passed: 20, failed: 2 },
  ]);
  expect(closingLine(total)).toBe("21 passed, 2 failed");
});

test("descendants are found over generations", () => {
  const table = [
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 1],
    [9, 8],
  ];
  expect(descendants(2, table)).toEqual([3, 4]);
  expect(descendants(1, table).sort()).toEqual([2, 3, 4, 5]);
});

test.skipIf(process.platform === "win32")("a tree is ended to the last process, deaf ones too", async () => {
  const inner = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
  const outer = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", ${JSON.stringify(inner)}]);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", outer]);
  const below = Number(await new Promise((resolve) => child.stdout.once("data", resolve)));
  // Long enough for the inner one to have become deaf.
  await sleep(300);
  await stopTree(child.pid, { grace: 500 });
  for (let tries = 0; tries < 50 && (alive(below) || alive(child.pid)); tries++) await sleep(20);
  expect([alive(child.pid), alive(below)]).toEqual([false, false]);
});

test("a taken port is noticed", async () => {
  const port = await freePort();
  expect(await portIsFree(port)).toBe(true);
  const server = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  expect(await portIsFree(port)).toBe(false);
  server.close();
});

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, run } from "./processes.mjs";

// Which import the lint rules must refuse in which file, and which they must let pass. Each gets a line of
// its own in a file of that name, since the rules go by names.
const agents = "worker/features/agents";
const refused = [
  ["worker/lib/ids.ts", "../db/client"],
  ["worker/lib/ids.ts", "../env"],
  ["worker/db/client.ts", "../events/commit"],
  ["worker/db/client.ts", "../features/agents/agents"],
  ["worker/events/commit.ts", "../features/agents/agents"],
  ["worker/events/commit.ts", "../http/problems"],
  ["worker/events/commit.ts", "../dev/clock"],
  ["worker/queue/handle.ts", "../features/agents/routes"],
  ["worker/cron/schedule.ts", "../dev/clock"],
  ["worker/live/channel.ts", "../features/agents/routes"],
  ["worker/http/session.ts", "../app"],
  [`${agents}/agents.ts`, "../../http/problems"],
  [`${agents}/agents.ts`, "./routes"],
  [`${agents}/agents.ts`, "../documents/routes"],
  [`${agents}/agents.ts`, "../../live/channel"],
  [`${agents}/agents.ts`, "../../dev/clock"],
  [`${agents}/routes.ts`, "../documents/routes"],
  [`${agents}/routes.ts`, "../../dev/clock"],
  [`${agents}/schema.ts`, "./table"],
  [`${agents}/schema.ts`, "drizzle-orm"],
  [`${agents}/schema.ts`, "../../http/problems"],
  [`${agents}/words.ts`, "zod"],
  [`${agents}/words.ts`, "./schema"],
  [`${agents}/table.ts`, "./agents"],
  [`${agents}/table.ts`, "zod"],
  ["web/lib/client.ts", "../../worker/features/agents/agents"],
  ["web/lib/client.ts", "../../worker/db/client"],
  ["web/lib/client.ts", "../../worker/features/agents/schema"],
  ["web/lib/client.ts", "zod"],
];
const allowed = [
  ["worker/lib/ids.ts", "./clock"],
  ["worker/lib/ids.ts", "jose"],
  ["worker/db/client.ts", "../lib/ids"],
  ["worker/db/schema.ts", "../features/agents/table"],
  ["worker/events/commit.ts", "../db/client"],
  ["worker/events/commit.ts", "../features/agents/words"],
  ["worker/events/subscribers.ts", "../features/agents/notices"],
  ["worker/queue/handle.ts", "../features/agents/agents"],
  ["worker/app.ts", "./features/agents/routes"],
  ["worker/app.ts", "./dev/routes"],
  ["worker/dev/routes.ts", "./clock"],
  [`${agents}/agents.ts`, "../../http/shapes"],
  [`${agents}/agents.ts`, "../documents/documents"],
  [`${agents}/routes.ts`, "../../http/session"],
  [`${agents}/routes.ts`, "./agents"],
  [`${agents}/schema.ts`, "zod"],
  [`${agents}/schema.ts`, "../documents/words"],
  [`${agents}/table.ts`, "drizzle-orm/sqlite-core"],
  [`${agents}/agents.test.ts`, "../../dev/clock"],
  ["web/lib/client.ts", "../../worker/features/agents/words"],
  ["web/lib/client.ts", 'import type { Agent } from "../../worker/features/agents/schema";'],
  ["web/lib/client.ts", "preact"],
];

let folder;
const found = new Set();
const places = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "portico-lint-"));
  cpSync(join(root, ".biome.json"), join(folder, ".biome.json"));
  cpSync(join(root, ".tools", "type-only.grit"), join(folder, ".tools", "type-only.grit"));
  for (const [file, from] of [...refused, ...allowed]) places.set(file, [...(places.get(file) ?? []), from]);
  for (const [file, imports] of places) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), imports.map(statement).join("\n"));
  }
  const { stdout, output } = await run("biome", ["lint", "--reporter=json", "--max-diagnostics=500"], {
    cwd: folder,
  });
  const report = stdout.slice(stdout.indexOf("{"));
  if (!report) throw new Error(output);
  for (const { category, location } of JSON.parse(report).diagnostics) {
    if (category !== "lint/style/noRestrictedImports" && category !== "plugin") continue;
    const file = [...places.keys()].find((one) => location.path.endsWith(one));
    found.add(`${file} ${places.get(file)?.[location.start.line - 1]}`);
  }
});

function statement(from) {
  return from.startsWith("import ") ? from : `import "${from}";`;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(refused)("%s may not import %s", (file, from) => {
  expect(found).toContain(`${file} ${from}`);
});

test.each(allowed)("%s may import %s", (file, from) => {
  expect(found).not.toContain(`${file} ${from}`);
});

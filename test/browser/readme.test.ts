import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Delivery, DeliveryPage, EndpointPage } from "../../worker/features/webhooks/schema";
import { base } from "./harness";
import { callerFor } from "./harness/scene";
import { productTime } from "./harness/server";

const execute = promisify(execFile);

type Page<T extends { _output: { data: unknown[] } }> = T["_output"];

/** The fenced blocks of a chapter, in order. */
function blocks(text: string, heading: string): { language: string; code: string }[] {
  const from = text.indexOf(`## ${heading}\n`);
  expect(from).toBeGreaterThan(0);
  const chapter = text.slice(from, text.indexOf("\n## ", from + 3));
  return [...chapter.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    code,
  }));
}

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const hasCurl =
  spawnSync("curl", ["--version"]).status === 0 && spawnSync("bash", ["-c", "true"]).status === 0;

test.skipIf(!hasCurl)("five minutes to a first signed webhook, as the README has them", async () => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "portico-readme-"));
  const admin = await callerFor("admin@acme.test");
  // Other tests have moved the product's clock, and whoever refuses old signatures would refuse these.
  const ahead = (await productTime()) - Date.now();
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const chapter = blocks(readme, "Five minutes to a first signed webhook").map(({ language, code }) => ({
    language,
    code: code
      .replaceAll("http://localhost:8787", base)
      .replaceAll(/\b4000\b/g, String(port))
      // Other tests run beside this one.
      .replaceAll(/^sleep 1\b/gm, "sleep 6"),
  }));
  try {
    const [receiver, ...others] = chapter.filter((block) => block.language === "js");
    expect(others).toEqual([]);
    const code = receiver?.code ?? "";
    expect(code).toContain("Date.now()");
    writeFileSync(join(folder, "receiver.mjs"), code.replace("Date.now()", `(Date.now() + ${ahead})`));
    const script = chapter.filter((block) => block.language === "sh").map((block) => block.code);
    expect(script).toHaveLength(3);
    const [first = "", second = "", third = ""] = script;
    // A reader looks at the page before going on.
    const lines = [first, second, "sleep 3", third, "kill $receiver"];
    const ran = await execute("bash", ["-e", "-c", lines.join("\n")], {
      cwd: folder,
      timeout: 60_000,
      // Nothing of this process but its programs.
      env: { PATH: process.env.PATH, HOME: folder },
    });
    expect(ran.stderr.replace(/.*Terminated.*\n/g, "")).toBe("");
    const arrived = [...ran.stdout.matchAll(/^(verified|refused) (\S+) ?(\S*)$/gm)];
    expect(new Set(arrived.map(([, word, , type]) => `${word} ${type}`))).toEqual(
      new Set(["verified candidate.created"]),
    );
    // The second one may have come by itself before it was sent again by hand.
    const ids = [...new Set(arrived.map(([, , id]) => id))];
    expect(ids).toHaveLength(2);
    const path = `/api/webhooks/deliveries?eventId=${ids[1]}`;
    const [line] = (await admin.get<Page<typeof DeliveryPage>>(path)).data;
    const delivery = await admin.get<Delivery>(`/api/webhooks/deliveries/${line?.id}`);
    expect(delivery.attempts[0]?.cause).toBe("refused");
    expect(delivery).toMatchObject({ status: "delivered", lastStatusCode: 204 });
  } finally {
    const { data } = await admin.get<Page<typeof EndpointPage>>("/api/webhooks/endpoints?limit=200");
    for (const { id, url } of data) {
      if (!url.includes(`:${port}/`)) continue;
      await fetch(`${base}/api/webhooks/endpoints/${id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${admin.token}` },
      });
    }
    rmSync(folder, { recursive: true, force: true });
  }
});

import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newPerson } from "./harness";

const picture = fileURLToPath(new URL("../../docs/board.png", import.meta.url));

// PORTICO_DOCS=1 npx vitest run --config test/vitest.config.ts --project browser test/browser/docs.test.ts
test.runIf(process.env.PORTICO_DOCS === "1")("the README's picture of the board is taken anew", async () => {
  await newPerson({ email: "admin@acme.test" });
  const { page } = await newPerson({ email: "recruiter@acme.test" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator(".bcard").first().waitFor();
  await page.getByLabel("Also looking: Alma Reyes").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.screenshot({ path: picture, animations: "disabled" });
  expect(statSync(picture).size).toBeLessThan(200_000);
});

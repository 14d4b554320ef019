import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { newOrg } from "./org";

test("an organization's page is there without a script, and an unknown one's is a 404 in words", async () => {
  const org = await newOrg();
  const page = await exports.default.fetch(new Request(`https://portico.test/careers/${org.slug}`));
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain(`<h1 dir="auto">Jobs at`);
  expect(html).toContain("--accent");
  const none = await exports.default.fetch(new Request("https://portico.test/careers/nobody-here"));
  expect(none.status).toBe(404);
  expect(await none.text()).toContain("There is no such page");
});

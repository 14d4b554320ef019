import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { expect, test } from "vitest";
import { login, newPerson } from "../harness";
import { crowd } from "../harness/crowd";
import { drag } from "../harness/pointer";
import { newScene } from "../harness/scene";

const KILO = 1000;

/** Loads a screen anew: the script it took in all, and what was asked for before its content stood there. */
async function cost(page: Page, path: string, content: string) {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await page.addInitScript((selector) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(selector)) return;
      performance.mark("content");
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  }, content);
  await page.goto(path);
  await page.locator(content).first().waitFor();
  await page.waitForLoadState("networkidle");
  const scripts = responses.filter((response) => /\.js$/.test(new URL(response.url()).pathname));
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).byteLength));
  const asked = await page.evaluate(() => {
    const shown = performance.getEntriesByName("content")[0]?.startTime ?? 0;
    const entries = [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ];
    return entries.filter(({ startTime }) => startTime < shown).map(({ name }) => new URL(name).pathname);
  });
  return { script: sizes.reduce((sum, size) => sum + size, 0), asked };
}

test("the portal's first screens cost less than 35 kB of script and 6 requests before their content", async () => {
  const { page } = await newPerson();
  const entrance = await cost(page, "/login", "h1");
  const { page: home } = await newPerson();
  await login(home, "agent@acme.test", { path: "/api/health" });
  const agent = await cost(home, "/home", ".path");
  console.info(`login: ${entrance.script} bytes of script, before content ${entrance.asked.join(" ")}`);
  console.info(`home: ${agent.script} bytes of script, before content ${agent.asked.join(" ")}`);
  for (const { script, asked } of [entrance, agent]) {
    expect(script).toBeLessThan(35 * KILO);
    expect(asked.length).toBeLessThan(6);
  }
});

test("the recruiter's board costs less than 60 kB of script", async () => {
  const { page } = await newPerson();
  await login(page, "recruiter@acme.test", { path: "/api/health" });
  const board = await cost(page, "/pool", ".bcard");
  console.info(`board: ${board.script} bytes of script, before content ${board.asked.join(" ")}`);
  expect(board.script).toBeLessThan(60 * KILO);
});

test("a column of a thousand draws only what is near, and scrolls and drags without long pauses", async () => {
  const scene = await newScene("Crowded Hall");
  const first = await scene.agent("Person 0");
  await crowd(first, 999);
  const { page } = await newPerson({ email: scene.admin.email, path: "/pool" });
  await page.getByRole("link", { name: "Person 1", exact: true }).waitFor();
  await page.locator('[data-stage="applied"] .bcol-count').getByText("1000").waitFor();

  await page.evaluate(() => {
    const seen = { most: 0, long: [] as number[] };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      seen.most = Math.max(seen.most, document.querySelectorAll("[data-person]").length);
    }).observe(document.body, { subtree: true, childList: true });
    new PerformanceObserver((list) => {
      seen.long.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
  });
  const list = page.locator('[data-stage="applied"] .bcol-list');
  const box = await list.boundingBox();
  if (!box) throw new Error("The column can't be seen.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const last = page.getByRole("link", { name: "Person 999", exact: true });
  for (let turns = 0; turns < 400 && (await last.count()) === 0; turns += 1) await page.mouse.wheel(0, 1500);
  await last.waitFor();
  await drag(page, last, page.locator('[data-stage="screening"]'));
  await page.locator('[data-stage="screening"]').getByRole("link", { name: "Person 999" }).waitFor();
  const { most, long } = await page.evaluate(
    () => (window as unknown as { seen: { most: number; long: number[] } }).seen,
  );
  console.info(
    `at most ${most} cards were drawn; tasks longer than 50 ms: ${long.map(Math.round).join(" ") || "none"}`,
  );
  expect(most).toBeLessThan(80);
  expect(Math.max(0, ...long)).toBeLessThan(200);
});

test("an agent sees the next step without a click and sends the paper with two, or with the camera", async () => {
  const scene = await newScene("Short Way");
  const agent = await scene.agent("Ada Able");
  for (const phone of [true, false]) {
    const { page } = await newPerson({ email: agent.email, phone });
    const next = page.locator(".next-title");
    await next.waitFor();
    const { y, height } = (await next.boundingBox()) ?? { y: Number.POSITIVE_INFINITY, height: 0 };
    expect(y + height, "the next step stands in the first window").toBeLessThan(phone ? 844 : 800);
  }
  const { page } = await newPerson({ email: agent.email, phone: true });
  await page.getByText("Upload your W-9").waitFor();
  const camera = page.locator(".next input[capture=environment]");
  expect(await camera.getAttribute("accept")).toBe("image/*");
  await page
    .locator(".next")
    .getByRole("button", { name: /^Take a photo/ })
    .waitFor();
  const chooser = page.waitForEvent("filechooser");
  await page
    .locator(".next")
    .getByRole("button", { name: /^Choose a file/ })
    .tap();
  const name = "photo.txt";
  await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from("My W-9.") });
  await page.locator(".doc", { hasText: "W-9" }).getByText("In review").waitFor();
});

test("a recruiter finds a known person by one key, from anywhere", async () => {
  const { page, expectError } = await newPerson({ email: "recruiter@acme.test" });
  expectError(/status of 404/);
  for (const path of ["/pool", "/pool/list"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "Vera Popov" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("petrov");
    await page.getByRole("link", { name: "Vera Popov" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Nadia Petrov" }).waitFor();
  }
  for (const path of ["/documents/review", "/settings/documents", "/account", "/agents/agt_nobody"]) {
    await page.goto(path);
    await page.locator(".loading").waitFor({ state: "detached" });
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("/");
    await page.keyboard.type("petrov");
    await page.getByRole("option", { name: "Nadia Petrov" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Nadia Petrov", level: 1 }).waitFor();
  }
});

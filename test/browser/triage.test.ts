import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson, shot } from "./harness";
import { newJobScene } from "./harness/job-scene";

const shown = (page: Page) => page.locator(".triage-pane:not(.triage-ready) h2").first();

test("new applications are decided by a key each, and the next one is there already", async () => {
  const scene = await newJobScene("Quick Eyes");
  const [one, two, three, four] = await scene.applyMany(4);
  if (!one || !two || !three || !four) throw new Error("Nobody applied.");
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}/triage` });
  await page.getByRole("heading", { name: one.name }).waitFor();
  await page.getByText("1 of 4").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  // Two stand ready behind the first.
  await page.locator(".triage-ready .answers").nth(1).waitFor({ state: "attached" });
  await shot(page, "triage");

  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  let keys = 0;
  const key = async (name: string) => {
    keys += 1;
    await page.keyboard.press(name);
  };

  await key("4");
  await expect.poll(async () => (await scene.application(one.id)).rating).toBe(4);
  await key("s");
  await expect.poll(async () => (await scene.application(one.id)).starred).toBe(true);
  asked.length = 0;
  await key("y");
  // In the very next frame, and without asking for it.
  expect(await shown(page).textContent()).toBe(two.name);
  expect(await page.locator(".triage-pane:not(.triage-ready) .loading").count()).toBe(0);
  expect(asked).not.toContain(`/api/applications/${two.id}`);
  await expect.poll(async () => (await scene.application(one.id)).stage).toBe("screening");

  await key("l");
  expect(await shown(page).textContent()).toBe(three.name);
  await page.getByText("3 of 4").waitFor();

  await key("n");
  await page.getByRole("dialog", { name: `Reject ${three.name}` }).waitFor();
  await key("Enter");
  await expect.poll(() => shown(page).textContent()).toBe(four.name);
  await expect.poll(async () => (await scene.application(three.id)).stage).toBe("rejected");

  await key("u");
  await expect.poll(() => shown(page).textContent()).toBe(three.name);
  await expect.poll(async () => (await scene.application(three.id)).stage).toBe("new");
  await key("ArrowRight");
  await key("ArrowRight");
  await page.getByText("That was everybody").waitFor();
  expect(keys).toBe(9);
  await shot(page, "triage-end");
  await expect.poll(async () => (await scene.application(four.id)).stage).toBe("screening");
  expect((await scene.application(two.id)).stage).toBe("new");

  await page.getByRole("button", { name: "Read the 1 left for later" }).click();
  expect(await shown(page).textContent()).toBe(two.name);
});

test("who applies meanwhile joins the queue, and whom somebody else took leaves it", async () => {
  const scene = await newJobScene("Busy Desk");
  const recruiter = await scene.recruiter("Chris Doyle");
  const [one, two] = await scene.applyMany(2);
  if (!one || !two) throw new Error("Nobody applied.");
  const { page, expectError } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${scene.job.id}/triage`,
  });
  expectError(/status of 409/);
  await page.getByText("1 of 2").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await scene.apply("Late Comer");
  await page.getByText("1 of 3").waitFor();
  await recruiter.post(`/api/applications/${two.id}/move-stage`, { stage: "interview" });
  await page.getByText("1 of 2").waitFor();
  await recruiter.post(`/api/applications/${one.id}/move-stage`, { stage: "interview" });
  await page.keyboard.press("y");
  await page.getByText("Person 1 was moved by Chris Doyle a moment ago and is in Interview now.").waitFor();
  expect(await shown(page).textContent()).toBe("Late Comer");
});

test("on a phone the decisions lie under the thumb", async () => {
  const scene = await newJobScene("Thumb");
  const [one] = await scene.applyMany(2);
  if (!one) throw new Error("Nobody applied.");
  const { page } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${scene.job.id}/triage`,
    phone: true,
  });
  await page.getByRole("heading", { name: one.name }).waitFor();
  const bar = page.getByRole("toolbar", { name: "Decide" });
  for (const button of await bar.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box && box.y + box.height).toBeLessThanOrEqual(844);
  }
  await shot(page, "triage-phone");
  await bar.getByRole("button", { name: "Screening" }).tap();
  await page.getByText("2 of 2").waitFor();
  await expect.poll(async () => (await scene.application(one.id)).stage).toBe("screening");
});

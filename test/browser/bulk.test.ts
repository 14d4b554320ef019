import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { advanceClock, newPerson, outbox, shot } from "./harness";
import { newJobScene } from "./harness/job-scene";
import { newScene } from "./harness/scene";

const card = (page: Page, name: string) => page.locator("[data-person]", { hasText: name });
const live = (page: Page) => page.getByText("Live", { exact: true }).waitFor();
const count = async (page: Page, stage: string) =>
  Number.parseInt((await page.locator(`[data-stage="${stage}"] .bcol-count`).textContent()) ?? "", 10);

test("thirty people are rejected with a preview in four interactions, and all come back", async () => {
  const scene = await newJobScene("Thirty");
  const everybody = await scene.applyMany(30);
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await live(page);
  await expect.poll(() => count(page, "new")).toBe(30);

  await page.getByRole("button", { name: "New: actions" }).click();
  await page.getByRole("menuitem", { name: "Select all here" }).click();
  await page.getByRole("button", { name: "Reject…" }).click();
  const dialog = page.getByRole("dialog", { name: "Reject 30 people" });
  await expect.poll(() => dialog.getByText("New → Rejected").count()).toBe(30);
  await shot(page, "bulk-reject-preview");
  await dialog.getByRole("button", { name: "Reject 30 people" }).click();

  await page.getByText("30 people rejected.").waitFor();
  await dialog.waitFor({ state: "hidden" });
  await expect.poll(() => count(page, "new")).toBe(0);
  expect((await scene.board()).stages.find(({ key }) => key === "rejected")?.count).toBe(30);
  await shot(page, "bulk-rejected");

  // Ten minutes: the message and its key still take it back after one of them.
  await advanceClock(60);
  await page
    .locator(".toast", { hasText: "30 people rejected." })
    .getByRole("button", { name: /^Undo/ })
    .click();
  await page.getByText("Taken back: 30 people.").waitFor();
  await expect.poll(() => count(page, "new")).toBe(30);
  await advanceClock(600);
  await page.waitForTimeout(1000);
  const mails = await Promise.all(everybody.slice(0, 3).map(({ email }) => outbox(email)));
  expect(mails.flat().filter(({ subject }) => /your application for Support lead$/.test(subject))).toEqual(
    [],
  );
});

test("keys select, and what others changed meanwhile is named and left as it is", async () => {
  const scene = await newJobScene("Meanwhile");
  const ada = await scene.apply("Ada Able");
  await scene.apply("Bo Baker");
  const cy = await scene.apply("Cy Clark");
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await live(page);
  await card(page, cy.name).getByRole("link").focus();
  await page.keyboard.press("x");
  await card(page, ada.name)
    .getByRole("link")
    .click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "Move 3 people" });
  await dialog.getByText("New → Screening").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("3 people are in Screening now.").waitFor();
  await expect.poll(() => count(page, "screening")).toBe(3);

  await scene.admin.post(`/api/applications/${ada.id}/move-stage`, { stage: "interview" });
  await expect.poll(() => count(page, "interview")).toBe(1);
  await page.keyboard.press("u");
  await page.getByText(/Taken back: 2 people\. 1 person stay.*Ada Able/).waitFor();
  await expect.poll(() => count(page, "new")).toBe(2);
  expect((await scene.application(ada.id)).stage).toBe("interview");
});

test("in the list one tags and archives many, and finds the archive again", async () => {
  const scene = await newJobScene("List Work");
  await scene.applyMany(4);
  await scene.apply("Flagged One", { visa: false });
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}/list` });
  await page.getByRole("row", { name: /Flagged One/ }).waitFor();
  await page.getByLabel("Select Person 4").click();
  await page.getByLabel("Select Person 2").click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.getByRole("button", { name: "Tag…" }).click();
  await page.getByLabel("Add", { exact: true }).fill("second look");
  await page.keyboard.press("Enter");
  await page.getByText("Tags: second look.").first().waitFor();
  await page.getByRole("button", { name: "Tag 3 people" }).click();
  await page.getByText("3 people tagged.").waitFor();
  await expect.poll(() => page.getByRole("row").filter({ hasText: "second look" }).count()).toBe(3);
  await shot(page, "job-list");

  await page.goto(`/jobs/${scene.job.id}/list?flagged=yes`);
  await page.getByRole("row", { name: /Flagged One/ }).waitFor();
  expect(await page.getByRole("row").count()).toBe(2);
  await page.getByLabel("Select all rows shown").click();
  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Archive 1 person" }).click();
  await page.getByText("1 person archived.").waitFor();
  await page.getByText("Nobody matches").waitFor();

  await page.goto(`/jobs/${scene.job.id}/list?archived=yes`);
  await page.getByLabel("Select Flagged One").click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await page.getByText("1 person back from the archive.").waitFor();
  await page.goto(`/jobs/${scene.job.id}/list?answer=visa:no`);
  await page.getByRole("row", { name: /Flagged One/ }).waitFor();
  expect(await page.getByRole("row").count()).toBe(2);
});

test("agents in the pool are moved together, too", async () => {
  const scene = await newScene("Pool Work");
  await scene.agent("Ada Able");
  await scene.agent("Bo Baker");
  const { page } = await newPerson({ email: scene.admin.email, path: "/pool" });
  await live(page);
  await card(page, "Ada Able").getByRole("link").focus();
  await page.keyboard.press("X");
  await page.keyboard.press("m");
  await page
    .getByRole("dialog", { name: "Move 2 people" })
    .getByText("Applied → Screening")
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("2 people are in Screening now.").waitFor();
  await expect.poll(() => count(page, "screening")).toBe(2);
  await page.keyboard.press("u");
  await expect.poll(() => count(page, "applied")).toBe(2);
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

const card = (page: Page, name: string) => page.locator("[data-person]", { hasText: name });
const inStage = (page: Page, key: string, name: string) =>
  page.locator(`[data-stage="${key}"]`).locator(card(page, name));

test("a move slides in at the other recruiter with the mover's initials, and is read aloud", async () => {
  const scene = await newScene("Two Desks");
  const recruiter = await scene.recruiter("Chris Doyle");
  const ada = await scene.agent("Ada Able");
  await scene.agent("Bo Baker");
  const { page: first } = await newPerson({ email: scene.admin.email, path: "/pool" });
  const { page: second } = await newPerson({ email: recruiter.email, motion: true, path: "/pool" });
  await inStage(first, "applied", ada.name).waitFor();
  await inStage(second, "applied", ada.name).waitFor();
  await first.getByLabel("Also looking: Chris Doyle").waitFor();
  await second.getByLabel("Also looking: Alma Stone").waitFor();

  const slid = second.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        new MutationObserver(() => {
          if (document.querySelector(".board-ghost")) resolve(true);
        }).observe(document.body, { subtree: true, childList: true });
        setTimeout(() => resolve(false), 8000);
      }),
  );
  await card(first, ada.name).getByRole("link").focus();
  await first.keyboard.press("m");
  await first.keyboard.type("scr");
  await first.keyboard.press("Enter");

  await inStage(second, "screening", ada.name).waitFor();
  expect(await slid).toBe(true);
  const initials = card(second, ada.name).getByTitle("Moved by Alma Stone");
  await initials.waitFor();
  expect(await initials.locator(".avatar").getAttribute("data-letters")).toBe("AS");
  await shot(second, "board-moved-by-another");
  await second
    .getByRole("status")
    .getByText("Alma Stone moved Ada Able from Applied to Screening.")
    .waitFor();
  // They go after three seconds.
  await initials.waitFor({ state: "detached", timeout: 6000 });
});

test("of two who move the same person at once, one is told who was faster, and both see the same", async () => {
  const scene = await newScene("Two Hands");
  const recruiter = await scene.recruiter("Chris Doyle");
  const ada = await scene.agent("Ada Able");
  const people = [
    {
      ...(await newPerson({ email: scene.admin.email, path: "/pool" })),
      name: "Alma Stone",
      to: "screening",
      word: "Screening",
    },
    {
      ...(await newPerson({ email: recruiter.email, path: "/pool" })),
      name: "Chris Doyle",
      to: "documents",
      word: "Documents",
    },
  ];
  for (const { page, to, expectError } of people) {
    expectError(/status of 409/);
    await inStage(page, "applied", ada.name).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await card(page, ada.name).getByRole("link").focus();
    await page.keyboard.press("m");
    await page.getByRole("dialog", { name: "Move Ada Able" }).waitFor();
    await page.keyboard.type(to.slice(0, 3));
  }
  await Promise.all(people.map(({ page }) => page.keyboard.press("Enter")));

  await expect
    .poll(async () => (await scene.admin.get<{ status: string }>(`/api/agents/${ada.id}`)).status)
    .not.toBe("applied");
  const { status } = await scene.admin.get<{ status: string }>(`/api/agents/${ada.id}`);
  const winner = people.find(({ to }) => to === status);
  const loser = people.find(({ to }) => to !== status);
  if (!winner || !loser) throw new Error(`Ada stands in ${status}, where nobody moved her.`);

  const told = `Ada Able was moved by ${winner.name} a moment ago and is in ${winner.word} now.`;
  await loser.page.getByText(told).waitFor();
  await shot(loser.page, "board-rolled-back");
  for (const { page } of people) await inStage(page, status, ada.name).waitFor();
  await winner.page.getByText(`Ada Able is in ${winner.word} now.`).waitFor();

  const { data } = await scene.admin.get<{ data: { type: string }[] }>(`/api/agents/${ada.id}/timeline`);
  expect(data.filter(({ type }) => type === "agent.status_changed")).toHaveLength(1);
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { WorkflowStep, WorkflowTemplate } from "../../worker/features/workflows/schema";
import { axe, newPerson, shot } from "./harness";
import { newJobScene } from "./harness/job-scene";
import { drag } from "./harness/pointer";
import { newScene, type Scene } from "./harness/scene";

const names = (page: Page) =>
  page.locator(".stage-name").evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? ""));
const saved = (page: Page) => page.locator(".workflow-saved").getByText("Saved").waitFor();
const actions = (page: Page, key: string) =>
  page.locator(`[data-stage="${key}"] .action-words`).allTextContents();
const first = async (scene: Scene) =>
  (await scene.admin.get<{ data: WorkflowTemplate[] }>("/api/workflow-templates")).data[0]!;
const stored = async (scene: Scene, owner: string) => {
  const { data } = await scene.admin.get<{ data: WorkflowStep[] }>(`/api/workflow-steps?${owner}`);
  return data.map(({ name }) => name);
};

test("stages are reordered by keyboard and by drag, renamed in place, added and described", async () => {
  const scene = await newScene("Straight Line");
  const template = await first(scene);
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/workflows" });
  await page.getByRole("link", { name: template.name }).waitFor();
  await axe(page);
  await page.getByRole("link", { name: template.name }).click();
  await page.locator(".stage").first().waitFor();
  await axe(page);
  const before = await names(page);
  expect(before).toEqual(template.stages.map(({ name }) => name));

  await page.getByRole("button", { name: /^Move Phone Screen/ }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  const swapped = [before[0], before[2], before[1], ...before.slice(3)];
  expect(await names(page)).toEqual(swapped);
  // The keys go on with the same stage.
  await page.keyboard.press("Alt+ArrowDown");
  expect(await names(page)).toEqual(before);
  await page.keyboard.press("Alt+ArrowUp");
  await saved(page);
  await expect.poll(() => stored(scene, `templateId=${template.id}`)).toEqual(swapped);

  await drag(
    page,
    page.getByRole("button", { name: /^Move Reference Check/ }),
    page.locator('[data-stage="initial-screening"]'),
  );
  const dragged = [
    swapped[0],
    swapped[1],
    "Reference Check",
    ...swapped.slice(2).filter((name) => name !== "Reference Check"),
  ];
  await expect.poll(() => stored(scene, `templateId=${template.id}`)).toEqual(dragged);
  expect(await names(page)).toEqual(dragged);

  for (const name of ["First look", "First glance"]) {
    await page.locator('[data-stage="initial-screening"] .stage-name').click();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: new RegExp(`^${name}`) }).waitFor();
  }
  await page.getByRole("button", { name: "Actions for First glance" }).click();
  await page.getByRole("menuitem", { name: "Add a description…" }).click();
  await page.keyboard.type("Read the CV.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Read the CV.").waitFor();
  await page.getByRole("button", { name: "Add a stage" }).click();
  await page.keyboard.type("Trial day");
  await page.keyboard.press("Enter");
  await page.locator('[data-stage="trial-day"]').waitFor();
  await axe(page);
  await page.reload();
  await page.locator(".stage").first().waitFor();
  expect(await names(page)).toEqual([
    ...dragged.map((name) => (name === "Initial Screening" ? "First glance" : name)).slice(0, 7),
    "Trial day",
    ...dragged.slice(7),
  ]);
  await shot(page, "workflow");
});

test("actions are added with a look at the mail, changed, reordered and deleted", async () => {
  const scene = await newScene("Chain Reaction");
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/pool" });
  await page.locator('[data-stage="screening"]').waitFor();
  await axe(page);
  const had = await actions(page, "screening");
  const add = async (type: RegExp) => {
    await page.getByRole("button", { name: "Add an action to Screening" }).click();
    await page.getByRole("dialog").getByRole("button", { name: type }).click();
  };
  await add(/^Mail/);
  await page.locator(".mail-text").waitFor();
  await page.getByLabel("Wait before it is sent").fill("2");
  await axe(page);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect
    .poll(async () => (await actions(page, "screening")).at(-1))
    .toMatch(/^Mails the person: .+, after 2 days$/);

  await add(/^Task/);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Write a title.").waitFor();
  await page.getByLabel("What is to be done").fill("Call {{name}}");
  await page.getByLabel("Who does it").selectOption({ label: "Whoever moves the person" });
  await page.getByLabel("Due after").fill("3");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  const words = "Task for whoever moves the person: Call {{name}}, due in 3 days";
  await expect.poll(async () => (await actions(page, "screening")).at(-1)).toBe(words);

  await page.locator('[data-stage="screening"] .action-open').last().focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(async () => (await actions(page, "screening")).at(-2)).toBe(words);
  await saved(page);
  await page.locator('[data-stage="screening"] .action-open', { hasText: "Call" }).click();
  await page.getByLabel("Due after").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect
    .poll(async () => (await actions(page, "screening")).at(-2))
    .toBe("Task for whoever moves the person: Call {{name}}");
  await page.locator('[data-stage="screening"] .action-open', { hasText: "after 2 days" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect
    .poll(() => actions(page, "screening"))
    .toEqual([...had, "Task for whoever moves the person: Call {{name}}"]);
  await saved(page);
});

test("a stage with people is deleted after it was said where they go", async () => {
  const scene = await newJobScene("Full House");
  const ada = await scene.apply("Ada Able");
  const bo = await scene.apply("Bo Baker");
  for (const { id } of [ada, bo]) {
    await scene.admin.post<Application>(`/api/applications/${id}/move-stage`, { stage: "screening" });
  }
  const { page, expectError } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${scene.job.id}/workflow`,
  });
  expectError(/status of 409/);
  const stage = page.locator('[data-stage="screening"]');
  await stage.getByText("2 people").waitFor();
  // Somebody more comes in while one looks.
  const cy = await scene.apply("Cy Clark");
  await scene.admin.post<Application>(`/api/applications/${cy.id}/move-stage`, { stage: "screening" });
  await page.getByRole("button", { name: "Actions for Screening" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Screening?" });
  await dialog.getByLabel("Where they all go").selectOption({ label: "Interview" });
  await dialog.getByText("Mails the person").waitFor();
  await axe(page);
  await dialog.getByRole("button", { name: "Move 2 people and delete" }).click();
  await page.getByText("Screening is gone.").waitFor();
  await stage.waitFor({ state: "detached" });
  await page.locator('[data-stage="interview"]').getByText("3 people").waitFor();
  for (const { id } of [ada, bo, cy]) expect((await scene.application(id)).stage).toBe("interview");

  // One that has to be there stays, and the dialog says why.
  await page.getByRole("button", { name: "Actions for Rejected" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("one has to be there").waitFor();
});

test("a new workflow is made, and carried over to an open job after a look at what changes", async () => {
  const scene = await newScene("New Ways");
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/workflows", phone: true });
  await page.getByRole("button", { name: "New workflow" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Short way");
  await page.getByLabel("Begins with").selectOption("empty");
  await axe(page);
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("heading", { name: /Short way/, level: 1 }).waitFor();
  await page.locator(".stage").first().waitFor();
  expect(await names(page)).toEqual(["New", "Hired", "Rejected", "Withdrawn"]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  const templateId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const client = await scene.admin.post<{ id: string }>("/api/clients", { companyName: "Kestrel" });
  const job = await scene.admin.post<Job>("/api/jobs", { clientId: client.id, title: "Welder", templateId });
  await page.getByRole("button", { name: "Add a stage" }).click();
  await page.keyboard.type("Trial day");
  await page.keyboard.press("Enter");
  await page.locator('[data-stage="trial-day"]').waitFor();
  await page.getByRole("button", { name: "Use for open jobs too…" }).click();
  await page.getByRole("checkbox", { name: "Welder" }).waitFor();
  await page.getByText("New: Trial day").waitFor();
  await axe(page);
  expect(await stored(scene, `pipelineId=${job.pipelineId}`)).not.toContain("Trial day");
  await page.getByRole("button", { name: "Change 1 job" }).click();
  await page.getByText("This is what was done.").waitFor();
  expect(await stored(scene, `pipelineId=${job.pipelineId}`)).toContain("Trial day");
  await page.getByRole("button", { name: "Done", exact: true }).click();

  await page.getByRole("button", { name: "More about this workflow" }).click();
  await page.getByRole("menuitem", { name: "Make it the default" }).click();
  await page.getByText("New jobs begin with Short way now.").waitFor();
  expect((await scene.admin.get<WorkflowTemplate>(`/api/workflow-templates/${templateId}`)).isDefault).toBe(
    true,
  );
});

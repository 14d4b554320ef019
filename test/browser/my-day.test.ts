import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Task } from "../../worker/features/tasks/schema";
import { axe, newPerson, shot } from "./harness";
import { newScene, type Scene, unique } from "./harness/scene";

/** A job with the default workflow, and how somebody applies for it. */
async function newJob(scene: Scene, title = "Night dispatcher") {
  const client = await scene.admin.post<{ id: string }>("/api/clients", { companyName: "Kestrel" });
  const job = await scene.admin.post<Job>("/api/jobs", { clientId: client.id, title });
  const apply = (name: string) => {
    const [firstName, lastName] = name.split(" ");
    const email = `${unique(firstName?.toLowerCase() ?? "p")}@people.test`;
    return scene.admin.post<Application>("/api/applications", {
      job: job.id,
      candidateData: { firstName, lastName, email },
    });
  };
  return { job, apply };
}

const row = (page: Page, title: string) => page.locator("[data-task]", { hasText: title });
const open = async (scene: Scene) =>
  (await scene.admin.get<{ data: Task[] }>("/api/workflow-tasks?status=open")).data.map(({ title }) => title);

test("a task that a stage makes stands in its assignee's day at once, and is done there by one key", async () => {
  const scene = await newScene("Bright Morning");
  const { job, apply } = await newJob(scene);
  const rae = await scene.recruiter("Rae Cole");
  const { data: team } = await scene.admin.get<{ data: { id: string; name: string }[] }>("/api/me/team");
  const userId = team.find(({ name }) => name === "Rae Cole")?.id ?? "";
  await scene.admin.put(`/api/jobs/${job.id}/team`, { team: [{ userId, role: "recruiter" }] });
  const ada = await apply("Ada Able");
  await apply("Bo Baker");
  const { page } = await newPerson({ email: rae.email });
  await page.getByRole("heading", { name: /^Good \w+, Rae$/ }).waitFor();
  await page.getByText("2 new applications.").waitFor();
  const triage = page.getByRole("link", { name: "Triage 2 for Night dispatcher" });
  expect(await triage.getAttribute("href")).toBe(`/jobs/${job.id}/triage`);
  await axe(page);

  await scene.admin.post(`/api/applications/${ada.id}/move-stage`, { stage: "initial-screening" });
  await row(page, "Screen Ada Able").waitFor();
  await shot(page, "my-day", { full: true });
  expect(await open(scene)).toContain("Screen Ada Able");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await row(page, "Screen Ada Able").waitFor({ state: "detached" });
  await expect.poll(() => open(scene)).not.toContain("Screen Ada Able");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await row(page, "Screen Ada Able").waitFor();
  await expect.poll(() => open(scene)).toContain("Screen Ada Able");
  await row(page, "Screen Ada Able").getByRole("checkbox").click();
  await row(page, "Screen Ada Able").waitFor({ state: "detached" });
});

test("tasks are made, given away, taken and done, and stand under when they are due", async () => {
  const scene = await newScene("Long List");
  const rae = await scene.recruiter("Rae Cole");
  const past = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await scene.admin.post("/api/workflow-tasks", { title: "Send the contract", dueAt: past });
  const { page } = await newPerson({ email: scene.admin.email, path: "/tasks" });
  await page.getByRole("heading", { name: /^Overdue/ }).waitFor();
  await axe(page);
  await page.keyboard.press("n");
  await page.getByLabel("What is to be done").fill("Ring the client");
  await page.getByRole("button", { name: "Add the task" }).click();
  await page.getByRole("heading", { name: /^Without a date/ }).waitFor();
  await row(page, "Ring the client").getByRole("button", { name: "Actions for Ring the client" }).click();
  await page.getByRole("menuitem", { name: /^Edit, or give/ }).click();
  await page.getByLabel("Who does it").selectOption({ label: "Rae Cole" });
  await axe(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await row(page, "Ring the client").waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Everybody’s" }).click();
  await row(page, "Ring the client").getByRole("img", { name: "Rae Cole" }).waitFor();

  const { page: hers } = await newPerson({ email: rae.email, path: "/tasks", phone: true });
  await row(hers, "Ring the client").waitFor();
  expect(await row(hers, "Send the contract").count()).toBe(0);
  expect(await hers.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await axe(hers);
  await row(hers, "Ring the client").getByRole("checkbox").tap();
  await hers.getByText("Nothing to do", { exact: true }).waitFor();
  await hers.getByRole("button", { name: "Done", exact: true }).click();
  await row(hers, "Ring the client").getByRole("checkbox", { checked: true }).waitFor();

  await page.reload();
  await row(page, "Send the contract").waitFor();
  expect(await row(page, "Ring the client").count()).toBe(0);
});

test("the numbers lead to the lists behind them, and say the same to whoever can't see bars", async () => {
  const scene = await newScene("Round Numbers");
  const { apply } = await newJob(scene);
  await apply("Ada Able");
  await scene.admin.post("/api/workflow-tasks", {
    title: "Old",
    dueAt: new Date(Date.now() - 86_400_000).toISOString(),
  });
  const { page } = await newPerson({ email: scene.admin.email, dark: true });
  const totals = page.getByRole("list", { name: "Totals" });
  await totals.getByRole("link", { name: /^1\s*Open jobs$/ }).waitFor();
  await expect
    .poll(async () => {
      await page.reload();
      await totals.waitFor();
      return page.getByRole("row", { name: "Application Received 1" }).count();
    })
    .toBe(1);
  await axe(page);
  await totals.getByRole("link", { name: /Overdue tasks$/ }).click();
  await page.getByText("Only what is overdue is shown.").waitFor();
  await row(page, "Old").waitFor();
  await page.goBack();
  await totals.getByRole("link", { name: /Clients$/ }).click();
  await page.getByRole("row", { name: /Kestrel/ }).waitFor();
});

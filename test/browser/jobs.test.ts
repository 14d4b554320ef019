import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Client } from "../../worker/features/clients/schema";
import type { Job, JobForm, JobTeam } from "../../worker/features/jobs/schema";
import { axe, newPerson, shot } from "./harness";
import { newScene, type Scene } from "./harness/scene";

const questions = (page: Page) =>
  page.locator(".question-name").evaluateAll((names) => names.map((name) => name.textContent?.trim()));

/** Adds a question of a kind and writes its words. */
async function ask(page: Page, kind: string, words: string): Promise<void> {
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByRole("menuitem", { name: kind }).click();
  await page.getByLabel("Question", { exact: true }).fill(words);
}

/** A job with a few people under way, made behind the screens. */
async function jobWithPeople(scene: Scene, people: string[]): Promise<Job> {
  const client = await scene.admin.post<Client>("/api/clients", { companyName: "Orchard & Sons" });
  const job = await scene.admin.post<Job>("/api/jobs", { clientId: client.id, title: "Night dispatcher" });
  for (const name of people) {
    const email = `${name.toLowerCase()}@people.test`;
    const body = { job: job.id, candidateData: { email, firstName: name, lastName: "Able" } };
    await scene.admin.post("/api/applications", body);
  }
  return job;
}

test("an admin makes a client and a complete job on one page, and posts it", async () => {
  const scene = await newScene("Open Desk");
  await scene.recruiter("Rae Cole");
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto("/jobs");
  await page.getByText("No jobs yet").waitFor();
  await axe(page);
  await page.getByRole("link", { name: "New job" }).first().click();

  await page.getByText("Still needed: a client and a title.").waitFor();
  await page.getByRole("button", { name: "Post the job" }).click();
  await page.getByText("Write the title.").waitFor();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name)).toBe(
    "clientId",
  );
  await axe(page);

  await page.getByRole("button", { name: "New client" }).click();
  await page.getByLabel("Company").fill("Orchard & Sons");
  await page.getByRole("button", { name: "Add the client" }).click();
  await page.getByText("Orchard & Sons is a client now.").waitFor();
  await page.getByLabel("Title", { exact: true }).fill("Night dispatcher");
  await page.getByLabel("Salary from").fill("38,000");
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByLabel("Required skills").fill("Excel, Dispatch,");

  await ask(page, "Short text", "What is your favourite tool?");
  await ask(page, "One of a list", "How long is your notice period?");
  await page.getByRole("button", { name: "Post the job" }).click();
  await page.getByText("Write at least one option.").waitFor();
  await page.getByLabel("Options").fill("None\nA month\nThree months");
  await page.getByLabel("Flag some answers").check();
  await page.getByLabel("Three months").check();
  await ask(page, "Yes or no", "Can you work nights?");
  // The bar at the foot lies over what stands there until one has scrolled to the end.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await axe(page);
  await shot(page, "job-new", { full: true });

  await page.getByLabel("Add a colleague").selectOption({ label: "Rae Cole" });
  await page.getByLabel("What Rae Cole does").selectOption({ label: "Interviewer" });
  await page.getByRole("list", { name: /^Stages of/ }).waitFor();
  await page.getByText("Ready. Nothing is saved yet").waitFor();
  await page.getByRole("button", { name: "Post the job" }).click();
  await page.getByText("Night dispatcher is open now.").waitFor();
  await page.waitForURL(/\/jobs\/job_\w+$/);

  const id = new URL(page.url()).pathname.split("/").at(-1);
  const job = await scene.admin.get<Job>(`/api/jobs/${id}`);
  expect(job).toMatchObject({
    status: "open",
    clientName: "Orchard & Sons",
    salaryMin: 3_800_000,
    salaryMax: null,
    salaryCurrency: "EUR",
    requiredSkills: ["Excel", "Dispatch"],
  });
  expect(job.stages.length).toBeGreaterThan(2);
  const { fields } = await scene.admin.get<JobForm>(`/api/jobs/${id}/form`);
  expect(fields.map(({ key, type }) => [key, type])).toEqual([
    ["whatIsYourFavouriteTool", "text"],
    ["howLongIsYourNoticePeriod", "select"],
    ["canYouWorkNights", "yes_no"],
  ]);
  expect(fields[1]?.knockOut).toEqual({ operator: "includes", value: ["Three months"] });
  const { data } = await scene.admin.get<JobTeam>(`/api/jobs/${id}/team`);
  expect(data.map(({ name, role }) => [name, role])).toEqual([
    ["Alma Stone", "recruiter"],
    ["Rae Cole", "interviewer"],
  ]);

  await page.goto("/jobs?status=open");
  await page.getByRole("row", { name: /Night dispatcher/ }).waitFor();
  await page.getByLabel("Status").selectOption("draft");
  await page.getByText("No job matches").waitFor();
});

test("questions are moved by keyboard, by menu and by dragging, and come back when one undoes", async () => {
  const scene = await newScene("Asking Desk");
  const job = await jobWithPeople(scene, []);
  const field = (key: string) => ({ key, label: `Question ${key}`, type: "text", required: false });
  await scene.admin.put(`/api/jobs/${job.id}/form`, { fields: [field("a"), field("b"), field("c")] });
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/jobs/${job.id}/settings?tab=form`);

  await page.getByRole("button", { name: /^3 Question c/ }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  expect(await questions(page)).toEqual(["1 Question c", "2 Question a", "3 Question b"]);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Question c");
  expect(await page.getByText("Question c is number 1 of 3 now.").count()).toBe(1);

  await page.getByRole("button", { name: "Actions for Question c" }).click();
  await page.getByRole("menuitem", { name: "Move to the end" }).click();
  expect(await questions(page)).toEqual(["1 Question a", "2 Question b", "3 Question c"]);

  await page
    .locator(".question-grip")
    .first()
    .dragTo(page.locator(".question").nth(1), { targetPosition: { x: 60, y: 34 } });
  expect(await questions(page)).toEqual(["1 Question b", "2 Question a", "3 Question c"]);

  await page.getByRole("button", { name: "Actions for Question a" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  expect(await questions(page)).toEqual(["1 Question b", "2 Question c"]);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(await questions(page)).toEqual(["1 Question b", "2 Question a", "3 Question c"]);

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("The form is saved.").waitFor();
  await page.getByText("Version 2").waitFor();
  const { fields } = await scene.admin.get<JobForm>(`/api/jobs/${job.id}/form`);
  expect(fields.map(({ key }) => key)).toEqual(["b", "a", "c"]);
});

test("closing a job asks what becomes of people who are under way", async () => {
  const scene = await newScene("Closing Desk");
  const job = await jobWithPeople(scene, ["Ada", "Bo"]);
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/jobs/${job.id}/settings`);

  await page.getByRole("button", { name: /^Status: Open/ }).click();
  await page.getByRole("menuitem", { name: "Close the job" }).click();
  await page.getByText("2 people are still under way in Night dispatcher.").waitFor();
  await page.getByRole("button", { name: "Close the job" }).click();
  await page.getByText("Choose what becomes of them.").waitFor();
  await axe(page);
  await page.getByLabel("Reject them and tell them").check();
  await page.getByLabel("Reason").fill("We filled it from within.");
  await shot(page, "job-closing");
  await page.getByRole("button", { name: "Close the job" }).click();
  await page.getByText("Night dispatcher is closed.").waitFor();

  const stands = async () => {
    const { data } = await scene.admin.get<{ data: { stageKind: string; reason: string | null }[] }>(
      `/api/applications?jobId=${job.id}`,
    );
    return data.map(({ stageKind, reason }) => [stageKind, reason]);
  };
  await expect
    .poll(stands, { timeout: 20_000 })
    .toEqual(Array.from({ length: 2 }, () => ["rejected", "We filled it from within."]));
});

test("a job's fields are saved with a bar, and a copy of it is a draft that can be deleted", async () => {
  const scene = await newScene("Second Desk");
  const job = await jobWithPeople(scene, []);
  const { page, expectError } = await newPerson({ email: scene.admin.email, phone: true, dark: true });
  expectError(/status of 412/);
  await page.goto(`/jobs/${job.id}/settings`);
  await page.getByLabel("Location").fill("Leeds");
  await scene.admin.put(`/api/jobs/${job.id}`, { department: "Operations" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Somebody saved this job meanwhile.").waitFor();
  await axe(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  expect(await scene.admin.get<Job>(`/api/jobs/${job.id}`)).toMatchObject({
    location: "Leeds",
    department: "Operations",
  });

  await page.getByRole("button", { name: "More about this job" }).click();
  await page.getByRole("menuitem", { name: "Duplicate as a draft" }).click();
  await page.getByRole("button", { name: /^Status: Draft/ }).waitFor();
  await page.getByRole("button", { name: "More about this job" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText(/is deleted\.$/).waitFor();
  await page.getByRole("row", { name: /Night dispatcher/ }).waitFor();
  expect(await page.getByRole("row", { name: /Night dispatcher/ }).count()).toBe(1);
  await axe(page);
});

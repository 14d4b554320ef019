import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import type { CandidateDetail } from "../../worker/features/candidates/schema";
import { sampleDocx } from "../fixtures/files";
import { newPerson, shot } from "./harness";
import { inspect } from "./harness/inspect";
import { newScene, type Scene, unique } from "./harness/scene";

/** Looks at the screen in every size, and leaves it in its own. */
async function calm(page: Page, where: string): Promise<void> {
  const size = page.viewportSize();
  expect(await inspect(page, where)).toEqual([]);
  if (size) await page.setViewportSize(size);
}
const dialog = (page: Page) => page.getByRole("dialog");

async function known(scene: Scene, name: string): Promise<CandidateDetail> {
  return scene.admin.post<CandidateDetail>("/api/candidates", {
    name,
    email: `${unique("person")}@example.test`,
    skills: ["Go"],
  });
}

test.each([
  { by: "desktop", phone: false },
  { by: "phone", phone: true },
])(
  "somebody is added by hand and with a CV, and a known address leads to the profile, by $by",
  async ({ by, phone }) => {
    const scene = await newScene("Open Door");
    const { page, expectError } = await newPerson({ email: scene.admin.email, phone });
    await page.goto("/candidates");
    await page.getByText("No candidates yet").waitFor();
    await calm(page, "candidates, empty");

    await page.getByRole("button", { name: "Add a candidate" }).first().click();
    await dialog(page).getByRole("button", { name: "Add the candidate" }).click();
    await dialog(page).getByText("Write a name.").waitFor();
    await calm(page, "adding, with errors");
    const cv = {
      name: "CV_Ada_Able.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(demoPdf("CV", ["Ada"])),
    };
    await dialog(page).locator("input[type=file]").setInputFiles(cv);
    expect(await dialog(page).getByLabel("First name").inputValue()).toBe("Ada");
    expect(await dialog(page).getByLabel("Last name").inputValue()).toBe("Able");
    await dialog(page).getByLabel("E-mail address").fill("ada@example.test");
    await dialog(page).getByRole("button", { name: "Referral" }).click();
    await dialog(page).getByRole("button", { name: "Add the candidate" }).click();

    await page.getByRole("heading", { name: "Ada Able" }).waitFor();
    await page.getByRole("button", { name: /^CV/ }).click();
    if (!phone) await page.locator("iframe.preview").waitFor();
    else await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
    await page.getByText(/Referral · Added/).waitFor();
    await page.getByText("CV uploaded").waitFor({ state: phone ? "visible" : "hidden" });
    await shot(page, `candidate-${by}`);

    expectError(/status of 409/);
    await page.goto("/candidates");
    await page.getByRole("link", { name: "Ada Able" }).waitFor();
    await calm(page, "candidates");
    await page.getByRole("button", { name: "Add a candidate" }).click();
    await dialog(page).getByLabel("First name").fill("Another");
    await dialog(page).getByLabel("E-mail address").fill("Ada@example.test");
    await dialog(page).getByText("Ada Able is a candidate with this e-mail address already.").waitFor();
    await dialog(page).getByRole("link", { name: "Open the profile" }).click();
    await page.getByRole("heading", { name: "Ada Able" }).waitFor();
  },
);

test("a profile is edited with its jobs, and somebody else's change is not lost", async () => {
  const scene = await newScene("Two Pens");
  const bo = await known(scene, "Bo Baker");
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of 412/);
  await page.goto(`/candidates/${bo.id}`);
  await page.getByRole("button", { name: "Edit the profile of Bo Baker" }).click();
  const panel = page.getByRole("dialog", { name: "Profile of Bo Baker" });
  await panel.getByLabel("Current role").fill("Welder");
  await panel.getByLabel("City").fill("Kiel");
  await panel.getByRole("button", { name: "Add a job" }).click();
  await panel.getByLabel("Company optional", { exact: true }).fill("Yard");
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText("Write what they did there.").waitFor();
  await calm(page, "editing, with errors");
  await panel.getByLabel("Title").fill("Apprentice");
  await panel.getByLabel("From optional", { exact: true }).fill("2019-08");

  // Of what a colleague saves meanwhile, one field is another and one is the same.
  await scene.admin.put(`/api/candidates/${bo.id}`, { city: "Bremen", source: "Fair" });
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText(/also changed city \(“Bremen”\)/).waitFor();
  await panel.getByRole("button", { name: "Save mine" }).click();
  await panel.waitFor({ state: "hidden" });
  await page.getByText("Aug 2019 – today").waitFor();
  const saved = await scene.admin.get<CandidateDetail>(`/api/candidates/${bo.id}`);
  expect(saved).toMatchObject({ currentRole: "Welder", city: "Kiel", source: "Fair" });
  expect(saved.experience).toMatchObject([
    { title: "Apprentice", company: "Yard", start: "2019-08", end: null },
  ]);
  await calm(page, "a candidate");

  await page.keyboard.press("e");
  await panel.getByLabel("City").fill("Rostock");
  await page.keyboard.press("Escape");
  await panel.getByText("Your changes are not saved.").waitFor();
  await panel.getByRole("button", { name: "Throw them away" }).click();
  await panel.waitFor({ state: "hidden" });
});

test("a note that names somebody reaches their bell at once, and can be changed and taken back", async () => {
  const scene = await newScene("Loud Note");
  const rae = await scene.recruiter("Rae Cole");
  const cy = await known(scene, "Cy Cruz");
  const { page: other } = await newPerson({ email: rae.email });
  await other.getByRole("button", { name: "Notifications" }).waitFor();
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/candidates/${cy.id}`);
  await page.getByText("Added to the candidates").waitFor();

  await page.keyboard.press("n");
  await page.keyboard.type("Please call, @ra");
  await page.getByRole("option", { name: /Rae Cole/ }).waitFor();
  await calm(page, "naming somebody");
  await page.keyboard.press("Enter");
  await page.keyboard.type("by Friday");
  await page.keyboard.press("Control+Enter");
  await page.locator("mark", { hasText: "@Rae Cole" }).waitFor();
  await other.getByRole("button", { name: /Notifications, 1 unread/ }).waitFor();
  await other.getByRole("button", { name: /Notifications/ }).click();
  await other.locator(".notices").getByText("Alma Stone mentioned you in a note about Cy Cruz").waitFor();

  await page.getByRole("button", { name: "Edit this note" }).click();
  await page.getByLabel("Note", { exact: true }).fill("Called.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Called.").waitFor();
  await page.getByLabel("Show").selectOption("notes");
  await page.getByText("Added to the candidates").waitFor({ state: "detached" });
  await page.getByText("Called.").waitFor();
  await page.getByRole("button", { name: "Delete this note" }).click();
  await page.getByText("A note that was taken back since").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Edit this note" }).count()).toBe(0);
});

test("a CV from Word is drawn on the page, in a place of its own", async () => {
  const scene = await newScene("Word Press");
  const gil = await known(scene, "Gil Grey");
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/candidates/${gil.id}`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const file = { name: "cv.docx", mimeType: type, buffer: Buffer.from(sampleDocx()) };
  await page.locator(".pdoc-add input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: /^CV/ }).click();
  await page.locator(".preview-word section.docx").waitFor();
  expect(await page.locator("section.docx").evaluate((node) => node.getRootNode() === document)).toBe(false);
  await calm(page, "a candidate, with a Word file");
});

test("a person is put into a job, moved on, and that is taken back", async () => {
  const scene = await newScene("Next Step");
  const dee = await known(scene, "Dee Dane");
  const client = await scene.admin.post<{ id: string }>("/api/clients", { companyName: "Harbor" });
  await scene.admin.post("/api/jobs", { clientId: client.id, title: "Welder", status: "open" });
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/candidates/${dee.id}`);
  await page.getByText("They are in no job yet.").waitFor();
  await page.keyboard.press("a");
  await dialog(page)
    .getByRole("option", { name: /Welder/ })
    .waitFor();
  await calm(page, "choosing a job");
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("button", { name: "Add to the job" }).click();
  await page.getByRole("link", { name: "Welder" }).waitFor();
  const standing = page.locator(".pdoc", { hasText: "Welder" });
  const first = await standing.locator(".pill").textContent();
  await standing.getByRole("button", { name: /^Move on to/ }).click();
  await page
    .getByText(/^Dee Dane is in .* of Welder now/)
    .last()
    .waitFor();
  await expect.poll(() => standing.locator(".pill").textContent()).not.toBe(first);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(() => standing.locator(".pill").textContent()).toBe(first);
  await page.getByText(/^Taken back from/).waitFor();

  await page.keyboard.press("/");
  await dialog(page).getByRole("combobox").fill("dee");
  await dialog(page)
    .getByRole("option", { name: /Dee Dane.*Candidate/ })
    .waitFor();
});

test("a candidate who isn't there, and the ways of the list", async () => {
  const scene = await newScene("Wide List");
  for (const name of ["Eve East", "Fay Field"]) await known(scene, name);
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of 404/);
  await page.goto("/candidates/cand_nobody");
  await page.getByText("This candidate can’t be found").waitFor();
  await calm(page, "a candidate, gone");
  await page.goto("/candidates");
  await page.getByRole("link", { name: "Eve East" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("fay");
  await page.getByRole("link", { name: "Eve East" }).waitFor({ state: "detached" });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("button", { name: "Export" })
      .click()
      .then(() => page.getByRole("menuitem", { name: /CSV/ }).click()),
  ]);
  expect(file.suggestedFilename()).toBe("candidates.csv");
  await page.getByRole("button", { name: /^Filter/ }).click();
  await page.getByLabel("Skills", { exact: true }).fill("Rust");
  await page.keyboard.press("Enter");
  await page.getByText("Nobody matches").waitFor();
  await calm(page, "candidates, nobody matches");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show everyone" }).click();
  await page.getByRole("link", { name: "Eve East" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Fay Field|Eve East/ }).waitFor();
});

import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import type { HeldPage } from "../../worker/features/apply/schema";
import { axe, base, newPerson, shot } from "./harness";
import { jobWithForm } from "./harness/apply-scene";
import { newScene, type Scene, unique } from "./harness/scene";

const FIELDS = [
  { key: "why", label: "What makes a night go well?", type: "long_text", required: true },
  { key: "licence", label: "Your licence", type: "file", required: true },
  {
    key: "privacy",
    label: "I agree that Orchard keeps my application",
    type: "consent",
    required: true,
    consentText: "We keep what you send for six months after the job is filled.",
  },
];

interface Sent {
  name: string;
  answers?: Record<string, string>;
}

/** Sends the form of a job from outside, as the page does. */
async function send(scene: Scene, job: { id: string }, { name, answers = {} }: Sent): Promise<string> {
  const form = new FormData();
  const [firstName = "", ...rest] = name.split(" ");
  const fields = {
    org: scene.slug,
    job: job.id,
    firstName,
    lastName: rest.join(" "),
    email: `${unique("someone")}@example.test`,
    why: "Calm voices.",
    privacy: "yes",
    ...answers,
  };
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  for (const key of ["cv", "licence"]) {
    const bytes = new Uint8Array(demoPdf(name, [key]));
    form.set(key, new File([bytes], `${key} of ${firstName}.pdf`, { type: "application/pdf" }));
  }
  const answer = await fetch(`${base}/api/applications`, { method: "POST", body: form });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}
const asProgram = { "contact-website": "https://cheap.example" };

test("what looks like a program's is checked: taken in, put aside, taken back", async () => {
  const scene = await newScene("Quiet Door");
  const job = await jobWithForm(scene, FIELDS);
  const { page, expectError } = await newPerson({ email: scene.admin.email, path: "/applications/held" });
  await page.getByText("Nothing to check").waitFor();
  await axe(page);
  await send(scene, job, { name: "Ada First", answers: asProgram });
  await send(scene, job, { name: "Bo Second", answers: asProgram });
  const third = await send(scene, job, { name: "Cy Third", answers: asProgram });

  await page.goto("/home");
  await page.getByText("3 applications to check.").waitFor();
  await page.getByRole("link", { name: "Check" }).click();
  await page.getByRole("heading", { name: "Cy Third" }).waitFor();
  await page.getByText("A field that people don't see was filled in.").waitFor();
  await page.getByText("Calm voices.").waitFor();
  await page.getByRole("button", { name: "Your licence: licence of Cy.pdf" }).click();
  await page.locator("iframe.preview").waitFor();
  await axe(page);
  await shot(page, "held");

  await page.keyboard.press("j");
  await page.getByRole("heading", { name: "Bo Second" }).waitFor();
  await page.keyboard.press("x");
  await page.getByText("Bo Second is put aside.").waitFor();
  await page.getByRole("heading", { name: "Ada First" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("heading", { name: "Bo Second" }).waitFor();
  await page.getByRole("button", { name: "Put aside" }).click();
  await page.getByText("Bo Second is put aside.").waitFor();

  await page.getByRole("button", { name: /Cy Third/ }).click();
  // Somebody else takes it in at the same moment: it is still one application.
  await scene.admin.post(`/api/applications/held/${third}/accept`, {});
  await page.getByRole("button", { name: "Take in" }).click();
  await page.getByText("Cy Third is among the applications now.").waitFor();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.waitForURL(new RegExp(`/jobs/${job.id}.*person=${third}`));
  await page.getByText("We keep what you send for six months").waitFor();
  await page.getByRole("button", { name: "licence of Cy.pdf" }).first().click();
  await page.locator('dialog iframe[title="Other of Cy Third"]').waitFor();
  await shot(page, "held-application");
  await axe(page);

  await page.goto("/applications/held?status=discarded");
  await page.getByText("It is removed 30 days after that.").waitFor();
  await axe(page);
  await page.getByRole("button", { name: "Back to those to check" }).click();
  await expect.poll(async () => (await scene.admin.get<HeldPage>("/api/applications/held")).waiting).toBe(2);
  // It was discarded elsewhere meanwhile: the list says so and goes on.
  await page.goto("/applications/held");
  await page.getByRole("heading", { name: "Bo Second" }).waitFor();
  const [first] = (await scene.admin.get<HeldPage>("/api/applications/held")).data;
  await scene.admin.post(`/api/applications/held/${first?.id}/discard`, {});
  expectError(/409/);
  await page.getByRole("button", { name: "Take in" }).click();
  await page.getByText("This application was discarded.").waitFor();
});

test("the list of those to check fits a phone, in dark as well", async () => {
  const scene = await newScene("Small Door");
  const job = await jobWithForm(scene, FIELDS);
  await send(scene, job, { name: "مريم الطويلة", answers: asProgram });
  await send(scene, job, { name: "Bo Second", answers: asProgram });
  const { page } = await newPerson({
    email: scene.admin.email,
    path: "/applications/held",
    phone: true,
    dark: true,
  });
  await page.getByRole("heading", { name: "Bo Second" }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  await axe(page);
  await shot(page, "held-phone-dark", { full: true });
});

test("a job shows where people come from and where they give up", async () => {
  const scene = await newScene("Wide Door");
  const job = await jobWithForm(scene, FIELDS);
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${job.id}/applying` });
  await page.getByText("Nobody has opened the form in this time.").waitFor();
  await axe(page);
  await scene.admin.patch("/api/organization", { asksEqualOpportunity: true });
  for (const [i, source] of ["careers page", "newsletter", "newsletter"].entries()) {
    await send(scene, job, { name: `Person ${i}`, answers: { source, "equal-gender": "woman" } });
  }
  const step = async (name: string, times: number) => {
    for (let i = 0; i < times; i++) {
      const body = JSON.stringify({ org: scene.slug, job: job.slug, step: name });
      await fetch(`${base}/api/applications/steps`, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
      });
    }
  };
  await step("viewed", 12);
  await step("started", 9);
  await step("cv", 8);
  await step("about", 8);
  await step("questions", 4);
  await step("review", 3);
  await page.reload();
  await page.getByText("25 of 100 people who opened the form sent it.").waitFor();
  await page.getByText("Most gave up before “Questions”: 4.").waitFor();
  await page.getByText("Too few answers to show.").first().waitFor();
  await axe(page);
  await shot(page, "applying", { full: true });
  await page.getByRole("link", { name: "newsletter" }).click();
  await page.getByText("From newsletter").waitFor();
  await page.getByText("2 shown").waitFor();
  const { page: phone } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${job.id}/applying`,
    phone: true,
    dark: true,
  });
  await phone.getByText("25 of 100 people").waitFor();
  await axe(phone);
  await shot(phone, "applying-phone-dark", { full: true });
  await phone.goto("/settings/equal-opportunity");
  await phone.getByText("Answers are voluntary.").waitFor();
  await axe(phone);
  await shot(phone, "equal-phone-dark", { full: true });
});

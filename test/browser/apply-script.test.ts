import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ApplicationDetail } from "../../worker/features/applications/schema";
import { axe, newPerson, outbox, shot } from "./harness";
import {
  applications,
  cvOf,
  field,
  jobWithForm,
  licence,
  pathOf,
  pdfFile,
  QUESTIONS,
} from "./harness/apply-scene";
import { newScene, unique } from "./harness/scene";

/** What somebody does with hand or key, counted: a click, a choice, a field that is written. */
function counted(page: Page) {
  let count = 0;
  const once = async (work: Promise<unknown>) => {
    count++;
    await work;
  };
  return {
    count: () => count,
    click: (name: string | RegExp) => once(page.getByRole("button", { name }).click()),
    follow: (name: string | RegExp) => once(page.getByRole("link", { name }).first().click()),
    choose: (label: string, file: ReturnType<typeof pdfFile>) =>
      once(page.getByLabel(label).setInputFiles(file)),
    write: (label: string, text: string) => once(page.getByLabel(label).fill(text)),
    tick: (key: string, label: string | RegExp) => once(field(page, key).getByLabel(label).check()),
  };
}

const SIX = ["start", "nights", "shift", "licence", "privacy"];
const onForm = async (page: Page) => {
  await page.locator(".part-closed").first().waitFor({ timeout: 8000 });
};

test("with script: at most 12 interactions from the job's page to the end", async () => {
  const scene = await newScene("Orchard Talent");
  await scene.admin.patch("/api/organization", { asksEqualOpportunity: true });
  const job = await jobWithForm(
    scene,
    QUESTIONS.filter(({ key }) => SIX.includes(key)),
  );
  const { page } = await newPerson({ phone: true });
  const email = `${unique("mara")}@people.test`;
  await page.goto(pathOf(scene, job));
  const by = counted(page);
  await by.follow(/^Apply/);
  await onForm(page);
  await shot(page, "apply-script-begin", { full: true });
  await axe(page);
  await by.choose("CV or résumé", cvOf("Mara Lindqvist", email));
  await page.getByText("Filled in from your CV.").waitFor();
  expect(await page.getByLabel("First name").inputValue()).toBe("Mara");
  expect(await page.getByLabel("Last name").inputValue()).toBe("Lindqvist");
  expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  expect(await page.getByLabel("Phone").inputValue()).toBe("+47 912 34 567");
  expect(await page.getByLabel("Links").inputValue()).toBe("https://linkedin.com/in/mara-lindqvist");
  await shot(page, "apply-script-read", { full: true });
  await axe(page);
  await by.write("When could you start?", "2027-02-01");
  await by.tick("nights", "Yes");
  await by.tick("shift", "Night");
  await by.choose("Your licence", licence);
  await by.tick("privacy", /I agree/);
  await page.getByRole("heading", { name: "What you send" }).waitFor();
  await shot(page, "apply-script-review", { full: true });
  await axe(page);
  await by.click("Send my application");
  await page.getByRole("heading", { name: "Your application is sent" }).waitFor();
  expect(by.count()).toBeLessThanOrEqual(12);

  const [application] = await applications(scene, job);
  const detail = await scene.admin.get<ApplicationDetail>(`/api/applications/${application?.id}`);
  expect(detail).toMatchObject({
    name: "Mara Lindqvist",
    formAnswers: { start: "2027-02-01", nights: true, shift: "Night", privacy: true },
    candidate: { phone: "+47 912 34 567", links: ["https://linkedin.com/in/mara-lindqvist"] },
  });
  await expect
    .poll(async () => (await outbox(email)).map(({ text }) => text).join("\n"), { timeout: 20_000 })
    .toMatch(/\/status\/[\w-]{43}/);
  // The next person at this computer begins with nothing.
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  expect(await page.getByLabel("First name").inputValue()).toBe("");
});

test("a reload and another device find what was filled in; on a shared computer one begins afresh", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene);
  const { page } = await newPerson();
  const email = `${unique("noor")}@people.test`;
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  await page.getByRole("button", { name: "Go on without a CV" }).click();
  await page.getByLabel("First name").fill("نور");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("E-mail address").blur();
  await page.getByLabel("What makes a night go well?").fill("Tea.");
  await page.getByLabel("Maps").check();
  await page.getByLabel("Radio").check();
  await page.getByLabel("Your licence").setInputFiles(licence);
  await page.getByRole("button", { name: "Remove licence.pdf" }).waitFor();
  await page.waitForFunction(() => location.hash.startsWith("#draft="));
  await page.waitForTimeout(1200);
  await page.reload();
  await page.getByText("This is what you filled in before.").waitFor();
  expect(await page.getByLabel("First name").inputValue()).toBe("نور");
  expect(await page.getByLabel("What makes a night go well?").inputValue()).toBe("Tea.");
  expect(await page.getByLabel("Maps").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Remove licence.pdf" }).waitFor();
  await shot(page, "apply-script-again", { full: true });
  await axe(page);

  await page.getByRole("button", { name: "Mail me a link to go on later" }).click();
  await page.getByText(`A link is on its way to ${email}.`).waitFor();
  await expect
    .poll(async () => (await outbox(email)).map(({ text }) => text).join("\n"), { timeout: 20_000 })
    .toMatch(/\/apply\?draft=[\w-]{43}/);
  const link = (await outbox(email))
    .map(({ text }) => text.match(/https?:\S+draft=[\w-]{43}/)?.[0])
    .find(Boolean);
  const other = await newPerson({ withoutScript: true, phone: true });
  await other.page.goto(new URL(link ?? "").pathname + new URL(link ?? "").search);
  expect(await other.page.getByLabel("First name").inputValue()).toBe("نور");
  await field(other.page, "licence").getByText("licence.pdf").first().waitFor();

  await page.getByRole("link", { name: "Start afresh" }).click();
  await onForm(page);
  expect(await page.getByLabel("First name").inputValue()).toBe("");
  await page.reload();
  await onForm(page);
  expect(await page.getByLabel("First name").inputValue()).toBe("");
});

test("errors stand at fields that one leaves; a likely typo is offered, never refused", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene);
  const { page } = await newPerson();
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  await page.getByRole("button", { name: "About you" }).click();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("firstName");
  await page.getByLabel("First name").fill("Ada");
  const email = page.getByLabel("E-mail address");
  await email.fill("ada@gmial.com");
  await email.press("Tab");
  await page.getByRole("button", { name: "ada@gmail.com" }).click();
  expect(await email.inputValue()).toBe("ada@gmail.com");
  await email.fill("ada");
  await email.press("Tab");
  await field(page, "email").getByText("Write an e-mail address").waitFor();
  await email.fill("ada@gmial.com");
  expect(await field(page, "email").locator(".field-error").count()).toBe(0);
  await page.getByLabel("Years in dispatch").fill("some");
  await page.getByLabel("Years in dispatch").press("Tab");
  await field(page, "years").getByText("Write a number.").waitFor();
  await page.getByRole("button", { name: /^Send$/ }).click();
  await page.getByRole("button", { name: "Send my application" }).click();
  const problems = page.locator("#problems");
  await problems.waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("problems");
  await problems.getByRole("link", { name: /^Years in dispatch/ }).click();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("years");
  await shot(page, "apply-script-errors", { full: true });
  await axe(page);
});

test("two clicks on Send make one application; the form that was seen counts, though it changed meanwhile", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene, [{ key: "nick", label: "What do people call you?", type: "text" }]);
  const { page } = await newPerson();
  const email = `${unique("bo")}@people.test`;
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  await page.getByRole("button", { name: "Go on without a CV" }).click();
  await page.getByLabel("First name").fill("Bo");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("What do people call you?").fill("B");
  const questions = [{ key: "new", label: "Asked since", type: "text", required: true }];
  await scene.admin.put(`/api/jobs/${job.id}/form`, { fields: questions });
  await page.getByRole("button", { name: "Send my application" }).dblclick();
  await page.getByRole("heading", { name: "Your application is sent" }).waitFor();
  const all = await applications(scene, job);
  expect(all).toHaveLength(1);
  const detail = await scene.admin.get<ApplicationDetail>(`/api/applications/${all[0]?.id}`);
  expect(detail).toMatchObject({ formVersion: 1, formAnswers: { nick: "B" } });
});

test("ten files at once; one that breaks off says so and can be sent again; one of a wrong kind is explained", async () => {
  const scene = await newScene("Orchard Talent");
  const files = Array.from({ length: 9 }, (_, i) => ({
    key: `file${i}`,
    label: `Paper ${i + 1}`,
    type: "file",
  }));
  const job = await jobWithForm(scene, files);
  const { page, expectError } = await newPerson();
  expectError(/ERR_FAILED|status of 415|status of 422/);
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  const email = `${unique("cy")}@people.test`;
  let broken = true;
  await page.route(/\/files\/file3$/, async (route) => {
    if (broken) await route.abort("failed");
    else await route.continue();
  });
  await page.getByLabel("CV or résumé").setInputFiles(cvOf("Cy Moss", email));
  for (const { label } of files) {
    await page
      .getByLabel(label, { exact: false })
      .first()
      .setInputFiles(pdfFile(`${label}.pdf`, label, []));
  }
  await field(page, "file3").getByText("The file didn’t arrive: the connection broke off.").waitFor();
  await page.getByRole("button", { name: "Remove Paper 9.pdf" }).waitFor();
  await shot(page, "apply-script-files", { full: true });
  await axe(page);
  broken = false;
  await page.getByRole("button", { name: "Send the file again" }).click();
  await page.getByRole("button", { name: "Remove Paper 4.pdf" }).waitFor();
  await page.getByRole("button", { name: "Remove Paper 1.pdf" }).click();
  await field(page, "file0")
    .locator("input")
    .setInputFiles({
      name: "paper.exe",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("MZ\0\0"),
    });
  await field(page, "file0").getByText("can't be uploaded").waitFor();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByRole("heading", { name: "Your application is sent" }).waitFor();
  expect(await applications(scene, job)).toHaveLength(1);
});

test("offline nothing is lost, and the same page sends later", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene, []);
  const { page, context, expectError } = await newPerson();
  expectError(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  await page.getByRole("button", { name: "Go on without a CV" }).click();
  await page.getByLabel("First name").fill("Dee");
  await page.getByLabel("E-mail address").fill(`${unique("dee")}@people.test`);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByText("Nothing is lost.").waitFor();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByRole("heading", { name: "Your application is sent" }).waitFor();
});

test.each([
  { name: "dark, desktop", dark: true, phone: false },
  { name: "dark, phone", dark: true, phone: true },
  { name: "light, desktop", dark: false, phone: false },
])("the page holds: $name, and at 200 % zoom", async ({ dark, phone }) => {
  const scene = await newScene("Orchard Talent");
  await scene.admin.patch("/api/organization", { asksEqualOpportunity: true, brand: { accent: "#7a2e8e" } });
  const job = await jobWithForm(scene);
  const { page } = await newPerson({ dark, phone });
  if (!phone) await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${pathOf(scene, job)}/apply`);
  await onForm(page);
  for (const name of ["About you", /^Questions/, /^Equal/, /^Send$/]) {
    await page.getByRole("button", { name }).click();
  }
  const look = `apply-${dark ? "dark" : "light"}-${phone ? "phone" : "wide"}`;
  await shot(page, look, { full: true });
  await axe(page);
  // Zoom by half the width of the window: what is 390 px wide then is 195 px wide.
  const size = page.viewportSize();
  await page.setViewportSize({ width: Math.max(320, Math.floor((size?.width ?? 0) / 2)), height: 450 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over).toBeLessThanOrEqual(0);
});

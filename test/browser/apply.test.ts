import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { ApplicationDetail } from "../../worker/features/applications/schema";
import { base, newPerson, outbox, shot } from "./harness";
import { applications, axeOf, cvOf, field, jobWithForm, licence, pathOf } from "./harness/apply-scene";
import { newScene, unique } from "./harness/scene";

test("without script, on a phone: errors keep everything, and it ends with a personal link in the mail", async () => {
  const scene = await newScene("Orchard Talent");
  await scene.admin.patch("/api/organization", { asksEqualOpportunity: true });
  const job = await jobWithForm(scene);
  const { page, expectError } = await newPerson({ phone: true, withoutScript: true });
  expectError(/status of 422/);
  const email = `${unique("mara")}@people.test`;

  await page.goto(`/careers/${scene.slug}?source=newsletter`);
  await page.getByRole("link", { name: /Night dispatcher/ }).click();
  await page
    .getByRole("link", { name: /^Apply/ })
    .first()
    .click();
  await page.waitForURL(/\/apply\?source=newsletter$/);
  await shot(page, "apply-phone-empty", { full: true });
  await axeOf(page);

  // First much is missing and some of it is wrong.
  await page.getByLabel("CV or résumé").setInputFiles(cvOf("Mara Lindqvist", email));
  await page.getByLabel("First name").fill("مارا");
  await page.getByLabel("E-mail address").fill("mara at people");
  await page.getByLabel("Links").fill("linkedin.com/in/mara");
  await page.getByLabel("Years in dispatch").fill("many");
  await page.getByLabel("What makes a night go well?").fill("A calm voice.\nGood maps.");
  await page.getByLabel("Radio").check();
  await page.getByLabel("Maps").check();
  await page.getByLabel("Night", { exact: true }).check();
  await page.getByLabel("Which office is nearest?").selectOption("Tromsø");
  await page.getByRole("button", { name: "Send my application" }).click();

  const problems = page.locator("#problems");
  await problems.waitFor();
  expect(await problems.getByRole("link").allTextContents()).toEqual([
    expect.stringMatching(/^E-mail address: /),
    "When could you start? This is needed.",
    "Can you work nights? This is needed.",
    "Years in dispatch: Write a number.",
    expect.stringMatching(/^Your licence: /),
    expect.stringMatching(/^I agree that Orchard/),
  ]);
  await shot(page, "apply-phone-errors", { full: true });
  await axeOf(page);
  expect(await page.getByLabel("First name").inputValue()).toBe("مارا");
  expect(await page.getByLabel("What makes a night go well?").inputValue()).toBe("A calm voice.\nGood maps.");
  expect(await page.getByLabel("Maps").isChecked()).toBe(true);
  expect(await page.getByLabel("Excel").isChecked()).toBe(false);
  expect(await page.getByLabel("Night", { exact: true }).isChecked()).toBe(true);
  expect(await page.getByLabel("Which office is nearest?").inputValue()).toBe("Tromsø");
  await field(page, "cv").getByText("cv.pdf").first().waitFor();
  await field(page, "email").getByText("Write an e-mail address").waitFor();

  // A kept file can be taken out again, and all else stays.
  await page.getByLabel("Your licence").setInputFiles(licence);
  await page.getByRole("button", { name: "Remove cv.pdf" }).click();
  await page.getByText("The file is removed.").waitFor();
  await field(page, "licence").getByText("licence.pdf").first().waitFor();
  expect(await field(page, "cv").getByText("cv.pdf").count()).toBe(0);
  await page.getByLabel("CV or résumé").setInputFiles(cvOf("Mara Lindqvist", email));

  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("When could you start?").fill("2027-02-01");
  await field(page, "nights").getByLabel("Yes").check();
  await page.getByLabel("Years in dispatch").fill("3,5");
  await page.getByLabel(/I agree that Orchard/).check();
  await page.getByLabel("Age").selectOption("45 to 54");
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByRole("heading", { name: "Your application is sent" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`${pathOf(scene, job)}/sent`);
  await page.getByText(email).waitFor();
  await shot(page, "apply-phone-sent", { full: true });
  await axeOf(page);
  await page.reload();
  await page.getByText(email).waitFor();

  const [application] = await applications(scene, job);
  const detail = await scene.admin.get<ApplicationDetail>(`/api/applications/${application?.id}`);
  expect(detail).toMatchObject({
    name: "مارا",
    source: "newsletter",
    formAnswers: {
      start: "2027-02-01",
      nights: true,
      shift: "Night",
      town: "Tromsø",
      tools: ["Radio", "Maps"],
      years: 3.5,
      why: "A calm voice.\nGood maps.",
      privacy: true,
    },
  });
  expect(detail.candidate?.links).toEqual(["https://linkedin.com/in/mara"]);
  expect(detail.candidate?.cvDocumentId).not.toBeNull();
  expect(await applications(scene, job)).toHaveLength(1);
  await expect
    .poll(async () => (await outbox(email)).map(({ text }) => text).join("\n"), { timeout: 20_000 })
    .toMatch(/\/status\/[\w-]{43}/);

  // Once more with the same address: nothing is lost, and the link can be had again.
  expectError(/status of 409/);
  await page.goto(`${pathOf(scene, job)}/apply`);
  await page.getByLabel("First name").fill("Mara");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("When could you start?").fill("2027-02-01");
  await field(page, "nights").getByLabel("Yes").check();
  await page.getByLabel("Your licence").setInputFiles(licence);
  await page.getByLabel(/I agree that Orchard/).check();
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByRole("heading", { name: "You applied for this job already" }).waitFor();
  await shot(page, "apply-phone-again", { full: true });
  await axeOf(page);
  const before = (await outbox(email)).length;
  await page.getByRole("button", { name: "Mail me my link" }).click();
  await page.getByRole("heading", { name: "Look at your mail" }).waitFor();
  await expect.poll(async () => (await outbox(email)).length, { timeout: 20_000 }).toBeGreaterThan(before);
});

test("the job ends while somebody fills in its form: said kindly, with what else is open", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene, []);
  const { page, expectError } = await newPerson({ withoutScript: true });
  expectError(/status of (409|410)/);
  await page.goto(`${pathOf(scene, job)}/apply`);
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("E-mail address").fill("ada@people.test");
  await scene.admin.patch(`/api/jobs/${job.id}`, { status: "closed" });
  await page.getByRole("button", { name: "Send my application" }).click();
  await page.getByText(/takes no more applications/).waitFor();
  const answer = await page.goto(`${pathOf(scene, job)}/apply`);
  expect(answer?.status()).toBe(410);
  expect(await applications(scene, job)).toHaveLength(0);
});

test("the page is light: under 20 kB without its script", async () => {
  const scene = await newScene("Orchard Talent");
  const job = await jobWithForm(scene, []);
  const answer = await fetch(`${base}${pathOf(scene, job)}/apply`, {
    headers: { "accept-encoding": "identity" },
  });
  const html = await answer.text();
  expect(html.length).toBeLessThan(20_000);
  const script = await fetch(`${base}/pages/apply.js`);
  expect(script.headers.get("content-type")).toContain("javascript");
  expect(gzipSync(await script.text()).length).toBeLessThan(12_000);
});

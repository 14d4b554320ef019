import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Client } from "../../worker/features/clients/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Organization } from "../../worker/features/organizations/schema";
import { samplePng } from "../fixtures/files";
import { axe, newPerson, shot } from "./harness";
import { axeOf } from "./harness/apply-scene";
import { newScene, type Scene } from "./harness/scene";

const DESCRIPTION = `You bring parcels to people who wait for them.

# Your day
- Load the van
- Drive along the coast
- Be back by four

Questions? Ask Nora.`;

const JOBS = [
  { title: "Driver", department: "Transport", location: "Cork, Ireland", description: DESCRIPTION },
  {
    title: "Dispatcher",
    department: "Transport",
    location: "Galway, Ireland",
    employmentType: "part_time",
    salaryMin: 2_400_000,
    salaryMax: 2_800_000,
    salaryCurrency: "EUR",
    requiredSkills: ["Excel", "English"],
    description: DESCRIPTION,
  },
  {
    title: "Writer",
    department: "Words",
    remote: true,
    employmentType: "contract",
    description: DESCRIPTION,
  },
  {
    title: "مهندس برمجيات أول",
    department: "الهندسة",
    location: "القاهرة",
    description: "نبحث عن مهندس.\n\n- خبرة\n- صبر",
  },
];

async function openJobs(scene: Scene): Promise<Job[]> {
  const { id: clientId } = await scene.admin.post<Client>("/api/clients", { companyName: "A client" });
  const made: Job[] = [];
  for (const job of JOBS) made.push(await scene.admin.post<Job>("/api/jobs", { clientId, ...job }));
  return made;
}

/** Whether everything on the page is within its width. */
async function fits(page: Page): Promise<void> {
  const [inner, whole] = await page.evaluate(() => [
    document.documentElement.clientWidth,
    document.documentElement.scrollWidth,
  ]);
  expect(whole, page.url()).toBeLessThanOrEqual(inner ?? 0);
}

/** The jobs that are shown, once the form's answer is there. */
const expectTitles = (page: Page, titles: string[]) =>
  expect.poll(() => page.locator(".job a").allTextContents()).toEqual(titles);

test("without script, on a phone: somebody searches, filters and reads a job", async () => {
  const scene = await newScene("Coast Talent");
  await openJobs(scene);
  const { page, expectError } = await newPerson({ phone: true, withoutScript: true });
  expectError(/status of 4(04|10)/);
  await page.goto(`/careers/${scene.slug}?source=poster`);
  await expectTitles(page, ["مهندس برمجيات أول", "Writer", "Dispatcher", "Driver"]);
  await axeOf(page);
  await fits(page);
  await shot(page, "careers-phone", { full: true });

  await page.getByLabel("Find a job").fill("excel");
  await page.getByRole("button", { name: "Show jobs" }).click();
  await expectTitles(page, ["Dispatcher"]);
  await page.getByText("1 job matches.").waitFor();
  await page.getByRole("link", { name: "Show all jobs" }).click();

  await page.getByLabel("Department").selectOption("Transport");
  await page.getByLabel("Location").selectOption("Galway, Ireland");
  await page.getByRole("button", { name: "Show jobs" }).click();
  await expectTitles(page, ["Dispatcher"]);
  expect(await page.getByLabel("Location").inputValue()).toBe("Galway, Ireland");
  await page.getByLabel("Find a job").fill("astronaut");
  await page.getByRole("button", { name: "Show jobs" }).click();
  await page.getByRole("heading", { name: "What else is open" }).waitFor();
  await axeOf(page);
  await shot(page, "careers-phone-nothing", { full: true });

  await page.getByRole("link", { name: "Dispatcher" }).click();
  await page.getByRole("heading", { name: "Dispatcher", level: 1 }).waitFor();
  await page.getByText("€24,000 – €28,000 a year").waitFor();
  await page.getByRole("heading", { name: "Your day" }).waitFor();
  expect(await page.locator(".words li").allTextContents()).toHaveLength(3);
  const apply = page.getByRole("link", { name: "Apply", exact: true });
  expect(await apply.getAttribute("href")).toBe(`/careers/${scene.slug}/dispatcher/apply?source=poster`);
  await axeOf(page);
  await fits(page);
  await shot(page, "careers-phone-job", { full: true });

  await page.getByRole("link", { name: "All jobs" }).click();
  await page.getByRole("link", { name: "مهندس" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  expect(await heading.evaluate((one) => getComputedStyle(one).direction)).toBe("rtl");
  await axeOf(page);
  await shot(page, "careers-phone-rtl", { full: true });

  const gone = await page.goto(`/careers/${scene.slug}/no-such-job`);
  expect(gone?.status()).toBe(404);
  await page.getByRole("link", { name: "See all open jobs" }).waitFor();
  await axeOf(page);
});

test("in the dark, at 200 % and on the narrowest screen all of it can be read, and closing a job shows at once", async () => {
  const scene = await newScene("Night Talent");
  const [driver] = await openJobs(scene);
  await scene.admin.patch("/api/organization", {
    brand: { accent: "#ffd000", headline: "Drive with us", about: "We are many.\n\n- Kind\n- Quick" },
  });
  for (const dark of [false, true]) {
    const { page, expectError } = await newPerson({ dark, withoutScript: true });
    expectError(/status of 410/);
    for (const path of ["", "/dispatcher"]) {
      await page.goto(`/careers/${scene.slug}${path}`);
      // A window of 1280 pixels at 200 %, at 400 %, and as it is.
      for (const width of [640, 320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await fits(page);
      }
      await axeOf(page, false, dark);
      await shot(page, `careers-desktop${path.replace("/", "-")}${dark ? "-dark" : ""}`, { full: true });
    }
  }
  const { page, expectError } = await newPerson({ withoutScript: true });
  expectError(/status of 410/);
  await page.goto(`/careers/${scene.slug}/driver`);
  await page.getByRole("link", { name: "Apply", exact: true }).waitFor();
  await scene.admin.patch(`/api/jobs/${driver?.id}`, { status: "filled" });
  await expect.poll(async () => (await page.reload())?.status(), { timeout: 8000, interval: 500 }).toBe(410);
  await page.getByText("Somebody was found for this job").waitFor();
  await axeOf(page);
  await shot(page, "careers-gone", { full: true });
});

test("an admin sees each change of the careers page beside it, and then everybody does", async () => {
  const scene = await newScene("Look Talent");
  await openJobs(scene);
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of 415/);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("menuitem", { name: "Careers page" }).click();
  const preview = page.frameLocator("iframe");
  await preview.getByRole("heading", { name: "Jobs at Look Talent" }).waitFor();

  await page.getByLabel("Headline").fill("Come and drive");
  await page.getByLabel("About you").fill("Two hundred of us.\n\n- By the sea");
  await page.getByRole("textbox", { name: /^Colour/ }).fill("#ffd000");
  await preview.getByRole("heading", { name: "Come and drive" }).waitFor();
  await preview.getByText("By the sea").waitFor();
  await page.getByText("It is made darker on light pages").waitFor();
  await axe(page);
  await shot(page, "branding");
  await page.getByRole("button", { name: "Phone" }).click();
  const width = await preview.locator("html").evaluate((html) => html.clientWidth);
  expect(width).toBeLessThanOrEqual(390);
  await shot(page, "branding-phone-preview");

  const { page: visitor } = await newPerson({ path: `/careers/${scene.slug}` });
  await visitor.goto(`/careers/${scene.slug}`);
  expect(await visitor.getByText("Come and drive").count(), "nothing is saved yet").toBe(0);
  await page.getByLabel("Ask the equal-opportunity questions").check();
  await page.getByLabel("Country of your jobs").selectOption("IE");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved. The careers page shows it").waitFor();
  const file = { name: "logo.png", mimeType: "image/png", buffer: Buffer.from(samplePng(160, 40)) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText("The logo is on the careers pages now.").waitFor();
  await preview.locator(".site-name img").waitFor();
  expect(await scene.admin.get<Organization>("/api/organization")).toMatchObject({
    asksEqualOpportunity: true,
    brand: {
      headline: "Come and drive",
      accent: "#ffd000",
      country: "IE",
      logo: expect.stringContaining("logo?v=1"),
    },
  });
  await expect
    .poll(
      async () => {
        await visitor.reload();
        return await visitor.getByRole("heading", { name: "Come and drive" }).count();
      },
      { timeout: 8000, interval: 500 },
    )
    .toBe(1);
  await visitor.locator(".site-name img").waitFor();

  await page.locator('input[type="file"]').setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: Buffer.from("no picture"),
  });
  await page.getByText("its content is plain text").waitFor();
}, 120_000);

test("the team sees a job's public page before it is posted, and what keeps it out of search engines", async () => {
  const scene = await newScene("Draft Talent");
  const { id: clientId } = await scene.admin.post<Client>("/api/clients", { companyName: "A client" });
  const draft = await scene.admin.post<Job>("/api/jobs", { clientId, title: "Sailor", status: "draft" });
  for (const phone of [false, true]) {
    const { page } = await newPerson({ email: scene.admin.email, phone, dark: phone });
    await page.goto(`/jobs/${draft.id}/settings`);
    await page.getByRole("link", { name: "Public page" }).click();
    await page.frameLocator("iframe").getByRole("heading", { name: "Sailor" }).waitFor();
    await page.getByText("This is a draft: nobody outside sees the page yet.").waitFor();
    await page.getByText("The job has no description yet.").waitFor();
    await axe(page);
    await fits(page);
    await shot(page, phone ? "job-public-phone" : "job-public");
  }
  await scene.admin.patch(`/api/jobs/${draft.id}`, {
    status: "open",
    description: "Sail.",
    location: "Split, Croatia",
  });
  const { page } = await newPerson({ email: scene.admin.email });
  await page.goto(`/jobs/${draft.id}/public`);
  const open = page.getByRole("link", { name: "Open the page" });
  expect(await open.getAttribute("href")).toBe(`/careers/${scene.slug}/sailor`);
  expect(await page.getByText("Search engines won’t list").count()).toBe(0);
});

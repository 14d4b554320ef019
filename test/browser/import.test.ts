import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Candidate } from "../../worker/features/candidates/schema";
import { newPerson, shot } from "./harness";
import { inspect } from "./harness/inspect";
import { newScene } from "./harness/scene";

/** Looks at the screen in every size, and leaves it in its own. */
async function calm(page: Page, where: string): Promise<void> {
  const size = page.viewportSize();
  expect(await inspect(page, where)).toEqual([]);
  if (size) await page.setViewportSize(size);
}

const csv = (text: string, name = "people.csv") => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(text),
});

test.each([
  { by: "desktop", phone: false },
  { by: "phone", phone: true },
])(
  "a file with broken rows is looked at, mapped, taken in, mended and sent again, by $by",
  async ({ by, phone }) => {
    const scene = await newScene("Big Move");
    const { page, expectError } = await newPerson({ email: scene.admin.email, phone });
    expectError(/status of 422/);
    await page.goto("/candidates/import");
    await page.getByRole("button", { name: /Choose a file/ }).waitFor();
    await calm(page, "import");
    const file = csv(
      [
        "First name,Surname,Contact,Mobile,Years",
        "Ada,Able,ada@import.test,+49 40 12345,5",
        "Bo,Baker,bo@import,call me,many",
        "Cy,Cole,cy@import.test,,2",
      ].join("\n"),
    );
    await page.locator("input[type=file]").setInputFiles(file);
    // Nothing says that "Contact" holds addresses.
    await page.getByText("No column goes to the e-mail address yet").waitFor();
    await page.getByLabel("Field for the column Contact").selectOption("email");
    await page.getByRole("button", { name: "Import 2 people" }).waitFor();
    expect(await page.locator(".cand-count", { hasText: "With errors" }).textContent()).toContain("1");
    const bad = page.locator("tr", { hasText: "bo@import" });
    expect(await bad.locator(".cand-bad").count()).toBe(3);
    await bad.getByText("Write a number of years").waitFor();
    await calm(page, "import, looked at");
    await shot(page, `import-check-${by}`);
    const none = await scene.admin.get<{ data: Candidate[] }>("/api/candidates");
    expect(none.data).toEqual([]);

    await page.getByLabel("Field for the column Years").selectOption("");
    await expect.poll(() => bad.locator(".cand-bad").count()).toBe(2);
    await page.getByRole("button", { name: "Import 2 people" }).click();
    await page.getByRole("heading", { name: "The import is done" }).waitFor();
    expect(await page.locator(".cand-count", { hasText: "Added" }).textContent()).toContain("2");
    expect(await page.locator(".cand-failures > li").count()).toBe(1);
    await calm(page, "import, done");
    await shot(page, `import-done-${by}`);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download errors.csv" }).click(),
    ]);
    const errors = await readFile(await download.path(), "utf8");
    expect(errors).toContain("bo@import");
    expect(errors).not.toContain("ada@import.test");
    const mended = errors.replace("bo@import,call me", "bo@import.test,+49 40 777");
    await page.getByRole("button", { name: "Send the mended file" }).click();
    await page.locator("input[type=file]").setInputFiles(csv(mended, "errors.csv"));
    await page.getByLabel("Field for the column Contact").selectOption("email");
    await page.getByLabel("Field for the column Years").selectOption("");
    await page.getByRole("button", { name: "Import 1 person" }).click();
    await page.getByRole("heading", { name: "The import is done" }).waitFor();
    await page.getByRole("link", { name: "See the candidates" }).click();
    await page.getByRole("link", { name: "Bo Baker" }).waitFor();
  },
);

test("more than a thousand rows go on in the background, and a reload finds them again", async () => {
  const scene = await newScene("Long File");
  const { page } = await newPerson({ email: scene.admin.email });
  const rows = Array.from({ length: 1200 }, (_, at) => `Person ${at},person${at}@long.test`);
  await page.goto("/candidates/import");
  await page
    .locator("input[type=file]")
    .setInputFiles(csv(["Name,E-mail", ...rows, "Nobody,nowhere"].join("\n")));
  await page.getByRole("button", { name: "Import 1,200 people" }).click();
  await page.getByRole("heading", { name: /The import is (under way|done)/ }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "The import is done" }).waitFor({ timeout: 60_000 });
  expect(await page.locator(".cand-count", { hasText: "Added" }).textContent()).toContain("1,200");
  await page.getByText("Row 1,201").waitFor();
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import type { Document } from "../../worker/features/documents/schema";
import { newPerson } from "./harness";
import { inspect } from "./harness/inspect";
import { newScene } from "./harness/scene";

const looksRight = async (page: Page, state: string) => {
  const wrong = await inspect(page, state);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
};

test("documents are approved with a last day by the keys, the next one fetched ahead, and asked for again", async () => {
  const scene = await newScene("Paper Trail");
  await scene.admin.patch("/api/documents/types", { key: "w9", validDays: 20 });
  const file = { name: "w9.pdf", type: "application/pdf", bytes: demoPdf("Form W-9", ["Ada"]) };
  const papers: Document[] = [];
  for (const name of ["Ada Able", "Bo Baker"]) {
    const agent = await scene.agent(name);
    papers.push(await agent.upload("w9", file));
  }
  const { page } = await newPerson({ email: scene.admin.email });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (/\/api\/documents\/[^/]+\/content/.test(request.url())) asked.push(request.url());
  });
  await page.goto("/documents/review");
  await page.getByLabel("Good until").waitFor();
  await expect.poll(() => new Set(asked).size).toBe(2);
  const day = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  expect(await page.getByLabel("Good until").inputValue()).toBe(day(20));
  await looksRight(page, "a document to review");

  await page.keyboard.press("u");
  await page.getByLabel("Good until").fill(day(5));
  await page.keyboard.press("Enter");
  await page.getByText(/W-9 of Ada Able is approved, good until/).waitFor();
  await expect.poll(() => page.getByLabel("Good until").inputValue()).toBe(day(20));
  await page.keyboard.press("a");
  await page.getByText(/W-9 of Bo Baker is approved/).waitFor();
  await page.getByText("Nothing waits for review").waitFor();
  // Nothing was fetched twice.
  expect(asked.length).toBe(2);
  const ends = await Promise.all(papers.map(({ id }) => scene.admin.get<Document>(`/api/documents/${id}`)));
  expect(ends.map(({ expiresOn }) => expiresOn)).toEqual([day(5), day(20)]);

  await page.getByRole("tab", { name: "Expiring" }).click();
  await page.getByRole("button", { name: "Ask again for W-9 of Ada Able" }).click();
  await page.getByText("Ada Able was asked for a new W-9.").waitFor();
  await page.locator("tr.table-row", { hasText: "Ada Able" }).getByText("Asked").waitFor();
  await looksRight(page, "documents that expire");
});

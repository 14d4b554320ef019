import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { advanceClock, newPerson, outbox, shot } from "./harness";
import { inspect } from "./harness/inspect";
import { newJobScene } from "./harness/job-scene";
import { drag } from "./harness/pointer";
import { unique } from "./harness/scene";

const PASSWORD = "portico-demo-1";

const card = (page: Page, name: string) => page.locator("[data-person]", { hasText: name });
const column = (page: Page, key: string) => page.locator(`[data-stage="${key}"]`);
const inStage = (page: Page, key: string, name: string) => column(page, key).locator(card(page, name));
const live = (page: Page) => page.getByText("Live", { exact: true }).waitFor();

test("two recruiters on a job's board see each other, each other's moves, and who applies", async () => {
  const scene = await newJobScene("Two Sides");
  const recruiter = await scene.recruiter("Chris Doyle");
  const ada = await scene.apply("Ada Able");
  const path = `/jobs/${scene.job.id}`;
  const { page: first } = await newPerson({ email: scene.admin.email, path });
  const { page: second } = await newPerson({ email: recruiter.email, path });
  await inStage(first, "new", ada.name).waitFor();
  await inStage(second, "new", ada.name).waitFor();
  await first.getByLabel("Also looking: Chris Doyle").waitFor();
  await live(second);

  await drag(first, card(first, ada.name), column(first, "screening"));
  await inStage(second, "screening", ada.name).waitFor();
  await second.getByRole("status").getByText("Alma Stone moved Ada Able from New to Screening.").waitFor();

  const bo = await scene.apply("Bo Baker", { visa: false, years: 1 });
  await inStage(first, "new", bo.name).getByLabel("An answer is flagged").waitFor();
  await inStage(second, "new", bo.name).waitFor();

  await card(second, ada.name).getByRole("link").focus();
  await second.keyboard.press("m");
  await second.keyboard.type("int");
  await second.keyboard.press("Enter");
  await inStage(first, "interview", ada.name).waitFor();
  // The stage shares people with the client, and the card says so once it is read again.
  await inStage(first, "interview", ada.name).getByLabel("Shared with the client").waitFor();
  await shot(first, "job-board");

  await second.keyboard.press("u");
  await inStage(first, "screening", ada.name).waitFor();
  expect((await scene.application(ada.id)).stage).toBe("screening");
});

test("the person beside the board shows answers and notes, and what one saves is on the card", async () => {
  const scene = await newJobScene("Side Panel");
  const bo = await scene.apply("Bo Baker", { visa: false, years: 1, why: "Because." });
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await live(page);
  await card(page, bo.name).getByRole("link").click();
  const panel = page.getByRole("dialog", { name: bo.name });
  await panel.getByText("May you work in the country?").waitFor();
  await panel.locator(".answer-flagged").getByText("No", { exact: true }).waitFor();
  await panel.getByRole("button", { name: "4 of 5" }).click();
  await panel.getByRole("button", { name: `Star ${bo.name}` }).click();
  await panel.getByLabel("Add a tag").fill("night shift");
  await page.keyboard.press("Enter");
  await panel.getByLabel("For the team").fill("Ask about shifts.");
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByRole("button", { name: "Save" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Close panel" }).click();
  await card(page, bo.name).getByLabel("Rated 4 of 5").waitFor();
  await card(page, bo.name).getByLabel("Starred").waitFor();
  await card(page, bo.name).getByText("night shift").waitFor();
  const saved = await scene.application(bo.id);
  expect(saved).toMatchObject({
    rating: 4,
    starred: true,
    tags: ["night shift"],
    internalNotes: "Ask about shifts.",
  });
});

test("one person is rejected by two keys with the mail of the stage, and taken back by a third", async () => {
  const scene = await newJobScene("Two Keys");
  const ada = await scene.apply("Ada Able");
  const bo = await scene.apply("Bo Baker");
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await live(page);
  await card(page, bo.name).getByRole("link").focus();

  await page.keyboard.press("r");
  await page.keyboard.press("Enter");
  await page.getByText("Bo Baker is in Rejected now.").waitFor();
  expect(await scene.application(bo.id)).toMatchObject({ stage: "rejected" });
  await page.keyboard.press("u");
  await inStage(page, "new", bo.name).waitFor();
  await advanceClock(11);
  await page.waitForTimeout(1000);
  const subject = /your application for Support lead$/;
  expect((await outbox(bo.email)).filter((mail) => subject.test(mail.subject))).toEqual([]);

  // With another reason, by its digit.
  await card(page, ada.name).getByRole("link").focus();
  await page.keyboard.press("r");
  await page.getByRole("dialog", { name: "Reject Ada Able" }).getByText("Mails wait 10 seconds").waitFor();
  await shot(page, "job-board-reject");
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await scene.application(ada.id)).reason)
    .toBe("The job needs more experience than you have so far.");
  await advanceClock(11);
  await expect
    .poll(async () => (await outbox(ada.email)).filter((mail) => subject.test(mail.subject)).length)
    .toBe(1);
});

test("a client sees who is shared with them, live and read-only", async () => {
  const scene = await newJobScene("Client View");
  const ada = await scene.apply("Ada Able");
  const bo = await scene.apply("Bo Baker");
  await scene.admin.patch(`/api/applications/${ada.id}`, { sharedWithClient: true, notes: "Worth meeting." });
  const email = `${unique("dora")}@client.test`;
  await scene.admin.post(`/api/clients/${scene.client.id}/users`, {
    email,
    name: "Dora Client",
    password: PASSWORD,
    mustChangePassword: false,
  });
  const { page } = await newPerson({ email, path: `/jobs/${scene.job.id}` });
  await live(page);
  await inStage(page, "new", ada.name).waitFor();
  expect(await page.locator("[data-person]").count()).toBe(1);
  expect(await card(page, ada.name).getAttribute("draggable")).toBe("false");
  expect(await page.getByRole("button", { name: /^Actions for|: actions$/ }).count()).toBe(0);
  expect(await page.getByRole("link", { name: /Triage/ }).count()).toBe(0);
  await shot(page, "client-board");

  await scene.admin.post(`/api/applications/${bo.id}/move-stage`, { stage: "interview" });
  await inStage(page, "interview", bo.name).waitFor();
  await scene.admin.patch(`/api/applications/${ada.id}`, { sharedWithClient: false });
  await card(page, ada.name).waitFor({ state: "detached" });

  await page.keyboard.press("x");
  await page.keyboard.press("m");
  expect(await page.locator("dialog:modal, .bulk-bar").count()).toBe(0);
  await card(page, bo.name).getByRole("link").click();
  const panel = page.getByRole("dialog", { name: bo.name });
  await panel.getByText("I like to help.").waitFor();
  expect(await panel.getByRole("button", { name: /Move|Save|Star/ }).count()).toBe(0);
  expect(await panel.getByText(bo.email).count()).toBe(0);
  await page.goto(`/jobs/${scene.job.id}/triage`);
  await page.getByRole("heading", { name: "You can’t open this page" }).waitFor();
});

test("axe finds nothing on a job's board, its list and the applications", async () => {
  const scene = await newJobScene("Clear Board");
  const ada = await scene.apply("Ada Able");
  await scene.apply("Bo Baker", { visa: false });
  await scene.admin.patch(`/api/applications/${ada.id}`, { starred: true, rating: 3, tags: ["fast"] });
  const { page } = await newPerson({ email: scene.admin.email });
  const base = `/jobs/${scene.job.id}`;
  const states: [string, string, () => Promise<unknown>][] = [
    [base, "board", () => card(page, ada.name).waitFor()],
    [
      base,
      "with a selection",
      async () => {
        await card(page, ada.name).getByRole("link").focus();
        await page.keyboard.press("x");
        await page.getByRole("toolbar").waitFor();
      },
    ],
    [
      base,
      "rejecting many",
      async () => {
        await card(page, ada.name).getByRole("link").focus();
        await page.keyboard.press("X");
        await page.getByRole("button", { name: "Reject…" }).click();
        await page.getByText("New → Rejected").first().waitFor();
      },
    ],
    [
      base,
      "mailing many",
      async () => {
        await card(page, ada.name).getByRole("link").focus();
        await page.keyboard.press("x");
        await page.keyboard.press("e");
        await page.getByText(/^Gets/).waitFor();
      },
    ],
    [
      base,
      "with a person",
      async () => {
        await card(page, ada.name).getByRole("link").click();
        await page.locator(".timeline").waitFor();
      },
    ],
    [`${base}/list`, "list", () => page.getByRole("row", { name: /Ada Able/ }).waitFor()],
    [`${base}/list?q=zz`, "nobody matches", () => page.getByText("Nobody matches").waitFor()],
    [
      `${base}/list`,
      "with the filters",
      async () => {
        await page.getByRole("button", { name: "Filter" }).click();
        await page.getByLabel("Answer to").waitFor();
      },
    ],
    ["/applications", "all", () => page.getByRole("row", { name: /Ada Able/ }).waitFor()],
    [`${base}/triage`, "triage", () => page.getByRole("heading", { name: ada.name }).waitFor()],
  ];
  const wrong: string[] = [];
  for (const [path, name, reach] of states) {
    await page.goto("about:blank");
    await page.goto(path);
    await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".loading"));
    await reach();
    wrong.push(...(await inspect(page, `${path} ${name}`)));
  }
  if (wrong.length > 0) throw new Error(`Found:\n${wrong.join("\n")}`);
});

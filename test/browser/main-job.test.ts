import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import { advanceClock, newPerson, outbox, PASSWORD, shot } from "./harness";
import { answeredAt, seeing } from "./harness/moments";
import { drag } from "./harness/pointer";
import { newScene, unique } from "./harness/scene";

const MAIL_WAITS = 10_000;

const file = (name: string) => ({
  name: "w9.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(demoPdf("Form W-9", [`Name: ${name}`, "Classification: individual"])),
});

const cardOf = (board: Page, name: string) => board.locator("[data-person]", { hasText: name });
const column = (board: Page, key: string) => board.locator(`[data-stage="${key}"]`);

async function register(page: Page, name: string, email: string): Promise<void> {
  await page.goto("/register?org=acme");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "You are in Applied" }).waitFor();
}

async function unreadOf(page: Page): Promise<number> {
  const bell = page.getByRole("button", { name: /^Notifications/ });
  return Number((await bell.getAttribute("aria-label"))?.match(/(\d+) unread/)?.[1] ?? 0);
}

/** A paper on the agent's page. */
const paper = (page: Page, name: string): Locator => page.locator(".doc", { hasText: name }).first();

async function chooseInMenu(board: Page, name: string): Promise<void> {
  await board.getByRole("button", { name: `Actions for ${name}` }).click();
  await board.getByRole("menuitem", { name: "Move to Screening" }).click();
}

test.each([
  { by: "desktop", phone: false, name: "Maya Torres" },
  { by: "phone", phone: true, name: "Nils Aalto" },
])(
  "an agent registers and uploads a W-9, a recruiter decides, and the agent sees it at once, by $by",
  async ({ by, phone, name }) => {
    const email = `${unique("agent")}@example.test`;
    const { page: board } = await newPerson({ email: "recruiter@acme.test", phone, path: "/pool" });
    await board.getByText("Live", { exact: true }).waitFor();
    const { page: agent } = await newPerson({ phone });

    await register(agent, name, email);
    const card = cardOf(board, name);
    await column(board, "applied").locator(card).getByText("no W-9").waitFor();
    await agent.getByRole("status").getByText("moved you").waitFor({ state: "detached" });

    await agent.getByText("Upload your W-9").waitFor();
    await agent.locator(".next input[type=file]").first().setInputFiles(file(name));
    await paper(agent, "W-9").getByText("In review").waitFor();
    await agent.getByText("Review of your W-9").waitFor();
    await card.getByText("W-9 to review").waitFor();
    await shot(board, `main-job-${by}-1-board-w9-to-review`);
    await shot(agent, `main-job-${by}-1-agent-w9-in-review`, { full: phone });
    const unread = await unreadOf(agent);

    await card.getByRole("link", { name }).click();
    const panel = board.getByRole("dialog", { name });
    await panel.getByRole("button", { name: "Review W-9" }).click();
    if (!phone) await panel.locator("iframe.preview").waitFor();
    await shot(board, `main-job-${by}-2-review`);
    const approved = await seeing(agent, ".docs .pill-good", "Approved");
    const shown = phone ? board.getByRole("dialog", { name: "W-9" }) : panel.locator(".shown");
    await shown.getByRole("button", { name: "Approve" }).click();
    const approvalLate = (await approved()) - (await answeredAt(board, /\/api\/documents\/.+\/status$/));
    if (phone) await board.getByRole("button", { name: "Close", exact: true }).click();
    await board.getByRole("button", { name: "Close panel" }).click();

    const moved = await seeing(agent, "h1", "You are in Screening");
    if (phone) await chooseInMenu(board, name);
    else await drag(board, card, column(board, "screening"));
    const moveLate = (await moved()) - (await answeredAt(board, /\/api\/agents\/.+\/status$/));
    const movedAt = Date.now();
    console.info(`${by}: the agent saw the approval after ${approvalLate} ms, the move after ${moveLate} ms`);
    await column(board, "screening").locator(card).waitFor();

    await agent
      .getByRole("status")
      .getByText(/^Acme Talent moved you to Screening/)
      .waitFor();
    expect(await agent.locator('[aria-current="step"]').textContent()).toContain("Screening");
    await paper(agent, "W-9").getByText("Approved", { exact: true }).waitFor();
    await expect.poll(() => unreadOf(agent)).toBe(unread + 2);
    await shot(board, `main-job-${by}-3-board-moved`);
    await shot(agent, `main-job-${by}-3-agent-moved`, { full: phone });
    expect(approvalLate).toBeLessThan(1000);
    expect(moveLate).toBeLessThan(1000);

    const mails = async () =>
      (await outbox(email)).filter(({ subject }) => subject.includes("Screening")).length;
    // As long as the move can be taken back, its mail waits.
    if (Date.now() < movedAt + MAIL_WAITS / 2) expect(await mails()).toBe(0);
    await advanceClock(MAIL_WAITS / 1000 + 1);
    await expect.poll(mails).toBe(1);
    // The queue's own message arrives when the ten seconds have really passed, and finds the mail sent.
    await new Promise((done) => setTimeout(done, Math.max(0, movedAt + MAIL_WAITS + 1500 - Date.now())));
    expect(await mails()).toBe(1);
    expect(await agent.evaluate(() => performance.getEntriesByType("navigation").length)).toBe(1);
  },
);

test("the first person of a new organization appears on its empty board by itself", async () => {
  const scene = await newScene("Quiet Harbor");
  const { page } = await newPerson({ email: scene.admin.email, path: "/pool" });
  await page.getByText("Nobody is in the pool yet").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await shot(page, "board-empty");
  await scene.agent("Ola First");
  await column(page, "applied").getByRole("link", { name: "Ola First" }).waitFor();
});

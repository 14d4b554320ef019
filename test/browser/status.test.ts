import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { MyDay } from "../../worker/features/dashboard/schema";
import type { CompletedJob } from "../../worker/features/jobs/schema";
import { axe, newPerson, outbox, type PersonOptions, shot } from "./harness";
import { newScene, type Scene, unique } from "./harness/scene";

const STAGES = [
  {
    key: "inbox",
    name: "Inbox of the secret pile",
    publicName: "Received",
    publicNext: "Alma from our team reads your application, and writes to you.",
    replyByDays: 5,
    actions: [{ type: "email", template: "application_received" }],
  },
  {
    key: "talk",
    name: "Secret talk",
    publicName: "First talk",
    publicNext: "We call you at a time that suits you.",
    replyByDays: 7,
  },
  { key: "trial", name: "Secret trial", publicName: "A day with the team" },
  { key: "hired", name: "Secret yes", kind: "hired", publicName: "Hired" },
  { key: "rejected", name: "Secret no", kind: "rejected" },
];

interface StatusScene extends Scene {
  job: CompletedJob;
  /** Somebody applies, and opens the link of the mail. */
  applied(name: string): Promise<{ id: string; email: string; link: string }>;
  moveTo(id: string, stage: string): Promise<Application>;
}

async function newStatusScene(name: string): Promise<StatusScene> {
  const scene = await newScene(name);
  const { admin } = scene;
  await admin.patch("/api/organization", { brand: { accent: "#8a3ffc", about: null } });
  const client = await admin.post<{ id: string }>("/api/clients", { companyName: `${name} Client` });
  const job = await admin.post<CompletedJob>("/api/jobs/complete", {
    job: { clientId: client.id, title: "Support lead", description: "Leads a team.", location: "Lisbon" },
    workflow: { stages: STAGES },
  });
  return {
    ...scene,
    job,
    applied: async (who) => {
      const email = `${unique(who.toLowerCase().replace(/[^a-z]+/g, "."))}@example.test`;
      const [firstName = "", ...rest] = who.split(" ");
      const { id } = await admin.post<Application>("/api/applications", {
        job: job.id,
        candidateData: { firstName, lastName: rest.join(" "), email },
      });
      return { id, email, link: await newestLink(email) };
    },
    moveTo: (id, stage) => admin.post<Application>(`/api/applications/${id}/move-stage`, { stage }),
  };
}

/** The newest personal link in somebody's mails, other than the given one. */
async function newestLink(email: string, than = ""): Promise<string> {
  let found = "";
  await expect
    .poll(async () => {
      const links = (await outbox(email)).flatMap(({ text }) => /\/status\/[\w-]{43}/.exec(text)?.[0] ?? []);
      found = links.find((link) => link !== than) ?? "";
      return found;
    })
    .not.toBe("");
  return found;
}

const stage = (page: Page) => page.locator(".status-stage");
const noOverflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

const LOOKS: [string, PersonOptions][] = [
  ["desktop", {}],
  ["desktop-dark", { dark: true }],
  ["phone", { phone: true }],
  ["phone-dark", { phone: true, dark: true }],
];

test("with script off the link of the mail shows where one stands, and one can withdraw", async () => {
  const scene = await newStatusScene("Plain Paper");
  const { id, link } = await scene.applied("Kim Plain");
  const { page } = await newPerson({ path: link, phone: true, withoutScript: true });
  await page.goto(link);
  expect(await stage(page).textContent()).toBe("Received");
  await page.getByText("Alma from our team reads your application").waitFor();
  await page.getByText("promises you an answer by").waitFor();
  expect(await page.content()).not.toMatch(/secret/i);
  await scene.moveTo(id, "talk");
  await page.getByRole("link", { name: "Look again" }).click();
  await expect.poll(() => stage(page).textContent()).toBe("First talk");
  await shot(page, "status-without-script", { full: true });
  await page.getByText("Withdraw my application").click();
  await page.getByRole("button", { name: "Yes, withdraw it" }).click();
  await page.getByRole("heading", { name: "How it ended, Kim" }).waitFor();
  await shot(page, "status-withdrawn", { full: true });
  expect((await scene.admin.get<Application>(`/api/applications/${id}`)).stageKind).toBe("withdrawn");
});

test("a recruiter's move changes the page under one's eyes in under a second, and says so", async () => {
  const scene = await newStatusScene("Live Wire");
  const { id, link } = await scene.applied("Kim Live");
  const { page } = await newPerson();
  await page.goto(link);
  await page.getByText("This page changes by itself.").waitFor();
  await page.getByText("Withdraw my application").click();
  const moved = Date.now();
  await scene.moveTo(id, "talk");
  await page.locator(".status-stage", { hasText: "First talk" }).waitFor();
  const late = Date.now() - moved;
  console.info(`the page of a personal link after ${late} ms`);
  expect(late).toBeLessThan(1000);
  await page.getByRole("status").getByText("It is here now: First talk.").waitFor();
  // What one had opened stays open.
  expect(await page.getByRole("button", { name: "Yes, withdraw it" }).isVisible()).toBe(true);
  await shot(page, "status-moved", { full: true });
  await scene.moveTo(id, "rejected");
  await page.getByText("There is a decision about your application.").waitFor();
  expect(await page.content()).not.toMatch(/secret/i);
  await shot(page, "status-rejected", { full: true });
});

test("without sockets the page is right within 30 seconds", async () => {
  const scene = await newStatusScene("Far Off");
  const { id, link } = await scene.applied("Kim Far");
  const { page } = await newPerson({ withoutSockets: true });
  await page.goto(link);
  await page.waitForLoadState("networkidle");
  const moved = Date.now();
  await scene.moveTo(id, "talk");
  await page.locator(".status-stage", { hasText: "First talk" }).waitFor({ timeout: 35_000 });
  console.info(`by looking: after ${Date.now() - moved} ms`);
  expect(Date.now() - moved).toBeLessThan(31_000);
});

test.each([
  ["with script, in one's own time zone", {}],
  ["without script, in that of the interview", { withoutScript: true }],
] as [string, PersonOptions][])(
  "a time is booked in three interactions from the mail: %s",
  async (_, options) => {
    const scene = await newStatusScene("Good Time");
    const { id, link } = await scene.applied("Kim Time");
    const day = new Date(Date.now() + 9 * 24 * 60 * 60 * 1000);
    const at = (hour: number) => new Date(day.setUTCHours(hour, 0, 0, 0)).toISOString();
    await scene.admin.post("/api/interviews", {
      applicationId: id,
      roundName: "First round",
      timeZone: "Europe/Berlin",
      proposedSlots: [{ start: at(14) }, { start: at(16) }],
      meetingLink: "https://meet.example.test/kim",
    });
    const { page } = await newPerson({ phone: true, ...options });
    // One: the link of the mail.
    await page.goto(link);
    const slots = page.locator(".status-slot");
    const words = (hour: number, timeZone: string) =>
      new Intl.DateTimeFormat(options.withoutScript ? "en-GB" : "en-US", {
        hour: "2-digit",
        minute: "2-digit",
        timeZone,
      }).format(new Date(at(hour)));
    const zone = options.withoutScript ? "Europe/Berlin" : "America/New_York";
    await expect.poll(() => slots.first().textContent()).toContain(words(14, zone));
    if (!options.withoutScript) await axe(page);
    await shot(page, `status-slots-${options.withoutScript ? "plain" : "script"}`, { full: true });
    // Two and three.
    await slots.nth(1).click();
    await page.getByRole("button", { name: "Take this time" }).click();
    await page.getByRole("link", { name: "Open the meeting" }).waitFor();
    await expect.poll(() => page.locator(".status-when").textContent()).toContain(words(16, zone));
    await shot(page, `status-booked-${options.withoutScript ? "plain" : "script"}`, { full: true });
  },
);

test("another browser sees nothing, and gets a new link by mail", async () => {
  const scene = await newStatusScene("Mine Alone");
  const { link, email } = await scene.applied("Kim Mine");
  const { page: mine } = await newPerson();
  await mine.goto(link);
  const kept = mine.waitForResponse((answer) => answer.url().endsWith("/keep"));
  await mine.mouse.move(200, 200);
  expect((await kept).status()).toBe(204);
  const { page: other, expectError } = await newPerson({ phone: true });
  expectError(/status of 404/);
  await other.goto(link);
  await other.getByRole("heading", { name: "This link doesn’t open here" }).waitFor();
  expect(await other.content()).not.toContain("Support lead");
  await axe(other);
  await shot(other, "status-elsewhere");
  await other.getByRole("button", { name: "Mail me a new link" }).click();
  await other.getByRole("heading", { name: "Look into your mail" }).waitFor();
  await axe(other);
  await other.goto(await newestLink(email, link));
  expect(await stage(other).textContent()).toBe("Received");
  await mine.reload();
  expect(await stage(mine).textContent()).toBe("Received");
});

test("it looks right and is right for everybody: both modes, phone and desktop, script on", async () => {
  const scene = await newStatusScene("Good Looks");
  const { id, link } = await scene.applied("Kim Looks");
  await scene.moveTo(id, "talk");
  let at = link;
  for (const [name, options] of LOOKS) {
    const { page } = await newPerson(options);
    await page.goto(at);
    await page.getByText("This page changes by itself.").waitFor();
    await axe(page);
    expect(await noOverflow(page)).toBe(true);
    await shot(page, `status-${name}`, { full: true });
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
      document.body.style.zoom = "2";
    });
    expect(await noOverflow(page), `${name}, right to left at 200 %`).toBe(true);
    at = link;
  }
});

test("the team sees first whose answer is late: on the board, at the person, and at the beginning of the day", async () => {
  const scene = await newStatusScene("Late Answers");
  const { id } = await scene.applied("Kim Late");
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await page.getByRole("link", { name: "Kim Late" }).waitFor();
  const promised = (await scene.admin.get<Application>(`/api/applications/${id}`)).replyBy;
  expect(promised).not.toBeNull();
  const away = Date.parse(promised ?? "") + 2 * 24 * 60 * 60 * 1000 + 60_000;
  // Two days after the promise: in this browser alone, since all tests share the product's clock.
  await page.clock.setFixedTime(away);
  await page.reload();
  await page.getByText("Answer 2 days over").waitFor();
  await shot(page, "board-late-answer");
  await page.getByRole("link", { name: "Kim Late" }).click();
  await page.getByText(/Answer promised by .*, 2 days over/).waitFor();
  await shot(page, "panel-late-answer");
  const kim = await scene.admin.get<Application>(`/api/applications/${id}`);
  await page.route("**/api/me/day", async (route) => {
    const answer = await route.fetch();
    const day = (await answer.json()) as MyDay;
    const due = { ...kim, jobId: scene.job.id, jobTitle: scene.job.title, flagged: false };
    const answersDue = [{ ...due, replyBy: promised }];
    await route.fulfill({ json: { ...day, answersDue, counts: { ...day.counts, overdueAnswers: 1 } } });
  });
  await page.goto("/home");
  const due = page.locator(".card", { hasText: "Answers that are due" });
  await due.getByText("2 days over").waitFor();
  await due.getByText("1 overdue").waitFor();
  await axe(page, { within: ".day" });
  await shot(page, "day-late-answer");
  await due.getByRole("link", { name: "Kim Late" }).click();
  await page.waitForURL(`**/jobs/${scene.job.id}?person=${id}`);
});

test("a workflow says what the candidate reads of each stage", async () => {
  const scene = await newStatusScene("Plain Words");
  const { page } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${scene.job.id}/workflow`,
  });
  await page.getByRole("button", { name: "Actions for Secret trial" }).click();
  await page.getByRole("menuitem", { name: "What the candidate reads…" }).click();
  const dialog = page.getByRole("dialog", { name: "What the candidate reads in Secret trial" });
  await dialog.getByLabel("Name for the candidate").fill("A day at work");
  await dialog.getByLabel("What happens next").fill("You work with us for a day, paid.");
  await dialog.getByLabel("Answer promised within days").fill("0");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Write whole days from 1 to 365, or nothing.").waitFor();
  await dialog.getByLabel("Answer promised within days").fill("4");
  await axe(page);
  await shot(page, "workflow-words-dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  const row = page.locator('[data-stage="trial"]');
  await row.getByText("“A day at work”").waitFor();
  await row.getByText("Answer within 4 days").waitFor();
  await shot(page, "workflow-words", { full: true });
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Interview } from "../../worker/features/interviews/schema";
import { axe, base, newPerson, outbox, PASSWORD, shot } from "./harness";
import { type JobScene, newJobScene } from "./harness/job-scene";

/** The mails to an address once there are so many. */
async function mails(to: string, count: number) {
  await expect.poll(async () => (await outbox(to)).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
  return (await outbox(to)) as (Awaited<ReturnType<typeof outbox>>[number] & {
    attachments: { fileName: string; contentType: string; content: string }[];
  })[];
}

/** Chooses the first time by the personal link of the mail, as the page of the link does. */
async function bookByLink(scene: JobScene, to: string): Promise<Interview> {
  const asked = (await mails(to, 1)).find(({ subject }) => subject.includes("choose a time"));
  const url = /http\S+\/status\/[\w-]+/.exec(asked?.text ?? "")?.[0];
  if (!url) throw new Error(`There is no personal link in: ${asked?.text}`);
  const list = await scene.admin.get<{ data: Interview[] }>(
    `/api/interviews?jobId=${scene.job.id}&status=${encodeURIComponent("Awaiting Candidate Confirmation")}`,
  );
  const interview = list.data[0];
  const { page } = await newPerson();
  await page.goto(url);
  const token = url.split("/").at(-1);
  const answer = await page.request.post(`${base}/api/interviews/${interview?.id}/book-slot`, {
    data: { slotId: interview?.proposedSlots[0]?.id, token },
    headers: { origin: base },
  });
  if (!answer.ok()) throw new Error(`The link books nothing: ${answer.status()} ${await answer.text()}`);
  expect(await answer.json()).toMatchObject({ state: "booked" });
  return interview as Interview;
}

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

test("from the card to the next round: schedule, book by the link, invite, hold, pass", async () => {
  const scene = await newJobScene("Round Table");
  const person = await scene.apply("Ivy Chen");
  const { page } = await newPerson({ email: scene.admin.email, path: `/jobs/${scene.job.id}` });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Ivy Chen" }).focus();
  await page.keyboard.press("i");
  const form = dialog(page, "Interview with Ivy Chen");
  await form
    .getByRole("button", { name: /, 10:00$/ })
    .first()
    .click();
  await form
    .getByRole("button", { name: /, 14:00$/ })
    .nth(1)
    .click();
  await form.getByLabel("Meeting link").fill("https://meet.example.test/ivy");
  await form.getByText("Name of the round, and instructions").click();
  await form.getByLabel("Name of round 1").fill("First talk");
  await shot(page, "interview-schedule");
  await axe(page, { within: "dialog[open]" });
  await form.getByRole("button", { name: "Ask for a time" }).click();
  await page.getByText("Ivy Chen is asked to choose a time.").waitFor();

  const interview = await bookByLink(scene, person.email);
  await page.goto(`/interviews`);
  await page.getByRole("tab", { name: /Upcoming/ }).click();
  await page.getByRole("link", { name: "Ivy Chen" }).waitFor();
  await shot(page, "interviews-list");
  await axe(page);
  await page.getByRole("row", { name: /Ivy Chen/ }).click();
  await page.getByRole("heading", { name: "Interview with Ivy Chen" }).waitFor();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.getByText("The calendar invitation is on its way.").waitFor();
  const invited = (await mails(person.email, 2)).find(({ attachments }) => attachments.length > 0);
  expect(invited?.attachments[0]?.contentType).toContain("method=REQUEST");
  expect(invited?.attachments[0]?.content).toContain(`UID:${interview.id}@`);
  await page.getByRole("button", { name: "It took place" }).click();
  await page.getByRole("heading", { name: "Decide" }).waitFor();
  await page.getByLabel("How did it go?").fill("Knows the trade, asks good questions.");
  await page.getByText("4 of 5", { exact: true }).click({ force: true });
  await page.getByRole("button", { name: "Save feedback" }).click();
  await page.getByRole("button", { name: "Saved" }).waitFor();
  await shot(page, "interview-decide");
  await axe(page);
  await page.getByRole("button", { name: "Passed: next round" }).click();
  await page.getByText("Ivy Chen passed round 1. Schedule the next one when you like.").waitFor();
  await page.getByRole("button", { name: "Schedule interview" }).waitFor();
  await shot(page, "interview-passed");
  expect((await scene.application(person.id)).status).toBe("IN_PROGRESS");
});

test("a time that is agreed is booked and invited at once; cancelling takes it back", async () => {
  const scene = await newJobScene("Quick Word");
  const person = await scene.apply("Omar Hale");
  const { page } = await newPerson({
    email: scene.admin.email,
    path: `/jobs/${scene.job.id}?person=${person.id}`,
  });
  await page.getByRole("button", { name: "Schedule interview" }).click();
  const form = dialog(page, "Interview with Omar Hale");
  await form.getByLabel("The time is agreed").check();
  await form
    .getByRole("button", { name: /, 11:00$/ })
    .first()
    .click();
  await form.getByRole("button", { name: "Send the invitation" }).click();
  await page.getByText(/Omar Hale has the invitation for/).waitFor();
  await shot(page, "interview-panel");
  await page.getByRole("link", { name: "Round 1" }).click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Cancel the interview…" }).click();
  const ask = dialog(page, "Cancel the interview?");
  await ask.getByLabel("Reason").fill("The job is on hold.");
  await shot(page, "interview-cancel");
  await ask.getByRole("button", { name: "Cancel the interview" }).click();
  await page.getByText("The interview is cancelled.").waitFor();
  const all = await mails(person.email, 2);
  const taken = all.find(({ subject }) => subject.includes("is cancelled"));
  expect(taken?.text).toContain("The job is on hold.");
  expect(taken?.attachments[0]?.contentType).toContain("method=CANCEL");
  const files = all.flatMap(({ attachments }) => attachments.map(({ content }) => content));
  expect(files.map((file) => /SEQUENCE:(\d+)/.exec(file)?.[1]).sort()).toEqual(["0", "1"]);
  expect(new Set(files.map((file) => /UID:(\S+)/.exec(file)?.[1])).size).toBe(1);
});

test("on a phone, in the dark, and where there is nothing yet", async () => {
  const scene = await newJobScene("Small Screen");
  const { page } = await newPerson({
    email: scene.admin.email,
    path: "/interviews",
    phone: true,
    dark: true,
  });
  await page.getByText("No interviews today").waitFor();
  await shot(page, "interviews-empty-phone");
  await axe(page);
  const person = await scene.apply("Lou Park");
  await page.getByRole("button", { name: "Schedule interview" }).click();
  await dialog(page, "Schedule interview").getByRole("combobox").fill("Lou");
  await page.getByRole("option", { name: /Lou Park/ }).click();
  const form = dialog(page, "Interview with Lou Park");
  await form
    .getByRole("button", { name: /, 15:00$/ })
    .first()
    .click();
  await shot(page, "interview-schedule-phone");
  await axe(page, { within: "dialog[open]" });
  await form.getByRole("button", { name: "Ask for a time" }).click();
  await page.getByRole("heading", { name: "Interview with Lou Park" }).waitFor();
  await page.getByText("Waits for the candidate").first().waitFor();
  await shot(page, "interview-one-phone", { full: true });
  await axe(page);
  await page.goto("/interviews?view=waiting");
  await page.getByRole("link", { name: "Lou Park" }).waitFor();
  await shot(page, "interviews-list-phone");
  expect((await scene.application(person.id)).stage).toBe("new");
});

test("a client user decides on whom they see", async () => {
  const scene = await newJobScene("Client Side");
  const person = await scene.apply("Una Reed");
  await scene.admin.post(`/api/applications/${person.id}/move-stage`, { stage: "interview" });
  const start = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const made = await scene.admin.post<Interview>("/api/interviews", {
    applicationId: person.id,
    proposedSlots: [{ start }],
    agreed: true,
  });
  for (const step of ["send-invite", "mark-completed"]) {
    await scene.admin.post(`/api/interviews/${made.id}/${step}`, {});
  }
  const email = `cleo@${scene.slug}.test`;
  await scene.admin.post(`/api/clients/${scene.client.id}/users`, {
    email,
    name: "Cleo Bond",
    password: PASSWORD,
  });
  const { page } = await newPerson({ email, path: "/interviews?view=to_decide" });
  await page.getByRole("link", { name: "Una Reed" }).waitFor();
  await page.getByRole("row", { name: /Una Reed/ }).click();
  await page.getByRole("button", { name: "Hire", exact: true }).click();
  await shot(page, "interview-client");
  await axe(page);
  await dialog(page, "Hire Una Reed?").getByRole("button", { name: "Hire" }).click();
  await page.getByText("Una Reed is to be hired.").waitFor();
  expect((await scene.application(person.id)).status).toBe("SELECTED");
});

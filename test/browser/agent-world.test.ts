import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Campaign } from "../../worker/features/campaigns/schema";
import type { Document } from "../../worker/features/documents/schema";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { samplePdf } from "../fixtures/files";
import { axe, newPerson, shot } from "./harness";
import { newScene, type Scene } from "./harness/scene";

const FORM = {
  type: "object",
  required: ["legalName", "shift", "hours"],
  properties: {
    legalName: { type: "string", title: "Legal name", description: "As it stands in your passport." },
    shift: { type: "string", title: "Which hours suit you", enum: ["Early", "Late", "Night"] },
    hours: { type: "integer", title: "Hours a week", minimum: 5, maximum: 40 },
    start: { type: "string", title: "From when", format: "date" },
    quiet: { type: "boolean", title: "I have a quiet room to work in" },
  },
};
const QUESTIONS = [
  {
    key: "greet",
    label: "A caller is angry. What do you do first?",
    options: ["Listen", "Explain the rules", "Hang up"],
    answer: "Listen",
  },
  {
    key: "data",
    label: "Who may hear a customer’s address from you?",
    options: ["Anybody who asks", "Nobody but the customer"],
    answer: "Nobody but the customer",
  },
];

/** An onboarding of three steps, and a campaign that needs what they and the team give. */
async function setUp(scene: Scene) {
  const step = (body: object) => scene.admin.post<OnboardingStep>("/api/onboarding/steps", body);
  const details = await step({
    key: "details",
    title: "Your details",
    kind: "form",
    schema: FORM,
    dueDays: 5,
  });
  const nda = await step({
    key: "nda",
    title: "Confidentiality",
    kind: "acknowledgement",
    text: "I keep what I learn about customers to myself.\n\nThat holds after I have left, too.",
    dependsOn: [details.id],
  });
  const quiz = await step({
    key: "basics",
    title: "Support basics",
    kind: "quiz",
    questions: QUESTIONS,
    passScore: 80,
    evaluationType: "basics",
    dependsOn: [nda.id],
  });
  const campaign = await scene.admin.post<Campaign>("/api/campaigns", {
    name: "Holiday support",
    brief: "Answer customers of a toy shop by chat.",
    seats: 3,
    status: "open",
    startDate: "2027-01-11",
    endDate: "2027-03-31",
    schedule: "Weekdays, 9 to 17, New York time.",
    pay: { amount: 1850, currency: "USD", per: "hour" },
    requirements: {
      all: [
        { kind: "document", type: "w9" },
        { kind: "onboarding", step: nda.id },
        { kind: "evaluation", type: "basics", minScore: 80 },
        { kind: "stage", min: "active" },
      ],
    },
  });
  return { details, nda, quiz, campaign };
}

/** Counts what a person does to a page: each tap. */
function tapping(page: Page) {
  let count = 0;
  return {
    tap: async (name: string | RegExp, role: "button" | "link" = "button") => {
      count += 1;
      await page.getByRole(role, { name }).first().tap();
    },
    since: () => {
      const taps = count;
      count = 0;
      return taps;
    },
  };
}

/** Looks at a screen in light and in dark, and at some on a desk, too. */
async function looked(page: Page, name: string, { desk = false } = {}) {
  await axe(page);
  await shot(page, `agent-${name}-light`, { full: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await axe(page, { coloursOnly: true });
  await shot(page, `agent-${name}-dark`, { full: true });
  if (desk) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await shot(page, `agent-${name}-desk`, { full: true });
    await page.setViewportSize({ width: 390, height: 844 });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

test("a new agent goes through the onboarding on a phone, and a campaign opens up live at the last step", async () => {
  const scene = await newScene("Lantern Support");
  const { campaign } = await setUp(scene);
  const agent = await scene.agent("Noor Haddad");
  await scene.move(agent, "onboarding");
  const { page, context } = await newPerson({ phone: true, email: agent.email, path: "/home" });
  const hand = tapping(page);

  // To know the next step costs nothing but looking.
  await page.locator(".next").getByText("Your next step").waitFor();
  expect(hand.since()).toBe(0);
  await looked(page, "home-begin");

  // The campaign stays open in another tab all the time.
  const watch = await context.newPage();
  await watch.goto("/campaigns");
  const card = watch.locator(`[data-campaign="${campaign.id}"]`);
  const lacks = card.getByRole("list", { name: /^What is missing/ }).locator(".lack:not(.lack-settled)");
  const left = (count: number) => expect.poll(() => lacks.count(), { timeout: 15_000 }).toBe(count);
  await left(4);
  await looked(watch, "campaigns-missing");

  // A document that is asked for: one tap to its place, one to choose the file.
  await page.goto("/campaigns");
  await hand.tap("Upload your W-9.", "link");
  const chooser = page.waitForEvent("filechooser");
  await hand.tap(/^Choose a file for W-9/);
  const file = { name: "w9.pdf", mimeType: "application/pdf", buffer: Buffer.from(samplePdf()) };
  await (await chooser).setFiles(file);
  await page.getByText("Your W-9 is with the team.").waitFor();
  expect(hand.since()).toBe(2);
  await looked(page, "document-sent");
  await card.getByText("Your W-9 is with the team for review.").waitFor();

  // The form, with its errors beside the fields.
  await page.goto("/onboarding");
  await page.locator(".next").getByText("Your details").waitFor();
  await looked(page, "onboarding-begin");
  await hand.tap("Fill it in", "link");
  await heading(page, "Your details").waitFor();
  await hand.tap("Send");
  await page.getByText("Choose one.").waitFor();
  await page.getByLabel("Legal name").fill("Noor Haddad");
  await page.getByLabel("Which hours suit you").selectOption("Late");
  await page.getByLabel("Hours a week").fill("60");
  await hand.tap("Send");
  await page.getByText("It has to be 40 or less.").waitFor();
  await looked(page, "step-form");
  await page.getByLabel("Hours a week").fill("30");
  await hand.tap("Send");

  // The next one is offered at once.
  await hand.tap(/^Read and sign/, "link");
  await heading(page, "Confidentiality").waitFor();
  await looked(page, "step-sign");
  await page.getByLabel("Your full name").fill("Noor Haddad");
  await hand.tap("Sign");
  await page.getByRole("link", { name: "Download your signed copy" }).waitFor();
  await looked(page, "step-signed");
  await left(3);

  // The team approves the document, and the list gets shorter under one's eyes.
  const { data } = await scene.admin.get<{ data: Document[] }>(`/api/documents?agentId=${agent.id}`);
  await scene.admin.put(`/api/documents/${data[0]?.id}/status`, { status: "approved" });
  await left(2);
  await looked(watch, "campaigns-two-left");

  // From what the campaign lacks to the quiz.
  await watch.bringToFront();
  await card.getByRole("link", { name: /Support basics with 80 or more/ }).tap();
  await watch.getByRole("link", { name: /^Take the quiz/ }).waitFor();
  await looked(watch, "evaluations");
  await watch.goto("/campaigns");
  await card.getByText("Still one thing to do").waitFor();
  await page.bringToFront();

  // The quiz: not enough at first, then all right.
  await hand.tap(/^Begin/, "link");
  await heading(page, "Support basics").waitFor();
  await hand.tap("Begin");
  await page.getByText("Question 1 of 2").waitFor();
  await looked(page, "quiz-question");
  await page.getByLabel("Hang up").check();
  await hand.tap("Next");
  await page.getByLabel("Nobody but the customer").check();
  await hand.tap("Send my answers");
  await page.getByText("You have 50 of 100; 80 are needed.").waitFor();
  await looked(page, "quiz-failed");
  await hand.tap("Try again");
  await page.getByLabel("Listen").check();
  await hand.tap("Next");
  await page.getByLabel("Nobody but the customer").check();
  await hand.tap("Send my answers");

  // The last one is done: the stage that one stands in now comes by itself.
  await page.getByRole("heading", { name: "That was the last step" }).waitFor();
  await page.getByText("You are active.").waitFor();
  await looked(page, "all-done");

  // And the campaign has opened up in the tab that nobody touched.
  await card.getByText("This one has just opened up for you.").waitFor();
  await looked(watch, "campaigns-opened");
  await watch.bringToFront();
  const eye = tapping(watch);
  await eye.tap(/^Apply for Holiday support/);
  await watch.getByRole("heading", { name: "Yours" }).waitFor();
  await card.getByText("Applied", { exact: true }).waitFor();
  expect(eye.since()).toBe(1);

  // The team gives a seat, and the card says from when.
  await scene.admin.post(`/api/campaigns/${campaign.id}/assign`, {
    agentId: agent.id,
    startDate: "2027-01-11",
  });
  await card.getByText("You start on Jan 11, 2027.").waitFor();
  await looked(watch, "campaigns-assigned");
  await watch.goto(`/campaigns/${campaign.id}`);
  await heading(watch, "Holiday support").waitFor();
  await looked(watch, "campaign");
  await page.goto("/home");
  await page.getByRole("link", { name: "Holiday support" }).waitFor();
  await looked(page, "home-end", { desk: true });
});

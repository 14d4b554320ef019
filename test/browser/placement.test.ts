import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import type { Client } from "../../worker/features/clients/schema";
import { newPerson, PASSWORD, shot } from "./harness";
import { newScene, unique } from "./harness/scene";

const NAME = "Noor Haddad";

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const choose = async (page: Page, menu: string, entry: string) => {
  await page.getByRole("button", { name: menu, exact: true }).last().click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
};

/** The admin's three steps: a W-9, an agreement to sign, and a quiz that opens after it. */
async function buildOnboarding(page: Page): Promise<void> {
  const saved = async (title: string) => {
    await press(page, "Add the step");
    await page.getByRole("link", { name: title, exact: true }).waitFor();
  };
  const begin = async (kind: string, title: string) => {
    await choose(page, "Add a step", kind);
    await page.getByLabel("Title", { exact: true }).fill(title);
  };
  await begin("Document", "Tax form");
  await page.getByLabel("Document", { exact: true }).selectOption({ label: "W-9" });
  await saved("Tax form");

  await begin("Acknowledgement", "NDA");
  await page.getByLabel("The text that is signed").fill("What I learn of customers stays with me.");
  await saved("NDA");

  await begin("Quiz", "Support basics");
  await choose(page, "Add a question", "With options");
  await page.getByLabel("Question", { exact: true }).fill("A caller is angry. What do you do first?");
  await page.getByRole("textbox", { name: "Option 1", exact: true }).fill("Explain the rules");
  await page.getByRole("textbox", { name: "Option 2", exact: true }).fill("Listen");
  await page.getByRole("radio", { name: "Option 2 is right" }).check();
  await page.getByRole("checkbox", { name: "NDA" }).check();
  await saved("Support basics");
}

/** The admin's campaign, which asks for all that, and for who is active. */
async function buildCampaign(page: Page): Promise<string> {
  await page.goto("/campaigns");
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Holiday support");
  await page.getByLabel("Client").selectOption({ label: "Lantern Toys" });
  await page.getByLabel("Seats").fill("1");
  await page.getByLabel("Amount").fill("18.50");
  await choose(page, "Add", "Document");
  await page.getByLabel("Type of document").selectOption({ label: "W-9" });
  await choose(page, "Add", "Onboarding");
  await page.getByLabel("Step of the onboarding").selectOption({ label: "NDA" });
  await choose(page, "Add", "Evaluation");
  await page.getByLabel("Evaluation", { exact: true }).selectOption({ label: "Support basics" });
  await page.getByLabel("Score that is needed").fill("80");
  await choose(page, "Add", "Stage of the pool");
  await page.getByLabel("Stage", { exact: true }).selectOption({ label: "Active" });
  await page.getByRole("region", { name: "Who qualifies today" }).getByText("0", { exact: true }).waitFor();
  await shot(page, "placement-1-campaign", { full: true });
  await press(page, "Open the campaign");
  await page.getByRole("heading", { level: 1, name: "Holiday support" }).waitFor();
  return new URL(page.url()).pathname;
}

test("from an empty organization to a filled seat: admin, agent, recruiter and client, side by side", async () => {
  const scene = await newScene("Lantern Support");
  const toys = await scene.admin.post<Client>("/api/clients", { companyName: "Lantern Toys" });
  const clientEmail = `${unique("dora")}@client.test`;
  await scene.admin.post(`/api/clients/${toys.id}/users`, {
    email: clientEmail,
    name: "Dora Client",
    password: PASSWORD,
    mustChangePassword: false,
  });
  const chris = await scene.recruiter("Chris Doyle");

  const { page: admin } = await newPerson({ email: scene.admin.email, path: "/settings/onboarding" });
  await buildOnboarding(admin);
  await shot(admin, "placement-1-steps");
  const campaign = await buildCampaign(admin);

  const { page: recruiter } = await newPerson({ email: chris.email, path: "/pool" });
  const { page: client } = await newPerson({ email: clientEmail, path: campaign });
  await client.getByText("of 1 seat filled").waitFor();

  const email = `${unique("noor")}@example.test`;
  const { page: agent, context } = await newPerson({ phone: true, path: "/" });
  await agent.goto(`/register?org=${scene.slug}`);
  await agent.getByLabel("Your name").fill(NAME);
  await agent.getByLabel("E-mail address").fill(email);
  await agent.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await agent.getByRole("button", { name: "Register" }).tap();
  await agent.getByRole("heading", { name: "You are in Applied" }).waitFor();

  // The recruiter brings the newcomer into the onboarding; the newcomer's phone follows.
  await recruiter.getByRole("link", { name: NAME }).waitFor();
  for (const key of ["j", "m", "o", "n", "b", "Enter"]) await recruiter.keyboard.press(key);
  await agent.getByRole("heading", { name: "You are in Onboarding" }).waitFor();
  await shot(agent, "placement-2-home");

  // What is left stays in sight in a second tab, which nobody reloads from here on.
  const watch = await context.newPage();
  await watch.goto("/campaigns");
  const card = watch.locator("[data-campaign]", { hasText: "Holiday support" });
  const lacks = card.getByRole("list", { name: /^What is missing/ }).locator(".lack:not(.lack-settled)");
  const left = (count: number) => expect.poll(() => lacks.count(), { timeout: 15_000 }).toBe(count);
  await left(4);
  await shot(watch, "placement-2-card-four-left");

  const upload = { name: "w9.pdf", mimeType: "application/pdf", buffer: Buffer.from(demoPdf("W-9", [NAME])) };
  await agent.goto("/documents?type=w9");
  await agent.locator("input[type=file]").first().setInputFiles(upload);
  await agent.getByText("Your W-9 is with the team.").waitFor();
  await card.getByText("Your W-9 is with the team for review.").waitFor();
  await recruiter.goto("/documents/review");
  await recruiter.getByRole("heading", { name: "W-9" }).first().waitFor();
  await recruiter.keyboard.press("a");
  await recruiter.getByText(`W-9 of ${NAME} is approved`).waitFor();
  await left(3);
  await shot(watch, "placement-3-card-three-left");

  await agent.goto("/onboarding");
  await agent
    .getByRole("link", { name: /^Read and sign/ })
    .first()
    .tap();
  await agent.getByLabel("Your full name").fill(NAME);
  await agent.getByRole("button", { name: "Sign", exact: true }).tap();
  await left(2);
  await shot(watch, "placement-4-card-two-left");

  await agent
    .getByRole("link", { name: /^Begin/ })
    .first()
    .tap();
  await agent.getByRole("button", { name: "Begin" }).tap();
  await agent.getByLabel("Listen").check();
  await agent.getByRole("button", { name: "Send my answers" }).tap();
  await agent.getByRole("heading", { name: "That was the last step" }).waitFor();
  await card.getByText("This one has just opened up for you.").waitFor();
  await shot(watch, "placement-5-card-open");

  // One tap applies; the recruiter's page shows it and gives the seat; the client's page fills.
  await recruiter.goto(campaign);
  await recruiter.getByText("Live", { exact: true }).waitFor();
  await watch.bringToFront();
  await watch.getByRole("button", { name: /^Apply for Holiday support/ }).tap();
  await card.getByText("Applied", { exact: true }).waitFor();
  await recruiter.getByRole("link", { name: NAME }).waitFor();
  await shot(recruiter, "placement-6-recruiter");
  expect(await client.getByText(NAME).count()).toBe(0);
  await press(recruiter, `Assign: ${NAME}`);
  await recruiter.getByText("1 of 1", { exact: true }).waitFor();
  await card.getByText("You start today.").waitFor();
  await client.getByText(NAME).waitFor();
  await shot(client, "placement-7-client");
  await shot(watch, "placement-7-agent");
  await shot(recruiter, "placement-7-recruiter");
});

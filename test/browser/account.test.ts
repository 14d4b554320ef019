import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson, outbox, PASSWORD } from "./harness";
import { newScene, unique } from "./harness/scene";

const NEW_PASSWORD = "seven green bicycles";

async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

const choose = async (page: Page, label: string, password: string, button: string) => {
  await page.getByLabel(label, { exact: true }).fill(password);
  await page.getByRole("button", { name: button, exact: true }).click();
};

/** The link in the newest mail of this subject, as somebody opens it. */
async function linkFor(email: string, subject: RegExp): Promise<string> {
  await expect.poll(async () => (await outbox(email)).some((mail) => subject.test(mail.subject))).toBe(true);
  const mail = (await outbox(email)).find((one) => subject.test(one.subject));
  const link = mail?.text.match(/http\S+token=\S+/)?.[0];
  if (!link) throw new Error(`The mail has no link:\n${mail?.text}`);
  return link;
}

test("somebody starts an organization and lands on the day of its first admin", async () => {
  const { page, expectError } = await newPerson();
  expectError(/status of (409|422)/);
  const email = `${unique("ada")}@example.test`;
  await page.goto("/sign-up");
  await page.getByLabel("Name of the organization").fill("Ünique Talent & Söhne");
  expect(await page.getByLabel("Short name").inputValue()).toBe("unique-talent-sohne");
  await page.getByLabel("Your name").fill("Ada Stone");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  // A short name that somebody has already is told beside the form, and nothing typed is lost.
  await page.getByLabel("Short name").fill("acme");
  await page.getByRole("button", { name: "Start" }).click();
  await page.locator(".banner-bad, .field-error").first().waitFor();
  expect(await page.getByLabel("Your name").inputValue()).toBe("Ada Stone");
  await page.getByLabel("Short name").fill(unique("unique"));
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("heading", { name: /^Good \w+, Ada$/ }).waitFor();
  await page.getByText("Nothing to do for you").waitFor();
  expect(new URL(page.url()).pathname).toBe("/home");
});

test("log-in says beside the field what is missing, and puts the cursor there", async () => {
  const { page } = await newPerson();
  await page.goto("/login");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText("Write your e-mail address.").waitFor();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("email");
  await logIn(page, "not an address", "x");
  await page.getByText("Write an e-mail address like name@example.com.").waitFor();
});

test("a wrong password and an unknown address are told alike, and logging in leads where one wanted to go", async () => {
  const scene = await newScene("Alike");
  const { page, expectError } = await newPerson();
  expectError(/status of 401/);
  await page.goto("/settings/team");
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  for (const email of [scene.admin.email, "nobody@example.test"]) {
    await logIn(page, email, "not the password");
    await page.getByText("don’t belong together").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  }
  await logIn(page, scene.admin.email, PASSWORD);
  await page.getByRole("heading", { name: "Team" }).waitFor();
});

test("a forgotten password is replaced by the link of a mail, once", async () => {
  const scene = await newScene("Lost Keys");
  const { page, expectError } = await newPerson();
  expectError(/status of 4(01|22)/);
  await page.goto("/login");
  await page.getByRole("link", { name: "I forgot my password" }).click();
  await page.getByLabel("E-mail address").fill(scene.admin.email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByText("Look into your mailbox").waitFor();
  const link = await linkFor(scene.admin.email, /Choose a new password/);

  await page.goto(link);
  await choose(page, "New password", "short", "Set the password");
  await page.getByText("these are 5").waitFor();
  await choose(page, "New password", NEW_PASSWORD, "Set the password");
  await page.getByRole("heading", { name: "Your password is set" }).waitFor();
  expect(page.url()).not.toContain("token");
  await page.getByRole("link", { name: "Log in" }).click();
  await logIn(page, scene.admin.email, PASSWORD);
  await page.getByText("don’t belong together").waitFor();
  await logIn(page, scene.admin.email, NEW_PASSWORD);
  await page.getByText("Nothing to do for you").waitFor();

  await page.goto(link);
  await choose(page, "New password", NEW_PASSWORD, "Set the password");
  await page.getByRole("heading", { name: "This link doesn’t work any more" }).waitFor();
});

test("an address is confirmed by its mail, and the page stops asking for it", async () => {
  const scene = await newScene("True Address");
  const agent = await scene.agent("Ada Able");
  const { page, expectError } = await newPerson({ email: agent.email });
  expectError(/status of 422/);
  const asks = page.getByText("Please confirm your address");
  await asks.waitFor();
  const link = await linkFor(agent.email, /Confirm your e-mail address/);
  await page.goto(link);
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  await page.getByRole("link", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "You are in Applied" }).waitFor();
  expect(await asks.count()).toBe(0);
  await page.goto(link);
  await page.getByRole("heading", { name: "This link doesn’t work any more" }).waitFor();
  await page.getByText("nothing left to do").waitFor();
});

test("an invited recruiter chooses a password by the link and begins", async () => {
  const scene = await newScene("Open Door");
  const { page: admin } = await newPerson({ email: scene.admin.email });
  const email = `${unique("chris")}@example.test`;
  await admin.goto("/settings/team");
  await admin.getByRole("button", { name: "Add somebody" }).click();
  await admin.getByLabel("Name", { exact: true }).fill("Chris Doyle");
  await admin.getByLabel("E-mail address").fill(email);
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await admin
    .getByRole("row", { name: /Chris Doyle/ })
    .getByText("Invited")
    .waitFor();

  const { page } = await newPerson();
  await page.goto(await linkFor(email, /invites you/));
  await page.getByRole("heading", { name: "Welcome to Portico" }).waitFor();
  await choose(page, "New password", NEW_PASSWORD, "Set the password and begin");
  await page.getByRole("link", { name: "Log in" }).click();
  await logIn(page, email, NEW_PASSWORD);
  await page.getByText("Nothing to do for you").waitFor();
  await admin.reload();
  await admin
    .getByRole("row", { name: /Chris Doyle/ })
    .getByText("Active")
    .waitFor();
});

test("a password that somebody else gave has to be changed before anything else", async () => {
  const scene = await newScene("Own Words");
  const email = `${unique("dee")}@example.test`;
  const body = { email, name: "Dee Park", role: "recruiter", password: PASSWORD, mustChangePassword: true };
  await scene.admin.post("/api/users", body);
  const { page } = await newPerson({ email });
  await page.getByRole("heading", { name: "Choose your own password" }).waitFor();
  await page.goto("/pool/list");
  await page.getByRole("heading", { name: "Choose your own password" }).waitFor();
  await page.getByLabel("Password now").fill(PASSWORD);
  await choose(page, "New password", PASSWORD, "Change the password");
  await page.getByText("Choose another one than you have now.").waitFor();
  await choose(page, "New password", NEW_PASSWORD, "Change the password");
  await page.getByText("Nobody is in the pool yet").waitFor();
  expect(new URL(page.url()).pathname).toBe("/pool/list");
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Candidate } from "../../worker/features/candidates/schema";
import type { PortalAccount } from "../../worker/features/portal/schema";
import { samplePdf } from "../fixtures/files";
import { axe, base, newPerson, outbox, PASSWORD, shot } from "./harness";
import { type JobScene, newJobScene } from "./harness/job-scene";
import { unique } from "./harness/scene";

/** Somebody applies on the careers page: no account, no session. */
async function applyPublicly(scene: JobScene, firstName: string, lastName: string) {
  const email = `${unique(firstName.toLowerCase())}@example.test`;
  const answer = await fetch(`${base}/api/applications`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      org: scene.slug,
      job: scene.job.id,
      candidateData: { firstName, lastName, email },
      formAnswers: { visa: true, years: 5, why: "I like to help." },
      source: "careers page",
    }),
  });
  if (!answer.ok) throw new Error(`Applying answered ${answer.status}: ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  const { data } = await scene.admin.get<{ data: Candidate[] }>(
    `/api/candidates?q=${encodeURIComponent(email)}`,
  );
  return { id, email, candidateId: data[0]?.id ?? "" };
}

/** The newest mail of this subject, once it is there. */
async function mailOf(email: string, subject: RegExp) {
  await expect.poll(async () => (await outbox(email)).some((mail) => subject.test(mail.subject))).toBe(true);
  const mail = (await outbox(email)).find((one) => subject.test(one.subject));
  if (!mail) throw new Error("The mail is gone.");
  return mail;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Looks at a screen in light and in dark. */
async function looked(page: Page, name: string) {
  await axe(page);
  await shot(page, `portal-${name}-light`, { full: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await axe(page, { coloursOnly: true });
  await shot(page, `portal-${name}-dark`, { full: true });
  await page.emulateMedia({ colorScheme: "light" });
}

test("whoever applied without an account registers, proves the address, follows along, sends, edits and withdraws", async () => {
  const scene = await newJobScene("Fjord Talent");
  await scene.admin.patch("/api/organization", { brand: { accent: "#f2b705" } });
  const kim = await applyPublicly(scene, "Kim", "Park");
  const { page } = await newPerson({ phone: true });
  await page.goto(`/register?org=${scene.slug}`);
  await page.getByRole("link", { name: "Register as a candidate" }).click();
  await heading(page, "Register as a candidate").waitFor();
  await page.getByLabel("Your name").fill("Kim Park");
  await page.getByLabel("E-mail address").fill(kim.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();

  await page.getByText("Confirm your address to see your applications").waitFor();
  expect(await page.getByText("Support lead").count()).toBe(0);
  await looked(page, "unproved-phone");
  await page.goto("/profile");
  await page.getByText("Confirm your address first").waitFor();
  await axe(page);

  const mail = await mailOf(kim.email, /^Confirm your e-mail address/);
  await page.goto(mail.text.match(/http\S+verify-email\S+/)?.[0] ?? "");
  await page.getByRole("link", { name: "Go on" }).click();
  await heading(page, "Your application for Support lead: Received").waitFor();
  await page.getByText("Nothing to do for you now").waitFor();
  await looked(page, "home-phone");

  await scene.admin.post(`/api/applications/${kim.id}/move-stage`, { stage: "screening" });
  await heading(page, "Your application for Support lead: Being read").waitFor();
  await page.locator(".news").getByText("Your application for Support lead: Being read.").waitFor();

  const asked = { candidateId: kim.candidateId, type: "id", message: "Both sides, please." };
  await scene.admin.post("/api/documents/requests", asked);
  await page.locator(".next").getByText("Both sides, please.").waitFor();
  await looked(page, "asked-phone");
  const chooser = page.waitForEvent("filechooser");
  await page
    .locator(".next")
    .getByRole("button", { name: /^Choose a file/ })
    .tap();
  await (await chooser).setFiles({
    name: "id.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from(samplePdf()),
  });
  await page.locator(".doc").getByText("In review").waitFor();
  await page.getByText("Nothing to do for you now").waitFor();

  await page.goto("/profile");
  await page.getByLabel("Phone").fill("+1 555 0123");
  await page.getByLabel("LinkedIn").fill("example.com/kim");
  await page.getByRole("button", { name: "Add a job" }).click();
  await page.getByLabel("What you worked as").fill("Support agent");
  await looked(page, "profile-phone");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Your profile is saved.").waitFor();
  const saved = await scene.admin.get<Candidate>(`/api/candidates/${kim.candidateId}`);
  expect(saved).toMatchObject({ phone: "+1 555 0123", linkedinUrl: "https://example.com/kim" });
  expect(saved.experience).toMatchObject([{ title: "Support agent" }]);

  await page.goto("/home");
  await page.getByRole("link", { name: /^Details/ }).click();
  await heading(page, "Your application for Support lead: Being read").waitFor();
  await looked(page, "application-phone");
  await page.getByRole("button", { name: "Withdraw my application" }).click();
  await page.getByLabel("Why, if you want to say it").fill("I found another job.");
  await axe(page);
  await shot(page, "portal-withdraw-phone");
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await heading(page, "Your application for Support lead is withdrawn").waitFor();
  expect(await scene.application(kim.id)).toMatchObject({
    stageKind: "withdrawn",
    reason: "I found another job.",
  });
});

test("two who edit the same profile lose nothing", async () => {
  const scene = await newJobScene("Two Pens Portal");
  const { page, expectError } = await newPerson();
  expectError(/status of 412/);
  const email = `${unique("two")}@example.test`;
  const account = await scene.admin.post<PortalAccount>("/api/admin/candidate-portal-users", {
    email,
    name: "Two Pens",
    password: PASSWORD,
  });
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText("You have not applied for a job yet").waitFor();
  await page.getByRole("link", { name: "Look at the jobs at Two Pens Portal" }).waitFor();
  await page.goto("/profile");
  await page.getByLabel("City").fill("Leeds");
  await scene.admin.patch(`/api/candidates/${account.linkedCandidateId}`, {
    city: "Oslo",
    phone: "+47 555 01",
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("theirs is “Oslo”").waitFor();
  expect(await page.getByLabel("Phone").inputValue()).toBe("+47 555 01");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Your profile is saved.").waitFor();
  expect(await scene.admin.get(`/api/candidates/${account.linkedCandidateId}`)).toMatchObject({
    city: "Leeds",
  });
});

test("an admin makes an account, its first login must change the password, and an inactive one is out", async () => {
  const scene = await newJobScene("Account Hall");
  const email = `${unique("pia")}@example.test`;
  const { page: admin } = await newPerson();
  await admin.request.post(`${base}/api/auth/login`, {
    data: { email: scene.admin.email, password: PASSWORD },
    headers: { origin: base },
  });
  await admin.goto("/settings/portal-accounts");
  await admin.getByText("No portal accounts yet").waitFor();
  await admin.getByRole("button", { name: "Make an account" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("For whom").selectOption("new");
  await dialog.getByLabel("Name", { exact: true }).fill("Pia Portal");
  await dialog.getByLabel("E-mail address").fill(email);
  await axe(admin);
  await shot(admin, "portal-accounts-add");
  await dialog.getByRole("button", { name: "Make the account" }).click();
  await admin.getByText(`A first password is on its way to ${email}.`).waitFor();
  await admin
    .getByRole("row", { name: /Pia Portal/ })
    .getByText("First password")
    .waitFor();
  await looked(admin, "accounts");

  const password = /Password: (\S+)/.exec((await mailOf(email, /^Your account at/)).text)?.[1] ?? "";
  const { page, expectError } = await newPerson();
  expectError(/status of 40[13]/);
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await heading(page, "Choose your own password").waitFor();
  await axe(page);
  await shot(page, "portal-must-change");
  await page.getByLabel("Password now", { exact: true }).fill(password);
  await page.getByLabel("New password", { exact: true }).fill("seven green bicycles");
  await page.getByRole("button", { name: "Change the password" }).click();
  await heading(page, "Hello Pia").waitFor();

  await admin.reload();
  await admin.getByRole("button", { name: "Actions for Pia Portal" }).click();
  await admin.getByRole("menuitem", { name: "Make inactive…" }).click();
  await axe(admin);
  await admin.getByRole("button", { name: "Make inactive" }).click();
  await admin
    .getByRole("row", { name: /Pia Portal/ })
    .getByText("Inactive")
    .waitFor();
  await page.goto("/documents");
  await heading(page, "Log in").waitFor();
});

test("the demo's candidate has two applications on their way, at a desk and on a phone", async () => {
  for (const phone of [false, true]) {
    const { page } = await newPerson({ email: "candidate@acme.test", path: "/home", phone });
    await heading(page, "2 of your applications are under way").waitFor();
    await page.getByText("Your next step").waitFor();
    expect(await page.locator(".path").count()).toBe(2);
    await page.locator(".doc").first().waitFor();
    const size = phone ? "phone" : "desk";
    await looked(page, `demo-${size}`);
    await page
      .getByRole("link", { name: /^Details/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "What happened" }).waitFor();
    await looked(page, `demo-application-${size}`);
    await page.goto("/documents");
    await page.locator(".doc").first().waitFor();
    await looked(page, `demo-documents-${size}`);
    await page.goto("/profile");
    await page.getByLabel("First name").waitFor();
    await looked(page, `demo-profile-${size}`);
  }
});

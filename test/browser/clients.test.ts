import { expect, test } from "vitest";
import type { Client } from "../../worker/features/clients/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { axe, newPerson, outbox, PASSWORD, shot } from "./harness";
import { newScene, unique } from "./harness/scene";

test("an admin makes a client and lets somebody of it in, who then sees its jobs alone", async () => {
  const scene = await newScene("Harbor Talent");
  const other = await scene.admin.post<Client>("/api/clients", { companyName: "Brightwater" });
  await scene.admin.post<Job>("/api/jobs", { clientId: other.id, title: "Wind farm technician" });
  const { page, expectError } = await newPerson({ email: scene.admin.email, path: "/clients" });
  expectError(/status of 4(12|22)/);
  await page.getByRole("row", { name: /Brightwater/ }).waitFor();
  await page.keyboard.press("n");
  await page.getByLabel("Company").fill("Northwind Logistics");
  await page.getByRole("dialog").getByLabel("City").fill("Hamburg");
  await page.getByRole("button", { name: "Add the client" }).click();
  await page.getByRole("heading", { name: /Northwind Logistics/, level: 1 }).waitFor();
  await page.getByText("A job that you make for them appears here.").waitFor();
  await axe(page);
  await shot(page, "client");

  const path = new URL(page.url()).pathname;
  const clientId = path.split("/").at(-1) ?? "";
  await scene.admin.post<Job>("/api/jobs", { clientId, title: "Night dispatcher" });
  const email = `${unique("kim")}@northwind.test`;
  await page.getByRole("button", { name: "Add somebody" }).click();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.getByText("Write their name.").waitFor();
  await axe(page);
  await page.getByLabel("Name", { exact: true }).fill("Kim Novak");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Kim Novak" });
  await row.getByText("Invited").waitFor();
  await expect
    .poll(async () => (await outbox(email)).some(({ subject }) => /invites you/.test(subject)))
    .toBe(true);
  await row.getByRole("button", { name: "Actions for Kim Novak" }).click();
  await page.getByRole("menuitem", { name: "Send a new link" }).click();
  await page.getByText("is on its way to").waitFor();
  await expect.poll(async () => (await outbox(email)).length).toBe(2);

  const link = (await outbox(email))
    .find(({ subject }) => /invites you/.test(subject))
    ?.text.match(/http\S+token=\S+/)?.[0];
  const { page: kim } = await newPerson();
  await kim.goto(link ?? "/");
  await kim.getByLabel("New password", { exact: true }).fill("seven green bicycles");
  await kim.getByRole("button", { name: "Set the password and begin" }).click();
  await kim.getByRole("link", { name: "Log in" }).click();
  await kim.getByLabel("E-mail address").fill(email);
  await kim.getByLabel("Password", { exact: true }).fill("seven green bicycles");
  await kim.getByRole("button", { name: "Log in" }).click();
  await kim.getByRole("link", { name: "Night dispatcher" }).waitFor();
  await kim.getByText("Nobody is shared with you yet").waitFor();
  expect(await kim.getByText("Wind farm technician").count()).toBe(0);
  await axe(kim);
  await shot(kim, "client-home");
  for (const denied of ["/clients", "/tasks", "/settings/workflows"]) {
    await kim.goto(denied);
    await kim.getByRole("heading", { name: "You can’t open this page" }).waitFor();
  }

  await page.reload();
  await row.getByText("Active").waitFor();
  await row.getByRole("button", { name: "Actions for Kim Novak" }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await row.getByText("Disabled").waitFor();
  await row.getByRole("button", { name: "Actions for Kim Novak" }).click();
  await page.getByRole("menuitem", { name: "Let in again" }).click();
  await row.getByText("Active").waitFor();
});

test("a client is found, changed beside somebody else, retired, and deleted only without jobs", async () => {
  const scene = await newScene("Two Desks");
  const client = await scene.admin.post<Client>("/api/clients", { companyName: "Kestrel", city: "Munich" });
  await scene.admin.post<Client>("/api/clients", { companyName: "Fern Foods" });
  const rae = await scene.recruiter("Rae Cole");
  const { page, expectError } = await newPerson({ email: rae.email, path: "/clients" });
  expectError(/status of 412/);
  await page.getByRole("row", { name: /Fern Foods/ }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("mun");
  await page.getByRole("row", { name: /Fern Foods/ }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Kestrel" }).click();

  await page.getByRole("heading", { name: /Kestrel/, level: 1 }).waitFor();
  // Logins are an admin's to give.
  expect(await page.getByText("People who can log in").count()).toBe(0);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Industry").fill("Robots");
  await scene.admin.put(`/api/clients/${client.id}`, { phone: "+49 89 1234" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("+49 89 1234").waitFor();
  await page.getByText("Robots").waitFor();

  await scene.admin.post<Job>("/api/jobs", { clientId: client.id, title: "Welder" });
  await page.reload();
  await page.getByRole("link", { name: "Welder" }).waitFor();
  await page.getByRole("button", { name: "More about this client" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("dialog", { name: "This client can’t be deleted" }).waitFor();
  await axe(page);
  await page.getByRole("button", { name: "Set inactive instead…" }).click();
  await page.getByRole("button", { name: "Set inactive", exact: true }).click();
  await page.getByText("Kestrel is inactive now.").waitFor();
  expect((await scene.admin.get<Client>(`/api/clients/${client.id}`)).status).toBe("inactive");
  expect(await page.getByRole("link", { name: "New job" }).count()).toBe(0);
});

test("the client screens hold on a phone and in the dark", async () => {
  const scene = await newScene("Small Glass");
  const client = await scene.admin.post<Client>("/api/clients", {
    companyName: "The Honourable Company of Very Long Names and Sons",
    notes: "Call in the morning.",
  });
  await scene.admin.post(`/api/clients/${client.id}/users`, {
    email: `${unique("a.very.long.address.of.somebody")}@northwind.test`,
    name: "Kim Novak",
    password: PASSWORD,
  });
  const { page } = await newPerson({ email: scene.admin.email, phone: true, dark: true });
  for (const path of ["/clients", `/clients/${client.id}`]) {
    await page.goto(path);
    await page.getByText("The Honourable Company").first().waitFor();
    await page.locator(".loading").first().waitFor({ state: "detached" });
    await axe(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Workflows" }).click();
  await page.getByRole("heading", { name: "Workflows" }).waitFor();
});

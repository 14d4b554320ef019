import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

const problem = (status: number) => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "unavailable", title: "Busy", status, detail: "Busy.", requestId: "req_1" }),
});

/** Holds the answers to these addresses back until told to let them go. */
async function hold(page: Page, glob: string): Promise<() => void> {
  let go = () => {};
  const free = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(glob, async (route) => {
    await free;
    await route.continue();
  });
  return go;
}

test.each([
  {
    path: "/home",
    as: "agent",
    api: "**/api/me/home",
    says: "Loading your home",
    shows: "You are in Documents",
  },
  {
    path: "/documents",
    as: "agent",
    api: "**/api/documents?**",
    says: "Loading your documents",
    shows: "NDA",
  },
  { path: "/profile", as: "agent", api: "**/api/agents/*", says: "Loading your profile", shows: "You" },
  {
    path: "/home",
    as: "recruiter",
    api: "**/api/me/day",
    says: "Loading your day",
    shows: "New applications",
  },
  {
    path: "/home",
    as: "client",
    api: "**/api/me/client-home",
    says: "Loading your home",
    shows: "Your open jobs",
  },
  {
    path: "/clients",
    as: "recruiter",
    api: "**/api/clients?**",
    says: "Loading the list of clients",
    shows: "Clients",
  },
  {
    path: "/tasks",
    as: "recruiter",
    api: "**/api/workflow-tasks?**",
    says: "Loading the tasks",
    shows: "Tasks",
  },
  {
    path: "/settings/workflows",
    as: "recruiter",
    api: "**/api/workflow-templates?**",
    says: "Loading the workflows",
    shows: "Workflows",
  },
  {
    path: "/settings/pool",
    as: "recruiter",
    api: "**/api/workflow-steps?**",
    says: "Loading the workflow",
    shows: "Agent pool stages",
  },
  {
    path: "/pool",
    as: "recruiter",
    api: "**/api/pipelines/*/board*",
    says: "Loading the board",
    shows: "Screening",
  },
  {
    path: "/pool/list",
    as: "recruiter",
    api: "**/api/agents?**",
    says: "Loading the list",
    shows: "Agent pool",
  },
  {
    path: "/documents/review",
    as: "recruiter",
    api: "**/api/documents?**",
    says: "Loading the queue",
    shows: "W-9",
  },
  { path: "/settings/team", as: "admin", api: "**/api/users?**", says: "Loading the team", shows: "Team" },
  {
    path: "/settings/webhooks",
    as: "admin",
    api: "**/api/webhooks/endpoints?**",
    says: "Loading the list of endpoints",
    shows: "Endpoints",
  },
  {
    path: "/settings/webhooks/events",
    as: "admin",
    api: "**/api/webhooks/event-types",
    says: "Loading the events",
    shows: "Events",
  },
  {
    path: "/settings/webhooks/deliveries",
    as: "admin",
    api: "**/api/webhooks/deliveries?**",
    says: "Loading the deliveries",
    shows: "Deliveries",
  },
  {
    path: "/settings/webhooks/dead-letters",
    as: "admin",
    api: "**/api/webhooks/dead-letters?**",
    says: "Loading the dead letters",
    shows: "Dead letters",
  },
  {
    path: "/settings/webhooks/health",
    as: "admin",
    api: "**/api/webhooks/health?**",
    says: "Loading the health",
    shows: "Health",
  },
  {
    path: "/settings/sources",
    as: "admin",
    api: "**/api/integrations?**",
    says: "Loading the list of sources",
    shows: "Sources",
  },
  {
    path: "/settings/inbox",
    as: "admin",
    api: "**/api/webhooks/inbox?**",
    says: "Loading the inbox",
    shows: "Inbox",
  },
  {
    path: "/settings/api-keys",
    as: "admin",
    api: "**/api/api-keys?**",
    says: "Loading the list of keys",
    shows: "API keys",
  },
])("$path shows its shape while it loads, says what failed, and comes with another try", async (screen) => {
  const { page, expectError } = await newPerson({ email: `${screen.as}@acme.test` });
  expectError(/status of 503/);
  const go = await hold(page, screen.api);
  await page.goto(screen.path);
  await page.getByText(screen.says, { exact: true }).first().waitFor({ state: "attached" });
  await page.locator(".skeleton").first().waitFor();
  go();
  const content = page.getByRole("heading", { name: new RegExp(`^${screen.shows}`) }).first();
  await content.waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
  await page.unroute(screen.api);

  await page.route(screen.api, (route) => route.fulfill(problem(503)));
  await page.reload();
  const trouble = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await trouble.getByText("This part of Portico is busy right now.").waitFor();
  if (screen.as === "agent" && screen.path === "/home") await shot(page, "trouble-home");
  await page.unroute(screen.api);
  await trouble.getByRole("button", { name: "Try again" }).click();
  await content.waitFor();
  await trouble.waitFor({ state: "detached" });
});

test("lists that are empty say how they fill", async () => {
  const scene = await newScene("Empty Hall");
  const { page } = await newPerson({ email: scene.admin.email });
  for (const [path, words] of [
    ["/pool", "as soon as they register as agents"],
    ["/pool/list", "as soon as they register as agents"],
    ["/documents/review", "as soon as somebody uploads one"],
    ["/home", "Tasks come from the stages that people enter"],
    ["/clients", "A client is a company that you hire for"],
    ["/tasks", "Tasks come from the stages that people enter"],
    ["/notifications", "When something happens that concerns you"],
    ["/settings/webhooks", "Add the address of another system"],
    ["/settings/api-keys", "Make one for each system"],
  ] as const) {
    await page.goto(path);
    await page.getByText(words).waitFor();
  }
  await page.goto("/pool?q=nobody");
  await page.getByText("Nobody matches").waitFor();
  await page.getByRole("button", { name: "Show everyone" }).click();
  await page.getByText("Nobody is in the pool yet").waitFor();
});

test("offline is said at once, and the page is right again by itself when the network is back", async () => {
  const scene = await newScene("Tunnel");
  const agent = await scene.agent("Ada Able");
  const { page, context, expectError } = await newPerson({ email: agent.email });
  expectError(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  await page.getByRole("heading", { name: "You are in Applied" }).waitFor();
  await page.getByText("Not sent yet").first().waitFor();
  await context.setOffline(true);
  await page
    .getByRole("status")
    .getByText(/^You are offline/)
    .waitFor();
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByText("as soon as the connection is back").waitFor();
  await shot(page, "offline");
  await scene.move(agent, "screening");
  await context.setOffline(false);
  await page.getByText(/^You are offline\. What you see/).waitFor({ state: "detached" });
  await page.getByLabel("Headline").waitFor();
  await page.getByRole("link", { name: "Home" }).click();
  await page.getByRole("heading", { name: "You are in Screening" }).waitFor();
});

test("a page for another role says whom it is for and who can help", async () => {
  const { page } = await newPerson({ email: "agent@acme.test" });
  for (const path of [
    "/pool",
    "/agents/agt_1",
    "/documents/review",
    "/clients",
    "/tasks",
    "/settings/pool",
  ]) {
    await page.goto(path);
    await page.getByRole("heading", { name: "You can’t open this page" }).waitFor();
    await page.getByText("An admin of Acme Talent can give you access").waitFor();
  }
  await page.getByRole("link", { name: "Go to the start" }).click();
  await page.getByRole("heading", { name: "You are in Documents" }).waitFor();
  const { page: recruiter } = await newPerson({ email: "recruiter@acme.test" });
  for (const path of [
    "/settings/organization",
    "/settings/webhooks",
    "/settings/webhooks/new",
    "/settings/webhooks/events",
    "/settings/webhooks/health",
    "/settings/webhooks/deliveries/whd_1",
    "/settings/sources",
    "/settings/inbox",
    "/settings/api-keys",
  ]) {
    await recruiter.goto(path);
    await recruiter.getByRole("heading", { name: "You can’t open this page" }).waitFor();
  }
  await shot(recruiter, "denied");
});

test("an address that doesn't exist says so, logged in or not, and leads on", async () => {
  const { page: guest } = await newPerson();
  await guest.goto("/no/such/page");
  await guest.getByRole("heading", { name: "This page doesn’t exist" }).waitFor();
  await guest.getByRole("link", { name: "Log in" }).click();
  await guest.getByRole("heading", { name: "Log in" }).waitFor();
  const { page, expectError } = await newPerson({ email: "recruiter@acme.test" });
  expectError(/status of 404/);
  await page.goto("/no/such/page");
  await page.getByRole("heading", { name: "This page doesn’t exist" }).waitFor();
  await page.goto("/agents/agt_00000000000000000000000000");
  await page.getByText("This person can’t be found").waitFor();
});

test("what the server refuses stands beside its field, and the cursor in the first one", async () => {
  const { page, expectError } = await newPerson();
  expectError(/status of 4(22|09)/);
  await page.goto("/register?org=acme");
  await page.getByLabel("Your name").fill("Ada Able");
  await page.getByLabel("E-mail address").fill("ada@example.t");
  await page.getByLabel("Phone").fill("call me");
  await page.getByLabel("Password", { exact: true }).fill("sunshine");
  await page.getByRole("button", { name: "Register" }).click();
  await page.locator(".field-error").first().waitFor();
  const wrong = await page.locator("[aria-invalid=true]").evaluateAll((fields) =>
    fields.map((field) => ({
      name: field.getAttribute("name"),
      said: document.getElementById(field.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "")
        ?.textContent,
    })),
  );
  expect(wrong.map(({ name }) => name)).toEqual(["email", "phone"]);
  for (const { said } of wrong) expect(said).toMatch(/\w/);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("email");
  await shot(page, "register-refused");
  await page.getByLabel("E-mail address").fill("ada.able@example.test");
  await page.getByLabel("Phone").fill("");
  await page.getByRole("button", { name: "Register" }).click();
  await page.locator("[name=password][aria-invalid=true]").waitFor();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("password");
});

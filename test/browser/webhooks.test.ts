import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiKeyWithSecret } from "../../worker/features/api-keys/schema";
import type {
  DeliveryLine,
  Endpoint,
  EndpointWithSecret,
  EventTypes,
} from "../../worker/features/webhooks/schema";
import { status } from "../receiver/answers.mjs";
import { type Receiver, startReceiver } from "../receiver/receiver.mjs";
import { axe, base, newPerson, type Person, shot } from "./harness";
import { caller, newScene, type Scene, unique } from "./harness/scene";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

/** A path of the receiver that no other test uses. */
const newPath = () => `/${unique("hook")}`;

async function adminAt(
  scene: Scene,
  path: string,
  options: { phone?: boolean; dark?: boolean } = {},
): Promise<Person> {
  const person = await newPerson({ email: scene.admin.email, path, ...options });
  await person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return person;
}

const clipboard = ({ page }: Person) => page.evaluate(() => navigator.clipboard.readText());

async function addEndpoint(scene: Scene, path: string, more: object = {}): Promise<EndpointWithSecret> {
  const made = await scene.admin.post<EndpointWithSecret>("/api/webhooks/endpoints", {
    url: receiver.url(path),
    events: ["*"],
    ...more,
  });
  receiver.trust(path, made.secret);
  return made;
}

test("an admin adds an endpoint, keeps its secret and sees a signed test arrive", async () => {
  const scene = await newScene("First Word");
  const person = await adminAt(scene, "/settings/webhooks");
  const { page } = person;
  await page.getByText("Nothing is sent anywhere yet").waitFor();
  await page.keyboard.press("n");
  await page.getByRole("heading", { name: "New endpoint", level: 1 }).waitFor();
  await page.getByLabel("Every event").uncheck();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await page.getByText("Write the address that events go to.").waitFor();
  await page.getByText("Choose at least one event").waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("url");
  await axe(page);

  const path = newPath();
  await page.getByLabel("Address").fill(receiver.url(path));
  await page.getByLabel("What it is for").fill("Payroll");
  await page.getByRole("button", { name: "All of Job" }).click();
  await page.getByLabel("agent.created").check();
  await page.getByRole("button", { name: "Add the endpoint" }).click();

  const dialog = page.getByRole("dialog", { name: "The endpoint is there" });
  const secret = (await dialog.locator(".secret-value").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await axe(page, { within: "dialog:modal" });
  await page.keyboard.press("Escape");
  await dialog.getByText("It is not copied yet").waitFor();
  // The focus stood on the button from the start.
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Copied" }).waitFor();
  expect(await clipboard(person)).toBe(secret);
  await dialog.getByRole("button", { name: "Done" }).click();
  receiver.trust(path, secret);

  await page.getByRole("heading", { name: receiver.url(path).replace("http://", ""), level: 1 }).waitFor();
  const [endpoint] = (await scene.admin.get<{ data: Endpoint[] }>("/api/webhooks/endpoints")).data;
  expect(endpoint).toMatchObject({
    description: "Payroll",
    events: ["agent.created", "job.posted", "job.closed"],
    ordering: "none",
    ratePerSecond: null,
  });
  expect(JSON.stringify(endpoint)).not.toContain(secret);

  await page.getByRole("button", { name: "Send a test" }).click();
  const card = page.getByRole("region", { name: "The test" });
  await card.getByText("took it: it answered 200").waitFor();
  const [request] = receiver.at(path);
  expect(request?.problems).toEqual([]);
  expect(JSON.parse(request?.body ?? "{}")).toMatchObject({ type: "webhook.test" });
  await page
    .getByRole("list", { name: "Deliveries of this endpoint" })
    .getByRole("link", { name: "1 Delivered" })
    .waitFor();
  await page.locator(".line", { hasText: "webhook.test" }).getByText("Delivered").waitFor();
  await shot(page, "endpoint", { full: true });
  await card.getByRole("link", { name: "See request and answer" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "webhook.test" }).waitFor();
});

test("a test that fails says why and what to try, and shows by itself when it arrives after all", async () => {
  const scene = await newScene("Second Try");
  const path = newPath();
  const { id } = await addEndpoint(scene, path);
  receiver.answer(path, status(500, { body: "no such table" }));
  const { page } = await adminAt(scene, `/settings/webhooks/${id}`);
  await page.getByText("Nothing was sent yet").waitFor();
  await page.getByRole("button", { name: "Send a test" }).click();
  const card = page.getByRole("region", { name: "The test" });
  await card.getByText("answered 500").waitFor();
  await card.getByText("The receiver got the event and broke while it worked on it.").waitFor();
  await axe(page);
  receiver.answer(path, status(204));
  await card.getByText("it answered 204").waitFor();
  expect(receiver.at(path).length).toBeGreaterThan(1);
  expect(new Set(receiver.at(path).map((one) => one.id)).size).toBe(1);
});

test("an endpoint that fails says since when and why, and sends what it held back once it is mended", async () => {
  const scene = await newScene("Long Night");
  const path = newPath();
  // Not the events of its own failing.
  const { id } = await addEndpoint(scene, path, { events: ["job.posted"] });
  receiver.answer(path, status(503));
  const { page } = await adminAt(scene, "/settings/webhooks");
  const tests = await Promise.all(
    Array.from({ length: 6 }, () => scene.admin.post<DeliveryLine>(`/api/webhooks/endpoints/${id}/test`, {})),
  );
  const read = () => scene.admin.get<Endpoint>(`/api/webhooks/endpoints/${id}`);
  await expect.poll(async () => (await read()).circuit, { timeout: 20_000 }).not.toBe("closed");
  await page.reload();
  const row = page.getByRole("row", { name: new RegExp(path) });
  await row.getByText(/On hold|Being tried/).waitFor();
  await row.getByRole("link").click();
  await page.getByText("Something in front of the receiver answered").waitFor();
  await page.getByText("Nothing is lost").waitFor();
  await axe(page);
  await shot(page, "endpoint-failing");
  receiver.answer(path, status(200));
  await page.getByRole("button", { name: "It is mended: send all now" }).click();
  await page.getByText("Nothing is lost").waitFor({ state: "detached" });
  await expect.poll(async () => (await read()).counts.delivered, { timeout: 30_000 }).toBe(tests.length);
});

test("a new secret signs beside the old one; an endpoint is turned off, on and removed", async () => {
  const scene = await newScene("New Locks");
  const path = newPath();
  const { id, secret } = await addEndpoint(scene, path, { events: ["job.closed"] });
  const person = await adminAt(scene, `/settings/webhooks/${id}`);
  const { page } = person;
  const choose = async (name: string) => {
    await page.getByRole("button", { name: "More", exact: true }).last().click();
    await page.getByRole("menuitem", { name }).click();
  };
  await choose("New secret…");
  await page.getByText("For 24 hours both secrets sign").waitFor();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await page.getByRole("button", { name: "Copy the signing secret" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  const next = await clipboard(person);
  expect(next).not.toBe(secret);
  await page.getByText("The secret before this one still signs too.").waitFor();
  receiver.trust(path, secret, next);
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByText("took it: it answered 200").waitFor();
  const [request] = receiver.at(path);
  expect(request?.problems).toEqual([]);
  expect(request?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);

  await choose("Turn off…");
  await page.getByRole("dialog").getByText("Nothing is sent there any more.").waitFor();
  await page.getByRole("button", { name: "Turn off", exact: true }).click();
  await page.getByText("Somebody turned it off.").waitFor();
  expect(await page.getByRole("button", { name: "Send a test" }).count()).toBe(0);
  await axe(page);
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("Somebody turned it off.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Send a test" }).waitFor();

  await choose("Remove…");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("Nothing is sent anywhere yet").waitFor();
});

test("two admins change an endpoint side by side, and only the same field asks a question", async () => {
  const scene = await newScene("Two Hands");
  const path = newPath();
  const { id } = await addEndpoint(scene, path, { headers: { "X-Team": "blue" }, events: ["job.closed"] });
  const { page, expectError } = await adminAt(scene, `/settings/webhooks/${id}`);
  expectError(/status of 4(12|22)/);
  const at = `/api/webhooks/endpoints/${id}`;
  const edit = async () => {
    await page.getByRole("button", { name: "More", exact: true }).last().click();
    await page.getByRole("menuitem", { name: "Change…" }).click();
  };
  await edit();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("It sends x-team now.").waitFor();
  await dialog.getByLabel("job.posted").check();
  await dialog.getByLabel("Keep the order").check();
  await axe(page, { within: "dialog:modal" });
  await scene.admin.patch(at, { description: "Theirs" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  expect(await scene.admin.get<Endpoint>(at)).toMatchObject({
    description: "Theirs",
    events: ["job.posted", "job.closed"],
    ordering: "entity",
    headerNames: ["x-team"],
  });

  await edit();
  await dialog.getByLabel("What it is for").fill("Mine");
  await dialog.getByLabel("Put other headers in place of its own").check();
  await dialog.getByLabel("Headers of its own").fill("Authorization: Bearer abc");
  await scene.admin.patch(at, { description: "Theirs again" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Somebody else changed what it is for meanwhile").waitFor();
  await dialog.getByRole("button", { name: "Save mine" }).click();
  await page.getByRole("region", { name: "How it is set up" }).getByText("authorization").waitFor();
  expect(await scene.admin.get<Endpoint>(at)).toMatchObject({
    description: "Mine",
    headerNames: ["authorization"],
  });

  await edit();
  await dialog.getByLabel("Address").fill("https://10.0.0.8/hooks");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.locator("[name=url][aria-invalid=true]").waitFor();
});

test("the catalogue shows every event with its fields and an example, found by key and by link", async () => {
  const scene = await newScene("Long List");
  const types = (await scene.admin.get<EventTypes>("/api/webhooks/event-types")).data;
  const person = await adminAt(scene, "/settings/webhooks/events");
  const { page } = person;
  await page.locator(".event").first().waitFor();
  expect(await page.locator(".event-type").allTextContents()).toEqual(
    expect.arrayContaining(types.map(({ type }) => type)),
  );
  await page.keyboard.press("/");
  await page.keyboard.type("rejected signature");
  await page.getByText("No event matches").waitFor();
  await page.getByRole("button", { name: "Show all events" }).click();
  await page.keyboard.press("/");
  await page.keyboard.type("posted");
  await expect.poll(() => page.locator(".event").count()).toBe(1);
  await page.keyboard.press("Tab");
  await page.locator(".event > summary").focus();
  await page.keyboard.press("Enter");
  await page.getByText("clientId", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Copy: Example of job.posted" }).click();
  expect(JSON.parse(await clipboard(person))).toEqual(
    types.find(({ type }) => type === "job.posted")?.example,
  );

  await page.getByRole("tab", { name: "Go" }).click();
  await page.getByRole("button", { name: "Copy: receiver.go" }).click();
  expect(await clipboard(person)).toContain("package main");
  await page.goto("about:blank");
  await page.goto(`${base}/settings/webhooks/events#interview.no_show`);
  await page.locator("details[open]").getByText("Somebody did not come to an interview.").waitFor();
  await expect
    .poll(() =>
      page.locator("details[open]").evaluate((one) => one.getBoundingClientRect().top < innerHeight),
    )
    .toBe(true);
  await axe(page);
});

test("an API key is shown once, does what was ticked and no more, and stops when it is revoked", async () => {
  const scene = await newScene("Spare Key");
  const person = await adminAt(scene, "/settings/api-keys");
  const { page, expectError } = person;
  expectError(/status of 422/);
  await page.getByText("There are no keys yet").waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Read webhooks").uncheck();
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await dialog.getByText("Give it a name that you will know again.").waitFor();
  await dialog.getByText("Choose at least one thing that the key is for.").waitFor();
  await dialog.getByLabel("Name").fill("Watcher");
  await dialog.getByLabel("Read webhooks").check();
  await dialog.getByLabel("Only from these addresses").fill("nowhere");
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await dialog.getByText("Write an address or a range").waitFor();
  await axe(page, { within: "dialog:modal" });
  await dialog.getByLabel("Only from these addresses").fill("");
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("dialog", { name: "The key for Watcher" }).waitFor();
  await page.getByRole("button", { name: "Copy the key" }).click();
  await page.getByRole("button", { name: "Done" }).click();

  const key = caller(await clipboard(person));
  expect(key.token).toMatch(/^pk_/);
  await key.get("/api/webhooks/endpoints");
  await expect(
    key.post("/api/webhooks/endpoints", { url: receiver.url("/x"), events: ["*"] }),
  ).rejects.toThrow("403");
  await page.reload();
  const row = page.getByRole("row", { name: /Watcher/ });
  await row.getByRole("cell", { name: "Read webhooks", exact: true }).waitFor();
  expect(await page.content()).not.toContain(key.token);
  await row.getByRole("button", { name: "Revoke Watcher" }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByText("There are no keys yet").waitFor();
  await expect(key.get("/api/webhooks/endpoints")).rejects.toThrow("401");
});

test("the screens of the integrations hold on a phone and in the dark, each leading to the others", async () => {
  const scene = await newScene("Small Glass");
  const path = `${newPath()}/with/a/very/long/address/that/goes/on/and/on/${"x".repeat(60)}`;
  await addEndpoint(scene, path, { description: "Everything that the payroll of the north needs" });
  await scene.admin.post<ApiKeyWithSecret>("/api/api-keys", { name: "Monitoring", scopes: ["metrics:read"] });
  const { page } = await adminAt(scene, "/home", { phone: true, dark: true });
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Webhooks" }).click();
  const strip = page.getByRole("navigation", { name: "Integrations" });
  const fits = async () => {
    await page.locator(".loading").first().waitFor({ state: "detached" });
    await axe(page);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      new URL(page.url()).pathname,
    ).toBeLessThanOrEqual(0);
  };
  await page.getByRole("row", { name: /very\/long/ }).waitFor();
  await fits();
  await shot(page, "endpoints-phone");
  await page
    .getByRole("row", { name: /very\/long/ })
    .getByRole("link")
    .click();
  await page.getByText("Nothing was sent yet").waitFor();
  await fits();
  await shot(page, "endpoint-phone", { full: true });
  for (const [name, heading] of [
    ["Events", "Events"],
    ["API keys", "API keys"],
    ["Endpoints", "Endpoints"],
  ] as const) {
    await strip.getByRole("link", { name }).click();
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    expect(await strip.locator("[aria-current=page]").textContent()).toBe(name);
    // The present one is in sight, however far right it stands.
    await expect
      .poll(() =>
        strip.locator("[aria-current=page]").evaluate((link) => {
          const { left, right } = link.getBoundingClientRect();
          return left >= 0 && right <= innerWidth;
        }),
      )
      .toBe(true);
    await fits();
  }
});

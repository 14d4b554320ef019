import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Candidate } from "../../worker/features/candidates/schema";
import type { Delivery, DeliveryLine, EndpointWithSecret } from "../../worker/features/webhooks/schema";
import { status } from "../receiver/answers.mjs";
import { type Receiver, startReceiver } from "../receiver/receiver.mjs";
import { axe, newPerson, type PersonOptions, shot } from "./harness";
import { sendToSource } from "./harness/integrations-scene";
import { newJobScene } from "./harness/job-scene";
import { newScene, type Scene, unique } from "./harness/scene";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

/** An endpoint of a scene, with a path of the receiver that no other test uses. */
async function newEndpoint({ admin }: Scene, events: string[]) {
  const path = `/${unique("deliveries")}`;
  const made = await admin.post<EndpointWithSecret>("/api/webhooks/endpoints", {
    url: receiver.url(path),
    events,
  });
  receiver.trust(path, made.secret);
  return {
    path,
    id: made.id,
    host: new URL(made.url).host,
    test: () => admin.post<DeliveryLine>(`/api/webhooks/endpoints/${made.id}/test`, {}),
  };
}

async function adminAt(scene: Scene, path: string, options: PersonOptions = {}): Promise<Page> {
  const person = await newPerson({ email: scene.admin.email, path, ...options });
  await person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return person.page;
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const main = (page: Page) => page.locator("main");
/** A row of a table that holds these words. */
const row = (page: Page, ...words: string[]) =>
  words.reduce((rows, hasText) => rows.filter({ hasText }), page.getByRole("row"));

test("a failure is found, understood and repaired: the row, the reason, the receiver mended, sent again", async () => {
  const scene = await newScene("Broken Bell");
  const endpoint = await newEndpoint(scene, ["*"]);
  receiver.answer(endpoint.path, status(500, { body: "TypeError: boom" }));
  const page = await adminAt(scene, "/settings/webhooks/deliveries");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText("Nothing was sent yet").waitFor();
  await axe(page);
  // The list hears of it without being loaded again.
  const made = await endpoint.test();
  await row(page, "webhook.test", "Answered 500").waitFor();
  await axe(page);

  await row(page, "webhook.test").click();
  await page.getByRole("heading", { name: /attempt failed: .* answered 500\.$/ }).waitFor();
  await main(page).getByText("The receiver got the event and broke while it worked on it.").waitFor();
  await main(page).getByText("Answer 200 as soon as the event is stored").waitFor();
  await main(page)
    .getByText(/attempt goes out by itself/)
    .waitFor();
  const response = page.getByRole("region", { name: "Response as text" });
  await response.getByText("TypeError: boom").waitFor();
  const request = page.getByRole("region", { name: "Request as text" });
  expect(await request.textContent()).toContain(`webhook-id: ${made.eventId}`);
  await shot(page, "delivery-failing", { full: true });
  await axe(page);
  // What is copied is what was sent, byte for byte.
  await page.getByRole("button", { name: "Copy the body" }).click();
  await page.getByText("The body is copied, byte for byte.").waitFor();
  expect(await copied(page)).toBe(receiver.at(endpoint.path)[0]?.body);

  receiver.answer(endpoint.path, status(204));
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("heading", { name: /took it: it answered 204/ }).waitFor();
  await page.getByText("Nothing has to be done.").waitFor();
  const seen = receiver.at(endpoint.path);
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set([made.eventId]));
  expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  expect(seen.flatMap(({ problems }) => problems)).toEqual([]);
  const attempts = page.getByRole("list", { name: "Attempts, newest first" });
  expect(await attempts.getByRole("button").count()).toBe(seen.length);
  // The attempts before stay to be looked at, by the keyboard too.
  await page.keyboard.press("j");
  await page.getByRole("region", { name: "Response as text" }).getByText("TypeError: boom").waitFor();
  await page.keyboard.press("k");
  await page.getByRole("region", { name: "Response as text" }).getByText("HTTP 204").waitFor();
  await axe(page);
  await shot(page, "delivery-delivered", { full: true });

  // Two clicks from the list: the row, and the button.
  const before = seen.length;
  await page.goto("/settings/webhooks/deliveries?status=delivered");
  await row(page, "webhook.test", "Delivered").click();
  await page.getByRole("button", { name: "Send again" }).click();
  await receiver.until(() => receiver.at(endpoint.path).length > before);
  await page
    .getByText("Once", { exact: true })
    .or(page.getByText(/^\d times$/))
    .waitFor();
  expect(receiver.at(endpoint.path).at(-1)?.id).toBe(made.eventId);
});

test("many are sent again after a count that was seen before", async () => {
  const scene = await newScene("Again Again");
  const one = await newEndpoint(scene, ["job.closed"]);
  const other = await newEndpoint(scene, ["job.closed"]);
  const sent = await Promise.all([one.test(), one.test(), one.test(), other.test()]);
  await receiver.until(() => receiver.at(one.path).length === 3 && receiver.at(other.path).length === 1);
  const page = await adminAt(scene, `/settings/webhooks/deliveries?endpoint=${one.id}`);
  await expect.poll(() => row(page, "Delivered").count(), { timeout: 20_000 }).toBe(3);
  await page.getByRole("button", { name: "Send many again" }).click();
  const dialog = page.getByRole("dialog", { name: "Send many deliveries again" });
  await dialog.getByText("No delivery fits.").waitFor();
  expect(await dialog.getByRole("button", { name: "Send again" }).isDisabled()).toBe(true);
  await dialog.getByLabel("Status").selectOption("Delivered");
  await dialog.getByText("3 deliveries fit.").waitFor();
  await axe(page, { within: "dialog:modal" });
  await shot(page, "deliveries-replay");
  await dialog.getByLabel("Endpoint").selectOption("Every endpoint");
  await dialog.getByText("4 deliveries fit.").waitFor();
  await dialog.getByRole("button", { name: "Send 4 deliveries again" }).click();
  await page.getByText("4 deliveries in line to be sent again.").waitFor();
  await receiver.until(() => receiver.at(one.path).length === 6 && receiver.at(other.path).length === 2);
  const ids = [...receiver.at(one.path), ...receiver.at(other.path)].map(({ id }) => id);
  expect(ids.sort()).toEqual([...sent, ...sent].map(({ eventId }) => eventId).sort());
});

test("what is held back says why and until when; health names the endpoint; one success drains the rest", async () => {
  const scene = await newScene("Quiet Line");
  const good = await newEndpoint(scene, ["job.closed"]);
  const bad = await newEndpoint(scene, ["job.closed"]);
  receiver.answer(bad.path, status(503));
  await good.test();
  const first = await bad.test();
  const read = () => scene.admin.get<Delivery>(`/api/webhooks/deliveries/${first.id}`);
  // Five failures in a row open the circuit.
  const all = [first, ...(await Promise.all(Array.from({ length: 6 }, () => bad.test())))];
  const list = () =>
    scene.admin.get<{ data: DeliveryLine[] }>(`/api/webhooks/deliveries?endpointId=${bad.id}&status=parked`);
  await expect.poll(async () => (await list()).data.length, { timeout: 20_000 }).toBeGreaterThan(4);
  const held = (await list()).data[0];

  const page = await adminAt(scene, "/settings/webhooks/health");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText(/needs a look; the other one works\./).waitFor();
  const line = page.getByRole("list", { name: "Endpoints" }).getByRole("listitem").first();
  await line.getByText(/On hold|Being tried/).waitFor();
  await line.getByRole("img", { name: /0 got through and \d+ failed/ }).waitFor();
  await line.getByText(/answered 503/).waitFor();
  await axe(page);
  await shot(page, "health", { full: true });
  await page.getByRole("link", { name: "See why" }).click();
  await row(page, "Held back").first().waitFor();

  await page.goto(`/settings/webhooks/deliveries/${held?.id}`);
  await page.getByRole("heading", { name: /^Held back, since / }).waitFor();
  await main(page).getByText("Something in front of the receiver answered").waitFor();
  await main(page)
    .getByText(/One of the events held back is tried/)
    .waitFor();
  await axe(page);
  await shot(page, "delivery-held-back", { full: true });
  receiver.answer(bad.path, status(200));
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("heading", { name: /took it: it answered 200/ }).waitFor();
  await expect.poll(async () => (await list()).data.length, { timeout: 30_000 }).toBe(0);
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe("delivered");
  const delivered = new Set(
    receiver
      .at(bad.path)
      .filter((one) => one.status === 200)
      .map(({ id }) => id),
  );
  expect(delivered).toEqual(new Set(all.map(({ eventId }) => eventId)));
  await page.goto("/settings/webhooks/health");
  await page.getByText("All 2 work.").waitFor();
});

test("a source is connected, its events are shown with what became of them, and a repaired one runs again", async () => {
  const scene = await newJobScene("Open Ear");
  const person = await scene.apply("Ivy Chen");
  const page = await adminAt(scene, "/settings/sources");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText("Nobody sends anything yet").waitFor();
  await axe(page);
  await page.keyboard.press("n");
  await page.getByLabel("Name").fill("Assessments");
  await page.getByLabel("Only from these addresses").fill("203.0.113.300");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.getByText("“203.0.113.300” is no address.").waitFor();
  await axe(page);
  await page.getByLabel("Only from these addresses").fill("");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Assessments is connected" });
  await dialog.getByRole("button", { name: "Copy the secret" }).click();
  await dialog.getByRole("button", { name: "Copied" }).waitFor();
  const secret = await copied(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("heading", { name: "Assessments", level: 1 }).waitFor();
  await page.getByText("Nothing came yet").waitFor();
  await page.getByRole("button", { name: "Copy the address" }).click();
  await page.getByText("The address is copied, byte for byte.").waitFor();
  const hookUrl = await copied(page);
  const send = (body: object) =>
    sendToSource({ secret, hookUrl } as Parameters<typeof sendToSource>[0], body);
  await axe(page);

  const event = (eventId: string, externalJobId: string) => ({
    eventId,
    eventType: "assessment.completed",
    occurredAt: new Date().toISOString(),
    data: {
      candidate: { email: person.email },
      externalJobId,
      assessment: {
        type: "coding_test",
        score: 82,
        maxScore: 100,
        status: "completed",
        completedAt: new Date().toISOString(),
        externalId: eventId,
      },
    },
  });
  expect((await send({ ...event("one", "none"), eventType: "assessment.dreamed" })).status).toBe(202);
  // The page of the source hears of it by itself.
  await page.getByRole("link", { name: /Not understood/ }).waitFor();
  const { jobId } = await scene.application(person.id);
  const good = event("two", "");
  expect((await send({ ...good, data: { ...good.data, externalJobId: undefined, jobId } })).status).toBe(202);
  await page.getByRole("link", { name: /Done/ }).waitFor();
  await shot(page, "source", { full: true });

  await page.getByRole("link", { name: /Not understood/ }).click();
  await page.getByRole("heading", { name: "It was stored, but can’t be understood." }).waitFor();
  const body = page.getByRole("region", { name: "The event as text" });
  expect(await body.textContent()).toContain("assessment.dreamed");
  expect(await body.textContent()).not.toContain("v1=");
  await axe(page);
  await shot(page, "inbox-event", { full: true });
  await page.keyboard.press("r");
  await page.getByText("It is being run again.").waitFor();
  // Nothing was mended, so it comes to the same.
  await page.getByRole("heading", { name: "It was stored, but can’t be understood." }).waitFor();

  await page.goto("/settings/webhooks/dead-letters");
  await row(page, "assessment.dreamed", "Assessments").waitFor();
  await axe(page);
  await shot(page, "dead-letters");
  await row(page, "assessment.dreamed").getByRole("button", { name: "Run again assessment.dreamed" }).click();
  await page.getByText("It is being run again.").waitFor();

  await page.goto("/settings/inbox?status=processed");
  await row(page, "assessment.completed", "Done").click();
  await page.getByRole("link", { name: "The candidate" }).click();
  const results = page.getByRole("region", { name: "Results" });
  await results.getByText("82 of 100").waitFor();
  await results.getByText("Coding test").waitFor();
  await axe(page);
  await shot(page, "candidate-results", { full: true });
});

test("a source gets a new secret while the old one counts; off and removed it is answered 401", async () => {
  const scene = await newScene("Locked Ear");
  const source = await scene.admin.post<Parameters<typeof sendToSource>[0]>(
    "/api/integrations/portal/connect",
    {
      name: "Portal",
    },
  );
  const event = (eventId: string) => ({
    eventId,
    eventType: "candidate.created",
    occurredAt: new Date().toISOString(),
    data: { candidate: { email: `${unique("c")}@example.test`, firstName: "Ada", lastName: "Pierce" } },
  });
  const page = await adminAt(scene, `/settings/sources/${source.id}`);
  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("dialog", { name: "Make a new secret for Portal?" }).waitFor();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await page.getByRole("button", { name: "Copy the secret" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  const secret = await copied(page);
  expect(secret).not.toBe(source.secret);
  await page.getByText("The one before it still counts, until").waitFor();
  expect((await sendToSource(source, event("old"))).status).toBe(202);
  expect((await sendToSource({ ...source, secret }, event("new"))).status).toBe(202);
  expect((await sendToSource({ ...source, secret }, event("new"))).status).toBe(200);
  await expect
    .poll(async () => (await scene.admin.get<{ data: Candidate[] }>("/api/candidates")).data.length, {
      timeout: 20_000,
    })
    .toBe(2);

  await page.getByLabel("Name").fill("Portal two");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Portal two", level: 1 }).waitFor();
  const choose = async (name: string) => {
    await page.getByRole("button", { name: "More", exact: true }).last().click();
    await page.getByRole("menuitem", { name }).click();
  };
  await choose("Turn off…");
  await page.getByRole("button", { name: "Turn off", exact: true }).click();
  await page.getByText("This source is off").waitFor();
  expect((await sendToSource({ ...source, secret }, event("later"))).status).toBe(401);
  await axe(page);
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByText("This source is off").waitFor({ state: "detached" });
  await choose("Remove…");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("Nobody sends anything yet").waitFor();
  expect((await sendToSource({ ...source, secret }, event("last"))).status).toBe(401);
});

test("what was given up stands among the dead letters, and goes out once its endpoint is on again", async () => {
  const scene = await newScene("Lost Letter");
  const endpoint = await newEndpoint(scene, ["job.closed"]);
  receiver.answer(endpoint.path, status(410));
  const made = await endpoint.test();
  const { page, expectError } = await newPerson({
    email: scene.admin.email,
    path: "/settings/webhooks/dead-letters",
  });
  expectError(/status of 409/);
  await row(page, "webhook.test").click();
  await page.getByRole("heading", { name: /^Given up after 1 attempt: .* answered 410\.$/ }).waitFor();
  await main(page).getByText("The endpoint is off.").waitFor();
  await main(page)
    .getByText(/It can be sent again until/)
    .waitFor();
  await axe(page);
  await shot(page, "delivery-given-up", { full: true });
  await page.keyboard.press("r");
  await page.getByText("Turn it on, then send this again.").waitFor();
  await scene.admin.post(`/api/webhooks/endpoints/${endpoint.id}/enable`, {});
  receiver.answer(endpoint.path, status(200));
  await page.goto("/settings/webhooks/dead-letters");
  await page.getByRole("button", { name: "Send again webhook.test" }).click();
  await page.getByText("It is on its way again.").waitFor();
  await page.getByText("There are no dead letters").waitFor();
  await receiver.until(() => receiver.at(endpoint.path).length === 2);
  expect(receiver.at(endpoint.path).map(({ id }) => id)).toEqual([made.eventId, made.eventId]);
  await page.reload();
  await page.getByText("There are no dead letters").waitFor();
});

test("on a phone, in the dark, for whoever may not, and for what is gone", async () => {
  const scene = await newScene("Pocket Size");
  const endpoint = await newEndpoint(scene, ["job.closed"]);
  receiver.answer(endpoint.path, status(401, { body: "bad signature" }));
  const made = await endpoint.test();
  const page = await adminAt(scene, "/settings/webhooks/deliveries", { phone: true, dark: true });
  await row(page, "webhook.test", "Answered 401").waitFor();
  await shot(page, "deliveries-phone");
  await axe(page);
  await page.goto(`/settings/webhooks/deliveries/${made.id}`);
  await page.getByText("Most often its check of the signature fails.").waitFor();
  await shot(page, "delivery-phone", { full: true });
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.goto("/settings/webhooks/health");
  await page.getByRole("heading", { name: "Sending to 1 endpoint" }).waitFor();
  await shot(page, "health-phone", { full: true });
  await axe(page);

  const other = await newScene("Other House");
  const stranger = await newPerson({ email: other.admin.email });
  stranger.expectError(/status of 404/);
  await stranger.page.goto(`/settings/webhooks/deliveries/${made.id}`);
  await stranger.page.getByText("This delivery can’t be found").waitFor();
  const recruiter = await scene.recruiter("Robin Hale");
  const denied = await newPerson({
    email: recruiter.email,
    path: `/settings/webhooks/deliveries/${made.id}`,
  });
  await denied.page.getByRole("heading", { name: "You can’t open this page" }).waitFor();
});

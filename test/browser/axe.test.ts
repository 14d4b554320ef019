import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import { newPerson } from "./harness";
import { movements } from "./harness/inspect";
import { newScene } from "./harness/scene";
import { broken, keys, lookAt, press, ready } from "./harness/tour";

const firstCard = (page: Page) => page.locator(".bcard-name").first().click();

test("axe finds nothing on the screens of people who are not logged in", async () => {
  const { page, expectError } = await newPerson();
  expectError(/status of 4/);
  await lookAt(
    [
      ["/login"],
      ["/login", "with errors", press("Log in")],
      ["/register", "with errors", press("Register")],
      ["/sign-up", "with errors", press("Start")],
      ["/forgot-password"],
      [
        "/forgot-password?email=nobody@example.test",
        "sent",
        async (at) => {
          await press("Send me the link")(at);
          await at.getByText("Look into your mailbox").waitFor();
        },
      ],
      ["/reset-password?token=abc"],
      ["/reset-password", "spent"],
      ["/welcome?token=abc", "with errors", press("Set the password and begin")],
      ["/verify-email?token=abc", "spent", (at) => at.getByText("Log in to have a new one").waitFor()],
      ["/nowhere"],
    ],
    page,
  );
});

test("axe finds nothing on the portal's screens", async () => {
  const { page, context, expectError } = await newPerson({ email: "agent@acme.test" });
  expectError(/status of 503|ERR_INTERNET/);
  await lookAt(
    [
      ["/home"],
      ["/home", "broken", broken("**/api/me/home")],
      [
        "/home",
        "with its notifications",
        async (at) => {
          await press(/^Notifications/)(at);
          await at.locator(".bell .notices").waitFor();
        },
      ],
      [
        "/home",
        "with the account menu",
        async (at) => {
          await press(/^Account of/)(at);
          await at.getByRole("menu", { name: "Account" }).waitFor();
        },
      ],
      [
        "/home",
        "offline",
        async (at) => {
          await context.setOffline(true);
          await at.getByText(/^You are offline/).waitFor();
          await context.setOffline(false);
        },
      ],
      ["/documents"],
      ["/documents", "sending another", (at) => at.getByLabel("What it is").selectOption("cv")],
      [
        "/documents",
        "refused",
        async (at) => {
          const empty = { name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) };
          await at.locator("input[type=file]").first().setInputFiles(empty);
          await at.getByText("empty.pdf is empty").waitFor();
        },
      ],
      ["/profile", "changed", (at) => at.getByLabel("Headline").fill("Night owl")],
      ["/notifications"],
      ["/account", "with errors", press("Change the password")],
      ["/pool", "denied"],
      ["/nowhere"],
    ],
    page,
  );
  for (const email of ["candidate@acme.test", "client@acme.test"]) {
    const { page: other } = await newPerson({ email });
    await lookAt([["/home"], ["/documents"]], other);
  }
});

test("axe finds nothing on the team's screens", async () => {
  const scene = await newScene("Clear View");
  const ada = await scene.agent("Ada Able");
  await scene.agent("Bo Baker");
  await ada.upload("w9", { name: "w9.pdf", type: "application/pdf", bytes: demoPdf("Form W-9", ["Ada"]) });
  await ada.upload("cv", { name: "cv.txt", type: "text/plain", bytes: Buffer.from("Ten years of calls.") });
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of (503|404)/);
  const person = `/agents/${ada.id}`;
  const review = (at: Page) =>
    at
      .getByRole("button", { name: /Reject…/ })
      .first()
      .click();
  await lookAt(
    [
      ["/pool", "with the filter", press("Filter")],
      [
        "/pool",
        "with a card's menu",
        async (at) => {
          await keys("j")(at);
          await press(/^Actions for/)(at);
        },
      ],
      ["/pool", "moving", keys("j", "m")],
      [
        "/pool",
        "moving without a reason",
        async (at) => {
          await keys("j", "m", "r", "e", "j", "Enter")(at);
          await at.getByText("Say why").waitFor();
        },
      ],
      ["/pool", "with its keys", keys("?")],
      [
        "/pool",
        "with a person",
        async (at) => {
          await firstCard(at);
          await at.locator(".timeline").waitFor();
        },
      ],
      ["/pool?q=zz", "nobody matches"],
      ["/pool", "broken", broken("**/board*")],
      [
        "/pool",
        "with a message",
        async (at) => {
          await keys("j", "m", "s", "c", "r", "Enter")(at);
          await at.getByText("is in Screening now").waitFor();
        },
      ],
      ["/pool/list"],
      ["/pool/list?q=zz", "nobody matches"],
      [person],
      [person, "with a document", (at) => at.getByRole("button", { name: /^CV/ }).click()],
      [person, "editing", press(/^Edit the profile/)],
      [person, "asking for a document", press("Ask")],
      [person, "adding a document", press("Add")],
      [
        person,
        "rejecting",
        async (at) => {
          await review(at);
          await at.getByRole("button", { name: "Reject and tell them" }).click();
        },
      ],
      ["/agents/agt_nobody", "gone"],
      ["/documents/review"],
      ["/home"],
      ["/home", "broken", broken("**/api/me/day")],
      ["/home", "with a new task", press("New task")],
      ["/tasks", "with its keys", keys("?")],
      ["/clients", "adding", press("New client")],
      ["/settings/workflows", "adding", press("New workflow")],
      ["/settings/pool", "with a stage's menu", press("Actions for Screening")],
      ["/settings/team", "with a menu", press("Settings")],
      ["/settings/team", "adding", press("Add somebody")],
      ["/settings/organization"],
      ["/settings/organization", "changed", (at) => at.locator("input[name=name]").fill("Clearer")],
      ["/settings/careers"],
      ["/settings/documents", "being edited", press("Edit W-9")],
      [
        "/account",
        "finding a person",
        async (at) => {
          await at.waitForLoadState("networkidle");
          await keys("/", "b", "o")(at);
          await at.getByRole("option").first().waitFor();
        },
      ],
      ["/account"],
      ["/notifications"],
    ],
    page,
  );
});

test("axe finds nothing in an organization where nothing has happened yet", async () => {
  const scene = await newScene("Blank Page");
  const { page } = await newPerson({ email: scene.admin.email });
  await lookAt(
    [
      ["/home"],
      ["/tasks"],
      ["/clients"],
      ["/pool"],
      ["/pool/list"],
      ["/documents/review"],
      ["/notifications"],
      ["/settings/webhooks"],
      ["/settings/webhooks/deliveries"],
      ["/settings/webhooks/dead-letters"],
      ["/settings/webhooks/health"],
      ["/settings/sources"],
      ["/settings/inbox"],
      ["/settings/api-keys"],
    ],
    page,
  );
  const recruiter = await scene.recruiter("Rae Cole");
  const other = await newPerson({ email: recruiter.email });
  await lookAt(
    [
      ["/settings/team", "denied"],
      ["/settings/webhooks", "denied"],
    ],
    other.page,
  );
});

test("axe finds nothing on the components, the API's description and the outbox", async () => {
  const { page } = await newPerson();
  await lookAt([["/dev/ui?mood=portal"], ["/dev/ui?mood=ats"], ["/api/docs"], ["/dev/outbox"]], page);
});

test("nothing moves for readers who ask for that, though it does for others", async () => {
  const still = await newPerson();
  await still.page.goto("/dev/ui");
  await ready(still.page);
  expect(await movements(still.page)).toEqual([]);
  const moving = await newPerson({ motion: true });
  await moving.page.goto("/dev/ui");
  await ready(moving.page);
  expect((await movements(moving.page)).length).toBeGreaterThan(0);
});

import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { advanceClock, newPerson, PASSWORD } from "./harness";
import { newScene } from "./harness/scene";

const pathOf = (page: Page) => new URL(page.url()).pathname;

test("two tabs whose session ran out renew it at once, and both stay logged in", async () => {
  const scene = await newScene("Two Tabs");
  const agent = await scene.agent("Ada Able");
  const { page: first, context, expectError } = await newPerson({ email: agent.email });
  // The question that finds the session run out is answered 401 on the way.
  expectError(/status of 401/);
  const second = await context.newPage();
  await second.goto("/home");
  for (const tab of [first, second]) await tab.getByRole("heading", { name: "You are in Applied" }).waitFor();

  const life = 11 * 60;
  await advanceClock(life);
  onTestFinished(() => advanceClock(-life));
  await Promise.all([
    first.getByRole("link", { name: "Profile" }).click(),
    second.getByRole("navigation").getByRole("link", { name: "Documents" }).click(),
  ]);
  await first.getByLabel("Headline").waitFor();
  await second.getByRole("heading", { name: "W-9" }).waitFor();

  // Once more, after the time in which a spent token is taken again.
  await advanceClock(20);
  onTestFinished(() => advanceClock(-20));
  await Promise.all([first.reload(), second.reload()]);
  await first.getByLabel("Headline").waitFor();
  await second.getByRole("heading", { name: "W-9" }).waitFor();
  expect([pathOf(first), pathOf(second)]).toEqual(["/profile", "/documents"]);
});

test("logging out in one tab logs out the other", async () => {
  const scene = await newScene("One Door");
  const { page: first, context } = await newPerson({ email: scene.admin.email });
  const second = await context.newPage();
  await second.goto("/pool/list");
  await second.getByText("Nobody is in the pool yet").waitFor();
  await first.getByRole("button", { name: /^Account of/ }).click();
  await first.getByRole("menuitem", { name: "Log out" }).click();
  for (const tab of [first, second]) await tab.getByRole("heading", { name: "Log in" }).waitFor();
  await second.goto("/pool");
  await second.getByRole("heading", { name: "Log in" }).waitFor();
});

test("a session that is ended elsewhere is over in its own browser", async () => {
  const scene = await newScene("Other Desk");
  const { page: here } = await newPerson({ email: scene.admin.email });
  const there = await newPerson({ email: scene.admin.email, path: "/pool" });
  there.expectError(/status of 401|WebSocket/);
  await there.page.getByText("Nobody is in the pool yet").waitFor();
  await here.goto("/account");
  await here
    .getByRole("button", { name: /^End the session on/ })
    .first()
    .waitFor();
  const others = await here.getByRole("button", { name: /^End the session on/ }).count();
  for (let left = others; left > 0; left -= 1) {
    await here
      .getByRole("button", { name: /^End the session on/ })
      .first()
      .click();
    await expect.poll(() => here.getByRole("button", { name: /^End the session on/ }).count()).toBe(left - 1);
  }
  await there.page.getByRole("link", { name: "List" }).click();
  await there.page.getByRole("heading", { name: "Log in" }).waitFor();
  await here.reload();
  await here.getByText("This one").waitFor();
});

test("changing the password ends the other sessions and keeps this one", async () => {
  const scene = await newScene("New Lock");
  const { page: here } = await newPerson({ email: scene.admin.email });
  const there = await newPerson({ email: scene.admin.email, path: "/pool" });
  there.expectError(/status of 401|WebSocket/);
  await there.page.getByText("Nobody is in the pool yet").waitFor();
  await here.goto("/account");
  await here.getByLabel("Password now").fill(PASSWORD);
  await here.getByLabel("New password", { exact: true }).fill("seven green bicycles");
  await here.getByRole("button", { name: "Change the password" }).click();
  await here.getByText("Your other sessions have ended.").waitFor();
  await there.page.getByRole("link", { name: "List" }).click();
  await there.page.getByRole("heading", { name: "Log in" }).waitFor();
  await here.reload();
  await here.getByText("This one").waitFor();
});

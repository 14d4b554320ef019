import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { OnboardingStep, OnboardingSteps } from "../../worker/features/onboarding/schema";
import { newPerson, shot } from "./harness";
import { inspect } from "./harness/inspect";
import { drag } from "./harness/pointer";
import { newScene, type Scene } from "./harness/scene";

const stepsOf = async (scene: Scene) =>
  (await scene.admin.get<OnboardingSteps>("/api/onboarding/steps")).data;
const titles = async (scene: Scene) => (await stepsOf(scene)).map(({ title }) => title);
const shown = (page: Page) => page.locator(".step-title").allTextContents();
const onList = (page: Page, title: string) => page.getByRole("link", { name: title, exact: true }).waitFor();
const looksRight = async (page: Page, state: string) => {
  const wrong = await inspect(page, state);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
};

/** Chooses from a menu by the keys alone: open it by its key or from its button, to the entry, take it. */
async function choose(page: Page, button: string, entry: string, key = "Enter") {
  if (key === "Enter") await page.getByRole("button", { name: button, exact: true }).focus();
  await page.keyboard.press(key);
  const item = page.getByRole("menuitem", { name: entry, exact: true });
  await item.waitFor();
  for (let press = 0; press < 12; press += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

test("an admin builds an onboarding of three steps by mouse, reorders them, and sees where an agent is", async () => {
  const scene = await newScene("First Steps");
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/onboarding" });
  await page.getByText("No steps yet").waitFor();
  const begin = async (kind: string) => {
    await page.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("menuitem", { name: kind, exact: true }).click();
    await page.getByRole("heading", { name: /^New step/ }).waitFor();
  };
  const add = () => page.getByRole("button", { name: "Add the step" }).click();

  await begin("Form");
  // What is missing is said beside it, and the first such field is where one writes on.
  await add();
  await page.getByText("Write a title.").waitFor();
  await page.getByText("Add at least one field.").waitFor();
  await page.getByLabel("Title", { exact: true }).fill("Pay details");
  for (const [kind, label] of [
    ["Text", "Bank"],
    ["One of several", "How often"],
  ] as const) {
    await page.getByRole("button", { name: "Add a field" }).click();
    await page.getByRole("menuitem", { name: kind, exact: true }).click();
    await page.getByLabel("What is asked").fill(label);
  }
  await page.getByLabel("Options").fill("Weekly\nMonthly");
  await page.locator(".step-preview").getByText("How often").waitFor();
  await looksRight(page, "a form");
  await shot(page, "onboarding-form");
  await add();
  await onList(page, "Pay details");

  await begin("Acknowledgement");
  await page.getByLabel("Title", { exact: true }).fill("Code of conduct");
  await page.getByLabel("The text that is signed").fill("I report what is unsafe.");
  await page.getByRole("checkbox", { name: "Pay details" }).check();
  await page.getByLabel("Due").fill("7");
  await add();
  await onList(page, "Code of conduct");

  await begin("Quiz");
  await page.getByLabel("Title", { exact: true }).fill("Safety");
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByRole("menuitem", { name: "With options" }).click();
  await page.getByLabel("Question", { exact: true }).fill("Where is the exit?");
  await page.getByRole("textbox", { name: "Option 1", exact: true }).fill("Left");
  await page.getByRole("textbox", { name: "Option 2", exact: true }).fill("Right");
  await add();
  await page.getByText("Mark the option that is right.").waitFor();
  await page.getByRole("radio", { name: "Option 2 is right" }).check();
  await looksRight(page, "a quiz");
  await add();
  await onList(page, "Safety");
  expect(await shown(page)).toEqual(["Pay details", "Code of conduct", "Safety"]);

  await drag(
    page,
    page.getByRole("button", { name: /^Move Safety/ }),
    page.locator(".step", { hasText: "Code of conduct" }).first(),
  );
  await expect.poll(() => titles(scene)).toEqual(["Pay details", "Safety", "Code of conduct"]);
  expect(await shown(page)).toEqual(["Pay details", "Safety", "Code of conduct"]);
  await looksRight(page, "the steps");
  await shot(page, "onboarding-steps");

  // The right answer never comes back; untouched it stays, and the quiz is judged as before.
  await page.getByRole("link", { name: "Safety", exact: true }).click();
  await page.getByText("answer kept").click();
  await page.getByText("The right answer is kept on the server").waitFor();
  await page.getByLabel("Question", { exact: true }).fill("Where is the way out?");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await onList(page, "Safety");
  const [form, quiz] = (await stepsOf(scene)) as [OnboardingStep, OnboardingStep];
  expect(JSON.stringify(quiz)).not.toContain("answer");

  const ada = await scene.agent("Ada Able");
  await scene.move(ada, "onboarding");
  await page.getByRole("link", { name: "Where agents are" }).click();
  const row = page.locator("tr.table-row", { hasText: "Ada Able" });
  await row.getByText("0/3").waitFor();
  await ada.post(`/api/onboarding/${form.id}/complete`, { data: { bank: "First", howOften: "Weekly" } });
  await row.getByText("1/3").waitFor();
  await row.getByText("Safety").waitFor();
  const answers = { answers: { [quiz.questions?.[0]?.key ?? ""]: "Right" } };
  await ada.post(`/api/onboarding/${quiz.id}/complete`, { data: answers });
  await row.getByText("2/3").waitFor();
  await looksRight(page, "the progress");

  // The last one is waived with a reason, and the agent moves on.
  await row.getByText("2/3").click();
  await page.getByRole("button", { name: "Actions for Code of conduct" }).click();
  await page.getByRole("menuitem", { name: "Waive it…" }).click();
  await page.getByLabel("Reason").fill("Signed on paper.");
  await looksRight(page, "a waiver");
  await page.getByRole("button", { name: "Waive the step" }).click();
  await page.getByText("Ada Able needn’t do Code of conduct.").waitFor();
  await expect
    .poll(async () => (await scene.admin.get<{ status: string }>(`/api/agents/${ada.id}`)).status)
    .toBe("active");
});

test("the same is built by the keyboard alone", async () => {
  const scene = await newScene("Keys Only");
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/onboarding" });
  await page.getByText("No steps yet").waitFor();
  const tab = async (times = 1) => {
    for (let press = 0; press < times; press += 1) await page.keyboard.press("Tab");
  };
  // A new step begins in its title.
  const begun = async (title: string) => {
    await page.getByRole("heading", { name: title }).waitFor();
    await page.locator("input:focus").waitFor();
    expect(await page.getByLabel("Title", { exact: true }).evaluate((one) => one.matches(":focus"))).toBe(
      true,
    );
  };

  await choose(page, "Add a step", "Form");
  await begun("New step: form");
  await page.keyboard.type("Pay details");
  await choose(page, "Add a field", "Text");
  await page.keyboard.type("Bank");
  await choose(page, "Add a field", "Number");
  await page.keyboard.type("Account");
  const account = page.getByRole("button", { name: /^2 Account/ });
  await account.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByRole("button", { name: /^1 Account/ }).waitFor();
  await page.keyboard.press("Control+Enter");
  await onList(page, "Pay details");

  await choose(page, "Add a step", "Acknowledgement", "n");
  await begun("New step: acknowledgement");
  await page.keyboard.type("Conduct");
  await tab(2);
  await page.keyboard.type("I report what is unsafe.");
  await page.keyboard.press("Control+Enter");
  await onList(page, "Conduct");

  await choose(page, "Add a step", "Quiz", "n");
  await begun("New step: quiz");
  await page.keyboard.type("Safety");
  await choose(page, "Add a question", "With options");
  await page.keyboard.type("Where is the exit?");
  await tab();
  await page.keyboard.press("Space");
  await tab();
  await page.keyboard.type("Left");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Right");
  await page.keyboard.press("Control+Enter");
  await onList(page, "Safety");

  const stored = await stepsOf(scene);
  expect(stored.map(({ title }) => title)).toEqual(["Pay details", "Conduct", "Safety"]);
  expect(Object.keys((stored[0]?.schema?.properties as object | undefined) ?? {})).toEqual([
    "account",
    "bank",
  ]);
  await page.getByRole("button", { name: /^Move Safety/ }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => titles(scene)).toEqual(["Safety", "Pay details", "Conduct"]);
  expect(await shown(page)).toEqual(["Safety", "Pay details", "Conduct"]);
});

import type { Page } from "playwright-core";
import { test } from "vitest";
import { newPerson } from "./harness";
import { inspect } from "./harness/inspect";
import { newScene } from "./harness/scene";

const looksRight = async (page: Page, state: string) => {
  const wrong = await inspect(page, state);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
};

test("a scorecard is made, filled by a key a line, and its score shown as one goes", async () => {
  const scene = await newScene("Score Card");
  const ada = await scene.agent("Ada Able");
  const { page } = await newPerson({ email: scene.admin.email, path: "/settings/evaluations" });
  await page.getByRole("button", { name: "New type" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Trial day");
  await page.getByLabel("Scale from").fill("1");
  await page.getByLabel("to", { exact: true }).fill("5");
  await page.getByLabel("Passes from").fill("3.5");
  for (const [at, label, weight] of [
    [1, "Craft", "2"],
    [2, "Manner", "1"],
  ] as const) {
    await page.getByRole("button", { name: "Add a line" }).click();
    await page.getByLabel(`Line ${at}`, { exact: true }).fill(label);
    await page.getByLabel(`Weight of line ${at}`).fill(weight);
  }
  await looksRight(page, "a type of evaluation");
  await page.getByRole("button", { name: "Add the type" }).click();
  await page.getByText("Trial day was added.").waitFor();
  await looksRight(page, "types of evaluations");

  await page.goto(`/agents/${ada.id}`);
  await page.getByRole("button", { name: "Add evaluation" }).click();
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "Trial day" });
  await page.getByRole("radio", { name: "1" }).first().focus();
  await page.keyboard.press("5");
  await page.keyboard.press("2");
  const sum = page.getByRole("status", { name: "Score so far" });
  await sum.getByText("4", { exact: true }).waitFor();
  await sum.getByText("Passes").waitFor();
  await looksRight(page, "a scorecard");
  await page.keyboard.type("Knows the ropes.");
  await page.getByRole("button", { name: "Save the evaluation" }).click();
  await page.getByText("Ada Able got 4 in Trial day.").waitFor();
  await page.getByText("Knows the ropes.").waitFor();
  await looksRight(page, "an agent with an evaluation");
});

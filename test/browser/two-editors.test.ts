import { expect, test } from "vitest";
import { newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

test("when somebody else saved a profile first, nothing typed is lost and both sides are shown", async () => {
  const scene = await newScene("Two Pens");
  const agent = await scene.agent("Ada Able");
  const { page, expectError } = await newPerson({ email: agent.email });
  expectError(/status of 412/);
  await page.goto("/profile");
  await page.getByLabel("Headline").fill("Night owl");
  await page.getByLabel("City").fill("Leeds");
  await scene.admin.put(`/api/agents/${agent.id}`, { headline: "Early bird", country: "GB" });
  await page.getByRole("button", { name: "Save" }).click();

  await page.getByText("theirs is “Early bird”").waitFor();
  await shot(page, "profile-clash");
  expect(await page.getByLabel("Headline").inputValue()).toBe("Night owl");
  expect(await page.getByLabel("City").inputValue()).toBe("Leeds");
  expect(await page.getByLabel("Country").inputValue()).toBe("GB");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Your profile is saved.").waitFor();
  const saved = await agent.get<Record<string, unknown>>(`/api/agents/${agent.id}`);
  expect(saved).toMatchObject({ headline: "Night owl", city: "Leeds", country: "GB" });
});

test("of two recruiters who edit a person, the second is told what the first one wrote", async () => {
  const scene = await newScene("Two Desks");
  const agent = await scene.agent("Ada Able");
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of 412/);
  await page.goto(`/agents/${agent.id}`);
  await page.getByRole("button", { name: /^Edit the profile/ }).click();
  await page.getByLabel("Headline").fill("Night owl");
  await scene.admin.put(`/api/agents/${agent.id}`, { headline: "Early bird" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("headline: “Early bird”").waitFor();
  await page.getByRole("button", { name: "Save mine" }).click();
  await page.getByText("Night owl").waitFor();
});

import type { Page } from "playwright-core";
import { test } from "vitest";
import { newPerson } from "./harness";
import { newScene } from "./harness/scene";
import { broken, keys, lookAt, press } from "./harness/tour";
import { newWorld } from "./harness/world-scene";

/** Chooses from a menu. */
const choose =
  (menu: RegExp | string, name: RegExp | string, reach?: (page: Page) => Promise<unknown>) =>
  async (at: Page) => {
    await at.getByRole("button", { name: menu, exact: true }).last().click();
    await at.getByRole("menuitem", { name, exact: true }).click();
    await reach?.(at);
  };
const dialog = (name: RegExp | string) => async (at: Page) => {
  await press(name)(at);
  await at.locator("dialog:modal, :popover-open").first().waitFor();
};
const text = (words: string | RegExp) => (at: Page) => at.getByText(words).first().waitFor();
/** One after the other. */
const both =
  (...steps: ((page: Page) => Promise<unknown>)[]) =>
  async (at: Page) => {
    for (const step of steps) await step(at);
  };
const everybody = (at: Page) => at.getByLabel("Who is shown").selectOption("");

test("axe finds nothing on the team's campaigns", async () => {
  const scene = await newScene("Clear Campaigns");
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of (503|404|422|409)/);
  await lookAt([["/campaigns", "none yet", text("No campaigns yet")]], page);
  const { main, full, missing } = (await newWorld(scene)).campaigns;
  const here = `/campaigns/${main.id}`;
  const qualifies = `/campaigns/${missing.id}?tab=qualifies`;
  const preview = text(/of \d+ agents qualify today/);
  await lookAt(
    [
      ["/campaigns"],
      ["/campaigns?status=closed", "nothing fits", text("No campaign matches")],
      ["/campaigns", "broken", broken("**/api/campaigns?*")],
      ["/campaigns/new", "with errors", both(preview, press("Open the campaign"), text(/^Still needed/))],
      ["/campaigns/new", "with what can be asked", both(preview, press("Add"))],
      [
        "/campaigns/new",
        "with a row not finished",
        both(preview, choose("Add", "Skill"), press("Save as draft")),
      ],
      ["/campaigns/new", "its preview broken", broken("**/api/campaigns/preview")],
      [here, "", text("Bo Baker")],
      [here, "with the status", press(/^Status: Open/)],
      [here, "what somebody lacks", both(text("Bo Baker"), press(/^Lacks/))],
      [here, "assigned from a day", both(text("Ada Able"), press(/^Choose the day/))],
      [here, "with somebody's menu", press("Actions for Bo Baker")],
      [
        here,
        "unassigning without a reason",
        both(press("Unassign Bo Baker"), (at) =>
          at.getByRole("dialog").getByRole("button", { name: "Unassign" }).click(),
        ),
      ],
      [here, "rejecting", dialog("Reject Ada Able")],
      [here, "with its keys", both(text("Bo Baker"), keys("?"))],
      [`${here}?tab=brief`, "", text("Pay")],
      [`/campaigns/${full.id}`, "full", text("No seat is free")],
      [qualifies, "nobody", text("Nobody else qualifies")],
      [qualifies, "everybody", both(everybody, text("Bo Baker"))],
      [qualifies, "assigned all the same", both(everybody, text("Bo Baker"), dialog("Assign: Bo Baker"))],
      [`/campaigns/${missing.id}?tab=brief`, "", text("Brief")],
      [here, "broken", broken(`**/api/campaigns/${main.id}`)],
      [here, "its people broken", broken(`**/api/campaigns/${main.id}/agents?*`)],
      ["/campaigns/camp_nobody", "gone"],
      [`/campaigns/${missing.id}/edit`, "with rows and groups", preview],
      [`/campaigns/${missing.id}/edit`, "with a row's menu", both(preview, press("Actions for Document"))],
      [
        `${here}/edit`,
        "with whom it affects",
        both(
          preview,
          choose("Add", "Skill"),
          (at) => at.getByLabel("Skill", { exact: true }).fill("French"),
          dialog("Save"),
        ),
      ],
    ],
    page,
  );
});

test("axe finds nothing on the campaigns of a client, nor on those of an agent", async () => {
  const scene = await newScene("Clear Places");
  const { bo, clientUser, campaigns } = await newWorld(scene);
  const cy = await scene.agent("Cy Moss");
  const { page: client, expectError } = await newPerson({ email: clientUser });
  expectError(/status of (503|404)/);
  const at = (campaign: { id: string }) => `/campaigns/${campaign.id}`;
  await lookAt(
    [
      ["/campaigns"],
      ["/campaigns?status=draft", "nothing fits"],
      [at(campaigns.main), "", text("Bo Baker")],
      [at(campaigns.eligible), "with nobody", text("Nobody is assigned yet")],
      ["/campaigns/camp_nobody", "gone"],
    ],
    client,
  );
  const { page, expectError: expectToo } = await newPerson({ email: bo.email });
  expectToo(/status of (503|404|422)/);
  await lookAt(
    [
      ["/campaigns"],
      ["/campaigns", "terms not accepted", both(press(/^Apply/), text("Tick that you accept"))],
      ["/campaigns", "broken", broken("**/api/campaigns?*")],
      [at(campaigns.eligible)],
      [at(campaigns.missing), "with what is missing", text("One of these is enough:")],
      [at(campaigns.full), "waiting"],
      [at(campaigns.full), "withdrawing", dialog("Withdraw")],
      [at(campaigns.main), "assigned, with what is needed again", text("This is needed again:")],
      [at(campaigns.main), "broken", broken(`**/api/campaigns/${campaigns.main.id}`)],
      ["/campaigns/camp_nobody", "gone"],
      ["/home", "with onboarding and campaigns", text("All campaigns")],
    ],
    page,
  );
  await scene.admin.put(`/api/campaigns/${campaigns.main.id}`, { status: "closed" });
  for (const { id } of [campaigns.full, campaigns.eligible])
    await scene.admin.put(`/api/campaigns/${id}`, { access: "unlocked" });
  const { page: other } = await newPerson({ email: cy.email });
  await lookAt([["/campaigns", "none yet", text("No campaigns yet")]], other);
});

test("axe finds nothing on an agent's onboarding, evaluations and papers", async () => {
  const scene = await newScene("Clear Steps");
  const { bo, ada, steps } = await newWorld(scene);
  const { page, expectError } = await newPerson({ email: bo.email });
  expectError(/status of (503|404|422)/);
  const at = (step: keyof typeof steps) => `/onboarding/${steps[step]}`;
  await lookAt(
    [
      ["/onboarding"],
      ["/onboarding", "broken", broken("**/api/onboarding/steps*")],
      [at("form"), "with errors", both(press("Send"), text("Choose one."))],
      [at("document")],
      [at("acknowledgement"), "unsigned", press("Sign")],
      [at("video")],
      [at("quiz")],
      [at("quiz"), "a question", both(press("Begin"), text(/^Question 1/))],
      [at("external")],
      [at("locked"), "locked", text("This comes later")],
      ["/onboarding/step_nobody", "gone"],
      ["/evaluations", "", text("English, written")],
      ["/documents?type=w9"],
      ["/documents?type=nda"],
    ],
    page,
  );
  await bo.post(`/api/onboarding/${steps.acknowledgement}/complete`, {
    data: { signature: "Bo Baker" },
  });
  await lookAt([[at("acknowledgement"), "done", text("Download your signed copy")]], page);
  const { page: other } = await newPerson({ email: ada.email });
  await lookAt([["/evaluations", "none yet"], ["/onboarding", "nothing to do"], ["/documents"]], other);
});

test("axe finds nothing where the team sets up onboarding, evaluations and documents", async () => {
  const scene = await newScene("Clear Settings");
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of (503|404|422)/);
  await lookAt(
    [
      ["/settings/onboarding", "none yet"],
      ["/settings/evaluations", "none yet"],
      ["/onboarding", "nobody"],
      ["/documents/review?tab=expiring", "nothing"],
    ],
    page,
  );
  const { bo, steps } = await newWorld(scene);
  const step = (kind: keyof typeof steps) => `/settings/onboarding/${steps[kind]}`;
  await lookAt(
    [
      ["/settings/onboarding"],
      ["/settings/onboarding", "with the kinds", press("Add a step")],
      ["/settings/onboarding", "deleting", choose("Actions for Support basics", "Delete…")],
      ["/settings/onboarding", "broken", broken("**/api/onboarding/steps*")],
      ["/settings/onboarding/new/form", "with errors", press("Add the step")],
      ["/settings/onboarding/new/quiz", "with errors", press("Add the step")],
      [step("form")],
      [step("document")],
      [step("acknowledgement")],
      [step("video")],
      [step("quiz")],
      [step("external")],
      ["/settings/onboarding/step_nobody", "gone"],
      ["/onboarding", "", text("Bo Baker")],
      [
        "/onboarding",
        "with somebody's steps",
        both(
          text("Bo Baker"),
          (at) => at.getByRole("row", { name: /Bo Baker/ }).click(),
          text("How we work"),
        ),
      ],
      ["/settings/evaluations"],
      ["/settings/evaluations", "with a type", both(press(/^Trial call/), text("Scorecard"))],
      ["/settings/evaluations", "archiving", choose("Actions for Trial call", "Archive…")],
      [
        `/agents/${bo.id}`,
        "with a scorecard",
        both(press("Add evaluation"), (at) =>
          at.getByLabel("Type", { exact: true }).selectOption({ label: "Trial call" }),
        ),
      ],
      ["/documents/review", "good until", text("Good until")],
      ["/documents/review?tab=expiring", "", text("Ask again")],
      ["/settings/documents", "with a template", press("Edit W-9")],
    ],
    page,
  );
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import type { Campaign, CampaignAgent } from "../../worker/features/campaigns/schema";
import type { Client } from "../../worker/features/clients/schema";
import type { Document } from "../../worker/features/documents/schema";
import type { Page as ListPage } from "../../worker/http/shapes";
import { newPerson, shot } from "./harness";
import { newScene, type Scene, type SceneAgent, unique } from "./harness/scene";

const PASSWORD = "portico-demo-1";

/** An organization with a client and its person, an agent who is active with a W-9, and one who is neither. */
async function newCampaignScene(name: string) {
  const scene = await newScene(name);
  const client = await scene.admin.post<Client>("/api/clients", { companyName: "Harbor Bank" });
  const ada = await scene.agent("Ada Able");
  const bo = await scene.agent("Bo Baker");
  await ready(scene, ada);
  const clientUser = `${unique("dora")}@client.test`;
  await scene.admin.post(`/api/clients/${client.id}/users`, {
    email: clientUser,
    name: "Dora Client",
    password: PASSWORD,
    mustChangePassword: false,
  });
  return { ...scene, client, ada, bo, clientUser };
}

/** Brings an agent to where the campaigns of these tests want them. */
async function ready(scene: Scene, agent: SceneAgent): Promise<void> {
  const bytes = demoPdf("Form W-9", [agent.name]);
  const w9: Document = await agent.upload("w9", { name: "w9.pdf", type: "application/pdf", bytes });
  await scene.admin.put(`/api/documents/${w9.id}/status`, { status: "approved" });
  await scene.move(agent, "active");
}

const NEEDS = {
  all: [
    { kind: "stage", min: "active" },
    { kind: "document", type: "w9" },
  ],
};
function open(scene: Scene, clientId: string, more: object = {}): Promise<Campaign> {
  return scene.admin.post<Campaign>("/api/campaigns", {
    name: "Evening support",
    clientId,
    status: "open",
    seats: 1,
    startDate: new Date().toISOString().slice(0, 10),
    requirements: NEEDS,
    ...more,
  });
}

const add = async (page: Page, what: string) => {
  await page.getByRole("button", { name: "Add", exact: true }).last().click();
  await page.getByRole("menuitem", { name: what, exact: true }).click();
};
const people = (scene: Scene, id: string) =>
  scene.admin.get<ListPage<CampaignAgent>>(`/api/campaigns/${id}/agents`);

test("a recruiter builds a campaign, sees who qualifies, opens it and fills it; its client sees the fill", async () => {
  const scene = await newCampaignScene("Built Here");
  const recruiter = await scene.recruiter("Chris Doyle");
  const { page } = await newPerson({ email: recruiter.email, path: "/campaigns" });
  await page.getByText("No campaigns yet").waitFor();
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByLabel("Name").fill("Evening support");
  await page.getByLabel("Client").selectOption({ label: "Harbor Bank" });
  await page.getByLabel("Seats").fill("1");
  await page.getByLabel("Amount").fill("18.50");
  const preview = page.getByRole("region", { name: "Who qualifies today" });
  await preview.getByText("of 2 agents qualify today").waitFor();
  await expect.poll(() => preview.locator("strong").textContent()).toBe("2");
  await add(page, "Stage of the pool");
  await page.getByLabel("Stage", { exact: true }).selectOption({ label: "Active" });
  await expect.poll(() => preview.locator("strong").textContent()).toBe("1");
  await add(page, "Document");
  await page.getByLabel("Type of document").selectOption({ label: "W-9" });
  await preview.getByRole("link", { name: "Ada Able" }).waitFor();
  await shot(page, "campaign-new", { full: true });
  await page.getByRole("button", { name: "Open the campaign" }).click();
  await page.getByRole("heading", { level: 1, name: "Evening support" }).waitFor();

  await page.getByRole("tab", { name: "Who qualifies" }).click();
  await page.getByRole("button", { name: "Assign: Ada Able" }).click();
  await page.getByText(/^Ada Able is assigned from/).waitFor();
  await page.getByText("1 of 1", { exact: true }).waitFor();
  await page.getByRole("tab", { name: "People" }).click();
  await page.getByRole("link", { name: "Ada Able" }).waitFor();
  await shot(page, "campaign-people");

  const { data } = await scene.admin.get<ListPage<Campaign>>("/api/campaigns");
  expect(data[0]).toMatchObject({
    filled: 1,
    seats: 1,
    pay: { amount: 1850, currency: "USD" },
    requirements: NEEDS,
  });

  const client = await newPerson({ email: scene.clientUser, path: "/campaigns", phone: true });
  await client.page.getByText("1 of 1").waitFor();
  await client.page.getByRole("link", { name: "Evening support" }).click();
  await client.page.getByText("of 1 seat filled").waitFor();
  await client.page.getByText("Ada Able").waitFor();
  expect(await client.page.getByText(/Qualif|Bo Baker|Edit/).count()).toBe(0);
  await shot(client.page, "campaign-client");
});

test("a full campaign puts people on its waiting list; whoever lacks something is assigned after a question", async () => {
  const scene = await newCampaignScene("Full House");
  const cy = await scene.agent("Cy Moss");
  await ready(scene, cy);
  const campaign = await open(scene, scene.client.id);
  const startDate = campaign.startDate;
  await cy.post(`/api/campaigns/${campaign.id}/apply`, {});
  const { page, expectError } = await newPerson({
    email: scene.admin.email,
    path: `/campaigns/${campaign.id}`,
  });
  expectError(/status of (422|412|409)/);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Cy Moss" }).waitFor();
  await scene.admin.post(`/api/campaigns/${campaign.id}/assign`, { agentId: scene.ada.id, startDate });
  await page.getByRole("link", { name: "Ada Able" }).waitFor();
  await page.getByRole("button", { name: "To the waiting list: Cy Moss" }).click();
  await page.getByText("All seats are taken: Cy Moss is on the waiting list.").waitFor();
  await page.getByText("No seat is free").waitFor();

  await page.getByRole("button", { name: "Unassign Ada Able" }).click();
  const asked = page.getByRole("dialog", { name: "Take Ada Able off?" });
  await asked.getByRole("button", { name: "Unassign" }).click();
  await asked.getByText("Say why.").waitFor();
  await asked.getByLabel("Reason").fill("Moves to another campaign.");
  await asked.getByRole("button", { name: "Unassign" }).click();
  await page.getByRole("button", { name: "Assign: Cy Moss" }).waitFor();
  expect((await people(scene, campaign.id)).data.map(({ status }) => status).sort()).toEqual([
    "waitlisted",
    "withdrawn",
  ]);

  await page.getByRole("tab", { name: "Who qualifies" }).click();
  await page.getByLabel("Who is shown").selectOption("");
  await page.getByRole("button", { name: "Assign: Bo Baker" }).click();
  const lacks = page.getByRole("dialog", { name: "Bo Baker doesn’t meet what is asked" });
  await lacks.getByText(/W-9/).waitFor();
  await lacks.getByRole("button", { name: "Assign all the same" }).click();
  await page.getByText(/^Bo Baker is assigned from/).waitFor();

  // Now something is asked that the one who sits there lacks.
  await page.getByRole("link", { name: "Edit" }).click();
  await add(page, "Skill");
  await page.getByLabel("Skill", { exact: true }).fill("French");
  await page.getByRole("button", { name: "Save" }).click();
  const affected = page.getByRole("dialog", { name: "One assigned person would no longer qualify" });
  await affected.getByRole("link", { name: "Bo Baker" }).waitFor();
  await affected.getByText(/French/).waitFor();
  await affected.getByRole("button", { name: "Save, they stay assigned" }).click();
  await page.getByRole("tab", { name: "People" }).waitFor();
  await page
    .getByRole("button", { name: /^Lacks \d/ })
    .first()
    .waitFor();
});

test("rows are moved by keys, put into groups and mended before they are saved", async () => {
  const scene = await newCampaignScene("By Keys");
  const campaign = await open(scene, scene.client.id, { status: "draft" });
  const { page } = await newPerson({ email: scene.admin.email, path: `/campaigns/${campaign.id}/edit` });
  await page.getByLabel("Stage", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Actions for Document" }).press("Alt+ArrowUp");
  await page.getByRole("button", { name: "Actions for Document" }).click();
  await page.getByRole("menuitem", { name: "Put into a group with others" }).click();
  await page.getByRole("button", { name: "Add", exact: true }).first().click();
  await page.getByRole("menuitem", { name: "Skill", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Write the skill.").waitFor();
  await page.getByLabel("Skill", { exact: true }).fill("Chat");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Evening support is saved.").waitFor();
  const saved = await scene.admin.get<Campaign>(`/api/campaigns/${campaign.id}`);
  expect(saved.requirements).toEqual({
    all: [
      {
        any: [
          { kind: "document", type: "w9" },
          { kind: "skill", name: "Chat" },
        ],
      },
      { kind: "stage", min: "active" },
    ],
  });
});

import { expect, it } from "vitest";
import type { CampaignPlace } from "../../worker/features/campaigns/schema";
import { assign, get, newCampaign, newDesk, post, put } from "./campaigns";
import { rows } from "./facts";
import { call, follow, json, newOrg } from "./org";
import { pdfForm } from "./world";

it("fifty at once for the last seat seats one, the others wait", async () => {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  const campaign = await newCampaign(recruiter, { seats: 1 });
  const people = await Promise.all(Array.from({ length: 50 }, (_, i) => org.agent(`Racer${i} Lund`)));
  const answers = await Promise.all(people.map(({ agent }) => assign(recruiter, campaign, agent.id)));
  const places = await Promise.all(answers.map((answer) => json<CampaignPlace>(answer, 201)));
  expect(places.filter(({ status }) => status === "assigned")).toHaveLength(1);
  expect(places.filter(({ status }) => status === "waitlisted")).toHaveLength(49);
  const shown = await get(recruiter, `/api/campaigns/${campaign.id}`);
  expect(shown as object).toMatchObject({ filled: 1, waitlisted: 49, full: true });
}, 60_000);

it("an approval that races a rejection and an application leaves one truth", async () => {
  const { recruiter, admin, agent } = await newDesk();
  const campaign = await newCampaign(recruiter, { requirements: { kind: "document", type: "w9" } });
  for (let round = 0; round < 4; round++) {
    const { id } = await json<{ id: string }>(
      await call("POST", "/api/documents/upload", { token: agent.token, body: pdfForm() }),
      201,
    );
    const [, , applied] = await Promise.all([
      put(recruiter, `/api/documents/${id}/status`, { status: "approved" }),
      put(admin, `/api/documents/${id}/status`, { status: "rejected", reason: "Blurred" }),
      post(agent, `/api/campaigns/${campaign.id}/apply`),
    ]);
    expect([201, 409, 422]).toContain(applied?.status);
    await follow();
    const [kept] = await rows<{ held: number; counted: number }>(
      `select (select count(*) from campaign_eligible where campaign_id = ?1) as held, eligible_count as counted
       from campaigns where id = ?1`,
      campaign.id,
    );
    const approved = await rows(
      "select id from documents where owner_id = ? and status = 'approved'",
      agent.agent.id,
    );
    expect(kept).toEqual({ held: Math.min(1, approved.length), counted: Math.min(1, approved.length) });
  }
}, 60_000);

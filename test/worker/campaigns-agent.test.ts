import { beforeAll, expect, it } from "vitest";
import type { Campaign } from "../../worker/features/campaigns/schema";
import { type Agent, assigned, get, newCampaign, newDesk, post } from "./campaigns";
import { calm, moved, noticesOf, rows } from "./facts";
import { call, json } from "./org";

type Desk = Awaited<ReturnType<typeof newDesk>>;
let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
});

const listOf = async (agent: Agent, view: string) =>
  (await get<{ data: Campaign[] }>(desk.recruiter, `/api/campaigns?agentId=${agent.agent.id}&view=${view}`))
    .data;

it("the team sees an agent's campaigns as that agent's own list has them, and nobody else may ask", async () => {
  const { org, recruiter, client, agent } = desk;
  const other = await org.agent("Bo Baker");
  const mine = await newCampaign(recruiter, { name: "Mine" });
  await newCampaign(recruiter, { name: "Open" });
  await newCampaign(recruiter, { name: "More", requirements: { kind: "tag", name: "trusted" } });
  const place = await assigned(recruiter, mine, agent.agent.id);
  await calm(org);
  const names = async (view: string) => (await listOf(agent, view)).map(({ name }) => name);
  expect([await names("mine"), await names("eligible"), await names("missing")]).toEqual([
    ["Mine"],
    ["Open"],
    ["More"],
  ]);
  const [shown] = await listOf(agent, "mine");
  expect(shown).toMatchObject({
    filled: 1,
    eligibility: { eligible: true },
    place: { applicationId: place.applicationId, status: "assigned", startDate: mine.startDate },
  });
  expect((await listOf(agent, "missing"))[0]?.eligibility?.missing).toMatchObject([{ kind: "tag" }]);
  expect((await listOf(other, "mine")).length).toBe(0);

  const asked = (by: { token: string }, query: string) =>
    call("GET", `/api/campaigns?${query}`, { token: by.token });
  for (const by of [other, client]) {
    const refused = await json(await asked(by, `agentId=${agent.agent.id}`), 422);
    expect(refused).toMatchObject({ errors: [{ path: "agentId" }] });
  }
  await json(await asked(recruiter, "view=mine"), 422);
  await json(await asked(recruiter, "agentId=agt_nobody"), 404);
  await json(await asked(agent, `agentId=${agent.agent.id}&view=mine`), 200);
});

it("a stage unlocks a campaign for whoever enters it, and an undo locks it again and takes the word back", async () => {
  const { org, admin, recruiter } = desk;
  const locked = await newCampaign(recruiter, { name: "By invitation", access: "unlocked" });
  const [stage] = await rows<{ id: string }>(
    "select id from stages where org_id = ? and key = 'screening'",
    org.ctx.orgId,
  );
  const action = { stepId: stage?.id, type: "campaign_access", campaignId: locked.id };
  await json(await post(admin, "/api/workflow-actions", action), 201);
  const agent = await org.agent("Cy Moss");
  await calm(org);
  const seen = () => call("GET", `/api/campaigns/${locked.id}`, { token: agent.token });
  const told = async () => (await noticesOf(agent.user.id)).filter((title) => title.includes(locked.name));
  await json(await seen(), 404);

  const { batchId } = await moved(recruiter, agent.agent.id, "screening");
  await calm(org);
  await json(await seen(), 200);
  expect(await told()).toEqual(["By invitation is open to you now"]);

  await json(await post(recruiter, `/api/bulk/${batchId}/undo`), 200);
  await calm(org);
  await json(await seen(), 404);
  expect(await told()).toEqual([]);

  await moved(recruiter, agent.agent.id, "screening");
  await calm(org);
  await json(await seen(), 200);
  expect(await told()).toEqual(["By invitation is open to you now"]);
});

import { beforeAll, describe, expect, it } from "vitest";
import type { Campaign, CampaignPlace } from "../../worker/features/campaigns/schema";
import { type Agent, assign, assigned, get, newCampaign, newDesk, post, put } from "./campaigns";
import { rows } from "./facts";
import { call, follow, json } from "./org";

type Desk = Awaited<ReturnType<typeof newDesk>>;
type Problem = Record<string, unknown> & {
  detail: string;
  errors: { path: string }[];
  missing: { kind: string; resolve: string | null }[];
};

let desk: Desk;
let agents: Agent[];
let next = 0;
/** An agent whom no other test knows. */
const someone = () => agents[next++] as Agent;
beforeAll(async () => {
  desk = await newDesk();
  agents = await Promise.all(Array.from({ length: 20 }, (_, i) => desk.org.agent(`Agent${i} Lund`)));
  await follow();
});

const eventsOf = (campaignId: string) =>
  rows<{ type: string; data: string }>(
    "select type, data from events where data ->> 'campaignId' = ? and type in ('campaign.applied', 'campaign.assigned', 'application.status_changed') order by seq",
    campaignId,
  );

describe("a campaign", () => {
  it("is made with a pipeline of its own, and changed by whoever saw its newest version", async () => {
    const { recruiter, clientId } = desk;
    const made = await newCampaign(recruiter, {
      clientId,
      pay: { amount: 1500, currency: "usd", per: "hour" },
    });
    expect(made).toMatchObject({ clientId, seats: 2, filled: 0, full: false, version: 1, eligibility: null });
    expect(made.pay).toMatchObject({ amount: 1500, currency: "USD", terms: null });
    const board = await get<{ stages: { key: string }[] }>(
      recruiter,
      `/api/pipelines/${made.pipelineId}/board`,
    );
    expect(board.stages.map(({ key }) => key)).toEqual([
      "applied",
      "waitlisted",
      "assigned",
      "completed",
      "rejected",
      "withdrawn",
    ]);
    const path = `/api/campaigns/${made.id}`;
    expect(
      await json(await put(recruiter, path, { name: "Day desk" }, { "if-match": '"1"' }), 200),
    ).toMatchObject({
      name: "Day desk",
      version: 2,
    });
    await json(await put(recruiter, path, { seats: 3 }, { "if-match": '"1"' }), 412);
    expect((await json(await put(recruiter, path, { name: "Day desk" }), 200)).version).toBe(2);
  });

  it("asks for nothing that isn't there, and says where", async () => {
    const { recruiter } = desk;
    const requirements = {
      all: [
        { kind: "stage", min: "nowhere" },
        {
          any: [
            { kind: "document", type: "w9" },
            { kind: "document", type: "licence" },
          ],
        },
        { kind: "evaluation", type: "chess", minScore: 3 },
        { kind: "onboarding", step: "dance" },
      ],
    };
    const body = { name: "Odd", seats: 1, startDate: "2026-12-01", requirements };
    const problem = await json<Problem>(await post(recruiter, "/api/campaigns", body), 422);
    expect(problem.errors.map(({ path }) => path)).toEqual([
      "requirements.all.0.min",
      "requirements.all.1.any.1.type",
      "requirements.all.2.type",
      "requirements.all.3.step",
    ]);
    await json(await post(recruiter, "/api/campaigns/preview", { requirements }), 422);
  });

  it("keeps its stages", async () => {
    const { recruiter } = desk;
    const { pipelineId } = await newCampaign(recruiter);
    const steps = await get(recruiter, `/api/workflow-steps?pipelineId=${pipelineId}`);
    await json(await post(recruiter, "/api/workflow-steps", { pipelineId, name: "More" }), 409);
    const first = steps.data[0]?.id;
    await json(await call("DELETE", `/api/workflow-steps/${first}`, { token: recruiter.token }), 409);
  });
});

describe("applying", () => {
  it("is answered with what is missing, then works once", async () => {
    const { recruiter } = desk;
    const requirements = {
      all: [
        { kind: "stage", min: "screening" },
        { kind: "document", type: "w9" },
      ],
    };
    const campaign = await newCampaign(recruiter, { requirements });
    const agent = someone();
    const path = `/api/campaigns/${campaign.id}/apply`;
    const refused = await json<Problem>(await post(agent, path), 422);
    expect(refused.missing).toMatchObject([
      { kind: "stage", resolve: "/home" },
      { kind: "document", resolve: "/documents?type=w9" },
    ]);
    await json(await put(recruiter, `/api/campaigns/${campaign.id}`, { requirements: { all: [] } }), 200);
    expect(await json(await post(agent, path), 201)).toMatchObject({
      status: "applied",
      agentId: agent.agent.id,
    });
    expect(await json<Problem>(await post(agent, path), 409)).toMatchObject({
      current: { status: "applied" },
    });
    await follow();
    expect((await eventsOf(campaign.id)).map(({ type }) => type)).toEqual(["campaign.applied"]);
    const notices = await get(recruiter, "/api/notifications");
    expect(notices.data[0]).toMatchObject({ type: "campaign_applied" });
  });

  it("is taken back by the agent, who may apply again, and not once there is a seat", async () => {
    const { recruiter } = desk;
    const campaign = await newCampaign(recruiter);
    const agent = someone();
    const [path, back] = ["apply", "withdraw"].map((verb) => `/api/campaigns/${campaign.id}/${verb}`);
    await json(await post(agent, back ?? ""), 404);
    await json(await post(agent, path ?? ""), 201);
    const left = await json(await post(agent, back ?? "", { reason: "Ill" }), 200);
    expect(left).toMatchObject({ status: "withdrawn", campaignId: campaign.id });
    await json(await post(someone(), back ?? ""), 404);
    await json(await post(agent, path ?? ""), 201);
    await json(await assign(recruiter, campaign, agent.agent.id), 201);
    const refused = await json<Problem>(await post(agent, back ?? ""), 409);
    expect(refused.detail).toContain("Write to the team");
  });

  it("by one agent at the same moment makes one place", async () => {
    const campaign = await newCampaign(desk.recruiter);
    const agent = someone();
    const path = `/api/campaigns/${campaign.id}/apply`;
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(agent, path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect((await get(desk.recruiter, `/api/campaigns/${campaign.id}`)) as object).toMatchObject({
      applied: 1,
    });
  });

  it("asks for the terms, goes onto the waiting list of a full one, and again after leaving", async () => {
    const { recruiter } = desk;
    const pay = { amount: 900, currency: "EUR", per: "hour", terms: "Paid each month." };
    const campaign = await newCampaign(recruiter, { seats: 1, pay });
    const [one, two] = [someone(), someone()];
    await assigned(recruiter, campaign, one.agent.id);
    const path = `/api/campaigns/${campaign.id}/apply`;
    expect((await json<Problem>(await post(two, path), 422)).errors[0]?.path).toBe("acceptTerms");
    const place = await json<CampaignPlace>(await post(two, path, { acceptTerms: true }), 201);
    expect(place.status).toBe("waitlisted");
    // What was accepted stands, whatever the campaign says later; whoever was put in accepted nothing.
    await json(
      await put(recruiter, `/api/campaigns/${campaign.id}`, { pay: { ...pay, terms: "Paid each year." } }),
      200,
    );
    const seen = await get<Campaign>(two, `/api/campaigns/${campaign.id}`);
    expect(seen.accepted?.pay).toMatchObject({ amount: 900, terms: "Paid each month." });
    expect(seen.pay?.terms).toBe("Paid each year.");
    expect((await get<Campaign>(one, `/api/campaigns/${campaign.id}`)).accepted).toBeNull();
    const move = (stage: string) =>
      post(recruiter, `/api/applications/${place.applicationId}/move-stage`, { stage });
    expect((await json<Problem>(await move("assigned"), 409)).detail).toContain("is full");
    await json(await move("withdrawn"), 200);
    expect((await json<CampaignPlace>(await post(two, path, { acceptTerms: true }), 201)).status).toBe(
      "waitlisted",
    );
    await json(await move("rejected"), 200);
    await json(await post(two, path, { acceptTerms: true }), 409);
  });

  it("finds no draft and none that is locked, and none takes people that closed or ended", async () => {
    const { recruiter } = desk;
    const agent = someone();
    const tried = async (fields: object, status: number) => {
      const campaign = await newCampaign(recruiter, fields);
      await json(await post(agent, `/api/campaigns/${campaign.id}/apply`), status);
      return campaign;
    };
    await tried({ status: "draft" }, 404);
    await tried({ status: "closed" }, 409);
    await tried({ startDate: "2020-01-01", endDate: "2020-02-01" }, 409);
    const locked = await tried({ access: "unlocked" }, 404);
    const access = (unlocked: boolean) =>
      post(recruiter, `/api/campaigns/${locked.id}/access`, { agentId: agent.agent.id, unlocked });
    expect((await access(true)).status).toBe(204);
    await json(await post(agent, `/api/campaigns/${locked.id}/apply`), 201);
  });
});

describe("assigning", () => {
  it("needs what is asked for unless it is overridden, and a day of the campaign", async () => {
    const { recruiter } = desk;
    const campaign = await newCampaign(recruiter, { requirements: { kind: "tag", name: "trusted" } });
    const { id } = someone().agent;
    expect((await json<Problem>(await assign(recruiter, campaign, id), 422)).missing).toMatchObject([
      { kind: "tag" },
    ]);
    await json(await assign(recruiter, campaign, id, { startDate: "2020-01-01", override: true }), 422);
    const place = await json(await assign(recruiter, campaign, id, { override: true }), 201);
    expect(place).toMatchObject({
      agentId: id,
      campaignId: campaign.id,
      status: "assigned",
      startDate: "2026-12-01",
    });
    await json(await assign(recruiter, campaign, id, { override: true }), 409);
    await follow();
    expect((await eventsOf(campaign.id)).map(({ type }) => type)).toEqual([
      "application.status_changed",
      "campaign.assigned",
    ]);
    const list = await get(recruiter, `/api/campaigns/${campaign.id}/agents`);
    expect(list.data).toMatchObject([{ agentId: id, eligibility: { eligible: false } }]);
    expect((await get(recruiter, `/api/agents?campaign=${campaign.id}`)).data).toMatchObject([{ id }]);
  });

  it("no route seats one too many: bulk, undo and a plain move", async () => {
    const { recruiter } = desk;
    const campaign = await newCampaign(recruiter, { seats: 1 });
    const [one, two] = [someone(), someone()];
    const ids: string[] = [];
    for (const agent of [one, two]) {
      const place = await json<CampaignPlace>(await post(agent, `/api/campaigns/${campaign.id}/apply`), 201);
      ids.push(place.applicationId);
    }
    const body = { action: "move", ids, stage: "assigned" };
    const { results } = await json<{ results: { ok: boolean; error?: string }[] }>(
      await post(recruiter, "/api/applications/bulk", body),
      200,
    );
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    expect(results[1]?.error).toContain("is full");
    const left = await json<{ batchId: string }>(
      await post(recruiter, `/api/campaigns/${campaign.id}/unassign`, {
        agentId: one.agent.id,
        reason: "Ill",
      }),
      200,
    );
    await json(await assign(recruiter, campaign, two.agent.id), 201);
    const undone = await json<{ results: object[] }>(
      await post(recruiter, `/api/bulk/${left.batchId}/undo`),
      200,
    );
    expect(undone.results).toMatchObject([{ ok: false }]);
    await json(await put(recruiter, `/api/campaigns/${campaign.id}`, { seats: 2 }), 200);
    expect((await get(recruiter, `/api/campaigns/${campaign.id}`)) as object).toMatchObject({
      filled: 1,
      seats: 2,
    });
  });

  it("tells the team of a free seat while somebody waits, and the agent by mail", async () => {
    const { recruiter, admin } = desk;
    const campaign = await newCampaign(recruiter, { seats: 1, name: "Fall desk" });
    const [one, two] = [someone(), someone()];
    await assigned(recruiter, campaign, one.agent.id);
    await assigned(recruiter, campaign, two.agent.id);
    await json(
      await post(recruiter, `/api/campaigns/${campaign.id}/unassign`, {
        agentId: one.agent.id,
        reason: "Ill",
      }),
      200,
    );
    await follow();
    const told = await rows<{ title: string }>(
      "select title from notifications where user_id = ? and type = 'campaign_seat_free'",
      admin.user.id,
    );
    expect(told).toEqual([{ title: "A seat of Fall desk is free" }]);
    const mails = await rows<{ template: string }>(
      "select template from emails where user_id = ? and template like 'campaign%' order by id",
      one.user.id,
    );
    expect(mails.map(({ template }) => template)).toEqual(["campaign_assigned", "campaign_unassigned"]);
    await json(
      await post(recruiter, `/api/campaigns/${campaign.id}/unassign`, { agentId: one.agent.id, reason: "x" }),
      409,
    );
  });
});

describe("a change", () => {
  it("of requirements names whom it affects, asks, and takes nobody's seat", async () => {
    const { recruiter } = desk;
    const campaign = await newCampaign(recruiter);
    const { agent } = someone();
    await assigned(recruiter, campaign, agent.id);
    const path = `/api/campaigns/${campaign.id}`;
    const requirements = { all: [{ kind: "skill", name: "welding" }] };
    const asked = await json(await put(recruiter, path, { requirements }), 409);
    expect(asked).toMatchObject({ affected: [{ agentId: agent.id, missing: [{ kind: "skill" }] }] });
    await json(await put(recruiter, path, { requirements, confirmAffected: true }), 200);
    expect((await get(recruiter, path)) as object).toMatchObject({ filled: 1 });
    await json(await put(recruiter, path, { seats: 1 }), 200);
    await json(await put(recruiter, path, { clientId: desk.clientId }), 409);
  });
});

describe("who sees what", () => {
  it("a client user the own client's campaigns and whoever works for them, without pay", async () => {
    const { recruiter, client, clientId } = desk;
    const pay = { amount: 1500, currency: "USD", per: "hour" };
    const campaign = await newCampaign(recruiter, { clientId, pay, name: "Theirs" });
    const other = await newCampaign(recruiter, { name: "Not theirs" });
    const [one, two] = [someone(), someone()];
    await assigned(recruiter, campaign, one.agent.id);
    await json(await post(two, `/api/campaigns/${campaign.id}/apply`), 201);
    const list = await get(client, "/api/campaigns");
    expect(list.data.map(({ name }) => name)).not.toContain("Not theirs");
    const shown = await get(client, `/api/campaigns/${campaign.id}`);
    expect(shown as object).toMatchObject({
      filled: 1,
      applied: null,
      waitlisted: null,
      pay: null,
      eligibleCount: null,
    });
    const people = await get(client, `/api/campaigns/${campaign.id}/agents`);
    expect(people.data).toMatchObject([{ agentId: one.agent.id, agentStatus: null, eligibility: null }]);
    await get(client, `/api/pipelines/${campaign.pipelineId}/board`);
    await json(await call("GET", `/api/campaigns/${other.id}`, { token: client.token }), 404);
    await json(await call("GET", `/api/campaigns/${other.id}/agents`, { token: client.token }), 404);
    const candidate = await desk.org.person("candidate");
    expect((await get(candidate, "/api/campaigns")).data).toEqual([]);
  });
});

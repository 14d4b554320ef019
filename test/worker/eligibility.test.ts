import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gathering } from "../../worker/features/eligibility/facts";
import { judge } from "../../worker/features/eligibility/judge";
import type { Requirement } from "../../worker/features/eligibility/schema";
import { sweepEligibility } from "../../worker/features/eligibility/sweep";
import { clock } from "../../worker/lib/clock";
import { get, newCampaign, newDesk, post, put } from "./campaigns";
import { rows } from "./facts";
import { call, follow, json, settled, worker } from "./org";
import { pdfForm } from "./world";

type Desk = Awaited<ReturnType<typeof newDesk>>;
const held = async (agentId: string) =>
  (
    await rows<{ id: string }>(
      "select campaign_id as id from campaign_eligible where agent_id = ? order by 1",
      agentId,
    )
  ).map(({ id }) => id);
const opened = (userId: string) =>
  rows<{ title: string; message: string }>(
    "select title, message from notifications where user_id = ? and type = 'campaign_open' order by created_at",
    userId,
  );
const upload = async ({ agent }: Desk, type = "w9") =>
  (
    await json<{ id: string }>(
      await call("POST", "/api/documents/upload", { token: agent.token, body: pdfForm({ type }) }),
      201,
    )
  ).id;

describe("what is kept of an agent", () => {
  it("follows an approval: campaigns open up live, in one notice, and close again", async () => {
    const desk = await newDesk();
    const { recruiter, agent } = desk;
    const requirements = { all: [{ kind: "document", type: "w9" }] };
    const some = [
      await newCampaign(recruiter, { name: "First", requirements }),
      await newCampaign(recruiter, { name: "Second", requirements }),
      await newCampaign(recruiter, { name: "Locked", requirements, access: "unlocked" }),
    ];
    await newCampaign(recruiter, { name: "Never", requirements: { kind: "skill", name: "welding" } });
    await follow();
    expect(await held(agent.agent.id)).toEqual([]);
    const id = await upload(desk);
    await json(await put(recruiter, `/api/documents/${id}/status`, { status: "approved" }), 200);
    await follow();
    expect(await held(agent.agent.id)).toEqual(some.map((one) => one.id).sort());
    expect(await opened(agent.user.id)).toEqual([
      { title: "2 campaigns are open to you now", message: expect.stringContaining("Second") },
    ]);
    const names = async (view: string) =>
      (await get(agent, `/api/campaigns?view=${view}`)).data.map(({ name }) => name).sort();
    expect(await names("eligible")).toEqual(["First", "Second"]);
    expect(await names("missing")).toEqual(["Never"]);
    await json(await post(agent, `/api/campaigns/${some[0]?.id}/apply`), 201);
    expect([await names("mine"), await names("eligible")]).toEqual([["First"], ["Second"]]);
    expect((await get(recruiter, `/api/campaigns/${some[0]?.id}`)) as object).toMatchObject({
      eligibleCount: 1,
    });
    const pool = await get(recruiter, `/api/campaigns/${some[2]?.id}/pool?eligible=true`);
    expect(pool.data).toMatchObject([
      { agentId: agent.agent.id, unlocked: false, eligibility: { eligible: true } },
    ]);

    await json(
      await put(recruiter, `/api/documents/${id}/status`, { status: "rejected", reason: "Blurred" }),
      200,
    );
    await follow();
    expect(await held(agent.agent.id)).toEqual([]);
    const told = await rows<{ eligible: number }>(
      "select data ->> 'eligible' as eligible from events where type = 'campaign.eligibility_changed' and user_id = ?",
      agent.user.id,
    );
    expect(told.map(({ eligible }) => eligible)).toEqual([1, 1, 1, 0, 0, 0]);
    expect((await get(recruiter, `/api/campaigns/${some[0]?.id}/agents`)).data).toMatchObject([
      { eligibility: { eligible: false, missing: [{ kind: "document", state: "rejected" }] } },
    ]);
  }, 60_000);

  it("ends by itself when a document does, noted by the sweep once", async () => {
    const desk = await newDesk();
    const { recruiter, agent } = desk;
    const campaign = await newCampaign(recruiter, {
      requirements: { kind: "document", type: "w9", maxAgeDays: 2 },
    });
    const id = await upload(desk);
    await json(await put(recruiter, `/api/documents/${id}/status`, { status: "approved" }), 200);
    await follow();
    expect(await held(agent.agent.id)).toEqual([campaign.id]);
    clock.advance(3 * 24 * 60 * 60 * 1000);
    try {
      const after = (work: Promise<unknown>) => void work;
      await sweepEligibility(worker, after);
      await settled();
      expect(await held(agent.agent.id)).toEqual([]);
      const told = () =>
        rows(
          "select seq from events where type = 'campaign.eligibility_changed' and user_id = ?",
          agent.user.id,
        );
      expect(await told()).toHaveLength(2);
      await sweepEligibility(worker, after);
      expect(await told()).toHaveLength(2);
    } finally {
      clock.advance(-3 * 24 * 60 * 60 * 1000);
    }
  }, 60_000);

  it("is judged anew for all when a campaign opens, changes or closes", async () => {
    const { recruiter, agent } = await newDesk();
    const campaign = await newCampaign(recruiter, { status: "draft" });
    const path = `/api/campaigns/${campaign.id}`;
    await follow();
    expect(await held(agent.agent.id)).toEqual([]);
    await json(await put(recruiter, path, { status: "open" }), 200);
    await follow();
    expect(await held(agent.agent.id)).toEqual([campaign.id]);
    expect(await opened(agent.user.id)).toHaveLength(1);
    await json(await put(recruiter, path, { requirements: { kind: "skill", name: "Sales" } }), 200);
    await follow();
    expect(await held(agent.agent.id)).toEqual([]);
    await json(await put(agent, `/api/agents/${agent.agent.id}`, { skills: ["sales"] }), 200);
    await follow();
    expect((await get(recruiter, path)) as object).toMatchObject({ eligibleCount: 1 });
    await json(await put(recruiter, path, { status: "closed" }), 200);
    await follow();
    expect(await held(agent.agent.id)).toEqual([]);
    expect((await get(recruiter, path)) as object).toMatchObject({ eligibleCount: 0 });
  }, 60_000);
});

const REQUIREMENTS: Requirement[] = [
  { kind: "document", type: "w9" },
  {
    all: [
      { kind: "stage", min: "screening" },
      {
        any: [
          { kind: "document", type: "w9" },
          { kind: "skill", name: "a" },
        ],
      },
    ],
  },
  { none: [{ kind: "tag", name: "blocked" }] },
];

it("is the same kept step by step and worked out at once, in any order of what happens", async () => {
  const step = fc.constantFrom("upload", "approve", "reject", "move", "skill", "block", "free", "follow");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const desk = await newDesk();
      const { recruiter, agent, org } = desk;
      for (const requirements of REQUIREMENTS) await newCampaign(recruiter, { requirements });
      const path = `/api/agents/${agent.agent.id}`;
      let document = "";
      const STAGES = ["screening", "rejected", "active", "applied"];
      for (const [i, what] of steps.entries()) {
        if (what === "upload") document = await upload(desk);
        else if (what === "follow") await follow();
        else if (what === "approve" || what === "reject") {
          if (!document) continue;
          const review =
            what === "approve" ? { status: "approved" } : { status: "rejected", reason: "Blurred" };
          await json(await put(recruiter, `/api/documents/${document}/status`, review), 200);
        } else if (what === "move")
          await json(await put(recruiter, `${path}/status`, { status: STAGES[i % 4] }), 200);
        else {
          const change = { skill: { skills: ["a"] }, block: { tags: ["blocked"] }, free: { tags: [] } }[what];
          await json(await put(recruiter, path, change), 200);
        }
      }
      await follow();
      const gather = gathering(org.ctx, sql`(${agent.agent.id})`);
      const { known, people } = gather.made(await org.ctx.db.read(...gather.reads));
      const facts = people.get(agent.agent.id)?.facts;
      if (!facts) throw new Error("Nobody was found.");
      const [kept] = await rows<{ facts: string }>(
        "select facts from agent_facts where agent_id = ?",
        agent.agent.id,
      );
      expect(JSON.parse(kept?.facts ?? "")).toEqual(facts);
      const made = await rows<{ id: string; requirements: string; counted: number }>(
        "select id, requirements, eligible_count as counted from campaigns where org_id = ? order by id",
        org.id,
      );
      const right = made.filter(
        ({ requirements }) => judge(JSON.parse(requirements), facts, known, Date.now()).eligible,
      );
      expect(await held(agent.agent.id)).toEqual(right.map(({ id }) => id));
      expect(made.filter(({ counted }) => counted > 0)).toEqual(right);
    }),
    { numRuns: 5 },
  );
}, 120_000);

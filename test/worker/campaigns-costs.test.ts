import { beforeAll, describe, expect, it } from "vitest";
import { database } from "../../worker/db/database";
import { newMeter } from "../../worker/db/meter";
import { documents } from "../../worker/features/documents/table";
import { markEveryoneStale, refreshAgents, refreshStale } from "../../worker/features/eligibility/keep";
import { recomputeCampaign } from "../../worker/features/eligibility/recompute";
import { campaignEligible } from "../../worker/features/eligibility/table";
import { forgetUser } from "../../worker/features/sessions/sessions";
import { assigned, newCampaign, newDesk } from "./campaigns";
import { crowd } from "./crowd";
import { rows } from "./facts";
import { call, costOf, follow, type Person } from "./org";

/** A pool of that many people, all of whom qualify for the first of three open campaigns. */
async function pool(people: number) {
  const desk = await newDesk();
  const members = await crowd(desk.org, people - 1, 5);
  await desk.org.ctx.db.write([markEveryoneStale(desk.org.ctx)]);
  const ids = members.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += 250)
    await refreshAgents(desk.org.ctx, ids.slice(from, from + 250));
  const first = await newCampaign(desk.recruiter, { seats: 30, clientId: desk.clientId });
  await newCampaign(desk.recruiter, { requirements: { kind: "document", type: "w9" } });
  await newCampaign(desk.recruiter, { requirements: { kind: "skill", name: "welding" } });
  await follow();
  for (const { id } of members.slice(0, 20)) await assigned(desk.recruiter, first, id);
  await follow();
  return { ...desk, first, members };
}
type Pool = Awaited<ReturnType<typeof pool>>;

async function cost(person: Person, path: string) {
  // Forgotten first, so that the memory is new and can't end between the two requests.
  forgetUser(person.user.id);
  await call("GET", "/api/auth/me", { token: person.token });
  const answer = await call("GET", path, { token: person.token });
  expect(answer.status).toBe(200);
  const body = await answer.json<{ data?: unknown[] }>();
  return { ...costOf(answer), shown: body.data?.length ?? 1 };
}

/** What work costs that no request asks for. */
async function metered({ org }: Pool, work: (ctx: Pool["org"]["ctx"]) => Promise<unknown>) {
  const meter = newMeter();
  await work({ ...org.ctx, db: database(org.ctx.env, org.id, meter) });
  return { trips: meter.roundTrips, read: meter.rowsRead };
}

let small: Pool;
let large: Pool;
beforeAll(async () => {
  small = await pool(50);
  large = await pool(2000);
}, 240_000);

const READS: [
  name: string,
  by: "recruiter" | "agent" | "client",
  path: (one: Pool) => string,
  rows: number,
][] = [
  ["an agent's campaigns", "agent", () => "/api/campaigns", 60],
  ["what an agent may take", "agent", () => "/api/campaigns?view=eligible", 60],
  ["a campaign", "recruiter", ({ first }) => `/api/campaigns/${first.id}`, 20],
  ["a client's campaigns", "client", () => "/api/campaigns", 20],
  ["people in a campaign", "recruiter", ({ first }) => `/api/campaigns/${first.id}/agents`, 60],
  [
    "who qualifies",
    "recruiter",
    ({ first }) => `/api/campaigns/${first.id}/pool?eligible=true&limit=20`,
    110,
  ],
];

describe("one round trip, and rows for what is shown", () => {
  it.each(READS)("%s", async (_, by, path, fixed) => {
    const [few, many] = [await cost(small[by], path(small)), await cost(large[by], path(large))];
    expect([few.trips, many.trips]).toEqual([1, 1]);
    expect(many.shown).toBe(few.shown);
    expect(many.read).toBeLessThanOrEqual(fixed + 6 * many.shown);
    expect(many.read).toBeLessThanOrEqual(few.read + 10);
  });
});

describe("judging anew", () => {
  it("one agent reads that agent's rows alone, in two round trips", async () => {
    const costs = [];
    for (const one of [small, large]) {
      const id = one.members[30]?.id ?? "";
      await one.org.ctx.db.write([
        one.org.ctx.db.insert(documents, {
          id: `doc_${id}`,
          agentId: id,
          ownerId: id,
          type: "w9",
          status: "approved",
          fileName: "w9.pdf",
          contentType: "application/pdf",
          size: 1,
          sha256: "",
          r2Key: `${id}/w9`,
          reviewedAt: Date.now(),
          uploadedBy: "usr_none",
          createdAt: Date.now(),
          updatedAt: Date.now(),
        }),
      ]);
      costs.push(await metered(one, (ctx) => refreshAgents(ctx, [id])));
      expect(await rows("select campaign_id from campaign_eligible where agent_id = ?", id)).toHaveLength(2);
    }
    const [few, many] = costs;
    expect([few?.trips, many?.trips]).toEqual([2, 2]);
    expect(many?.read).toBeLessThanOrEqual(90);
    expect(many?.read).toBeLessThanOrEqual((few?.read ?? 0) + 10);
  });

  it("everybody for one campaign takes one round trip to read and one to write", async () => {
    for (const one of [small, large]) {
      await one.org.ctx.db.write([one.org.ctx.db.delete(campaignEligible, undefined)]);
      const { trips, read } = await metered(one, (ctx) => recomputeCampaign(ctx, one.first.id));
      expect(trips).toBe(2);
      const people = one.members.length + 1;
      expect(read).toBeLessThanOrEqual(100 + 14 * people);
      const [kept] = await rows<{ held: number }>(
        "select count(*) as held from campaign_eligible where campaign_id = ?",
        one.first.id,
      );
      expect(kept?.held).toBe(people);
    }
  });

  it("requirements that are being written takes a row an agent", async () => {
    for (const one of [small, large]) {
      const answer = await call("POST", "/api/campaigns/preview", {
        token: one.recruiter.token,
        json: {
          requirements: {
            all: [
              { kind: "skill", name: "welding" },
              { kind: "document", type: "w9" },
            ],
          },
        },
      });
      expect(answer.status).toBe(200);
      const people = one.members.length + 1;
      const { agents, eligible, lacking } = await answer.json<{
        agents: number;
        eligible: number;
        lacking: object[];
      }>();
      expect([agents, eligible, lacking.length]).toEqual([people, 0, 2]);
      const { trips, read } = costOf(answer);
      expect(trips).toBeLessThanOrEqual(3);
      expect(read).toBeLessThanOrEqual(people + 80);
    }
  });

  it("who is no longer certain is found by an index", async () => {
    await refreshStale(large.org.ctx, 5);
    const { trips, read } = await metered(large, (ctx) => refreshStale(ctx, 5));
    expect([trips, read]).toEqual([1, 0]);
  });
});

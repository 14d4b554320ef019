import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, rows } from "./facts";
import { newSource, portalEvent, send, workOff } from "./incoming";
import { call, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let recruiter: Person;
let source: Awaited<ReturnType<typeof newSource>>;
beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
  source = await newSource(await org.person("admin"));
  const type = { key: "english", name: "English", passScore: 80 };
  await json(await call("POST", "/api/evaluations/types", { token: recruiter.token, json: type }), 201);
});

/** Sends a result of somebody, and does what it says. */
async function result(email: string, assessment: object, minutesAgo = 0) {
  const occurredAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const data = { candidate: { email }, assessment };
  return await workOff(org, await send(source, portalEvent("assessment.completed", data, { occurredAt })));
}
const kept = async (agentId: string) =>
  await rows("select type, score, passed, source from evaluations where owner_id = ? order by id", agentId);

describe("assessment.completed of an agent", () => {
  it("is an evaluation on the scale of its type, and a later one of the same id takes its place", async () => {
    const ada = await org.agent();
    const said = { type: "english", score: 45, maxScore: 50, externalId: "a-1", summary: "Fluent." };
    expect(await result(ada.user.email, said, 9)).toMatchObject({ status: "processed" });
    expect(await kept(ada.agent.id)).toEqual([{ type: "english", score: 90, passed: 1, source: "external" }]);
    expect(await result(ada.user.email, { ...said, score: 30 }, 5)).toMatchObject({ status: "processed" });
    expect(await result(ada.user.email, { ...said, score: 50 }, 7)).toMatchObject({ status: "stale" });
    expect(await result(ada.user.email, { ...said, score: 30 }, 3)).toMatchObject({ status: "processed" });
    expect(await kept(ada.agent.id)).toEqual([{ type: "english", score: 60, passed: 0, source: "external" }]);
    const told = (await eventsOf(ada.agent.id)).filter(({ type }) => type === "evaluation.completed");
    expect(told.map(({ data }) => (JSON.parse(data) as { score: number }).score)).toEqual([90, 60]);
  });

  it("is kept for a person to look at where it says too little, or nobody knows its type", async () => {
    const ada = await org.agent();
    for (const [said, words] of [
      [{ type: "french", score: 10 }, "There are: english"],
      [{ type: "english" }, "needs a score"],
      [{ type: "english", score: 400 }, "from 0 to 100"],
    ] as const) {
      const row = await result(ada.user.email, said);
      expect(row).toMatchObject({ status: "quarantined" });
      expect(row.reason).toContain(words);
    }
    expect(await kept(ada.agent.id)).toEqual([]);
    expect((await result("nobody@people.test", { type: "english", score: 10 })).reason).toContain(
      "There is nobody here",
    );
    const stranger = await (await newOrg()).agent();
    expect((await result(stranger.user.email, { type: "english", score: 10 })).reason).toContain(
      "There is nobody here",
    );
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { AGENT_POOL_STAGES } from "../../worker/features/pipelines/agent-pool";
import { checkPool, count, eventsOf, kept, type MovedAgent, move, moved, pathOf, rows } from "./facts";
import { call, follow, json, newOrg } from "./org";

const KEYS = AGENT_POOL_STAGES.map((stage) => stage.key);

it("lets one of twenty racing moves win per version, and history stays a straight line", async () => {
  const org = await newOrg();
  const team = [
    await org.person("recruiter"),
    await org.person("admin"),
    await org.person("recruiter", "Bo Ek"),
  ];
  const ada = await org.agent();
  for (let round = 0; round < 5; round++) {
    const [before] = await rows<{ version: number }>("select version from agents where id = ?", ada.agent.id);
    const headers = { "if-match": `"${before?.version}"` };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const target = KEYS[(i + round) % KEYS.length] ?? "applied";
        const by = team[i % team.length];
        if (!by) throw new Error("Nobody moves.");
        // Half of them say which version they saw, half leave it to the server to try again.
        return move(by, ada.agent.id, target, i % 2 === 0 ? { headers } : {});
      }),
    );
    const won: MovedAgent[] = [];
    for (const answer of answers) {
      const body = await answer.json<MovedAgent & { current?: { version: number } }>();
      expect([200, 409, 412]).toContain(answer.status);
      if (answer.status === 200) won.push(body);
      else expect(body.current?.version).toBeGreaterThanOrEqual(before?.version ?? 0);
    }
    // Moves to where the agent stood already answer 200 with a version that somebody else made.
    const batches = new Set((await eventsOf(ada.agent.id)).map((event) => event.change_id));
    const versions = won.filter((one) => batches.has(one.batchId)).map((one) => one.version);
    expect(new Set(versions).size, "one winner per version").toBe(versions.length);
    const after = await count("select version from agents where id = ?", ada.agent.id);
    expect(versions.length, "every version has its winner").toBe(after - (before?.version ?? 0));
    await checkPool(org);
  }
});

it("answers 409 with the current state to everyone who comes from a stage already left", async () => {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  for (let round = 0; round < 5; round++) {
    const ada = await org.agent();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        move(recruiter, ada.agent.id, KEYS[1 + (i % 8)] ?? "screening", { from: "applied" }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const path = await pathOf(ada.agent.id);
    expect(path).toHaveLength(1);
    for (const answer of answers.filter((one) => one.status === 409)) {
      const { current } = await answer.json<{ current: MovedAgent }>();
      expect(path[0]).toBe(`applied>${current.status}`);
    }
  }
  await checkPool(org);
});

it("counts right when many people are moved at once", async () => {
  const org = await newOrg();
  const recruiter = await org.person("recruiter");
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => org.agent(`Ada${i} Lund`)));
  await Promise.all(
    people.flatMap(({ agent }, i) =>
      [1, 2, 3].map((step) => move(recruiter, agent.id, KEYS[(i + step) % KEYS.length] ?? "applied")),
    ),
  );
  await checkPool(org);
  const sum = (await kept(org)).reduce((all, stage) => all + stage.count, 0);
  expect(sum).toBe(people.length);
});

it("shows a profile change and a move of the same moment as two versions", async () => {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  for (let round = 0; round < 6; round++) {
    const target = round % 2 === 0 ? "screening" : "applied";
    const [one, two] = await Promise.all([
      move(recruiter, ada.agent.id, target),
      call("PUT", `/api/agents/${ada.agent.id}`, { token: ada.token, json: { city: `Town ${round}` } }),
    ]);
    expect([one.status, two.status]).toEqual([200, 200]);
  }
  const [row] = await rows("select version, status, city from agents where id = ?", ada.agent.id);
  expect(row).toEqual({ version: 13, status: "applied", city: "Town 5" });
  await checkPool(org);
});

/** What one actor does to one agent: a move, a move from a remembered place, an undo of the last own move. */
const step = fc.record({
  actor: fc.nat(2),
  agent: fc.nat(2),
  to: fc.constantFrom(...KEYS),
  how: fc.constantFrom("move", "move", "move", "from", "version", "undo"),
  together: fc.boolean(),
});

it("keeps its promises through any sequence of moves by several actors", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const org = await newOrg();
      const team = [
        await org.person("recruiter"),
        await org.person("admin"),
        await org.person("recruiter", "Bo Ek"),
      ];
      const people = [await org.agent("Ada Lund"), await org.agent("Bo Beck"), await org.agent("Cy Cole")];
      const last = new Map<string, MovedAgent>();
      let under: Promise<void>[] = [];
      for (const { actor, agent, to, how, together } of steps) {
        const [by, who] = [team[actor], people[agent]];
        if (!by || !who) throw new Error("Nobody there.");
        const key = `${actor}:${agent}`;
        const act = async () => {
          const seen = last.get(key);
          if (how === "undo") {
            if (!seen) return;
            const answer = await call("POST", `/api/bulk/${seen.batchId}/undo`, { token: by.token });
            expect([200, 404]).toContain(answer.status);
            return;
          }
          const more = {
            ...(how === "from" ? { from: seen?.status ?? "applied" } : {}),
            ...(how === "version" ? { headers: { "if-match": `"${seen?.version ?? 1}"` } } : {}),
          };
          const answer = await move(by, who.agent.id, to, more);
          expect([200, 409, 412]).toContain(answer.status);
          if (answer.status === 200) last.set(key, await answer.json<MovedAgent>());
        };
        under.push(act());
        if (!together) {
          await Promise.all(under);
          under = [];
        }
      }
      await Promise.all(under);
      await checkPool(org);
      const sum = (await kept(org)).reduce((all, stage) => all + stage.count, 0);
      expect(sum).toBe(people.length);
    }),
    { numRuns: 15 },
  );
  await follow();
});

it("gives every event to everybody who polls, once and in order", async () => {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  for (const key of KEYS.slice(1)) await moved(recruiter, ada.agent.id, key);
  const seen: number[] = [];
  for (let since = 0, more = true; more; ) {
    const path = `/api/pipelines/${org.pipelineId}/changes?since=${since}&limit=3`;
    const page = await json<{ data: { seq: number }[]; seq: number; hasMore: boolean }>(
      await call("GET", path, { token: recruiter.token }),
      200,
    );
    seen.push(...page.data.map((event) => event.seq));
    [since, more] = [page.seq, page.hasMore];
  }
  const all = await rows<{ seq: number }>(
    "select seq from events where pipeline_id = ? order by seq",
    org.pipelineId,
  );
  expect(seen).toEqual(all.map((row) => row.seq));
});

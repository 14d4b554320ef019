// Hot reads and moves, against a bare Worker that sends the same SQL and answers the same bytes.
import { sleep } from "../../.tools/processes.mjs";
import { cpuOf } from "./cpu.mjs";
import { load, requestBytes } from "./load.mjs";
import { median } from "./table.mjs";

const bearer = (token) => ({ authorization: `Bearer ${token}` });
const JSON_TYPE = { "content-type": "application/json" };

/** What the product did for a request: its answer, and the statements of each round trip. */
async function record(ours, path, token, init = {}) {
  const headers = { ...bearer(token), ...init.headers, "x-bench": "record" };
  const recorded = await (await fetch(ours.base + path, { ...init, headers })).json();
  if (recorded.status !== 200) throw new Error(`${path} was answered ${recorded.status}: ${recorded.body}`);
  const own = recorded.headers.filter(([name]) => name !== "server-timing" && name !== "content-length");
  return { batches: recorded.batches, answer: { body: recorded.body, headers: own } };
}

async function store(bare, name, what) {
  const answer = await fetch(`${bare.base}/store/${name}`, { method: "POST", body: JSON.stringify(what) });
  if (!answer.ok) throw new Error(`The bare Worker did not take ${name}.`);
}

/**
 * Runs the two servers in turns and compares them turn by turn, so that a slow moment of the machine
 * hits both. The first turns warm up and count for nothing.
 *
 * @param next the next request of each server
 * @param settle waits for what a turn of the product leaves behind
 */
async function alternate({ ours, bare, rounds, next, settle, ...options }) {
  const sums = { ours: { answers: 0, cpu: 0, rates: [] }, bare: { answers: 0, cpu: 0, rates: [] } };
  const ratios = [];
  for (let round = rounds < 8 ? -1 : -2; round < rounds; round++) {
    const rates = {};
    for (const which of round % 2 === 0 ? ["ours", "bare"] : ["bare", "ours"]) {
      const server = { ours, bare }[which];
      const before = cpuOf(server.worker);
      const { perSecond, times } = await load({ ...options, port: server.port, next: next[which] });
      const spent = cpuOf(server.worker) - before;
      if (which === "ours") await settle?.();
      rates[which] = perSecond;
      if (round < 0) continue;
      sums[which].rates.push(perSecond);
      sums[which].answers += times.length;
      sums[which].cpu += spent;
    }
    if (round >= 0) ratios.push(rates.ours / rates.bare);
  }
  const figures = ({ rates, cpu, answers }) => ({ perSecond: median(rates), cpu: cpu / answers });
  return { ratio: median(ratios), ours: figures(sums.ours), bare: figures(sums.bare) };
}

/** Throughput of the hot reads. */
export async function measureReads({ ours, bare, org, rounds, roundMs, report }) {
  const [token] = org.team;
  const reads = {
    me: ["/api/auth/me", token],
    "board of 1,000 people": [`/api/pipelines/${org.pipelineId}/board`, token],
    "agents, a page of 50": ["/api/agents?limit=50", token],
    "one agent": [`/api/agents/${org.people[7]}`, token],
    "an agent's own home": ["/api/me/home", org.agent],
    "board of a job, 1,000 people": [`/api/pipelines/${org.hiring.pipelineId}/board`, token],
    "applications, a page of 50": ["/api/applications?limit=50", token],
    "one application": [`/api/applications/${org.hiring.applications[7]}`, token],
  };
  for (const [what, [path, whose]] of Object.entries(reads)) {
    let recorded = await record(ours, path, whose);
    // The first may have looked the session up besides.
    if (recorded.batches.length > 1) recorded = await record(ours, path, whose);
    const { batches, answer } = recorded;
    if (batches.length !== 1) throw new Error(`${what} took ${batches.length} round trips, not 1.`);
    await store(bare, "read", { statements: batches[0], answer });
    const asked = {
      ours: requestBytes(ours.port, { path, headers: bearer(whose) }),
      bare: requestBytes(bare.port, { path: "/read/read", headers: bearer(whose) }),
    };
    const next = { ours: () => asked.ours, bare: () => asked.bare };
    report.push({
      what,
      target: "at least 0.80",
      ...(await alternate({ ours, bare, rounds, next, connections: 32, ms: roundMs })),
    });
  }
}

/** What makes the recorded statements of a move fit for anybody. */
function recordedMove(org, agentId, held, target, { batches, answer }) {
  const [reads, writes] = batches;
  const body = JSON.parse(answer.body);
  const stage = (key) => org.stages.find((one) => one.key === key).id;
  const params = writes.flatMap((statement) => statement.params);
  return {
    reads,
    writes,
    answer,
    recorded: {
      agentId,
      applicationId: body.applicationId,
      heldId: stage(held),
      targetId: stage(target),
      heldKey: held,
      targetKey: target,
      changeId: body.batchId,
      eventId: params.find((param) => typeof param === "string" && param.startsWith("evt_")),
      version: body.version - 1,
      at: params.find((param) => typeof param === "number" && param > 1e12),
    },
  };
}

/** Gives each request the next of some people, to and fro between two stages. */
function movers(people, request) {
  let turn = 0;
  return () => {
    const person = people[turn % people.length];
    const to = Math.floor(turn / people.length) % 2 === 0 ? "screening" : "documents";
    turn += 1;
    return request(person, to);
  };
}

/** Waits until everything that follows from the moves so far is done. */
export async function settled(ours) {
  for (let i = 0; i < 300; i++) {
    const answer = await fetch(ours.base, { headers: { "x-bench": "pending" } });
    if ((await answer.json()) === 0) return;
    await sleep(20);
  }
  throw new Error("What follows from the moves did not come to an end.");
}

/** Answer time and throughput of moves. */
export async function measureMoves({ ours, bare, org, rounds, moves, report }) {
  const [token] = org.team;
  // Of every 15 people the first two stand in the first stage.
  const [subject, ...people] = org.people.filter((_, i) => i % 15 < 2);
  const init = { method: "PUT", headers: JSON_TYPE, body: JSON.stringify({ status: "screening" }) };
  // Looks the session up, which the product then believes for five seconds.
  await record(ours, "/api/auth/me", token);
  const recorded = await record(ours, `/api/agents/${subject}/status`, token, init);
  if (recorded.batches.length !== 2)
    throw new Error(`A move took ${recorded.batches.length} round trips, not 2.`);
  await store(bare, "move", recordedMove(org, subject, "applied", "screening", recorded));
  await settled(ours);
  const headers = { ...bearer(token), ...JSON_TYPE };
  const next = {
    ours: movers(people, (person, status) =>
      requestBytes(ours.port, {
        ...{ method: "PUT", path: `/api/agents/${person}/status`, headers },
        body: JSON.stringify({ status }),
      }),
    ),
    bare: movers(people, (person, status) =>
      requestBytes(bare.port, {
        ...{ method: "PUT", path: `/move/${person}?to=${status}`, headers },
        body: JSON.stringify({ status }),
      }),
    ),
  };
  const options = { ours, bare, next, settle: () => settled(ours) };
  // One by one, each after what the one before it led to is done: what a person waits for.
  const single = await alternate({ ...options, rounds: rounds * 4, connections: 1, count: 1 });
  report.push({ what: "a move by itself", single: true, ...single });
  const many = await alternate({ ...options, rounds, connections: 16, count: moves });
  report.push({ what: "moves, 16 at once", ...many });
}

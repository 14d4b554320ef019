// Hot reads and moves, against a bare Worker that sends the same SQL and answers the same bytes.
import { load, requestBytes } from "./load.mjs";
import { median, ms, table, times } from "./table.mjs";

const json = { "content-type": "application/json" };
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** What the product did for a request: its answer, and the statements of each round trip. */
export async function record(ours, path, token, init = {}) {
  const headers = { ...bearer(token), ...init.headers, "x-bench": "record" };
  const answer = await fetch(ours.base + path, { ...init, headers });
  const recorded = await answer.json();
  if (recorded.status !== 200) throw new Error(`${path} was answered ${recorded.status}: ${recorded.body}`);
  return recorded;
}

async function store(bare, name, what) {
  const answer = await fetch(`${bare.base}/store/${name}`, { method: "POST", body: JSON.stringify(what) });
  if (!answer.ok) throw new Error(`The bare Worker did not take ${name}.`);
}

/**
 * Alternates the two servers and compares round by round, so that a slow moment of the machine hits both.
 *
 * @param next the next request of each
 */
async function alternate({ ours, bare, next, connections, rounds, roundMs }) {
  const ratios = [];
  const seen = { ours: { rates: [], times: [] }, bare: { rates: [], times: [] } };
  for (let round = -1; round < rounds; round++) {
    const rate = {};
    const order = round % 2 === 0 ? [ours, bare] : [bare, ours];
    for (const server of order) {
      const which = server === ours ? "ours" : "bare";
      // The round before the first warms both up and counts for nothing.
      const length = round < 0 ? roundMs / 2 : roundMs;
      const found = await load({ port: server.port, connections, ms: length, next: next[which] });
      rate[which] = found.perSecond;
      if (round < 0) continue;
      seen[which].rates.push(found.perSecond);
      seen[which].times.push(median(found.times));
    }
    if (round >= 0) ratios.push(rate.ours / rate.bare);
  }
  return { ratio: median(ratios), ratios, ours: seen.ours, bare: seen.bare };
}

/** Throughput of the hot reads, as rows of the table. */
export async function measureReads({ ours, bare, org, rounds, roundMs, connections = 32 }) {
  const [token] = org.team;
  const reads = {
    "me": ["/api/auth/me", token],
    "board of 1,000 people": [`/api/pipelines/${org.pipelineId}/board`, token],
    "agents, a page of 50": ["/api/agents?limit=50", token],
    "agent": [`/api/agents/${org.people[7]}`, token],
    "agent's timeline": [`/api/agents/${org.people[7]}/timeline`, token],
    "agent's own home": ["/api/me/home", org.agent],
  };
  const rows = [];
  for (const [i, [what, [path, whose]]] of Object.entries(reads).entries()) {
    // Twice, since the first may have to look the session up.
    await record(ours, path, whose);
    const { batches, body, headers } = await record(ours, path, whose);
    if (batches.length !== 1) throw new Error(`${what} took ${batches.length} round trips where one was expected.`);
    const own = headers.filter(([name]) => name !== "x-bench-committed" && name !== "server-timing");
    await store(bare, `r${i}`, { statements: batches[0], answer: { body, headers: own } });
    const asked = {
      ours: requestBytes(ours.port, { path, headers: bearer(whose) }),
      bare: requestBytes(bare.port, { path: `/read/r${i}`, headers: bearer(whose) }),
    };
    const found = await alternate({
      ...{ ours, bare, connections, rounds, roundMs },
      next: { ours: () => asked.ours, bare: () => asked.bare },
    });
    rows.push({ what, size: body.length, statements: batches[0].length, ...found });
  }
  return rows;
}
